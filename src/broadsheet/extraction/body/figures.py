"""The pictures that stand among the kept text, each with its caption and credit."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from broadsheet.extraction.body.captions import says_the_alternative_text
from broadsheet.extraction.body.formulas import stands_in_line
from broadsheet.extraction.body.ground import Ground
from broadsheet.extraction.body.phrases import find_phrases
from broadsheet.extraction.body.tokens import tokens_of
from broadsheet.extraction.credits import CREDIT_TOKENS, credit_apart
from broadsheet.markup.blocks import Block, Box
from broadsheet.markup.srcset import best_candidate, image_address
from broadsheet.model import Picture
from broadsheet.text.plain import collapse

SMALLEST_PX = 60
"""Below this, in either direction, a picture is an icon or counts readers."""

NEAR = 3
"""A caption outside a `<figure>` stands within this many blocks of its picture."""

MAX_IN_FIGURE = 40
"""Blocks of one `<figure>` that are looked at; a gallery of thousands must not be read once for each picture."""

MAX_IN_GALLERY = 150
"""Blocks of one gallery, for the same reason."""

CAPTION_MASS = 700
"""The longest caption taken, in letters."""

_CAPTION = frozenset(("caption", "figcaption", "legend", "bildunterschrift", "subtitle", "description", "legende", "leyenda", "didascalia"))
_CREDIT_OPENS = re.compile(r"\s*(?:©|\(c\)\s|📷|\|)", re.I)
_SIZE = re.compile(r"\s*(\d{1,5})(?:\.\d+)?\s*(?:px)?\s*$", re.ASCII)


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """A picture where it stands (*index* of its block), and the blocks that are its caption, used up by it."""

    index: int
    picture: Picture
    captions: tuple[int, ...] = ()


class _KeptMass:
    """Letters of kept text between two blocks, from running sums: a page of nothing but pictures costs no more than another."""

    def __init__(self, ground: Ground, chosen: Sequence[int]) -> None:
        self._chosen = chosen
        self._sums = [0, *accumulate(ground.flat.blocks[index].mass for index in chosen)]

    def between(self, first: int, last: int) -> int:
        return self._sums[bisect_left(self._chosen, last)] - self._sums[bisect_left(self._chosen, first)]


def figures_of(ground: Ground, kept: Mapping[int, bool], base: str) -> Iterator[Figure]:
    """The figures between the first and the last kept block (one picture before the first may be its own lead), in order.

    *kept* says for every text block in the root whether it is. A picture belongs to the body when most of the text that is grouped
    with it does; captions are not counted, pictures without an address, icons and repeats are left out.
    """
    chosen = [index for index, keep in kept.items() if keep]
    if not chosen:
        return
    root = ground.flat.boxes[ground.root]
    first = max(root.first, ground.h1 + 1 if 0 <= ground.h1 < chosen[0] else chosen[0] - 2 * NEAR)
    kept_mass = _KeptMass(ground, chosen)
    seen: set[str] = set()
    for block in ground.flat.blocks[first : min(root.last, chosen[-1] + 2 * NEAR)]:
        if block.kind != "image" or stands_in_line(block):
            continue
        figure = _figure(ground, block, kept, kept_mass, base)
        if figure is not None and _stem(figure.picture.url) not in seen:
            seen.add(_stem(figure.picture.url))
            yield figure


def _figure(ground: Ground, block: Block, kept: Mapping[int, bool], kept_mass: _KeptMass, base: str) -> Figure | None:
    node = block.pieces[0]
    assert node is not None
    assert not isinstance(node, str)
    attributes = node.attributes
    width, height = _size(attributes.get("width")), _size(attributes.get("height"))
    if min(width or SMALLEST_PX, height or SMALLEST_PX) < SMALLEST_PX:
        return None
    frame = _frame(ground, block)
    captions = tuple(_captions(ground, block, frame, kept))
    if not _belongs(ground, frame, kept_mass, captions):
        return None
    address = image_address(attributes, base) or _from_sources(ground, block, base)
    if address is None:
        return None
    caption, credit = _words(ground, captions)
    alt = (attributes.get("alt") or "").strip() or None
    picture = Picture(url=address, width_px=width, height_px=height, alt=alt, caption=caption, credit=credit)
    return Figure(block.index, picture, captions)


def _frame(ground: Ground, block: Block) -> Box:
    """The `<figure>` around a picture, else the box in which it stands alone."""
    boxes = ground.flat.boxes
    around = [box for box, _ in zip(ground.flat.ancestors(block), range(8), strict=False)]
    figure = next((box for box in around if box.tag == "figure" and box.index != ground.root), None)
    if figure is not None:
        return figure
    alone = boxes[block.box]
    while alone.parent >= 0 and ground.mass[boxes[alone.parent].index] == ground.mass[alone.index] and alone.index != ground.root:
        alone = boxes[alone.parent]
    return alone


def _captions(ground: Ground, block: Block, frame: Box, kept: Mapping[int, bool]) -> Iterator[int]:
    """The dropped text blocks in the picture's frame; without a figure, a caption-like one right after it."""
    blocks = ground.flat.blocks
    if frame.tag == "figure":
        for other in blocks[frame.first : min(frame.last, frame.first + MAX_IN_FIGURE)]:
            if other.kind == "text" and not kept.get(other.index, False) and other.mass < CAPTION_MASS:
                yield other.index
        return
    if own := _own_frame(ground, frame, kept):
        yield from (other.index for other in blocks[own.first : own.last] if other.kind == "text")
        return
    beside = ground.flat.boxes[frame.parent] if frame.parent >= 0 else frame
    for other in blocks[block.index + 1 : min(block.index + 1 + NEAR, beside.last)]:
        if other.kind != "text" or kept.get(other.index, False) or other.mass > CAPTION_MASS:
            break
        if not _is_caption(ground, other):
            break
        yield other.index


