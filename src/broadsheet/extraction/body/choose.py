"""Keep or drop each block: the signals' weights are added up, then the neighbours are heard, and each choice says why."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from operator import mul, truediv
from typing import NamedTuple

from broadsheet.extraction.body.hearing import hear, token_weights, weights_of
from broadsheet.extraction.body.spots import Spot
from broadsheet.extraction.body.surroundings import Make
from broadsheet.extraction.body.weights import NEIGHBOURS

LIMIT = 6.0
"""Log-odds beyond this are not surer than this when a neighbour is judged by them."""

EDGE = math.tanh(-1.0)
"""The voice of nobody: before the first block and after the last."""

NEIGHBOUR_NAMES = ("bias", "own", "before", "after", "outer", "parent", "heading_after", "heading_before", "lesser", "greater", "heading", "make")


@dataclass(slots=True, eq=False)
class Choice:
    """A block, kept or dropped. *odds* are log-odds, above 0 for text. Not frozen: a frozen one costs three times as much to make."""

    spot: Spot
    kept: bool
    odds: float
    reason: str = ""  # set by a rule that overruled the odds


class Voices(NamedTuple):
    """What blocks hear of each other: a column for each fact, a place in it for each block."""

    odds: Sequence[float]
    mass: Sequence[int]
    heading: Sequence[bool]
    outer: Sequence[int]  # index of the box that groups it with its like
    parent: Sequence[int]  # and of the one around that
    make: Sequence[Make]  # how it is set, wherever it stands


def choose(spots: Sequence[Spot]) -> list[Choice]:
    """A choice for every spot, by its own signals and by its neighbours'."""
    for spot in spots:
        if spot.far:
            spot.odds = -LIMIT
    hear([spot for spot in spots if not spot.far])
    bias, *weights = [NEIGHBOURS[name] for name in NEIGHBOUR_NAMES]
    w1, w2, w3, w4, w5, w6, w7, w8, w9, w10, w11 = weights
    choices = []
    for spot, a, b, c, d, e, f, g, h, i, j, k in zip(spots, *_heard_of_each_other(voices_of(spots)), strict=True):
        odds = bias + w1 * a + w2 * b + w3 * c + w4 * d + w5 * e + w6 * f + w7 * g + w8 * h + w9 * i + w10 * j + w11 * k
        choices.append(Choice(spot, odds > 0, odds))
    return choices


def ballot(spot: Spot) -> list[tuple[str, float]]:
    """What was heard for *spot* and against it, heaviest first: signals, and words in class names. Asked anew: few read it."""
    heard = [(signal.__name__, weight) for signal, weight in weights_of(news=spot.ground.news).items() if signal(spot)]
    heard += [(token, weight) for token in spot.tokens if (weight := token_weights().get(token, 0.0))]
    return sorted(heard, key=lambda vote: (-abs(vote[1]), vote[0]))


def voices_of(spots: Sequence[Spot]) -> Voices:
    """The voices of spots whose odds are known."""
    return Voices(
        [spot.odds for spot in spots],
        [spot.mass for spot in spots],
        [spot.heading for spot in spots],
        [spot.outer.index for spot in spots],
        [spot.outer.parent for spot in spots],
        [spot.setting.make for spot in spots],
    )


def neighbour_values(voices: Voices) -> list[tuple[float, ...]]:
    """What the second hearing looks at, in the order of NEIGHBOUR_NAMES: a row for each block."""
    return [(1.0, *row) for row in zip(*_heard_of_each_other(voices), strict=True)]


def _heard_of_each_other(voices: Voices) -> Sequence[Sequence[float]]:
    """A column for each of NEIGHBOUR_NAMES but the bias. Odds are squeezed into -1..1: one sure block is one voice."""
    capped = [LIMIT if odds > LIMIT else -LIMIT if odds < -LIMIT else odds for odds in voices.odds]
    loud = [math.tanh(odds / 2) for odds in capped]
    masses = [mass + 5 for mass in voices.mass]
    said = list(map(mul, loud, masses))
    outer, parent, make = (_means(said, masses, groups) for groups in (voices.outer, voices.parent, voices.make))
    before, after = [EDGE, *loud][:-1], [*loud, EDGE][1:]
    pairs = list(zip(before, after, strict=True))
    lesser, greater = [a if a < b else b for a, b in pairs], [b if a < b else a for a, b in pairs]
    heading = list(map(float, voices.heading))
    beside = list(map(mul, heading, after)), list(map(mul, heading, before))
    return (capped, before, after, outer, parent, *beside, lesser, greater, heading, make)


def _means(said: Sequence[float], masses: Sequence[int], groups: Sequence[Hashable]) -> list[float]:
    """Per voice: what its group *said*, which each did by its letters, divided by the letters of all."""
    numbers: dict[Hashable, int] = {}
    places = [numbers.setdefault(group, len(numbers)) for group in groups]
    totals, letters = [0.0] * len(numbers), [0] * len(numbers)
    for place, voice, mass in zip(places, said, masses, strict=True):
        totals[place] += voice
        letters[place] += mass
    means = list(map(truediv, totals, letters))
    return [means[place] for place in places]
