"""Python's cyclic garbage collector, held back while a page is read.

Reading a page makes some ten thousand small values. None of them refers back to what refers to it, so all of them go by their
reference counts as soon as the article is done. The collector cannot know that and looks through them over and over, a tenth of the
time. What is left out of its sight here it sees at its next turn; nothing is collected by us.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

MAX_IN_A_ROW = 100
"""Readings that one pause may cover. Threads that read pages side by side without end would else switch the collector off for good."""


@contextmanager
def collector_paused() -> Iterator[None]:
    """Within, the collector does not run by itself; after the outermost, it does if it did before. For any thread, also as a decorator.

    Keep it around work that ends in milliseconds and makes no cycles.
    """
    joined = _PAUSE.join()
    try:
        yield
    finally:
        if joined:
            _PAUSE.leave()


class _Pause:
    """The one pause of this process: who is in it, and whether the collector ran before."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._inside = 0
        self._in_a_row = 0
        self._ran_before = False

    def join(self) -> bool:
        """Whether the caller is part of the pause, and must leave it."""
        with self._lock:
            if not self._inside:
                self._ran_before, self._in_a_row = gc.isenabled(), 0
                gc.disable()
            elif self._in_a_row >= MAX_IN_A_ROW:
                return False
            self._inside += 1
            self._in_a_row += 1
            return True

    def leave(self) -> None:
        """The last one to leave lets the collector run again."""
        with self._lock:
            self._inside -= 1
            if not self._inside and self._ran_before:
                gc.enable()


_PAUSE = _Pause()
