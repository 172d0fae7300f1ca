"""Ours and its peers in a benchmark: each side in a process of its own, answering one task at a time, a line of JSON each way."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(slots=True)
class Side:
    """A process that waits for tasks. It says its name first, and what else there is to know of it."""

    name: str
    process: subprocess.Popen[str]
    said: dict[str, Any] = field(default_factory=dict)

    def ask(self, **task: Any) -> dict[str, Any]:
        """Its answer to a task."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(task, default=str) + "\n")
        self.process.stdin.flush()
        return _answer(self.process)


@contextmanager
def started(python: str, *command: str) -> Iterator[Side]:
    """A side: *command* run by *python* among the benchmarks, ended at the end."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent), "PYTHONHASHSEED": "0"}
    pipe = subprocess.PIPE
    with subprocess.Popen([python, *command], stdin=pipe, stdout=pipe, text=True, encoding="utf-8", env=environment) as process:
        said = _answer(process)
        yield Side(said["name"], process, said)
        assert process.stdin is not None
        process.stdin.close()


def order(count: int, turn: int) -> list[int]:
    """Who goes first, second, … in a turn: the other way round in the next, since the second finds warmer caches."""
    return list(range(count)) if turn % 2 else list(reversed(range(count)))


def _answer(process: subprocess.Popen[str]) -> dict[str, Any]:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise SystemExit(f"a side ended of itself, with {process.wait()}; what it said stands above.")
    answer: dict[str, Any] = json.loads(line)
    return answer
