"""Sides taking turns, each in its own process."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from feeds.corpus import Given

HERE = Path(__file__).parent

WARM = 5  # feeds read beforehand, uncounted: modules are loaded and tables built with the first ones


@dataclass(slots=True)
class Side:
    """A reader or writer that waits for tasks."""

    name: str
    process: subprocess.Popen[str]

    def ask(self, task: str, **what: Any) -> dict[str, Any]:
        """Its answer to a task."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"task": task, **what}, default=str) + "\n")
        self.process.stdin.flush()
        return _answer(self.process)


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


@contextmanager
def started(python: str, adapter: str) -> Iterator[Side]:
    """A side in a process of *python*, ended at the end."""
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent), "PYTHONHASHSEED": "0"}
    command = [python, str(HERE / "child.py"), adapter]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment) as process:
        yield Side(_answer(process)["name"], process)
        assert process.stdin is not None
        process.stdin.close()


def read_in_turns(sides: Sequence[Side], feeds: Sequence[Given], *, passes: int) -> list[Reading]:
    """The reading of each side. Which goes first changes from feed to feed; of several passes each feed's median time counts."""
    for side in sides:
        for feed in feeds[:WARM]:
            side.ask("read", **asdict(feed))
    readings = [Reading(side.name) for side in sides]
    for number, feed in enumerate(feeds):
        answers: list[list[dict[str, Any]]] = [[] for _ in sides]
        for turn in range(passes):
            for at in _order(len(sides), number + turn):
                answers[at].append(sides[at].ask("read", **asdict(feed)))
        for reading, said in zip(readings, answers, strict=True):
            reading.cpu_s.append(statistics.median(answer["cpu_s"] for answer in said))
            reading.entries.append(said[0]["entries"])
            reading.size_bytes.append(said[0]["size_bytes"])
    return readings


def _order(count: int, turn: int) -> list[int]:
    return list(range(count)) if turn % 2 else list(reversed(range(count)))


def _answer(process: subprocess.Popen[str]) -> dict[str, Any]:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise SystemExit(f"a side ended of itself, with {process.wait()}; what it said stands above.")
    answer: dict[str, Any] = json.loads(line)
    return answer
