"""What goes wrong with a source, from its beginning to its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

IncidentKind = Literal["failing", "gone", "silent", "short", "empty", "moved", "no-feed"]
"""Polls fail; 410; no entry for far longer than usual; articles suddenly short, or without text; a feed whose old entries all look new;
HTML where the feed was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One trouble of one source. *said* tells readers what happened, *do* what they or the operator can do. Plain text."""

    id: str
    source_id: str
    kind: IncidentKind
    opened_at: datetime
    said: str
    do: str = ""
    closed_at: datetime | None = None  # None: not over
    alerted_at: datetime | None = None  # when the operator was told
    alerted_end_at: datetime | None = None  # when the operator was told that it is over
