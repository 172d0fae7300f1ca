"""Keep or drop each block: the signals' weights are added up, then the neighbours are heard, and each choice says why."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import NamedTuple, overload

from broadsheet.extraction.body.spots import Spot
from broadsheet.extraction.body.weights import BIAS, NEIGHBOURS, WEIGHTS

LIMIT = 6.0
"""Log-odds beyond this are not surer than this when a neighbour is judged by them."""

EDGE = math.tanh(-1.0)
"""The voice of nobody: before the first block and after the last."""

NEIGHBOUR_NAMES = ("bias", "own", "before", "after", "outer", "parent", "heading_after", "heading_before", "lesser", "greater", "heading")

_REASONS = 3

_SIGNALS = tuple(WEIGHTS.items())


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """A block, kept or dropped. *odds* are log-odds, above 0 for text."""

    spot: Spot
    kept: bool
    odds: float
    reason: str = ""  # set by a rule that overruled the odds

    def line(self) -> str:
        """For the report: the verdict, the odds, the heaviest signals, the text."""
        why = self.reason or ("a short link far from the core" if self.spot.far else "")
        why = why or ", ".join(f"{name} {weight:+.1f}" for name, weight in ballot(self.spot)[:_REASONS])
        return f"{'keep' if self.kept else 'drop'} {self.odds:+5.1f}  <{self.spot.box.tag}> {self.spot.text[:60]!r}  {why}"


class Report(Sequence[str]):
    """The lines of *choices*, written when they are first read: for most articles nobody asks why."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        self._choices = choices

    @cached_property
    def _lines(self) -> tuple[str, ...]:
        return tuple(choice.line() for choice in self._choices)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...
    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        return self._lines[at]

    def __len__(self) -> int:
        return len(self._choices)


class Voice(NamedTuple):
    """What a block's neighbours hear of it."""

    odds: float
    mass: int
    heading: bool
    outer: int  # index of the box that groups it with its like
    parent: int  # and of the one around that


def choose(spots: Sequence[Spot]) -> list[Choice]:
    """A choice for every spot, by its own signals and by its neighbours'."""
    for spot in spots:
        spot.odds = -LIMIT if spot.far else own_odds(spot)
    weights = [NEIGHBOURS[name] for name in NEIGHBOUR_NAMES]
    choices = []
    for spot, values in zip(spots, neighbour_values([voice_of(spot) for spot in spots]), strict=True):
        odds = sum(map(float.__mul__, weights, values))
        choices.append(Choice(spot, odds > 0, odds))
    return choices


def own_odds(spot: Spot) -> float:
    """The log-odds that *spot* is text, by itself."""
    odds = BIAS + spot.ground.named_odds(spot.tokens, token_weights())
    for signal, weight in _SIGNALS:
        if signal(spot):
            odds += weight
    return odds


def ballot(spot: Spot) -> list[tuple[str, float]]:
    """What was heard for *spot* and against it, heaviest first: signals, and words in class names. Asked anew: few read it."""
    heard = [(signal.__name__, weight) for signal, weight in _SIGNALS if signal(spot)]
    heard += [(token, weight) for token in spot.tokens if (weight := token_weights().get(token, 0.0))]
    return sorted(heard, key=lambda vote: (-abs(vote[1]), vote[0]))


@cache
def token_weights() -> Mapping[str, float]:
    """What a word in a class name weighs, in log-odds; learned like the signals' weights."""
    lines = (files(__package__) / "tokens.txt").read_text(encoding="utf-8").splitlines()
    return {token: float(weight) for token, weight in (line.split("\t") for line in lines)}


def voice_of(spot: Spot) -> Voice:
    """The voice of a spot whose odds are known."""
    return Voice(spot.odds, spot.mass, spot.heading, spot.outer.index, spot.outer.parent)


def neighbour_values(voices: Sequence[Voice]) -> list[tuple[float, ...]]:
    """What the second hearing looks at, in the order of NEIGHBOUR_NAMES. Odds are squeezed into -1..1: one sure block is one voice."""
    capped = [max(-LIMIT, min(LIMIT, voice.odds)) for voice in voices]
    loud = [math.tanh(odds / 2) for odds in capped]
    outer = _means(voices, loud, [voice.outer for voice in voices])
    parent = _means(voices, loud, [voice.parent for voice in voices])
    values: list[tuple[float, ...]] = []
    for i, voice in enumerate(voices):
        before = loud[i - 1] if i else EDGE
        after = loud[i + 1] if i + 1 < len(voices) else EDGE
        heading = float(voice.heading)
        lesser, greater = min(before, after), max(before, after)
        values.append((1.0, capped[i], before, after, outer[i], parent[i], heading * after, heading * before, lesser, greater, heading))
    return values


def _means(voices: Sequence[Voice], loud: Sequence[float], groups: Sequence[int]) -> list[float]:
    """Per voice: the mean of its group, weighed by letters."""
    sums: defaultdict[int, float] = defaultdict(float)
    masses: defaultdict[int, float] = defaultdict(float)
    for voice, said, group in zip(voices, loud, groups, strict=True):
        sums[group] += said * (voice.mass + 5)
        masses[group] += voice.mass + 5
    return [sums[group] / masses[group] for group in groups]
