"""Two extractors taking turns, page by page, each in its own process."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extraction.corpora import Marked
from extraction.scores import Scores, score

HERE = Path(__file__).parent

WARM = 5  # pages read beforehand, uncounted: modules are loaded and tables built with the first ones


@dataclass(slots=True)
class Side:
    """An extractor that waits for pages."""

    name: str
    process: subprocess.Popen[str]

    def read(self, page: Marked) -> dict[str, Any]:
        """What it made of *page*, and the CPU seconds that took."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"file": str(page.file), "url": page.url}) + "\n")
        self.process.stdin.flush()
        return _answer(self.process)


@dataclass(slots=True)
class Result:
    """What one extractor did on one corpus: scores and CPU seconds page by page, in the order of the pages."""

    name: str
    scores: list[Scores] = field(default_factory=list)
    cpu_s: list[float] = field(default_factory=list)
    empty: int = 0
    failed: int = 0

    @property
    def speed(self) -> float:
        """Pages a CPU second."""
        return len(self.cpu_s) / max(sum(self.cpu_s), 1e-9)

    def mean(self, name: str) -> float | None:
        """The mean of a score over the pages that have it."""
        values = [scores[name] for scores in self.scores if name in scores]
        return statistics.fmean(values) if values else None


@contextmanager
def started(python: str, adapter: str) -> Iterator[Side]:
    """An extractor in a process of *python*, ended at the end."""
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent), "PYTHONHASHSEED": "0"}
    command = [python, str(HERE / "child.py"), str(HERE / adapter)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment) as process:
        yield Side(_answer(process)["name"], process)
        assert process.stdin is not None
        process.stdin.close()


def take_turns(sides: Sequence[Side], pages: Sequence[Marked], *, passes: int) -> list[Result]:
    """The result of each side. Which goes first changes from page to page; of several passes each page's median time counts."""
    for side in sides:
        for page in pages[:WARM]:
            side.read(page)
    results = [Result(side.name) for side in sides]
    for number, page in enumerate(pages):
        times: list[list[float]] = [[] for _ in sides]
        answers: dict[int, dict[str, Any]] = {}
        for turn in range(passes):
            for at in _order(len(sides), number + turn):
                answers[at] = sides[at].read(page)
                times[at].append(answers[at]["cpu_s"])
        for at, result in enumerate(results):
            result.scores.append(score(page.gold, answers[at]["output"]))
            result.cpu_s.append(statistics.median(times[at]))
            result.empty += not (answers[at]["output"]["text"] or "").strip()
            result.failed += bool(answers[at]["reason"])
    return results


def _order(count: int, turn: int) -> list[int]:
    return list(range(count)) if turn % 2 else list(reversed(range(count)))


def _answer(process: subprocess.Popen[str]) -> dict[str, Any]:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise SystemExit(f"an extractor ended of itself, with {process.wait()}; what it said stands above.")
    answer: dict[str, Any] = json.loads(line)
    return answer
