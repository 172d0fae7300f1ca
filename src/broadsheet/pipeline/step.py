"""A piece of work that is due, for whoever runs it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something to do at *host*, where nothing else may be done meanwhile. *carry_out* may be called again after a kill; *put_off* is called
    instead when it broke by a fault of ours, so that it is not due again at once."""

    name: str
    host: str
    carry_out: Callable[[], Awaitable[None]]
    put_off: Callable[[], None]
