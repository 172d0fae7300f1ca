"""The end of the text: nothing that only announces what is not there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from broadsheet.extraction.body.choose import Choice
from broadsheet.extraction.body.signals.line import ends_with_colon

SHOWN_WITHIN = 3
"""Blocks behind a line in which a picture or a player may be what it announces."""

SURE = 1.0
"""A heading with higher odds stays: guides end with headings of sections that hold nothing but a form or a list of links."""

_OBJECTS = frozenset(("image", "embed"))


def without_dangling_end(choices: Sequence[Choice]) -> list[Choice]:
    """*choices* without headings, and lines that end in a colon, behind the last line of text.

    Evidence: 9 such lines were kept on 144 news and Chinese pages, all foreign: the headings of teasers ("Sources:" without any,
    a carousel of headlines). On blogs and guides a half of 110 is in the gold, with nothing under it either.
    """
    out = list(choices)
    for place in range(len(out) - 1, -1, -1):
        choice = out[place]
        if not choice.kept:
            continue
        if not _announces(choice) or choice.odds > SURE or _shows_something(choice):
            break
        out[place] = replace(choice, kept=False, reason="announces nothing")
    return out if any(choice.kept for choice in out) else list(choices)


def _announces(choice: Choice) -> bool:
    return choice.spot.heading or ends_with_colon(choice.spot)


def _shows_something(choice: Choice) -> bool:
    """Whether a picture or a player follows."""
    at = choice.spot.block.index
    return any(block.kind in _OBJECTS for block in choice.spot.ground.flat.blocks[at + 1 : at + 1 + SHOWN_WITHIN])
