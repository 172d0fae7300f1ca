"""Published feeds over HTTP: how much of them, their archives, their old addresses, and 304 without a look into the store."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import QueryParams

from broadsheet.errors import UsageError
from broadsheet.model import Article, PollState, SafeHtml, Source
from broadsheet.serve.answers import Shipped
from broadsheet.serve.feeds import read_query
from broadsheet.store import Draft, Store, open_memory_store, open_store

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
A = "{http://www.w3.org/2005/Atom}"


class Clock:
    """A clock that only moves when told to."""

    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> datetime:
        return self.time


def keep(store: Store, name: str, **changes: Any) -> None:
    url = f"https://daily.example/{name}"
    article = Article(url=url, title=f"Story {name}", body=SafeHtml(f"<p>{name}</p>"), text=name)
    store.keep_revision(Draft(source_id="daily", article=article, content_hash=name, fetched_at=NOON, url_keys=(url,), **changes))


def source(**changes: Any) -> Source:
    home = "https://daily.example/"
    return Source(id="daily", kind="feed", url=f"{home}feed", title="Daily", home_url=home, added_at=NOON, **changes)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def daily(clock: Clock) -> Iterator[Store]:
    """A store with three articles, of two months long ago."""
    with open_memory_store(now=clock) as store:
        store.add_source(source(), PollState(next_due=NOON))
        clock.time = datetime(2025, 1, 10, tzinfo=UTC)
        keep(store, "first")
        clock.time = datetime(2025, 2, 10, tzinfo=UTC)
        keep(store, "second")
        keep(store, "third")
        yield store


@pytest.fixture
def site(serve: Callable[..., Any], daily: Store) -> Any:
    return serve(daily, base_url="https://news.example/", names=("127.0.0.1",))


def titles(reply: Any) -> list[str]:
    assert reply.status == 200, reply.text
    return [item["title"] for item in json.loads(reply.body)["items"]]


def link(reply: Any, relation: str) -> str | None:
    found = ET.fromstring(reply.body).find(f"{A}link[@rel='{relation}']")
    return None if found is None else found.get("href")


def path_of(url: str | None) -> str:
    assert url is not None
    return url.removeprefix("https://news.example")


def test_a_reader_says_how_many_it_wants(site: Any) -> None:
    assert len(titles(site.ask("/feeds/daily.json?n=2"))) == 2


def test_a_feed_cut_by_a_reader_says_so_in_its_address(site: Any) -> None:
    assert json.loads(site.ask("/feeds/daily.json?n=2&x=1").body)["feed_url"] == "https://news.example/feeds/daily.json?n=2"


@pytest.mark.parametrize("n", ["0", "201", "-1", "many", "", "1.5", "²", "9" * 5000])
def test_a_number_that_makes_no_sense_is_refused_with_words(site: Any, n: str) -> None:
    reply = site.ask(f"/feeds/daily.json?n={n.replace('²', '%C2%B2')}")
    assert (reply.status, reply.text) == (400, "n: must be a whole number from 1 to 200\n")


def test_a_reader_says_from_when_on(site: Any) -> None:
    assert sorted(titles(site.ask("/feeds/daily.json?since=2025-02-01"))) == ["Story second", "Story third"]
    assert titles(site.ask("/feeds/daily.json?since=2025-02-11T00:00:00Z")) == []


def test_a_time_with_a_plus_sign_needs_no_escaping(site: Any) -> None:
    assert len(titles(site.ask("/feeds/daily.json?since=2025-02-01T00:00:00+01:00"))) == 2


@pytest.mark.parametrize("since", ["yesterday", "", "2025-13-01", "99999-01-01", "0001-01-01T00:00:00%2B14:00"])
def test_a_time_that_makes_no_sense_is_refused_with_words(site: Any, since: str) -> None:
    reply = site.ask(f"/feeds/daily.rss?since={since}")
    assert (reply.status, reply.headers["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert reply.text.startswith("since: must be a date like")


@given(st.text(), st.text())
def test_any_query_is_read_or_refused(number: str, since: str) -> None:
    try:
        entries, moment = read_query(QueryParams({"n": number, "since": since}))
    except UsageError:
        return
    assert entries is not None
    assert moment is not None
    assert 1 <= entries <= 200


def test_a_new_article_is_there_at_once(site: Any, daily: Store) -> None:
    tag = site.ask("/feeds/daily.json").headers["ETag"]
    assert site.ask("/feeds/daily.json", if_none_match=tag).status == 304
    keep(daily, "fourth")
    assert "Story fourth" in titles(site.ask("/feeds/daily.json", if_none_match=tag))


def test_a_source_with_another_name_is_there_at_once(site: Any, daily: Store) -> None:
    tag = site.ask("/feeds/daily.rss").headers["ETag"]
    daily.replace_source(source(language="zh"))
    assert site.ask("/feeds/daily.rss", if_none_match=tag).status == 200


def test_304_needs_no_look_into_the_store(site: Any, daily: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    site.ask("/feeds/daily.rss")
    tag = site.ask("/feeds/daily.rss").headers["ETag"]  # the first answer left its entries in the store

    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("the store was asked")

    for name in ("source", "sources", "article_states", "articles_by_id", "renderings", "arrivals", "incidents"):
        monkeypatch.setattr(daily, name, refuse)
    assert site.ask("/feeds/daily.rss", if_none_match=tag).status == 304


def test_what_changes_nothing_in_a_feed_leaves_its_tag(site: Any, daily: Store) -> None:
    tag = site.ask("/feeds/daily.rss").headers["ETag"]
    daily.keep_poll("daily", PollState(next_due=NOON + timedelta(hours=1)))
    assert site.ask("/feeds/daily.rss", if_none_match=tag).status == 304


def test_a_feed_leads_back_to_every_article(site: Any) -> None:
    at: str | None = path_of(link(site.ask("/feeds/daily.atom?n=1"), "self")).partition("?")[0]
    newest = link(site.ask(str(at)), "prev-archive")
    archives = [site.ask(path_of(newest))]
    archives.append(site.ask(path_of(link(archives[0], "prev-archive"))))
    assert [len(ET.fromstring(each.body).findall(f"{A}entry")) for each in archives] == [2, 1]
    assert link(archives[1], "prev-archive") is None


def test_an_archive_leads_on_and_to_the_feed(site: Any) -> None:
    first = site.ask("/archives/daily/2025-01-1.atom")
    assert link(first, "next-archive") == "https://news.example/archives/daily/2025-02-1.atom"
    assert link(first, "current") == "https://news.example/feeds/daily.atom"


def test_a_closed_archive_may_be_kept_for_ever(site: Any) -> None:
    assert site.ask("/archives/daily/2025-01-1.rss").headers["Cache-Control"] == "max-age=31536000, immutable"


def test_a_closed_archive_stays_as_it_is(site: Any, daily: Store, clock: Clock) -> None:
    before = site.ask("/archives/daily/2025-01-1.rss").headers["ETag"]
    clock.time = datetime(2025, 3, 1, tzinfo=UTC)
    keep(daily, "late", sort_at=datetime(2025, 1, 10, tzinfo=UTC))
    assert site.ask("/archives/daily/2025-01-1.rss").headers["ETag"] == before


def test_what_arrives_this_month_is_a_page_and_no_archive(site: Any, daily: Store, clock: Clock) -> None:
    clock.time = datetime.now(UTC)
    keep(daily, "now")
    page = site.ask(f"/archives/daily/{clock.time:%Y-%m}-1.atom")
    assert page.headers["Cache-Control"] == "max-age=300"
    assert b"fh:archive/" not in page.body


def test_an_archive_of_everything_lies_under_merged(site: Any) -> None:
    assert titles(site.ask("/archives/merged/all/2025-01-1.json")) == ["Story first"]


@pytest.mark.parametrize("path", ["2025-03-1", "2025-01-2", "2025-01-01", "x", "2025-13-1", "..%2f2025-01-1"])
def test_an_archive_that_is_none_is_not_found(site: Any, path: str) -> None:
    assert site.ask(f"/archives/daily/{path}.rss").status == 404


def test_the_feed_of_a_source_given_up_is_gone(site: Any, daily: Store) -> None:
    daily.remove_source("daily")
    assert [site.ask(path).status for path in ("/feeds/daily.rss", "/archives/daily/2025-01-1.rss", "/feeds/nobody.rss")] == [410, 410, 404]


def test_a_feed_names_its_hub_in_a_header_too(serve: Callable[..., Any], daily: Store) -> None:
    running = serve(daily, base_url="https://news.example/", hub="https://hub.example/", names=("127.0.0.1",))
    assert running.ask("/feeds/daily.rss").headers["Link"] == (
        '<https://hub.example/>; rel="hub", <https://news.example/feeds/daily.rss>; rel="self"'
    )


def test_old_addresses_lead_to_the_new_one(serve: Callable[..., Any], daily: Store) -> None:
    running = serve(daily, base_url="https://news.example/paper/", old_base_urls=("https://old.example/", "https://older.example/a/b"))
    asked = [("old.example", "/feeds/daily.rss?n=5"), ("older.example:8080", "/a/b/merged/all.atom"), ("older.example", "/a/b/")]
    assert [running.ask(path, host=host).headers["Location"] for host, path in asked] == [
        "https://news.example/paper/feeds/daily.rss?n=5", "https://news.example/paper/merged/all.atom", "https://news.example/paper/",
    ]  # fmt: skip


def test_an_old_address_is_left_for_good(serve: Callable[..., Any], daily: Store) -> None:
    reply = serve(daily, base_url="https://news.example/", old_base_urls=("https://old.example/",)).ask("/", host="old.example")
    assert (reply.status, len(reply.headers.get_all("Content-Security-Policy"))) == (301, 1)


def test_other_addresses_are_no_old_ones(serve: Callable[..., Any], daily: Store) -> None:
    running = serve(daily, base_url="https://news.example/", old_base_urls=("https://old.example/a/",))
    assert [running.ask(path, host=host).status for host, path in (("old.example", "/feeds/daily.rss"), ("news.example", "/feeds/daily.rss"))] == [
        200,
        200,
    ]


def test_a_new_folder_on_the_old_host_leads_nobody_in_circles(serve: Callable[..., Any], daily: Store) -> None:
    running = serve(daily, base_url="https://news.example/paper/", old_base_urls=("https://news.example/", "https://news.example/old/"))
    assert running.ask("/feeds/daily.rss", host="news.example").status == 200
    assert running.ask("/old/feeds/daily.rss", host="news.example").headers["Location"] == "https://news.example/paper/feeds/daily.rss"


def test_a_store_that_may_only_be_read_is_served(serve: Callable[..., Any], tmp_path: Path) -> None:
    with open_store(tmp_path, now=lambda: NOON) as store:
        store.add_source(source(), PollState(next_due=NOON))
        keep(store, "first")
    with open_store(tmp_path, now=lambda: NOON, read_only=True) as reader:
        running = serve(reader)
        assert [titles(running.ask(path)) for path in ("/feeds/daily.json", "/merged/all.json")] == [["Story first"]] * 2


def test_a_body_is_made_once_for_each_coding() -> None:
    made: list[str] = []
    shipped = Shipped()
    wanted = [("br", b"1"), ("gzip", b"2"), ("br", b"3")]
    bodies = [shipped.take('"tag"', coding, lambda coding=coding, body=body: made.append(coding) or body) for coding, body in wanted]  # type: ignore[misc]
    assert (bodies, made) == ([b"1", b"2", b"1"], ["br", "gzip"])


def test_bodies_asked_for_longest_ago_make_room() -> None:
    shipped = Shipped(limit_bytes=10)
    shipped.take("a", "", lambda: b"x" * 6)
    shipped.take("b", "", lambda: b"y" * 6)
    assert shipped.take("a", "", lambda: b"made again") == b"made again"
