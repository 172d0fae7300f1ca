"""Keep or drop each block: the signals' weights are added up, then the neighbours are heard, and each choice says why."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from broadsheet.extract.body.spots import Spot
from broadsheet.extract.body.weights import BIAS, NEIGHBOURS, WEIGHTS

LIMIT = 6.0
"""Log-odds beyond this are not surer than this when a neighbour is judged by them."""


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """A block, kept or dropped. *odds* are log-odds, above 0 for text."""

    spot: Spot
    kept: bool
    odds: float
    reason: str = ""  # set by a rule that overruled the odds

    def line(self) -> str:
        """For the report: the verdict, the odds, the heaviest signals, the text."""
        why = self.reason or ", ".join(f"{name} {weight:+.1f}" for name, weight in ballot(self.spot)[:4])
        return f"{'keep' if self.kept else 'drop'} {self.odds:+5.1f}  <{self.spot.box.tag}> {self.spot.text[:60]!r}  {why}"


def choose(spots: Sequence[Spot]) -> list[Choice]:
    """A choice for every spot, by its own signals and by its neighbours'."""
    for spot in spots:
        spot.odds = own_odds(spot)
    hear = _hearing(spots)
    return [Choice(spot, (odds := hear(spot)) > 0, odds) for spot in spots]


def own_odds(spot: Spot) -> float:
    """The log-odds that *spot* is text, by itself."""
    odds = BIAS
    for signal, weight in _table():
        if signal(spot):
            odds += weight
    weights = token_weights()
    for token in spot.tokens:
        odds += weights.get(token, 0.0)
    return odds


def ballot(spot: Spot) -> list[tuple[str, float]]:
    """What was heard for *spot*, heaviest first."""
    heard = [(signal.__name__, weight) for signal, weight in WEIGHTS.items() if signal(spot)]
    heard += [(f'"{token}"', weight) for token in spot.tokens if (weight := token_weights().get(token, 0.0))]
    return sorted(heard, key=lambda vote: -abs(vote[1]))


@cache
def _table() -> tuple[tuple[Callable[[Spot], bool], float], ...]:
    return tuple(WEIGHTS.items())


@cache
def token_weights() -> Mapping[str, float]:
    """What a word in a class name weighs, in log-odds; learned like the signals' weights."""
    lines = (files(__package__) / "tokens.tsv").read_text(encoding="utf-8").splitlines()
    return {token: float(weight) for token, weight in (line.split("\t") for line in lines)}


def neighbour_values(spots: Sequence[Spot]) -> list[dict[str, float]]:
    """What the second hearing looks at, by the names in NEIGHBOURS. Odds are squeezed into -1..1, so that one sure block is one voice."""
    squeezed = [math.tanh(max(-LIMIT, min(LIMIT, spot.odds)) / 2) for spot in spots]
    boxes = spots[0].ground.list.boxes if spots else ()
    outer = _means(spots, squeezed, [spot.outer.index for spot in spots])
    parent = _means(spots, squeezed, [boxes[spot.outer.index].parent for spot in spots])
    values = []
    for i, spot in enumerate(spots):
        before = squeezed[i - 1] if i else EDGE
        after = squeezed[i + 1] if i + 1 < len(spots) else EDGE
        heading = float(spot.heading)
        values.append(
            {
                "bias": 1.0, "own": max(-LIMIT, min(LIMIT, spot.odds)), "before": before, "after": after, "outer": outer[i], "parent": parent[i],
                "heading_after": heading * after, "heading_before": heading * before, "lesser": min(before, after),
                "greater": max(before, after), "heading": heading,
            }  # fmt: skip
        )
    return values


EDGE = math.tanh(-1.0)
"""The voice of nobody: before the first block and after the last."""


def _hearing(spots: Sequence[Spot]) -> Callable[[Spot], float]:
    heard = {id(spot): sum(NEIGHBOURS[name] * value for name, value in values.items()) for spot, values in zip(spots, neighbour_values(spots), strict=True)}
    return lambda spot: heard[id(spot)]


def _means(spots: Sequence[Spot], squeezed: Sequence[float], groups: Sequence[int]) -> list[float]:
    """Per spot: the mean of its group's voices, weighed by letters."""
    sums: defaultdict[int, float] = defaultdict(float)
    masses: defaultdict[int, float] = defaultdict(float)
    for spot, voice, group in zip(spots, squeezed, groups, strict=True):
        sums[group] += voice * (spot.mass + 5)
        masses[group] += spot.mass + 5
    return [sums[group] / masses[group] for group in groups]
