"""Memory that is freed goes back to the system.

glibc keeps what is freed for later, in an arena for each thread: after a large picture a process would stay large, and the next one come on
top of that. Elsewhere these do nothing.
"""

from __future__ import annotations

import ctypes
from typing import Any

_ARENAS, _MAPPED_FROM = -8, -3  # M_ARENA_MAX, M_MMAP_THRESHOLD (malloc.h)
_MEGABYTE = 1_000_000


def give_back_at_once() -> None:
    """From now on: one arena, and blocks of a megabyte are the system's own and return to it as soon as they are freed."""
    _call("mallopt", _ARENAS, 1)
    _call("mallopt", _MAPPED_FROM, _MEGABYTE)


def give_back() -> None:
    """Return what is free of the rest; some hundred microseconds."""
    _call("malloc_trim", 0)


def _call(name: str, *numbers: int) -> None:
    function: Any = getattr(_libc, name, None)
    if function is not None:
        function(*numbers)


_libc = ctypes.CDLL(None)
