"""Polling, rules 16 to 22: what the servers see, and what is not to be believed at once."""

from __future__ import annotations

import asyncio
import gzip
from datetime import timedelta

import pytest
from paper import FEED_TYPE, Paper, item, rss

from broadsheet import __version__
from broadsheet.library.standing import let_in, move_source
from broadsheet.model import Unchanged
from broadsheet.pipeline.poll import poll_source
from broadsheet.pipeline.schedule import ask_again
from broadsheet.pipeline.tools import Tools
from broadsheet.sources import next_poll

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def ask_all(paper: Paper, *names: str) -> None:
    """Poll these sources at the same time."""

    async def all_at_once(tools: Tools) -> None:
        await asyncio.gather(*(poll_source(paper.store.source(name), tools) for name in names))

    paper.work(all_at_once)


def test_rule_16_a_host_sees_one_request_at_a_time_and_one_a_second(paper: Paper) -> None:
    names = [f"paper{n}" for n in range(5)]
    for name in names:
        paper.watch(name, f"/{name}")
    paper.fetching = {"host_delay": 1.0}
    ask_all(paper, *names)
    assert (len(paper.site.seen), paper.site.most_at_once) == (5, 1)
    assert paper.site.clock.slept == [1.0] * 4


def test_rule_16_feeds_need_no_robots_check(paper: Paper) -> None:
    paper.site.says("/robots.txt", body=b"User-agent: *\nDisallow: /")
    assert paper.poll()
    assert "/robots.txt" not in paper.site.paths


def test_rule_16_but_may_get_one(paper: Paper) -> None:
    paper.site.says("/robots.txt", body=b"User-agent: *\nDisallow: /")
    paper.fetching = {"robots_for_feeds": True}
    assert not paper.poll()
    assert paper.requests == []


def test_rule_17_we_say_who_we_are_and_for_which_source_we_ask(paper: Paper) -> None:
    paper.fetching = {"contact": "https://reader.example/about"}
    paper.poll()
    assert paper.requests[0].get("User-Agent") == f"Broadsheet/{__version__} (+https://reader.example/about; feed-id=paper)"


def test_rule_17_we_ask_for_feeds_and_take_them_packed(paper: Paper) -> None:
    paper.poll()
    accepted, packed = paper.requests[0].get("Accept"), paper.requests[0].get("Accept-Encoding")
    assert "application/rss+xml" in accepted
    assert "application/atom+xml" in accepted
    assert "application/feed+json" in accepted
    assert {"gzip", "br", "zstd"} <= {name.strip() for name in packed.split(",")}


def test_rule_17_no_referer_no_cookies_nothing_added_to_the_address(paper: Paper) -> None:
    paper.news(HOUR, **{"Set-Cookie": "visitor=1"})
    paper.poll()
    paper.poll(days=1)
    assert [(seen.path, seen.get("Referer"), seen.get("Cookie")) for seen in paper.site.seen] == [("/feed", None, None)] * 2


def test_rule_17_the_connection_is_kept_for_the_next_request(paper: Paper) -> None:
    paper.watch("sister", "/sister")
    ask_all(paper, "paper", "sister")
    assert (len(paper.site.seen), paper.site.connections) == (2, 1)


def test_rule_18_a_bomb_is_refused(paper: Paper) -> None:
    paper.says(body=gzip.compress(b" " * 30_000_000), headers={"Content-Encoding": "gzip"})
    assert not paper.poll()
    assert paper.state.last_success is None


def test_rule_18_reading_stops_at_the_limit(paper: Paper) -> None:
    paper.fetching = {"max_feed_bytes": 100_000}
    paper.says(endless=True)
    assert not paper.poll()


