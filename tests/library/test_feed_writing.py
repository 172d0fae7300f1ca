"""Feeds put together from entries as they were written before."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from broadsheet.errors import StoreUnwritable
from broadsheet.library.feed_writing import FeedWriter
from broadsheet.model import Article, Collection, Enclosure, Entry, EntryKeys, NewEntry, PollState, SafeHtml, Source
from broadsheet.publish import FORMATS, PublishOptions
from broadsheet.publish.formats import Format
from broadsheet.publish.options import Chain
from broadsheet.store import Draft, Rendering, Store, open_memory_store

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SOURCE = Source(id="daily", kind="feed", url="https://daily.example/feed", title="Daily", home_url="https://daily.example/", added_at=NOW)
DAILY = Collection(slug="daily", title="Daily", home_url="https://daily.example/", sources=(SOURCE,))


@pytest.fixture
def store() -> Iterator[Store]:
    with open_memory_store(now=lambda: NOW) as made:
        made.add_source(SOURCE, PollState(next_due=NOW))
        keep(made, "a")
        keep(made, "b")
        yield made


@pytest.fixture
def counted() -> tuple[Format, list[str]]:
    """JSON Feed, and the titles of the entries that were written."""
    form, titles = FORMATS["json"], []

    def entry(item: Any) -> bytes:
        titles.append(item.title)
        return form.entry(item)

    return replace(form, entry=entry), titles


def keep(store: Store, name: str, text: str = "The harbour office closes at noon.") -> None:
    url = f"https://daily.example/{name}"
    article = Article(url=url, title=f"Story {name}", body=SafeHtml(f"<p>{text}</p>"), text=text)
    store.keep_revision(Draft(source_id="daily", article=article, content_hash=text, fetched_at=NOW, url_keys=(url,)))


def titles_in(writer: FeedWriter, form: Format, collection: Collection = DAILY, **options: Any) -> list[str]:
    written = b"".join(writer.stream(form, collection, PublishOptions(**options), writer.store.article_states()))
    return [item["title"] for item in json.loads(written)["items"]]


def test_an_entry_is_written_once(store: Store, counted: tuple[Format, list[str]]) -> None:
    form, written = counted
    first, again = titles_in(FeedWriter(store=store), form), titles_in(FeedWriter(store=store), form)
    assert sorted(first) == sorted(again) == sorted(written) == ["Story a", "Story b"]


def test_a_new_revision_is_written_anew(store: Store, counted: tuple[Format, list[str]]) -> None:
    form, written = counted
    titles_in(FeedWriter(store=store), form)
    keep(store, "a", "The harbour office closes at one.")
    titles_in(FeedWriter(store=store), form)
    assert sorted(written) == ["Story a", "Story a", "Story b"]


def test_another_shape_is_written_for_itself(store: Store, counted: tuple[Format, list[str]]) -> None:
    form, _ = counted
    writer = FeedWriter(store=store)
    assert titles_in(writer, form, replace(DAILY, prefix_titles=True)) != titles_in(writer, form)


def test_a_source_with_another_name_is_written_anew(store: Store) -> None:
    writer, prefixed = FeedWriter(store=store), replace(DAILY, prefix_titles=True)
    titles_in(writer, FORMATS["json"], prefixed)
    renamed = replace(prefixed, sources=(replace(SOURCE, title="Weekly"),))
    assert set(titles_in(writer, FORMATS["json"], renamed)) == {"Weekly: Story a", "Weekly: Story b"}


def test_what_is_written_from_the_store_is_what_is_written_at_once(store: Store) -> None:
    writer, form = FeedWriter(store=store), FORMATS["rss"]
    titles_in(writer, FORMATS["json"])
    held = replace(DAILY, articles=store.articles(), updated=NOW)
    kept = [b"".join(writer.stream(form, replace(held, articles=()), PublishOptions(), store.article_states())) for _ in range(2)]
    assert kept == [form.render(held, PublishOptions())] * 2


def test_archives_are_not_kept(store: Store, counted: tuple[Format, list[str]]) -> None:
    form, written = counted
    chain = Chain(archive=True)
    titles_in(FeedWriter(store=store), form, chain=chain)
    titles_in(FeedWriter(store=store), form, chain=chain)
    assert len(written) == 4


def test_where_nothing_can_be_kept_feeds_are_written_all_the_same(store: Store, counted: tuple[Format, list[str]], monkeypatch: Any) -> None:
    def refuse(shape: str, written: Mapping[str, Rendering]) -> None:
        raise StoreUnwritable("somewhere", "is not ours")

    monkeypatch.setattr(store, "keep_renderings", refuse)
    form, written = counted
    writer = FeedWriter(store=store)
    assert titles_in(writer, form) == titles_in(writer, form)
    assert len(written) == 4


def test_an_article_deleted_meanwhile_is_passed_over(store: Store) -> None:
    states = store.article_states()
    gone = replace(states[0], id="gone")
    written = b"".join(FeedWriter(store=store).stream(FORMATS["json"], DAILY, PublishOptions(), [gone, states[1]]))
    assert len(json.loads(written)["items"]) == 1


def with_entry(store: Store, **said: Any) -> None:
    """An article made from an entry of the feed."""
    entry = Entry(guid="c", link="https://daily.example/c", title="Story c", **said)
    store.keep_poll("daily", PollState(next_due=NOW), new=[NewEntry(entry=entry, keys=EntryKeys(guid="c"), digest="c")])
    article = Article(url="https://daily.example/c", title="Story c", body=SafeHtml("<p>Long text.</p>"), text="Long text.")
    store.keep_revision(Draft(source_id="daily", article=article, content_hash="c", fetched_at=NOW), entry_id=store.entries("daily")[0].id)


def item_c(store: Store, collection: Collection = DAILY) -> Any:
    written = b"".join(FeedWriter(store=store).stream(FORMATS["json"], collection, PublishOptions(), store.article_states()))
    return next(item for item in json.loads(written)["items"] if item["title"] == "Story c")


def test_the_publishers_teaser_stands_above_the_text_where_it_is_wanted(store: Store) -> None:
    with_entry(store, summary_html="<p>All about <b>ferries</b><script>x</script></p>")
    assert item_c(store, replace(DAILY, content="teaser"))["content_html"] == (
        '<p class="teaser"><em>All about ferries</em></p><hr><p>Long text.</p>'
    )


def test_a_teaser_that_the_text_opens_with_is_not_repeated(store: Store) -> None:
    with_entry(store, summary_html="Long text.")
    assert item_c(store, replace(DAILY, content="teaser"))["content_html"] == "<p>Long text.</p>"


def test_what_the_publisher_attached_is_attached(store: Store) -> None:
    with_entry(store, enclosures=(Enclosure(url="https://daily.example/c.mp3", type="audio/mpeg", size_bytes=7),))
    assert item_c(store)["attachments"] == [{"url": "https://daily.example/c.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 7}]


def test_a_feed_is_read_in_batches_and_written_as_it_is_taken(store: Store, monkeypatch: Any) -> None:
    asked: list[int] = []
    renderings = store.renderings

    def counting(article_ids: Sequence[str], shape: str) -> Mapping[str, Rendering]:
        asked.append(len(article_ids))
        return renderings(article_ids, shape)

    monkeypatch.setattr(store, "renderings", counting)
    states = store.article_states() * 100
    taken = FeedWriter(store=store).stream(FORMATS["rss"], DAILY, PublishOptions(), states)
    next(taken), next(taken)
    assert len(asked) == 1
