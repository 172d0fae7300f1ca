"""Feeds of the operator's own making, as the server gives them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin

import pytest
from selectolax.lexbor import LexborHTMLParser

from broadsheet.library import choosing
from broadsheet.library.choosing import Picker
from broadsheet.model import Article, ArticleFilter, PollState, Publication, SafeHtml, Source
from broadsheet.serve.rack import Rack
from broadsheet.store import Draft, Store, open_memory_store

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def keep(store: Store, title: str, *, minutes: int = 0, near: str | None = None, source: str = "daily") -> str:
    at = NOW + timedelta(minutes=minutes)
    article = Article(url=f"https://{source}.example/{title}", title=title, text="At noon.", body=SafeHtml("<p>At noon.</p>"))
    draft = Draft(source_id=source, article=article, content_hash=title, fetched_at=at, sort_at=at, near_duplicate_of=near, url_keys=(title,))
    return store.keep_revision(draft).id


def ferries(**how: object) -> Publication:
    return Publication(name="ferries", title="All the ferries", filter=ArticleFilter(words=("ferry",)), added_at=NOW, **how)  # type: ignore[arg-type]


@pytest.fixture
def own_store() -> Iterator[Store]:
    """Two sources that tell of ferries and tunnels, and a feed of all the ferries."""
    ticks = iter(range(100_000))
    with open_memory_store(now=lambda: NOW + timedelta(seconds=next(ticks))) as store:
        for name in ("daily", "weekly"):
            home = f"https://{name}.example/"
            store.add_source(Source(id=name, kind="feed", url=home, title=name.title(), home_url=home, added_at=NOW), PollState(next_due=NOW))
        for number in range(3):
            keep(store, f"Ferry {number}", minutes=2 * number)
            keep(store, f"Tunnel {number}", minutes=2 * number + 1)
        store.keep_publication(ferries())
        yield store


def titles(body: str) -> list[str]:
    return [item["title"] for item in json.loads(body)["items"]]


def listed(page: str) -> list[str]:
    return [headline.text() for headline in LexborHTMLParser(page).css(".teaser .headline")]


def test_the_feed_holds_what_its_filter_lets_through(serve, own_store: Store) -> None:
    assert titles(serve(own_store).ask("/merged/ferries.json").text) == ["Ferry 2", "Ferry 1", "Ferry 0"]


@pytest.mark.parametrize("suffix", ["rss", "atom", "json"])
def test_a_reader_that_has_it_already_is_told_so(serve, own_store: Store, suffix: str) -> None:
    server = serve(own_store)
    etag = server.ask(f"/merged/ferries.{suffix}").headers["ETag"]
    assert server.ask(f"/merged/ferries.{suffix}", If_None_Match=etag).status == 304


def test_an_article_that_fits_changes_the_feed_at_once(serve, own_store: Store) -> None:
    server = serve(own_store)
    etag = server.ask("/merged/ferries.json").headers["ETag"]
    keep(own_store, "Ferry 9", minutes=99)
    assert titles(server.ask("/merged/ferries.json", If_None_Match=etag).text)[0] == "Ferry 9"


def test_an_article_that_does_not_fit_leaves_the_feed_as_it_was(serve, own_store: Store) -> None:
    server = serve(own_store)
    etag = server.ask("/merged/ferries.json").headers["ETag"]
    keep(own_store, "Tunnel 9", minutes=99)
    assert server.ask("/merged/ferries.json", If_None_Match=etag).status == 304


def test_another_filter_changes_the_feed_at_once(serve, own_store: Store) -> None:
    server = serve(own_store)
    server.ask("/merged/ferries.json")
    own_store.keep_publication(Publication(name="ferries", title="x", filter=ArticleFilter(words=("tunnel",)), added_at=NOW))
    assert titles(server.ask("/merged/ferries.json").text) == ["Tunnel 2", "Tunnel 1", "Tunnel 0"]


def test_titles_are_prefixed_where_it_is_asked_for(serve, own_store: Store) -> None:
    own_store.keep_publication(ferries(prefix_titles=True))
    assert titles(serve(own_store).ask("/merged/ferries.json").text)[0] == "Daily: Ferry 2"


def test_a_summary_feed_leaves_the_others_in_full(serve, own_store: Store) -> None:
    own_store.keep_publication(ferries(content="summary"))
    server = serve(own_store)
    assert "content_html" not in json.loads(server.ask("/merged/ferries.json").text)["items"][0]
    assert "content_html" in json.loads(server.ask("/merged/all.json").text)["items"][0]


def test_the_page_says_what_the_feed_holds(serve, own_store: Store) -> None:
    page = LexborHTMLParser(serve(own_store).ask("/merged/ferries/").text)
    assert page.css_first("h1").text() == "All the ferries"
    assert page.css_first(".chosen").text() == "Articles with “ferry”."


def test_pages_go_on_where_the_page_before_ended(own_store: Store) -> None:
    rack = Rack(store=own_store)
    shelf = rack.shelf("merged/ferries")
    first = rack.listing(shelf, size=2)
    second = rack.listing(shelf, size=2, token=first.older.folders[-1])
    shown = [stored.article.title for page in (first, second) for stored in page.collection.articles]
    assert (shown, second.older) == (["Ferry 2", "Ferry 1", "Ferry 0"], None)


def test_a_page_without_a_match_leads_on(serve, own_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "LOOKED_AT", 4)
    monkeypatch.setattr(choosing, "BATCH", 2)
    for number in range(4):
        keep(own_store, f"Bridge {number}", minutes=100 + number)
    server = serve(own_store)
    page = LexborHTMLParser(server.ask("/merged/ferries/").text)
    assert "there are older ones" in page.body.text()
    assert listed(server.ask(urljoin("/merged/ferries/", page.css_first("a[rel=next]").attributes["href"])).text) == ["Ferry 2", "Ferry 1"]


def test_it_is_on_the_front_page_and_in_the_opml(serve, own_store: Store) -> None:
    server = serve(own_store)
    assert "All the ferries" in server.ask("/").text
    assert "/merged/ferries.rss" in server.ask("/feeds.opml").text


def test_a_new_one_is_on_the_front_page_at_once(serve, own_store: Store) -> None:
    server = serve(own_store)
    server.ask("/")
    own_store.keep_publication(Publication(name="new", title="Brand new", added_at=NOW))
    assert "Brand new" in server.ask("/").text


def test_one_that_was_removed_is_not_found(serve, own_store: Store) -> None:
    server = serve(own_store)
    own_store.remove_publication("ferries")
    assert [server.ask(path).status for path in ("/merged/ferries.rss", "/merged/ferries/")] == [404, 404]


def test_a_shelfs_state_is_known_without_reading_an_article(own_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    rack = Rack(store=own_store, picker=Picker(own_store))
    before = rack.state_of(rack.shelf("merged/ferries"))
    keep(own_store, "Ferry 9", minutes=99)
    monkeypatch.setattr(own_store, "article_states", None)
    monkeypatch.setattr(own_store, "articles_by_id", None)
    assert rack.state_of(rack.shelf("merged/ferries")) != before
