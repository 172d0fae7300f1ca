"""Adding sources, on loopback: what is found, what is kept, and who is shown the key."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from loopback import Site, serving

from broadsheet.config import Settings
from broadsheet.errors import NoFeedFound, UsageError
from broadsheet.fetch.config import FetchSettings
from broadsheet.library.adding import Added, add_sources
from broadsheet.library.archiving import import_tree
from broadsheet.store import Store, open_memory_store

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TEXT = "".join(f"<p>The harbour office closes at noon on day {n}, the council said, and opens again on the day after.</p>" for n in range(8))


class Paper(Site):
    """A front page that names a feed, the feed, a story; and pages without anything."""

    seen: list[tuple[str, str | None]] = []
    bare = False  # nothing but a front page with a line on it

    def do_GET(self) -> None:
        self.seen.append((self.path, self.headers.get("Authorization") or self.headers.get("Cookie")))
        home = f"http://127.0.0.1:{self.server.server_address[1]}"
        pages = {
            "/": "<html><head><title>The Paper</title><link rel=alternate type='application/rss+xml' href='/feed'></head><body></body></html>",
            "/feed": f"<rss version='2.0'><channel><title>The Paper</title><link>{home}/</link><item><title>Harbour closes</title>"
            f"<link>{home}/a</link></item></channel></rss>",
            "/two": "<html><head><link rel=alternate type='application/rss+xml' href='/feed'>"
            "<link rel=alternate type='application/rss+xml' href='/feed2'></head><body></body></html>",
            "/feed2": f"<rss version='2.0'><channel><title>Sport</title><item><title>Goal</title><link>{home}/a</link></item></channel></rss>",
            "/a": f"<html><body><article><h1>Harbour closes</h1>{TEXT}</article></body></html>",
            "/list.opml": f"<opml><body><outline text='News'><outline type='rss' text='Ours' xmlUrl='{home}/feed'/></outline></body></opml>",
            "/latest": "<html><body><p>Rain</p><a class='top' href='/a'>Harbour closes</a><a href='/b'>About</a></body></html>",
            "/empty": "<html><body><p>Nothing here.</p></body></html>",
        }
        if self.bare:
            pages = {"/": "<html><body><p>Nothing here.</p></body></html>"}
        body = pages.get(self.path, "").encode()
        self.send_response(200 if body else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def home() -> Iterator[str]:
    Paper.seen, Paper.bare = [], False
    with serving(Paper) as address:
        yield address


@pytest.fixture
def store() -> Iterator[Store]:
    with open_memory_store(now=lambda: NOW) as made:
        yield made


def add(store: Store, *places: str, preview: bool = False, **more: object) -> list[Added]:
    settings = Settings(fetch=FetchSettings(private_hosts=("127.0.0.1",), host_delay=0.0, connect_timeout=2.0))
    return asyncio.run(add_sources(list(places), store, settings, choose=lambda found: found[0], preview=preview, **more))  # type: ignore[arg-type]


def test_a_site_named_by_its_home_page_is_watched_by_its_feed(store: Store, home: str) -> None:
    (added,) = add(store, home)
    assert added.source is not None
    assert (added.source.url, added.source.title, added.new) == (f"{home}/feed", "The Paper", True)


def test_adding_it_again_changes_nothing(store: Store, home: str) -> None:
    add(store, home)
    (again,) = add(store, f"{home}/feed")
    assert (again.new, len(store.sources())) == (False, 1)


def test_the_preview_is_the_first_story_in_full(store: Store, home: str) -> None:
    (added,) = add(store, home, preview=True)
    assert added.preview is not None
    assert "on day 7" in added.preview.text


def test_every_feed_of_an_opml_file_is_added_with_its_folder_as_category(store: Store, home: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.opml"
    file.write_text(f"<opml><body><outline text='World'><outline type='rss' xmlUrl='{home}/feed' text='Ours'/></outline></body></opml>")
    (added,) = add(store, str(file))
    assert added.source is not None
    assert (added.source.title, added.source.category) == ("Ours", "World")


def test_an_opml_file_may_be_named_by_its_address(store: Store, home: str) -> None:
    assert [added.source.title for added in add(store, f"{home}/list.opml") if added.source] == ["Ours"]


def test_a_page_without_a_feed_leads_to_the_feed_of_its_site(store: Store, home: str) -> None:
    (added,) = add(store, f"{home}/empty")
    assert added.source is not None
    assert added.source.url == f"{home}/feed"


def test_a_site_without_feed_and_stories_is_an_error_that_says_what_was_tried(store: Store, home: str) -> None:
    Paper.bare = True
    (added,) = add(store, home)
    assert isinstance(added.error, NoFeedFound)
    assert "/rss.xml" in added.error.what


def test_one_that_fails_does_not_stop_the_others(store: Store, home: str) -> None:
    bad, good = add(store, "ftp://paper.example/", home)
    assert isinstance(bad.error, UsageError)
    assert good.source is not None


def test_a_login_in_the_address_is_kept_as_a_header_and_not_in_the_address(store: Store, home: str) -> None:
    (added,) = add(store, home.replace("//", "//reader:secret@"))
    assert added.source is not None
    assert "secret" not in added.source.url + added.source.home_url
    assert added.source.headers == (("Authorization", "Basic cmVhZGVyOnNlY3JldA=="),)


def test_a_given_header_is_shown_to_the_paper_from_the_first_request(store: Store, home: str) -> None:
    add(store, home, headers=(("Cookie", "session=abc"),))
    assert {key for path, key in Paper.seen if path in ("/", "/feed")} == {"session=abc"}


def test_an_imported_archive_of_the_site_goes_on_as_the_same_source(store: Store, home: str, tmp_path: Path) -> None:
    folder = tmp_path / "articles" / "paper"
    folder.mkdir(parents=True)
    (folder / "1048574.md").write_text(f"<!--1772359200000-->\n[Old story]({home}/old)\n------\n\n<section><p>Long ago.</p></section>\n")
    import_tree(store, tmp_path)
    (added,) = add(store, home)
    assert added.source is not None
    assert (added.source.id, added.source.state, len(store.sources())) == ("paper", "active", 1)


def test_a_page_is_watched_by_the_links_that_an_operator_picks(store: Store, home: str) -> None:
    (added,) = add(store, f"{home}/latest", links=".top")
    assert added.source is not None
    assert (added.source.kind, added.source.links_selector, added.entries) == ("page", ".top", 1)


def test_a_selector_that_picks_nothing_is_an_error_and_nothing_is_watched(store: Store, home: str) -> None:
    (added,) = add(store, home, links=".nowhere a")
    assert isinstance(added.error, NoFeedFound)
    assert store.sources() == ()


def test_a_selector_that_is_none_says_what_one_looks_like(store: Store, home: str) -> None:
    (added,) = add(store, home, links="[[[")
    assert isinstance(added.error, UsageError)
    assert "h3 a" in str(added.error)


def test_other_feeds_of_the_site_are_named(store: Store, home: str) -> None:
    (added,) = add(store, f"{home}/two")
    assert [other.url for other in added.others] == [f"{home}/feed2"]
