"""Two extractors taking turns, page by page, each in its own process."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from extraction.corpora import Marked
from extraction.scores import Scores, score
from sides import Side, order

WARM = 5  # pages read beforehand, uncounted: modules are loaded and tables built with the first ones


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


def take_turns(sides: Sequence[Side], pages: Sequence[Marked], *, passes: int) -> list[Result]:
    """The result of each side. Which goes first changes from page to page; of several passes each page's median time counts."""
    for side in sides:
        for page in pages[:WARM]:
            _read(side, page)
    results = [Result(side.name) for side in sides]
    for number, page in enumerate(pages):
        times: list[list[float]] = [[] for _ in sides]
        answers: dict[int, dict[str, Any]] = {}
        for turn in range(passes):
            for at in order(len(sides), number + turn):
                answers[at] = _read(sides[at], page)
                times[at].append(answers[at]["cpu_s"])
        for at, result in enumerate(results):
            result.scores.append(score(page.gold, answers[at]["output"]))
            result.cpu_s.append(statistics.median(times[at]))
            result.empty += not (answers[at]["output"]["text"] or "").strip()
            result.failed += bool(answers[at]["reason"])
    return results


def _read(side: Side, page: Marked) -> dict[str, Any]:
    """What *side* made of *page*, and the CPU seconds that took."""
    return side.ask(file=str(page.file), url=page.url)
