"""Who is quoted: the line in or right behind a quotation that names its speaker. It looks like a byline and is kept with its quotation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from broadsheet.extraction.body.choose import Choice
from broadsheet.extraction.body.signals.line import is_all_in
from broadsheet.markup.blocks import Block, Box

SPEAKER_MASS = 150
"""The longest line taken for a speaker's name and office, in letters."""

LEVELS = 4
"""A speaker's line lies at most this many boxes inside its quotation."""

REASON = "who is quoted"

_NAMING = frozenset(("footer", "figcaption"))


@dataclass(frozen=True, slots=True, eq=False)
class Speaker:
    """The line that names who is quoted, and the box of the quotation."""

    index: int
    block: Block
    quote: int


def with_speakers(choices: Sequence[Choice]) -> tuple[list[Choice], list[Speaker]]:
    """*choices* with the speakers of kept quotations kept, and these."""
    out, speakers = list(choices), []
    for place, choice in enumerate(choices):
        if place == 0 or "blockquote" not in choices[place - 1].spot.tags:
            continue
        block = choice.spot.block
        if choice.spot.mass > SPEAKER_MASS or choice.spot.heading or not _names_somebody(choice):
            continue
        quote = _quote_around(choice)
        if quote < 0 and block.index == choices[place - 1].spot.block.index + 1:
            quote = _quote_before(choices[place - 1], choice)
        if quote >= 0 and _is_kept(out, place, quote):
            out[place] = replace(choice, kept=True, reason=REASON)
            speakers.append(Speaker(block.index, block, quote))
    return out, speakers


def _names_somebody(choice: Choice) -> bool:
    """In a footer, a caption or `<cite>`, as HTML has it (section 4.4.4)."""
    return choice.spot.box.tag in _NAMING or is_all_in(choice.spot, ("cite",)) or _parent(choice).tag in _NAMING


def _parent(choice: Choice) -> Box:
    return choice.spot.ground.flat.boxes[max(choice.spot.box.parent, 0)]


def _quote_around(choice: Choice) -> int:
    """The quotation that a line stands in, -1 if none."""
    around = zip(choice.spot.ground.flat.ancestors(choice.spot.block), range(LEVELS), strict=False)
    return next((box.index for box, _ in around if box.tag == "blockquote"), -1)


def _quote_before(before: Choice, choice: Choice) -> int:
    """The quotation that ends right before a line, in the same small box; -1 if none does."""
    quote = _quote_around(before)
    if quote < 0:
        return -1
    boxes = choice.spot.ground.flat.boxes
    frame = boxes[quote].parent
    return quote if frame >= 0 and frame in (choice.spot.box.index, choice.spot.box.parent, _parent(choice).parent) else -1


def _is_kept(choices: Sequence[Choice], place: int, quote: int) -> bool:
    """Whether the line before *place* is of the quotation, and kept."""
    if place == 0 or not choices[place - 1].kept:
        return False
    box = choices[place].spot.ground.flat.boxes[quote]
    return box.first <= choices[place - 1].spot.block.index < box.last
