"""What a box of the page becomes in our HTML, where its tag alone does not say: pull quotes, fact boxes, tables with a caption."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from broadsheet.extraction.body.ground import Ground
from broadsheet.extraction.body.inline import escaped_text
from broadsheet.extraction.body.tokens import tokens_of
from broadsheet.markup.blocks import Box

CAPTION_LEVELS = 4
"""A table or listing lies at most this many boxes inside the `<figure>` that gives it a caption."""

_PULLED = (frozenset(("pullquote",)), frozenset(("pull", "quote")), frozenset(("pulled", "quote")))
_FACTS = tuple(
    frozenset(words.split("-"))
    for words in (
        "factbox factboxes factfile factsheet fact-box facts-box fact-file fact-sheet key-facts quick-facts infobox info-box infokasten faktenbox "
        "faktenkasten fakten-box faktaruta faktaboks encadre recuadro explainer-box"
    ).split()
)
_HOLDERS = frozenset(("aside", "div", "section", "figure", "blockquote", "article", "details"))  # not a heading "fact box", nor a list
_CAPTIONED = frozenset(("table", "pre"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What is written for a box: its element ("" for none) with attributes, and HTML right after its start and before its end."""

    tag: str
    attributes: str = ""
    opening: str = ""
    closing: str = ""


NO_FRAME = Frame(tag="")


def inner_boxes(ground: Ground, indices: Iterable[int]) -> list[Box]:
    """The boxes around the blocks *indices* up to those that hold the core (the page's frame, not the article's), in document order."""
    boxes, blocks = ground.flat.boxes, ground.flat.blocks
    seen: set[int] = set()
    for index in indices:
        at = blocks[index].box
        while at >= 0 and at not in seen and ground.below[at] > 0:
            seen.add(at)
            at = boxes[at].parent
    return [boxes[index] for index in sorted(seen)]


def named_frames(ground: Ground, inner: Sequence[Box]) -> Mapping[int, Frame]:
    """The frames that class names and captions tell of. *inner* is what `inner_boxes` gave."""
    frames: dict[int, Frame] = {}
    for box in inner:
        kind = kind_of(box.tokens) if box.tokens else ""
        outer = frames.get(box.parent)
        if outer is not None and outer.tag in ("blockquote", "") and box.tag in ("blockquote", "aside", "figure", "div"):
            frames[box.index] = NO_FRAME  # the quotation inside an `<aside class="pullquote">`
        elif kind and ground.narrow(box.index) and (box.tag in _HOLDERS or (box.tag == "p" and kind == "pullquote")):
            frames[box.index] = Frame(tag="blockquote" if kind == "pullquote" else "aside", attributes=f' class="{kind}"')
        elif box.tag in _CAPTIONED:
            frames.update(_captioned(ground, box))
    return frames


@lru_cache(maxsize=20_000)
def kind_of(names: str) -> str:
    """Whether class names say "pullquote" or "factbox"; "" for neither."""
    words = tokens_of(names)
    if any(said <= words for said in _PULLED):
        return "pullquote"
    return "factbox" if any(said <= words for said in _FACTS) else ""


def _captioned(ground: Ground, box: Box) -> Iterator[tuple[int, Frame]]:
    """The `<figure>` around a table or a listing, if it has a `<figcaption>`."""
    boxes, at = ground.flat.boxes, box.parent
    for _ in range(CAPTION_LEVELS):
        if at < 0 or ground.below[at] <= 0:
            return
        if boxes[at].tag == "figure":
            if caption := _caption(ground, boxes[at]):
                yield at, Frame(tag="figure", closing=f"<figcaption>{escaped_text(caption)}</figcaption>")
            return
        at = boxes[at].parent


def _caption(ground: Ground, figure: Box) -> str:
    inside = ground.flat.blocks[figure.first : figure.last]
    return " ".join(block.text for block in inside if block.kind == "text" and ground.flat.boxes[block.box].tag == "figcaption")