def test_rule_18_who_never_ends_is_left(paper: Paper) -> None:
    paper.fetching = {"timeout": 1.0}
    paper.says(hang=True, body=b"", raw=b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n<rss>")
    assert not paper.poll()
    assert "no whole answer came within 1 seconds" in (paper.state.last_error or "")


def test_rule_19_a_page_where_a_feed_was_is_an_error_and_changes_nothing_else(paper: Paper) -> None:
    paper.poll()
    before = paper.state.validators
    paper.says(body=b"<!doctype html><title>Relaunch</title><p>Welcome", headers={"ETag": '"page"'})
    assert not paper.poll(hours=1)
    assert (paper.state.validators, paper.state.failures, paper.state.offered) == (before, 1, ())


def relaunched(paper: Paper) -> None:
    """`/feed` is a page now; the front page names another feed."""
    paper.says(body=b"<!doctype html><title>Relaunch</title><p>Welcome", headers={"Content-Type": "text/html"})
    home = b"<!doctype html><html><head><link rel='alternate' type='application/rss+xml' href='/new.xml'></head><body>The Paper</body></html>"
    paper.site.says("/", body=home, headers={"Content-Type": "text/html"})
    paper.site.says("/new.xml", body=rss(item("a")), headers={"Content-Type": FEED_TYPE})


def test_rule_19_after_three_times_what_else_there_is_is_offered(paper: Paper) -> None:
    relaunched(paper)
    offered = []
    for _ in range(3):
        paper.poll(days=1)
        offered.append([candidate.url for candidate in paper.state.offered])
    assert offered == [[], [], [paper.site.url("/new.xml")]]
    assert paper.store.source("paper").url == paper.site.url("/feed")
    assert [incident.kind for incident in paper.store.incidents("paper") if incident.kind == "no-feed"] == ["no-feed"]


def test_rule_19_the_operator_takes_it_with_one_word(paper: Paper) -> None:
    relaunched(paper)
    for _ in range(3):
        paper.poll(days=1)
    move_source("paper", None, paper.store, paper.now)
    assert paper.poll()
    assert paper.store.source("paper").url == paper.site.url("/new.xml")


def test_rule_20_while_a_hub_pushes_a_poll_a_day_makes_sure(paper: Paper) -> None:
    paper.poll()
    after = next_poll(paper.state, None, Unchanged(url=""), paper.now, paper.settings, pushed=True)
    assert after.next_due - paper.now == pytest.approx(DAY, rel=0.1)


def test_rule_21_a_refresh_is_conditional(paper: Paper) -> None:
    paper.poll()
    paper.after(minutes=6)
    assert ask_again("paper", paper.store, paper.now) == paper.now
    paper.poll()
    assert paper.requests[-1].get("If-None-Match") == '"1"'


def test_rule_21_refreshes_are_five_minutes_apart_however_many_ask(paper: Paper) -> None:
    paper.poll()
    polled = paper.now
    paper.after(minutes=2)
    assert {ask_again("paper", paper.store, paper.now) for _ in range(10)} == {polled + timedelta(minutes=5)}


def test_rule_21_a_refresh_comes_no_sooner_than_the_server_said(paper: Paper) -> None:
    paper.says(status=429, headers={"Retry-After": "7200"})
    paper.poll()
    asked = paper.now
    paper.after(minutes=10)
    assert ask_again("paper", paper.store, paper.now) >= asked + 2 * HOUR


OLD = [(f"old{n}", n * DAY) for n in range(2, 12)]


def entries(paper: Paper, *named: tuple[str, timedelta], site: str = "https://paper.example", word: str = "Story") -> None:
    """The feed holds these from now on."""
    items = [item(name, paper.now - gap, site=site, title=f"{word} {name}") for name, gap in named]
    paper.says(body=rss(*items), headers={"Content-Type": FEED_TYPE})


def test_rule_22_when_only_the_addresses_change_nothing_is_new(paper: Paper) -> None:
    entries(paper, *OLD)
    paper.poll()
    entries(paper, *OLD, site="http://www.paper.example/cms")
    paper.poll()
    assert len(paper.store.entries("paper")) == len(OLD)


def moved_to_a_new_system(paper: Paper, *fresh: tuple[str, timedelta]) -> None:
    """Everything at once: guids, addresses, titles and times."""
    entries(paper, *OLD)
    paper.poll()
    paper.after(hours=1)
    entries(paper, *fresh, *((name, gap + 61 * MINUTE) for name, gap in OLD), site="https://new.example/cms", word="Article")
    paper.poll()


def test_rule_22_old_entries_that_all_look_new_are_known_but_not_fetched(paper: Paper) -> None:
    moved_to_a_new_system(paper)
    assert len(paper.store.held_entries("paper")) == len(OLD)
    assert len(paper.store.tasks("due")) == len(OLD)  # those of before
    assert [incident.kind for incident in paper.store.incidents("paper")] == ["moved"]


def test_rule_22_what_is_really_new_among_them_is_fetched(paper: Paper) -> None:
    moved_to_a_new_system(paper, ("fresh", timedelta(0)))
    assert len(paper.store.tasks("due")) == len(OLD) + 1


def test_rule_22_held_entries_stay_so_when_the_feed_words_them_anew(paper: Paper) -> None:
    moved_to_a_new_system(paper)
    entries(paper, *((name, gap + 61 * MINUTE) for name, gap in OLD), site="https://new.example/cms", word="Article, corrected:")
    paper.poll()
    assert len(paper.store.held_entries("paper")) == len(OLD)


def test_rule_22_the_operator_lets_them_in(paper: Paper) -> None:
    moved_to_a_new_system(paper)
    assert let_in("paper", paper.store, paper.now) == len(OLD)
    assert len(paper.store.tasks("due")) == 2 * len(OLD)
    assert (paper.store.held_entries("paper"), paper.store.incidents("paper", open_only=True)) == ((), ())


def test_rule_22_a_new_source_is_not_held(paper: Paper) -> None:
    entries(paper, *OLD)
    paper.poll()
    assert paper.store.held_entries("paper") == ()


def test_rule_22_what_appeared_during_a_long_stop_is_not_held(paper: Paper) -> None:
    entries(paper, *OLD)
    paper.poll()
    paper.after(days=60)
    entries(paper, *((f"since{n}", n * 5 * DAY) for n in range(1, 11)))
    paper.poll()
    assert paper.store.held_entries("paper") == ()


def test_rule_22_a_few_late_entries_are_not_held(paper: Paper) -> None:
    entries(paper, *OLD)
    paper.poll()
    entries(paper, *OLD, *((f"late{n}", 5 * DAY + n * HOUR) for n in range(1, 9)))
    paper.poll()
    assert paper.store.held_entries("paper") == ()


def test_rule_22_entries_without_a_date_are_not_held(paper: Paper) -> None:
    entries(paper, *OLD)
    paper.poll()
    paper.says(body=rss(*(item(f"undated{n}") for n in range(9))), headers={"Content-Type": FEED_TYPE})
    paper.poll()
    assert paper.store.held_entries("paper") == ()
