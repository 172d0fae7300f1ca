"""What goes wrong with a source, from its beginning to its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

IncidentKind = Literal["failing", "gone", "silent", "short", "empty", "moved", "no-feed", "outage", "closed"]
"""Polls fail; 410; no entry for far longer than usual; articles suddenly short, or without text; a feed whose old entries all look new;
HTML where the feed was; most sources fail at once, so that it is us (kept with the source that showed it, told to the operator only);
a source that the operator has given up (never kept, only said in its last published feed)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One trouble of one source. *said* tells readers what happened, *do* what they or the operator can do. Plain text.

    *detail* is for the operator only: an error in its own words, which may name proxies and hosts inside a network.
    """

    id: str
    source_id: str
    kind: IncidentKind
    opened_at: datetime
    said: str
    do: str = ""
    detail: str = ""
    closed_at: datetime | None = None  # None: not over
    over: str = ""  # said of its end
    usual_chars: int | None = None  # how long articles were before, for knowing when it is over
    alerted_at: datetime | None = None  # when the operator was told
    alerted_end_at: datetime | None = None  # when the operator was told that it is over
    told_by: tuple[str, ...] = ()  # the channels that have told of its beginning
    end_told_by: tuple[str, ...] = ()  # … and of its end
