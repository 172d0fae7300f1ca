"""The events we log and count.

Rooms log through `log("fetch")`: one logger a room, one line an event, no secrets; handlers are set by the front doors, never here.
The engine tells what it does as `Event` values, which the command line shows and metrics count.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

EventKind = Literal[
    "polled", "unmoved", "kept", "revised", "unchanged", "teaser", "settled",
    "site-changed", "retry", "given-up", "poll-failed", "waiting", "rule-stale",
    "picture", "picture-gone", "incident", "incident-over", "alerted", "alert-failed",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened. *where* is a URL, *said* a few words for a person."""

    kind: EventKind
    source_id: str
    where: str = ""
    said: str = ""
    count: int = 1


Listener = Callable[[Event], None]


def log(room: str) -> logging.Logger:
    """The logger of a room."""
    return logging.getLogger(f"broadsheet.{room}")


def nobody(event: Event) -> None:
    """A listener for when nobody listens."""
