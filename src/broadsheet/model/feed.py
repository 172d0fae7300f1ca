"""What publishers offer: feeds and entries, exactly as stated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedTime:
    """A time as the publisher wrote it, and our reading of it.

    *at* is aware UTC, or None when the words cannot be read or cannot be true (before 1970; more than 48 hours ahead
    of the fetch). *has_time* is False for a bare date (then *at* is that day's midnight, UTC); *has_zone* is False
    when no zone was stated (then UTC was assumed). *offset_minutes* is the stated zone's offset, None if not stated.
    """

    raw: str
    at: datetime | None = None
    has_time: bool = True
    has_zone: bool = True
    offset_minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file attached to an entry, or a medium named by it."""

    url: str
    type: str | None = None
    size_bytes: int | None = None
    medium: str | None = None  # image, audio, video … as stated (media:content)
    width_px: int | None = None
    height_px: int | None = None
    caption: str | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of a feed (or sitemap, or section page), exactly as the publisher stated it; links made absolute.

    *title* is plain text (mark-up and entities resolved). *summary_html* and *content_html* are untrusted HTML as sent.
    """

    guid: str | None = None
    link: str | None = None
    title: str | None = None
    summary_html: str | None = None
    content_html: str | None = None
    authors: tuple[str, ...] = ()
    published: StatedTime | None = None
    updated: StatedTime | None = None
    categories: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    language: str | None = None
    base_url: str | None = None  # what relative addresses inside the HTML resolve against
    comments_url: str | None = None


FeedDialect = Literal["rss", "rdf", "atom", "json", "sitemap", "sitemap-index", "page"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A publisher's feed as read. *broken* holds the first error that had to be repaired, with its line, or None."""

    url: str
    dialect: FeedDialect
    title: str | None = None
    home_url: str | None = None
    description: str | None = None
    language: str | None = None
    entries: tuple[Entry, ...] = ()
    self_url: str | None = None
    new_feed_url: str | None = None  # where itunes:new-feed-url says that it has moved
    hub_urls: tuple[str, ...] = ()
    next_url: str | None = None
    image_url: str | None = None
    rights: str | None = None
    ttl_minutes: int | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[str, ...] = ()
    update_period_minutes: int | None = None
    child_urls: tuple[str, ...] = ()  # of a sitemap index: the sitemaps it names, newest first
    broken: str | None = None
