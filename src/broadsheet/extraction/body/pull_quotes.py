"""Pull quotes that only say again what the text says are left out; others stay, and are marked as such (`frames.py`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from broadsheet.extraction.body.choose import Choice
from broadsheet.extraction.body.frames import kind_of
from broadsheet.extraction.body.spots import Spot

SHORTEST = 12
"""Letters and digits that cannot recur by chance."""

SHORTEST_QUOTE = 30
"""…and those of a quotation that nothing names a pull quote."""

LONGER = 1.3
"""How much longer the paragraph is from which such a quotation was pulled: one as long is the same thing said twice."""

LEVELS = 4
"""A pull quote's words stand at most this many boxes inside the one that is named so."""

REASON = "repeats the text"


def without_repeats(choices: Sequence[Choice]) -> list[Choice]:
    """*choices* without the pull quotes whose words stand in the text as well."""
    return [replace(choice, kept=False, reason=REASON) if choice.kept and _only_repeats(choice, choices) else choice for choice in choices]


def _only_repeats(choice: Choice, choices: Sequence[Choice]) -> bool:
    spot = choice.spot
    if len(spot.key) < SHORTEST or not (spot.tokens & {"pullquote", "pull", "pulled"} or "blockquote" in spot.tags):
        return False
    if spot.ground.all_keys.count(spot.key) < 2:
        return False
    return _is_named(spot) or _is_pulled(spot, choices)


def _is_named(spot: Spot) -> bool:
    around = zip(spot.ground.flat.ancestors(spot.block), range(LEVELS), strict=False)
    return any(box.tokens and kind_of(box.tokens) == "pullquote" for box, _ in around)


def _is_pulled(spot: Spot, choices: Sequence[Choice]) -> bool:
    """Whether a block quote in a piece of news is part of a longer paragraph outside of any.

    Evidence: five on 113 news pages, all set large between the paragraphs. In forums and blogs it is the quotation that is answered,
    and stays.
    """
    if not spot.ground.news or len(spot.key) < SHORTEST_QUOTE or "blockquote" not in spot.tags:
        return False
    others = (choice.spot for choice in choices if choice.kept and len(choice.spot.key) >= LONGER * len(spot.key))
    return any(spot.key in other.key and "blockquote" not in other.tags for other in others)
