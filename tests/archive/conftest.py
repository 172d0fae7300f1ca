"""Made-up articles for the archive's tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from broadsheet.model import Article, Revision, SafeHtml, Source, StatedTime, StoredArticle

Make = Callable[..., StoredArticle]

FIRST_SEEN = datetime(2024, 6, 18, 6, 0, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return datetime(2024, 6, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def source() -> Source:
    return Source(
        id="harbour-post", kind="feed", url="https://harbour.example/rss", title="Harbour Post", home_url="https://harbour.example/",
        added_at=FIRST_SEEN, headers=(("Cookie", "session=SECRET"),),
    )  # fmt: skip


@pytest.fixture
def make() -> Make:
    """Makes a stored article; keywords are fields of the article or of its record."""
    return make_stored


@pytest.fixture
def revision_of() -> Callable[[StoredArticle], Revision]:
    """The revision that a stored article is the latest of."""
    return lambda stored: Revision(
        article_id=stored.id, number=stored.revision, content_hash=stored.content_hash, fetched_at=stored.changed_at, exchange_ids=("x1",),
        article=stored.article,
    )  # fmt: skip


def make_stored(id: str = "a1", at: datetime | None = datetime(2024, 6, 18, 5, 7, 2, tzinfo=UTC), **fields: Any) -> StoredArticle:
    record = {name: fields.pop(name) for name in ("revision", "content_hash", "entry_guid", "sort_at", "source_id") if name in fields}
    stated = StatedTime(raw=at.isoformat(), at=at, offset_minutes=0) if at else None
    article = {"url": f"https://harbour.example/{id}", "title": "The ferry is back", "body": SafeHtml("<p>It sails at dawn.</p>"), **fields}
    return StoredArticle(
        **{
            "id": id, "source_id": "harbour-post", "first_seen": FIRST_SEEN, "sort_at": at or FIRST_SEEN, "changed_at": FIRST_SEEN, "revision": 1,
            "content_hash": f"hash-{id}", "entry_guid": None, "entry_published": stated, "article": Article(**article), **record,
        }
    )  # fmt: skip
