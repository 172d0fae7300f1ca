"""A page as a flat list: every run of text, picture and player in reading order, and the boxes they stand in.

One linear walk over the parsed tree; everything that looks for the body works on this list, not on the DOM. The walk keeps its
own stack (100,000 nested elements must not exhaust Python's) and stops at MAX_NODES and MAX_DEPTH; `BlockList.cut` says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from selectolax.lexbor import LexborHTMLParser, LexborNode

MAX_NODES = 200_000
"""Elements and texts looked at. The largest of 937 news and blog pages at hand has 61,000."""

MAX_DEPTH = 256
"""Elements inside one another. Browsers stop at 512; the deepest article at hand stands at 60."""

MAX_REOPENED = 16
"""Inline elements that go on in the next block when a block-level element stands inside them."""

MAX_NAMES = 500
"""Letters of an element's class names that are looked at."""

BlockKind = Literal["text", "image", "embed", "rule"]

_INLINE = (
    "a abbr acronym b bdi bdo big br cite code data del dfn em font i ins kbd label mark math nobr q rb rp rt rtc ruby s samp small"
    " span strike strong sub sup time tt u var wbr mi mo mn ms mtext mrow msup msub mfrac msqrt"
)
INLINE = frozenset(_INLINE.split())
"""Elements that do not end a line. Everything else does, custom elements (`x-card`) included."""

_SKIPPED = "script style template svg canvas select option optgroup datalist textarea input progress meter map area link meta source track param"
SKIPPED = frozenset(_SKIPPED.split())
"""Elements whose content nobody reads as text. `button` is kept as a box: some pages unfold their paragraphs from one."""

IMAGES = frozenset(("img", "amp-img"))
_PLAYERS = "iframe video audio object embed amp-youtube amp-twitter amp-instagram amp-iframe amp-video amp-audio"
PLAYERS = frozenset(_PLAYERS.split())

OBJECTS: Mapping[str, BlockKind] = {**dict.fromkeys(IMAGES, "image"), **dict.fromkeys(PLAYERS, "embed"), "hr": "rule"}

_CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_TOKEN_ATTRIBUTES = frozenset(
    ("class", "id", "role", "itemprop", "data-testid", "data-component", "data-type", "data-name", "data-module", "data-widget")
)
_INVISIBLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_FOR_SCREEN_READERS = re.compile(
    r"(?:^|[\s_-])(?:sr-only|visually-?hidden|screen-?reader(?:-text)?|a11y-hidden|offscreen|assistive-text|a11y(?:\s|$))", re.I
)


@dataclass(slots=True, eq=False)
class Box:
    """A block-level element. Not frozen: its sums are added up after the walk, and a frozen one costs three times as much to make."""

    index: int
    parent: int  # index of the enclosing box, -1 at the top
    tag: str
    node: LexborNode
    tokens: str  # class, id, role and the like, as written, space between
    depth: int
    hidden: bool
    first: int  # index of the first block inside
    last: int = 0  # index after the last block inside


@dataclass(slots=True, eq=False)
class Block:
    """A run of text without a line end in it, or a picture, player or rule."""

    index: int
    box: int
    kind: BlockKind
    text: str  # white space collapsed; "" unless kind is "text"
    mass: int  # letters; a Han, kana or Hangul character counts as MASS_OF_CJK
    link_mass: int  # of those, how many stand in links
    pieces: tuple[str | LexborNode | None, ...]  # text, an inline element that opens, None where the last one closes
    links: int = 0
    line_number: int = 0  # 0 unless the box's text is broken by <br>: which of its lines


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockList:
    """All blocks and boxes of a page in document order; a box comes before everything in it."""

    blocks: tuple[Block, ...]
    boxes: tuple[Box, ...]
    cut: bool = False

    def ancestors(self, block: Block) -> Iterator[Box]:
        """The boxes around *block*, innermost first."""
        at = block.box
        while at >= 0:
            box = self.boxes[at]
            yield box
            at = box.parent


MASS_OF_CJK = 3
"""A Chinese sentence has about a third of the letters of its English translation."""


def text_mass(text: str) -> int:
    """How much *text* says: its letters, those of CJK scripts counted MASS_OF_CJK times, spaces not at all."""
    letters = len(text) - text.count(" ")
    if text.isascii():
        return letters
    return letters + (MASS_OF_CJK - 1) * len(_CJK.findall(text))


def read_blocks(tree: LexborHTMLParser) -> BlockList:
    """The blocks of a parsed page, in reading order. Linear in the page's size, never recursive, changes nothing."""
    body = tree.body
    if body is None:
        return BlockList(blocks=(), boxes=())
    walk = _Walk(body)
    walk.run()
    return BlockList(blocks=tuple(walk.blocks), boxes=tuple(walk.boxes), cut=walk.cut)


