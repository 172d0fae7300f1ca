"""What goes into a store and comes out of it, besides the shared vocabulary."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from broadsheet.model import Article, Entry, Fingerprint, PictureUse, RevisionOrigin, StatedTime, StoredArticle


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEntry:
    """An entry with its identity: what the publisher stated last, and the article made of it, if any."""

    id: int
    source_id: str
    entry: Entry
    first_seen: datetime
    article_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A reading of a story, ready to be kept. `keep_revision` and `adopt` take it.

    *url_keys* are the keys of all addresses the story is known under in its source, the most trusted first: whoever brings one of them
    later means this article. *sort_at* and the *entry_…* fields only count when the article is new; *first_seen* too, and only
    when no entry says it.
    """

    source_id: str
    article: Article
    content_hash: str
    fetched_at: datetime
    url_keys: tuple[str, ...] = ()
    exchange_ids: tuple[str, ...] = ()
    sort_at: datetime | None = None  # None: first seen
    first_seen: datetime | None = None  # None: now
    entry_guid: str | None = None
    entry_published: StatedTime | None = None
    fingerprint: Fingerprint | None = None
    near_duplicate_of: str | None = None
    extractor: str | None = None  # the version that read it
    made_by: RevisionOrigin = "visit"
    pictures: tuple[PictureUse, ...] = ()  # every address that the article shows a picture or recording from
    id: str | None = None  # of an article that had one in its archive: kept where it is free, so that its published id stays


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """What became of an imported article: *new* is False when the store had the story already (and was left as it was)."""

    article: StoredArticle
    new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookalike:
    """An article that may tell the same text, with its fingerprint for the final comparison."""

    article_id: str
    source_id: str
    first_seen: datetime
    fingerprint: Fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCounts:
    """How much of a source the store holds, and what is still to do."""

    entries: int = 0
    articles: int = 0
    due: int = 0  # tasks waiting or under way
    dead: int = 0  # tasks given up
    newest: datetime | None = None  # the newest article's place in time


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place in the newest-first list, to go on from: that of the last article of the page before."""

    sort_at: datetime
    id: str

    @classmethod
    def of(cls, article: StoredArticle) -> Place:
        return cls(sort_at=article.sort_at, id=article.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which articles: of one source or category, after a place, changed since a time; at most *limit* (None: all)."""

    source_id: str | None = None
    category: str | None = None
    limit: int | None = None
    before: Place | None = None
    changed_since: datetime | None = None
    near_duplicates: bool = True  # whether near-duplicates of other articles are listed too
    source_ids: tuple[str, ...] | None = None  # of any of these sources; none of them: nothing


EVERYTHING = Selection()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """An article's entry of a feed as it was written. *state* is that of everything that shows in it."""

    state: str
    content: bytes = field(repr=False)
