"""The one place where claims become a decision.

A signal looks at its subject and yields claims; a field's table of weights says which signals speak and how loudly. Every claim is
worth the votes of all signals in favour of it: each signal's best claim counts, by how far it agrees with the one in question. So
three weak witnesses can outvote a strong one, and the ballot shows how.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from broadsheet.markup.page import Page
from broadsheet.model import Claim, Decision, Hints, Vote

T = TypeVar("T")
Agreement = Callable[[T, T], float]

MAX_CLAIMS = 40  # heaviest kept; agreement is looked at pair by pair


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """What a signal may look at: the page, and what the feed's entry said beforehand (nothing, if there was none)."""

    page: Page
    hints: Hints = field(default_factory=Hints)
    now: datetime | None = None  # set for dates only
    text: str = ""  # the article's text, where it is known already
    body_letters: int | None = None


Signal = Callable[[Clues], Iterable[Claim[T]]]
Weights = Mapping[Callable[[Clues], Iterable[Claim[T]]], float]


def weigh(clues: Clues, weights: Weights[T], *, same: Callable[[T], Hashable], least: float = 0.0) -> Decision[T]:
    """The value with the most weight behind it; claims for which *same* gives equal keys support each other.

    Nothing is decided (value None) if no claim gathers more than *least*.
    """
    ballot = gather(clues, weights)
    keys = [same(vote.claim.value) for vote in ballot]
    support: dict[Hashable, dict[str, float]] = {}  # by key: of each signal its heaviest claim
    for key, vote in zip(keys, ballot, strict=True):
        support.setdefault(key, {}).setdefault(vote.signal, vote.weight)
    totals = {key: sum(weights_of.values()) for key, weights_of in support.items()}
    best = max(totals.values(), default=0.0)
    if best <= least:
        return Decision(value=None, ballot=ballot)
    return Decision(value=next(vote.claim.value for key, vote in zip(keys, ballot, strict=True) if totals[key] == best), ballot=ballot)


def weigh_agreement(
    clues: Clues, weights: Weights[T], *, agree: Callable[[Any, Any], float], key: Callable[[T], Any], least: float = 0.0
) -> Decision[T]:
    """As `weigh`, for values that can agree in part: *agree* says how far (0..1), given what *key* made of each value."""
    ballot = gather(clues, weights)
    keys = [key(vote.claim.value) for vote in ballot]
    best, best_score = None, least
    for at, vote in enumerate(ballot):
        score = _support(at, ballot, keys, agree)
        if score > best_score:
            best, best_score = vote.claim.value, score
    return Decision(value=best, ballot=ballot)


def gather(clues: Clues, weights: Weights[T]) -> tuple[Vote[T], ...]:
    """Every claim with its weight, heaviest first; on equal weight the table's order stands."""
    votes = [
        Vote(signal=signal.__name__, weight=weight * claim.strength, claim=claim) for signal, weight in weights.items() for claim in signal(clues)
    ]
    votes.sort(key=lambda vote: -vote.weight)
    return tuple(votes[:MAX_CLAIMS])


def _support(at: int, ballot: tuple[Vote[T], ...], keys: list[Any], agree: Callable[[Any, Any], float]) -> float:
    """What all signals together say for the claim *at*: of each signal only its most agreeable claim."""
    best: dict[str, float] = {}
    for other, vote in enumerate(ballot):
        said = vote.weight * (1.0 if other == at else agree(keys[at], keys[other]))
        if said > best.get(vote.signal, 0.0):
            best[vote.signal] = said
    return sum(best.values())
