"""The least there is to an article: a page whose only sentences were all doubted is read once more, with more good will."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from broadsheet.extraction.body.choose import Choice
from broadsheet.extraction.body.signals.boxes import in_core, in_discussion
from broadsheet.extraction.body.signals.line import ends_like_a_sentence
from broadsheet.extraction.body.spots import Spot

MIN_MASS = 20
"""A lighter line, though it ends in a full stop, is a label or a slogan."""

_FRAME = frozenset(("nav", "footer", "aside", "form", "button", "figcaption", "table"))


def with_the_least(choices: Sequence[Choice]) -> list[Choice]:
    """*choices*; where no line is kept, with the sentences of the core kept that nothing condemns.

    Evidence: what speaks for a sentence is mostly the sentences around it, and a report of one or two has none. Of pages with a
    longer text none comes here.
    """
    if any(choice.kept and not choice.spot.heading for choice in choices):
        return list(choices)
    return [replace(choice, kept=True, reason="the only text") if _may_be_text(choice.spot) else choice for choice in choices]


def _may_be_text(spot: Spot) -> bool:
    """A whole sentence of the core, behind the headline, without link or notice, outside of the page's frame."""
    if spot.mass < MIN_MASS or spot.heading or spot.block.links or spot.said.notices or spot.block.index <= spot.ground.h1:
        return False
    return in_core(spot) and ends_like_a_sentence(spot) and not spot.setting.hidden and not in_discussion(spot) and _FRAME.isdisjoint(spot.tags)
