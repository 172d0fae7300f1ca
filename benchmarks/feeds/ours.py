"""Our reader and our writer, as `child.py` calls them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import version
from typing import IO, Any

from broadsheet.markup.sanitize import sanitize
from broadsheet.model import Article, Collection, Person, StoredArticle
from broadsheet.parse.feed import parse_feed
from broadsheet.publish import FORMATS, Format, PublishOptions
from broadsheet.publish.item import item_of
from feeds.made import KINDS, NOW, Story, stories

NAME = f"broadsheet {version('broadsheet')}"
WAYS = ("first", "stored")

_OPTIONS = PublishOptions(self_url="https://news.example/feed", max_bytes=10**9)


def read(data: bytes, url: str, content_type: str | None) -> int:
    return len(parse_feed(data, url, content_type=content_type, now=NOW).entries)


def writer(form: str, way: str, count: int, size_bytes: int) -> Callable[[IO[bytes]], None]:
    """What is measured: an entry written for the first time, or taken as it was kept; the feed always goes out as a stream."""
    written = FORMATS[form]
    collection = Collection(slug="merged/all", title="Paper", home_url="https://paper.example/", updated=NOW)
    articles = list(_stored(stories(count, size_bytes=size_bytes)))
    kept = [_entry(written, stored) for stored in articles[:KINDS]]

    def write(file: IO[bytes]) -> None:
        entries: Iterable[bytes] = (kept[at % KINDS] for at in range(count)) if way == "stored" else (_entry(written, one) for one in articles)
        for piece in written.stream(collection, _OPTIONS, entries):
            file.write(piece)

    return write


def _entry(written: Format, stored: StoredArticle) -> bytes:
    return written.entry(item_of(stored, None, _OPTIONS))


def _stored(made: Iterable[Story]) -> Iterator[StoredArticle]:
    bodies: dict[str, Any] = {}
    for one in made:
        if one.html not in bodies:
            bodies[one.html] = sanitize(one.html)
        article = Article(
            url=one.url, title=one.title, people=(Person(name=one.author),), tags=("Harbour",), body=bodies[one.html], text=one.summary,
            standfirst=one.summary, language="en",
        )  # fmt: skip
        yield StoredArticle(
            id=f"story-{one.number}", source_id="paper", first_seen=NOW, sort_at=one.published, changed_at=one.published, revision=1,
            content_hash="h", entry_guid=None, entry_published=None, article=article,
        )  # fmt: skip
