"""Claims, ballots and decisions: why a field has the value it has, and why a block is in the body or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

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


Fate = Literal["kept", "own field", "dropped"]
"""What became of a block: it stands in the body; it is a field of its own (headline, caption, note …); it is left out."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Around:
    """An element around a block, as `tag#id.class`, and the one around that. The same element is the same object."""

    name: str
    outer: Around | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Verdict:
    """What became of one block of a page, and why. As a string it is one line for a person to read.

    *odds* are log-odds, above 0 for text, after the neighbours were heard; *alone* are those before. Both are None for a block that
    was never weighed: one outside the part of the page that holds the article, a picture, a player.
    """

    fate: Fate
    text: str  # the block's words; of a picture its alternative text, of a player its address
    kind: Literal["text", "image", "embed"] = "text"
    reason: str = ""  # the rule that decided; "" where the odds did
    odds: float | None = None
    alone: float | None = None
    votes: tuple[tuple[str, float], ...] = ()  # signals and class words that were heard, heaviest first
    around: Around | None = None

    def __str__(self) -> str:
        odds = "     " if self.odds is None else f"{self.odds:+5.1f}"
        why = self.reason or ", ".join(f"{name} {weight:+.1f}" for name, weight in self.votes[:3])
        tag = self.around.name if self.around else self.kind
        return f"{_FATES[self.fate]} {odds}  <{tag}> {self.text[:60]!r}  {why}"


_FATES = {"kept": "keep", "own field": "field", "dropped": "drop"}
