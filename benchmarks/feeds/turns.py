"""Readers taking turns, feed by feed."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from feeds.corpus import Given
from sides import Side, order

WARM = 5  # feeds read beforehand, uncounted: modules are loaded and tables built with the first ones


@dataclass(slots=True)
class Reading:
    """What one reader did: CPU seconds feed by feed, and the entries it found (None: it refused the feed)."""

    name: str
    cpu_s: list[float] = field(default_factory=list)
    entries: list[int | None] = field(default_factory=list)
    size_bytes: list[int] = field(default_factory=list)

    @property
    def mb_per_s(self) -> float:
        return sum(self.size_bytes) / 1e6 / max(sum(self.cpu_s), 1e-9)

    @property
    def feeds_per_s(self) -> float:
        return len(self.cpu_s) / max(sum(self.cpu_s), 1e-9)


def read_in_turns(sides: Sequence[Side], feeds: Sequence[Given], *, passes: int) -> list[Reading]:
    """The reading of each side. Which goes first changes from feed to feed; of several passes each feed's median time counts."""
    for side in sides:
        for feed in feeds[:WARM]:
            side.ask(task="read", **asdict(feed))
    readings = [Reading(side.name) for side in sides]
    for number, feed in enumerate(feeds):
        answers: list[list[dict[str, Any]]] = [[] for _ in sides]
        for turn in range(passes):
            for at in order(len(sides), number + turn):
                answers[at].append(sides[at].ask(task="read", **asdict(feed)))
        for reading, said in zip(readings, answers, strict=True):
            reading.cpu_s.append(statistics.median(answer["cpu_s"] for answer in said))
            reading.entries.append(said[0]["entries"])
            reading.size_bytes.append(said[0]["size_bytes"])
    return readings
