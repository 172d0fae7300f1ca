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

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from broadsheet.text.plain import collapse

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

Action = Literal["text", "box", "inline", "break", "object"]
_ACTIONS: Mapping[str, Action | None] = {
    "-text": "text",
    **dict.fromkeys(INLINE, "inline"),
    "br": "break",
    **dict.fromkeys(OBJECTS, "object"),
    **dict.fromkeys(SKIPPED),
}
"""What the walk does with an element by its tag; those that are not here are boxes."""

_NO_MARKS = ("", False)
_HIDING = frozenset(("hidden", "aria-hidden", "style"))

_CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]+")
_BEFORE_CJK = re.compile("[\0-\u303f]*")  # Latin, Greek, Cyrillic, Arabic, Thai …: most text, told apart in a fifth of the time
_TOKEN_ATTRIBUTES = frozenset(
    ("class", "id", "role", "itemprop", "data-testid", "data-component", "data-type", "data-name", "data-module", "data-widget")
)
_NAMES_BUT_CLASS = _TOKEN_ATTRIBUTES - {"class"}
_INVISIBLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_FOR_SCREEN_READERS = re.compile(
    r"(?:^|[\s_-])(?:sr-only|visually-?hidden|screen-?reader(?:-text)?|a11y-hidden|offscreen|assistive-text|a11y(?:\s|$))"
)


class Box(msgspec.Struct, eq=False, gc=False):
    """A block-level element.

    A `Struct` that the garbage collector need not follow, since it refers to nothing that could refer back: a page has hundreds, and
    one is made in a third of a dataclass's time. Not frozen: where it ends is known after what is inside it.
    """

    index: int
    parent: int  # index of the enclosing box, -1 at the top
    tag: str
    node: LexborNode
    tokens: str  # class, id, role and the like, as written, space between
    depth: int
    hidden: bool
    first: int  # index of the first block inside
    last: int = 0  # index after the last block inside


class Block(msgspec.Struct, eq=False, gc=False):
    """A run of text without a line end in it, or a picture, player or rule. A `Struct` for the same reasons as `Box`."""

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
    if text.isascii() or _BEFORE_CJK.fullmatch(text):
        return letters
    return letters + (MASS_OF_CJK - 1) * (len(text) - len(_CJK.sub("", text)))


def read_blocks(tree: LexborHTMLParser) -> BlockList:
    """The blocks of a parsed page, in reading order. Linear in the page's size, never recursive, changes nothing."""
    body = tree.body
    if body is None:
        return BlockList(blocks=(), boxes=())
    run = _Run()
    cut = _walk(body, run)
    return BlockList(blocks=tuple(run.blocks), boxes=tuple(run.boxes), cut=cut)


class _Run:
    """The run of text being gathered, and what came of those before it. Lists are emptied in place: the walk keeps hold of them."""

    __slots__ = ("blocks", "boxes", "breaks", "inline", "line", "link_texts", "links", "open_links", "pieces", "texts")

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.boxes: list[Box] = []
        self.inline: list[LexborNode] = []  # inline elements around the present spot
        self.open_links: list[LexborNode] = []  # the links among them
        self.pieces: list[str | LexborNode | None] = []  # empty when there is nothing to end
        self.texts: list[str] = []
        self.link_texts: list[str] = []
        self.links = 0
        self.breaks = 0
        self.line = 0

    def end(self, box: int) -> None:
        """What was gathered is a block of *box*, if it says anything; inline elements that are still open go on in the next."""
        texts, link_texts = self.texts, self.link_texts
        if texts and (text := collapse("".join(texts))):  # two runs in five are elements without a word
            mass = text_mass(text)
            link_mass = 0 if not link_texts else mass if link_texts == texts else text_mass(collapse("".join(link_texts)))
            self.blocks.append(Block(len(self.blocks), box, "text", text, mass, link_mass, tuple(self.pieces), self.links, self.line))
        if texts or self.inline:  # else a link without words, around a picture, counts for the words that follow
            self.links = len(self.open_links)
        texts.clear()
        link_texts.clear()
        self.pieces[:] = self.inline[-MAX_REOPENED:]
        self.breaks = self.line = 0

    def end_all(self, box: int) -> None:
        """*box* ends, and every box around it."""
        while box >= 0:
            if self.pieces:
                self.end(box)
            self.boxes[box].last = len(self.blocks)
            box = self.boxes[box].parent

    def end_line(self, box: int) -> None:
        """Two line ends in a row part paragraphs; one does not (a poem, an address)."""
        if self.breaks >= 2 and any(not text.isspace() for text in self.texts):
            line = self.line
            self.end(box)
            self.line = line + 1
        self.breaks = 0

    def take_break(self, node: LexborNode) -> None:
        self.breaks += 1
        self.pieces += (node, None)
        self.texts.append(" ")

    def take_object(self, node: LexborNode, kind: BlockKind, box: int) -> None:
        if self.pieces:
            self.end(box)
        pieces = (node, self.open_links[-1]) if self.open_links else (node,)
        self.blocks.append(Block(len(self.blocks), box, kind, "", 0, 0, pieces))


