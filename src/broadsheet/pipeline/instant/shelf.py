"""What is remembered of one address that somebody asked for: its feed, and the articles read so far."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass, field, replace
from datetime import datetime

from broadsheet.compare import content_hash, entry_keys, sort_time
from broadsheet.errors import BroadsheetError
from broadsheet.model import Article, Entry, Feed, Source, SourceKind, StoredArticle, Validators
from broadsheet.pipeline.entry_article import article_from_entry

ID_LENGTH = 26  # as long as the ids of stored articles


@dataclass(slots=True, kw_only=True)
class Reading:
    """One entry and what was made of it. *article* is None until its page was read, *failed* says why it could not be."""

    entry: Entry
    first_seen: datetime
    article: Article | None = None
    read_at: datetime | None = None
    failed: str | None = None
    changes: int = 0
    work: asyncio.Task[None] | None = None

    @property
    def is_settled(self) -> bool:
        """Whether waiting longer would change nothing."""
        return self.article is not None or self.failed is not None

    @property
    def size(self) -> int:
        """Characters held, which is what memory goes into: the feed's and the page's."""
        stated = len(self.entry.content_html or "") + len(self.entry.summary_html or "")
        return stated + (len(self.article.body) + len(self.article.text) if self.article else 0)

    def settle(self, article: Article | None, failed: str | None, now: datetime) -> None:
        self.changes += article != self.article
        self.article, self.failed, self.read_at = article, failed, now


@dataclass(slots=True, kw_only=True)
class Shelf:
    """One address. *validators* are those of its feed's last whole answer, *checked_at* is when it was last asked, *error* what came of that."""

    url: str
    kind: SourceKind = "feed"
    feed_url: str | None = None
    feed: Feed | None = None
    validators: Validators | None = None
    checked_at: datetime | None = None
    error: BroadsheetError | None = None
    readings: dict[str, Reading] = field(default_factory=dict)
    looking: asyncio.Task[None] | None = None

    @property
    def size(self) -> int:
        return sum(reading.size for reading in self.readings.values())

    def take(self, feed: Feed, now: datetime, *, most: int) -> None:
        """A new state of the feed, of which the newest *most* entries are held: those known keep their readings, those gone are forgotten."""
        known, self.readings = self.readings, {}
        for entry in sorted(feed.entries, key=_said_at, reverse=True)[:most]:
            key = key_of(entry)
            earlier = known.get(key)
            same = earlier is not None and (earlier.entry.title, earlier.entry.updated) == (entry.title, entry.updated)
            self.readings[key] = earlier if earlier is not None and same else Reading(entry=entry, first_seen=earlier.first_seen if earlier else now)
        for key, earlier in known.items():
            if self.readings.get(key) is not earlier and earlier.work is not None:
                earlier.work.cancel()
        self.feed = replace(feed, entries=())

    def source(self) -> Source:
        """The address as a source, for what a feed says of where its entries come from."""
        feed = self.feed or Feed(url=self.url, dialect="page")
        return Source(
            id="instant", kind=self.kind, url=self.feed_url or self.url, title=feed.title or self.url,
            home_url=feed.home_url or self.url, language=feed.language, added_at=self.checked_at or datetime.min,
        )  # fmt: skip

    def stop(self) -> None:
        """End all work for this address."""
        for work in (self.looking, *(reading.work for reading in self.readings.values())):
            if work is not None:
                work.cancel()


def key_of(entry: Entry) -> str:
    """What an entry is known by between two answers: the surest of its keys."""
    keys = entry_keys(entry)
    return next((f"{name}:{key}" for name, key in (("guid", keys.guid), ("link", keys.link), ("words", keys.title_date or keys.title)) if key), "")


def _said_at(entry: Entry) -> float:
    """When an entry was published, as its feed says; undated ones come last, in the feed's order."""
    stated = entry.published or entry.updated
    return stated.at.timestamp() if stated and stated.at else 0.0


def stored(reading: Reading, key: str, shelf: Shelf) -> StoredArticle:
    """A reading as publishers take it; the feed's own words stand in until the page is read. Its id depends on feed and entry alone."""
    entry = reading.entry
    article = reading.article or article_from_entry(entry, url=entry.link or shelf.url)
    stated = entry.published or entry.updated
    return StoredArticle(
        id="x" + hashlib.sha256(f"{shelf.feed_url}\n{key}".encode()).hexdigest()[: ID_LENGTH - 1],
        source_id="instant",
        first_seen=reading.first_seen,
        sort_at=sort_time(article.published, stated, first_seen=reading.first_seen),
        changed_at=reading.read_at or reading.first_seen,
        revision=reading.changes + 1,
        content_hash=content_hash(article),
        entry_guid=entry.guid,
        entry_published=stated,
        article=article,
    )
