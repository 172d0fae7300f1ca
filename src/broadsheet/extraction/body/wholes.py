"""Lists and tables are kept or dropped as wholes, and lines that only lead elsewhere go whatever their odds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from broadsheet.extraction.body.choose import LIMIT, Choice
from broadsheet.extraction.body.ground import Ground
from broadsheet.extraction.body.tables import data_tables

ENOUGH_IN_CORE = -1.0
"""Mean log-odds from which a list or table in the core is kept.

Of 1,345 lists in the core of 400 dev pages the gold keeps a part of only 29; judged item by item 71 came out in parts. Between -1
and 0 three quarters of the letters are gold (0.78), between -2 and -1 next to none (0.05); tables 0.69 and 0.16.
"""

ENOUGH_OUTSIDE = 0.0
"""…and outside the core, where a quarter of the letters between -1 and 0 are gold, and six in ten between 0 and 1."""

HOPELESS = -4.0
"""An item this unlikely is dropped from a list that is kept: a share button, an advertisement between two items."""

LEADING_MASS = 250
"""The longest line taken for one that leads elsewhere."""

_WHOLES = frozenset(("ul", "ol", "dl", "table"))


def as_wholes(choices: Sequence[Choice]) -> list[Choice]:
    """*choices* with the items of each list and the cells of each table brought into line."""
    wholes = [_whole(choice) for choice in choices]
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for place, whole in enumerate(wholes):
        if whole >= 0:
            groups[whole].append(place)
    ground = choices[0].spot.ground if choices else None
    kept = {index: ground is not None and _mean(choices, places) >= _enough(ground, index) for index, places in groups.items()}
    data = data_tables(choices, groups)
    return [
        replace(choice, kept=True, reason="in a table of data") if whole in data else _in_line(choice, kept.get(whole))
        for choice, whole in zip(choices, wholes, strict=True)
    ]


def without_leading_lines(choices: Sequence[Choice]) -> list[Choice]:
    """*choices* without the lines that say "Read also" or the like and then only link: never the article's text."""
    return [replace(choice, kept=False, reason="leads elsewhere") if choice.kept and _leads_elsewhere(choice) else choice for choice in choices]


def _leads_elsewhere(choice: Choice) -> bool:
    spot = choice.spot
    rest = spot.mass - spot.related
    return bool(spot.related) and spot.mass <= LEADING_MASS and not spot.heading and spot.block.link_mass >= 0.9 * rest > 0


def _whole(choice: Choice) -> int:
    """The outermost list or table around a block that does not itself hold the core; -1 if there is none."""
    ground, at, found = choice.spot.ground, choice.spot.block.box, -1
    if _WHOLES.isdisjoint(choice.spot.tags):
        return found
    boxes = ground.flat.boxes
    while at >= 0 and ground.below[at] > 0:
        if boxes[at].tag in _WHOLES and ground.narrow(at):
            found = at
        at = boxes[at].parent
    return found


def _mean(choices: Sequence[Choice], places: Sequence[int]) -> float:
    group = [choices[place] for place in places]
    mass = sum(choice.spot.mass for choice in group)
    return sum(choice.spot.mass * max(-LIMIT, min(LIMIT, choice.odds)) for choice in group) / max(mass, 1)


def _enough(ground: Ground, index: int) -> float:
    return ENOUGH_IN_CORE if ground.above[index] == 0 else ENOUGH_OUTSIDE


def _in_line(choice: Choice, kept: bool | None) -> Choice:
    if kept is None or kept == choice.kept or (kept and choice.odds < HOPELESS):
        return choice
    return replace(choice, kept=kept, reason="kept with its list" if kept else "dropped with its list")
