"""Sources: what we watch, and how it is doing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from broadsheet.model.exchange import Validators

SourceKind = Literal["feed", "sitemap", "page"]
SourceState = Literal["active", "paused", "gone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Something we watch. *id* is a slug that never changes; *url* is what we poll."""

    id: str
    kind: SourceKind
    url: str
    title: str
    home_url: str
    language: str | None = None
    category: str | None = None
    added_at: datetime
    state: SourceState = "active"
    headers: tuple[tuple[str, str], ...] = field(
        default=(), repr=False
    )  # an operator's own, e.g. the cookie of a subscription; never logged or exported


@dataclass(frozen=True, slots=True, kw_only=True)
class PollState:
    """What the last polls of a source left behind."""

    next_due: datetime
    validators: Validators = field(default_factory=Validators)
    validators_url: str | None = None  # validators are only for the URL that gave them
    body_hash: str | None = None
    last_checked: datetime | None = None
    last_success: datetime | None = None
    last_error: str | None = None
    failing_since: datetime | None = None
    failures: int = 0
    interval_minutes: int = 60
    server_asked: str | None = None  # in words: "Retry-After 120 s", "max-age 3600"
    permanent_url: str | None = None  # where a 301/308 pointed, until we follow it for good
    permanent_seen: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Something discovery found that could be watched, best first: a feed, a sitemap, or a page of links."""

    kind: SourceKind
    url: str
    title: str | None
    home_url: str
    language: str | None = None
    entries: int = 0
    how: str = ""  # how it was found, in words
    is_comments: bool = False
