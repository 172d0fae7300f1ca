"""Pull quotes that only say again what the text says are left out; others stay, and are marked as such (`frames.py`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from broadsheet.extraction.body.choose import Choice
from broadsheet.extraction.body.frames import kind_of

SHORTEST = 12
"""Letters and digits that cannot recur by chance."""

LEVELS = 4
"""A pull quote's words stand at most this many boxes inside the one that is named so."""

REASON = "repeats the text"


def without_repeats(choices: Sequence[Choice]) -> list[Choice]:
    """*choices* without the pull quotes whose words stand in the text as well."""
    return [replace(choice, kept=False, reason=REASON) if choice.kept and _only_repeats(choice) else choice for choice in choices]


def _only_repeats(choice: Choice) -> bool:
    spot = choice.spot
    if not spot.tokens & {"pullquote", "pull", "pulled"} or len(spot.key) < SHORTEST:
        return False
    around = zip(spot.ground.flat.ancestors(spot.block), range(LEVELS), strict=False)
    named = any(box.tokens and kind_of(box.tokens) == "pullquote" for box, _ in around)
    return named and spot.ground.all_keys.count(spot.key) > 1
