"""Claims, ballots and decisions: why a field has the value it has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Generic[T_co]):
    """What one signal says a field is. *strength* 0..1 scales the signal's weight; *saw* is what it looked at."""

    value: T_co
    strength: float = 1.0
    saw: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote(Generic[T_co]):
    """One line of a ballot: a claim, who made it, and how much it weighed."""

    signal: str
    weight: float
    claim: Claim[T_co]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Generic[T_co]):
    """The value chosen for a field (None: not known) and the ballot behind it, heaviest first."""

    value: T_co | None
    ballot: tuple[Vote[T_co], ...] = ()