def _own_frame(ground: Ground, frame: Box, kept: Mapping[int, bool]) -> Box | None:
    """The box that holds a picture and a few lines, if it stands between kept text: whatever its class, the lines are the caption.

    Not if they are links: that is a teaser. A picture may be there twice, once for readers without scripts.
    """
    box = frame if ground.mass[frame.index] or frame.parent < 0 else ground.flat.boxes[frame.parent]
    if box.index == ground.root or not 0 < ground.mass[box.index] <= CAPTION_MASS or ground.link_mass[box.index] * 5 > ground.mass[box.index]:
        return None
    texts, images = (sums[box.last] - sums[box.first] for sums in (ground.texts, ground.images))
    if texts > NEAR or images > 2 or any(kept.get(index, False) for index in range(box.first, box.last)):
        return None
    before, after = _nearest_text(ground, box.first - 1, -1), _nearest_text(ground, box.last, 1)
    around = ground.flat.boxes[box.parent]
    return box if all(around.first <= at < around.last and kept.get(at, False) for at in (before, after)) else None


def _nearest_text(ground: Ground, at: int, step: int) -> int:
    """The index of the next text block within NEAR of *at* in the direction of *step*, -1 if there is none."""
    blocks = ground.flat.blocks
    inside = (near for near in range(at, at + NEAR * step, step) if 0 <= near < len(blocks))
    return next((near for near in inside if blocks[near].kind == "text"), -1)


def _is_caption(ground: Ground, block: Block) -> bool:
    tokens = ground.words(block.box)
    said = bool(tokens & _CAPTION) or _is_credit(ground, block) or ground.flat.boxes[block.box].tag == "figcaption"
    return said or says_the_alternative_text(ground, block)


def _is_credit(ground: Ground, block: Block) -> bool:
    own = ground.words(block.box)
    said = _CREDIT_OPENS.match(block.text) is not None or (block.mass < 80 and _opens_with_credit(block.text))
    return said or (bool(own & CREDIT_TOKENS) and block.mass < 120)


def _opens_with_credit(text: str) -> bool:
    return any(found.kind == "credit" and found.opens for found in find_phrases(text))


def _belongs(ground: Ground, frame: Box, kept_mass: _KeptMass, captions: Sequence[int]) -> bool:
    """Whether most of the text grouped with the picture is kept. The root groups everything, so a picture right in it belongs."""
    boxes = ground.flat.boxes
    caption_mass = sum(ground.flat.blocks[index].mass for index in captions)
    at = frame.index
    while at != ground.root and at >= 0:
        box = boxes[at]
        if (others := ground.mass[at] - caption_mass) > 0 and not _only_captions(ground, box):
            return kept_mass.between(box.first, box.last) * 2 >= others
        at = box.parent
    return at == ground.root


def _only_captions(ground: Ground, box: Box) -> bool:
    """Whether all text in *box* is that of captions, as in a gallery. Not if it links: those are teasers."""
    inside = ground.flat.blocks[box.first : box.last]
    if len(inside) > MAX_IN_GALLERY or ground.link_mass[box.index] * 5 > ground.mass[box.index]:
        return False
    return all(block.kind != "text" or "figcaption" in ground.tags(block.box) for block in inside)


def _from_sources(ground: Ground, block: Block, base: str) -> str | None:
    """The address in the `<source>` elements of the `<picture>` around an image."""
    node = block.pieces[0]
    parent = node.parent if node is not None and not isinstance(node, str) else None
    if parent is None or parent.tag != "picture":
        return None
    child = parent.first_child
    while child is not None:
        if child.tag == "source" and (found := best_candidate(child.attributes.get("srcset") or child.attributes.get("data-srcset") or "", base)):
            return found
        child = child.next
    return None


def _words(ground: Ground, captions: Sequence[int]) -> tuple[str | None, str | None]:
    """Caption and credit, each on one line; a line said twice (many templates show it once more for phones) counts once."""
    said: dict[str, None] = {}
    owed: dict[str, None] = {}
    for index in captions:
        block = ground.flat.blocks[index]
        if _is_credit(ground, block):
            owed[block.text] = None
            continue
        caption, credit = _parted(block)
        said[caption] = None
        owed[credit] = None
    caption, credit = " ".join(filter(None, said)), " ".join(filter(None, owed))
    if caption and not credit:
        caption, credit = credit_apart(caption)
    return caption or None, credit or None


def _parted(block: Block) -> tuple[str, str]:
    """A caption's words, and those that stand in an inline element whose class says credit."""
    words: list[str] = []
    credit: list[str] = []
    within: list[bool] = []
    for piece in block.pieces:
        if isinstance(piece, str):
            (credit if any(within) else words).append(piece)
        elif piece is None:
            within[-1:] = []
        else:
            names = piece.attributes.get("class")
            within.append(bool(names) and not CREDIT_TOKENS.isdisjoint(tokens_of(names or "")))
    return collapse("".join(words)), collapse("".join(credit))


def _size(stated: str | None) -> int | None:
    found = _SIZE.match(stated or "")
    return int(found[1]) if found and int(found[1]) > 0 else None


def _stem(url: str) -> str:
    """What the same picture in two sizes has in common: the file's name."""
    return url.partition("?")[0].rpartition("/")[2] or url