class _Walk:
    """The walk's state: open boxes, open inline elements, the run of text being gathered."""

    def __init__(self, body: LexborNode) -> None:
        self.blocks: list[Block] = []
        self.boxes: list[Box] = []
        self.cut = False
        self._body = body
        self._box = -1
        self._open: list[LexborNode] = []  # inline elements around the present spot
        self._pieces: list[str | LexborNode | None] = []
        self._texts: list[str] = []
        self._link_texts: list[str] = []
        self._links = 0
        self._link_depth = 0
        self._breaks = 0
        self._line = 0

    def run(self) -> None:
        self._enter_box(self._body, "body")
        stack: list[tuple[LexborNode, bool]] = []  # (element we are inside of, whether it is inline)
        node, seen = self._body.first_child, 0
        while node is not None:
            seen += 1
            if seen > MAX_NODES:
                self.cut = True
                break
            inside = self._visit(node)
            child = node.first_child if inside is not None else None
            if child is not None and inside is not None and len(stack) < MAX_DEPTH:
                stack.append((node, inside))
                node = child
                continue
            if inside is not None:
                self.cut = self.cut or child is not None
                self._leave(inline=inside)
            while (following := node.next) is None and stack:
                node, inline = stack.pop()
                self._leave(inline=inline)
            node = following
        while self._box >= 0:
            self._leave(inline=False)

    def _visit(self, node: LexborNode) -> bool | None:
        """Take *node* in. True: an inline element was opened; False: a box was; None: nothing to descend into."""
        tag = node.tag or ""
        if tag == "-text":
            self._take_text(node.text_content or "")
            return None
        if not tag or tag[0] in "-!" or tag in SKIPPED:  # comments, declarations, processing instructions
            return None
        if tag in INLINE:
            return self._enter_inline(node, tag)
        if (kind := OBJECTS.get(tag)) is not None:
            self._take_object(node, kind)
            return None
        self._enter_box(node, tag)
        return False

    def _enter_inline(self, node: LexborNode, tag: str) -> bool | None:
        if tag == "br":
            self._take_break(node)
            return None
        attributes = node.attributes
        if attributes:
            names = attributes.get("class")
            if _is_hidden(attributes) or (names and is_for_screen_readers(names)):
                return None
        self._open.append(node)
        self._pieces.append(node)
        if tag == "a":
            self._link_depth += 1
            self._links += 1
        return True

    def _enter_box(self, node: LexborNode, tag: str) -> None:
        self._flush()
        parent = self._box
        attributes = node.attributes
        tokens, hidden = "", False
        if attributes:
            if len(attributes) == 1 and "class" in attributes:  # most have nothing else
                tokens = attributes["class"] or ""
                hidden = tokens != "" and is_for_screen_readers(tokens)
            else:
                tokens = " ".join([value for name, value in attributes.items() if value and name in _TOKEN_ATTRIBUTES])
                hidden = _is_hidden(attributes) or (tokens != "" and is_for_screen_readers(tokens))
        boxes = self.boxes
        depth = boxes[parent].depth + 1 if parent >= 0 else 0
        self._box = len(boxes)
        boxes.append(Box(self._box, parent, tag, node, tokens, depth, hidden, len(self.blocks)))

    def _leave(self, *, inline: bool) -> None:
        if inline:
            node = self._open.pop()
            self._pieces.append(None)
            if node.tag == "a":
                self._link_depth -= 1
            return
        self._flush()
        box = self.boxes[self._box]
        box.last = len(self.blocks)
        self._box = box.parent
        self._line = 0

    def _take_text(self, text: str) -> None:
        if not text or text.isspace():
            if self._texts:
                self._texts.append(" ")
                self._pieces.append(" ")
            return
        if self._breaks:
            self._end_line()
        self._texts.append(text)
        self._pieces.append(text)
        if self._link_depth:
            self._link_texts.append(text)

    def _take_break(self, node: LexborNode) -> None:
        self._breaks += 1
        self._pieces.append(node)
        self._pieces.append(None)
        self._texts.append(" ")

    def _end_line(self) -> None:
        """Two line ends in a row part paragraphs; one does not (a poem, an address)."""
        if self._breaks >= 2 and any(not text.isspace() for text in self._texts):
            line = self._line
            self._flush()
            self._line = line + 1
        self._breaks = 0

    def _take_object(self, node: LexborNode, kind: BlockKind) -> None:
        self._flush()
        link = next((inline for inline in reversed(self._open) if inline.tag == "a"), None)
        pieces = (node,) if link is None else (node, link)
        self.blocks.append(Block(len(self.blocks), self._box, kind, "", 0, 0, pieces))

    def _flush(self) -> None:
        """End the run of text, if there is one; inline elements that are still open go on in the next."""
        if not self._texts and not self._open:
            if self._pieces:
                self._pieces = []
            self._breaks = self._line = 0
            return
        if self._texts:
            text = " ".join("".join(self._texts).split())
            if text:
                linked = " ".join("".join(self._link_texts).split()) if self._link_texts else ""
                mass, link_mass = text_mass(text), text_mass(linked) if linked else 0
                self.blocks.append(Block(len(self.blocks), self._box, "text", text, mass, link_mass, tuple(self._pieces), self._links, self._line))
            self._texts = []
        self._pieces = list(self._open[-MAX_REOPENED:])
        self._link_texts = []
        self._links = self._link_depth
        self._breaks = 0
        self._line = 0


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    """Not shown by its own mark-up. Style sheets are not read."""
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    return bool(style) and _INVISIBLE.search(style or "") is not None


@lru_cache(maxsize=20_000)
def is_for_screen_readers(names: str) -> bool:
    """Whether class names say that an element is read aloud but not shown: labels such as "Article content"."""
    return _FOR_SCREEN_READERS.search(names[:MAX_NAMES]) is not None
