"""Sources: what we watch, and how it is doing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from broadsheet.model.exchange import Validators
from broadsheet.model.picture import KeepPictures

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
    links_selector: str | None = None  # which links of a section page are stories, as CSS; None: we find out
    keep_pictures: KeepPictures | None = None  # None: as the settings say
    merged_into: str | None = None  # the source that has had its address since it moved there; None: it was not merged
    headers: tuple[tuple[str, str], ...] = field(
        default=(), repr=False
    )  # an operator's own, e.g. the cookie of a subscription; never logged or exported


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedPace:
    """What a feed says of how often it wants to be asked. Remembered, since a 304 does not say it again."""

    ttl_minutes: int | None = None
    update_period_minutes: int | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """When a source publishes, learned from the dates of its entries. *hours* (of the day, UTC) and *days* (from Monday) are counts in
    which older weeks weigh less; empty: nothing learned."""

    since: datetime | None = None  # every entry dated from here on was counted
    newest: datetime | None = None  # the latest date counted
    hours: tuple[float, ...] = ()
    days: tuple[float, ...] = ()


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
    permanent_at: datetime | None = None  # when it was last counted
    not_before: datetime | None = None  # the server asked us to keep away until then
    full_at: datetime | None = None  # when the server last sent everything, not 304
    read_as: str | None = None  # what the last body was read with; None: it was not read, or nobody noted it
    stated: StatedPace = field(default_factory=StatedPace)
    window_minutes: int | None = None  # how long an entry stays in the feed, by its dates or by what was new; None: not known
    least_minutes: int = 0  # asked after less than this, the server answered 429
    habits: Habits = field(default_factory=Habits)
    hints: tuple[str, ...] = ()  # what the feed says of its address, in words; never followed unasked
    not_a_feed: int = 0  # answers in a row that could not be read as what the source is
    offered: tuple[Candidate, ...] = ()  # what was found in its place, for the operator to choose from
    held_since: datetime | None = None  # old entries all looked new then: they are known, but not fetched


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