def _walk(body: LexborNode, run: _Run) -> bool:
    """Every node of *body* into *run*; whether something was left out.

    The one loop that each element and text of a page goes through (2,060 on a usual news page): all in local names and longer than
    our functions are, because with a method for each kind of node the walk took 2.1 ms a page and takes 1.5 so.
    """
    boxes, blocks, inline, open_links = run.boxes, run.blocks, run.inline, run.open_links
    pieces, texts, link_texts = run.pieces, run.texts, run.link_texts
    path: list[LexborNode | None] = []  # the elements around the present spot; None for a box, which knows its node
    tokens, hidden = _marks(body.attributes)
    boxes.append(Box(0, -1, "body", body, tokens, 0, hidden, 0))
    met: dict[int, tuple[str, Action | None]] = {}  # by the parser's number for a tag, which is cheaper to ask for than its name
    at, depth, cut = 0, 1, False
    node = body.first_child
    for _ in range(MAX_NODES):
        if node is None:
            break
        try:
            tag, does = met[node.tag_id]
        except KeyError:
            tag, does = met[node.tag_id] = _kind_of(node)
        if does == "text":
            text = None if node.is_empty_text_node else node.text_content  # three in four are line ends and indents between tags
            if text and not text.isspace():
                if run.breaks:
                    run.end_line(at)
                texts.append(text)
                pieces.append(text)
                if open_links:
                    link_texts.append(text)
            elif texts:
                texts.append(" ")
                pieces.append(" ")
        elif does == "box":
            if pieces:
                run.end(at)
            attributes = node.attributes
            tokens, hidden = _marks(attributes) if attributes else _NO_MARKS
            first = len(blocks)
            boxes.append(Box(len(boxes), at, tag, node, tokens, depth, hidden, first, first))
            child = node.first_child
            if child is not None:
                if len(path) < MAX_DEPTH:
                    at = len(boxes) - 1
                    depth += 1
                    path.append(None)
                    node = child
                    continue
                cut = True
        elif does == "inline":
            attributes = node.attributes
            names = attributes.get("class")
            if not (names and is_for_screen_readers(names)) and not _is_hidden(attributes):
                pieces.append(node)
                child = node.first_child
                if tag == "a":
                    run.links += 1
                if child is not None:
                    if len(path) < MAX_DEPTH:
                        if tag == "a":
                            open_links.append(node)
                        inline.append(node)
                        path.append(node)
                        node = child
                        continue
                    cut = True
                pieces.append(None)
        elif does == "break":
            run.take_break(node)
        elif does is not None:
            run.take_object(node, OBJECTS[tag], at)
        following = node.next
        while following is None and path:
            node = path.pop()
            if node is None:
                if pieces:
                    run.end(at)
                box = boxes[at]
                box.last = len(blocks)
                node, at = box.node, box.parent
                depth -= 1
            else:
                inline.pop()
                pieces.append(None)
                if open_links and open_links[-1] is node:
                    open_links.pop()
            following = node.next
        node = following
    run.end_all(at)
    return cut or node is not None


def _kind_of(node: LexborNode) -> tuple[str, Action | None]:
    """The tag of *node* and what is done with it: nothing for comments, declarations and processing instructions."""
    tag = node.tag or "-"
    return tag, _ACTIONS[tag] if tag in _ACTIONS else None if tag[0] in "-!" else "box"


def _marks(attributes: Mapping[str, str | None]) -> tuple[str, bool]:
    """The names that an element's *attributes* give it, and whether they hide it."""
    tokens = attributes.get("class") or ""
    if tokens and len(attributes) == 1:  # three in five have nothing else
        return tokens, is_for_screen_readers(tokens)
    if not _NAMES_BUT_CLASS.isdisjoint(attributes):
        tokens = " ".join([value for name, value in attributes.items() if value and name in _TOKEN_ATTRIBUTES])
    return tokens, (tokens != "" and is_for_screen_readers(tokens)) or _is_hidden(attributes)


def _is_hidden(attributes: Mapping[str, str | None]) -> bool:
    """Not shown by its own mark-up. Style sheets are not read."""
    if _HIDING.isdisjoint(attributes):
        return False
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    return bool(style) and _INVISIBLE.search(style or "") is not None


@lru_cache(maxsize=4_096)
def is_for_screen_readers(names: str) -> bool:
    """Whether class names say that an element is read aloud but not shown: labels such as "Article content"."""
    said = names[:MAX_NAMES].lower()
    # One in 25 class attributes passes these; asked first, they take a third of the pattern's time.
    may_be = "hidden" in said or "sr-only" in said or "reader" in said or "a11y" in said or "offscreen" in said or "assistive" in said
    return may_be and _FOR_SCREEN_READERS.search(said) is not None
