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
    groups = _wholes(choices)
    data = data_tables(choices, groups)
    out = list(choices)
    for whole, places in groups.items():
        kept = _mean(choices, places) >= _enough(choices[places[0]].spot.ground, whole)
        for place in places:
            choice = choices[place]
            out[place] = replace(choice, kept=True, reason="in a table of data") if whole in data else _in_line(choice, kept=kept)
    return out


def without_leading_lines(choices: Sequence[Choice]) -> list[Choice]:
    """*choices* without the lines that say "Read also" or the like and then only link: never the article's text."""
    return [replace(choice, kept=False, reason="leads elsewhere") if choice.kept and _leads_elsewhere(choice) else choice for choice in choices]


def _leads_elsewhere(choice: Choice) -> bool:
    spot = choice.spot
    rest = spot.mass - spot.related
    return bool(spot.related) and spot.mass <= LEADING_MASS and not spot.heading and spot.block.link_mass >= 0.9 * rest > 0


def _wholes(choices: Sequence[Choice]) -> dict[int, list[int]]:
    """The lists and tables that hold any of *choices*, by the index of their box, and the places of what each holds."""
    groups: defaultdict[int, list[int]] = defaultdict(list)
    known: dict[int, int] = {}
    for place, choice in enumerate(choices):
        if not _WHOLES.isdisjoint(choice.spot.setting.tags) and (whole := _whole(choice.spot.ground, choice.spot.block.box, known)) >= 0:
            groups[whole].append(place)
    return groups


def _whole(ground: Ground, index: int, known: dict[int, int]) -> int:
    """The outermost list or table around a box, or itself, that does not hold the core; -1 if there is none. *known* keeps the answers."""
    boxes, at, passed = ground.flat.boxes, index, []
    while at >= 0 and at not in known and ground.below[at] > 0:
        passed.append(at)
        at = boxes[at].parent
    found = known.get(at, -1)
    for at in reversed(passed):
        if found < 0 and boxes[at].tag in _WHOLES and ground.narrow(at):
            found = at
        known[at] = found
    return found


def _mean(choices: Sequence[Choice], places: Sequence[int]) -> float:
    group = [choices[place] for place in places]
    mass = sum(choice.spot.mass for choice in group)
    return sum(choice.spot.mass * max(-LIMIT, min(LIMIT, choice.odds)) for choice in group) / max(mass, 1)


def _enough(ground: Ground, index: int) -> float:
    return ENOUGH_IN_CORE if ground.above[index] == 0 else ENOUGH_OUTSIDE


def _in_line(choice: Choice, *, kept: bool) -> Choice:
    if kept == choice.kept or (kept and choice.odds < HOPELESS):
        return choice
    return replace(choice, kept=kept, reason="kept with its list" if kept else "dropped with its list")
