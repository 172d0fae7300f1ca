"""Polling, rules 10 to 15: when something is wrong, or has moved."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime

import pytest
from paper import FEED_TYPE, Paper, item, rss

from broadsheet.library.standing import in_words, standing_of
from broadsheet.sources import moved_to

MINUTE, HOUR, DAY, WEEK = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(days=7)


def pauses_while_failing(paper: Paper, polls: int) -> list[float]:
    """The pauses in hours that the schedule makes between polls that fail."""
    pauses = []
    for _ in range(polls):
        paper.poll()
        pauses.append(paper.pause / HOUR)
        paper.site.clock.time = paper.state.next_due
    return pauses


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(("said", "wanted"), [("7200", 2 * HOUR), ("1", MINUTE), ("99999999", WEEK)])
def test_rule_10_retry_after_is_obeyed_within_a_minute_and_a_week(paper: Paper, status: int, said: str, wanted: timedelta) -> None:
    paper.says(status=status, headers={"Retry-After": said})
    paper.poll()
    assert wanted <= paper.pause <= 1.1 * wanted


def test_rule_10_as_a_date_too(paper: Paper) -> None:
    paper.says(status=503, headers={"Retry-After": format_datetime(paper.now + 3 * HOUR, usegmt=True)})
    paper.poll()
    assert 3 * HOUR <= paper.pause <= 3.3 * HOUR


@pytest.mark.parametrize("status", [301, 302])
def test_rule_10_a_redirect_may_ask_for_it(paper: Paper, status: int) -> None:
    paper.says(status=status, headers={"Location": "/there", "Retry-After": "36000"})
    paper.site.says("/there", body=rss(item("a")), headers={"ETag": '"1"'})
    assert paper.poll()
    assert 10 * HOUR <= paper.pause <= 11 * HOUR


def test_rule_10_after_a_429_the_whole_host_is_left_alone(paper: Paper) -> None:
    paper.watch("sister", "/sister")
    paper.watch("stranger", "/feed", host="b.test")
    paper.says(status=429, headers={"Retry-After": "7200"})
    paper.poll()
    dues = {name: paper.store.poll_state(name).next_due - paper.now for name in ("sister", "stranger")}
    assert dues["sister"] >= 2 * HOUR
    assert dues["stranger"] == timedelta(0)


def test_rule_10_after_a_503_the_others_of_the_host_go_on(paper: Paper) -> None:
    paper.watch("sister", "/sister")
    paper.says(status=503, headers={"Retry-After": "7200"})
    paper.poll()
    assert paper.store.poll_state("sister").next_due == paper.now


@pytest.mark.parametrize("status", [429, 503])
def test_rule_10_without_it_ten_minutes_at_first_then_doubling(paper: Paper, status: int) -> None:
    paper.says(status=status)
    assert [round(pause * 60, -1) for pause in pauses_while_failing(paper, 3)] == [10, 20, 40]


@pytest.mark.parametrize("status", [500, 502, 504])
def test_rule_11_errors_of_the_server_back_off_to_a_day_and_after_a_month_to_a_week(paper: Paper, status: int) -> None:
    paper.says(status=status)
    pauses = pauses_while_failing(paper, 60)
    assert pauses[:3] == pytest.approx([0.25, 0.5, 1], rel=0.11)
    assert max(pauses[:30]) <= 26.5
    assert 24 * 7 * 0.9 <= pauses[-1] <= 24 * 7 * 1.1


def test_rule_11_one_that_cannot_be_reached_backs_off_and_so_does_its_whole_host(paper: Paper) -> None:
    paper.watch("lost", "/feed", host="no.such.example")
    paper.watch("sister", "/sister", host="no.such.example")
    paper.fetching = {"private_hosts": (f"no.such.example:{paper.site.port}",)}
    assert not paper.poll("lost")
    assert paper.store.poll_state("lost").last_error == "the name no.such.example cannot be resolved"
    assert paper.store.poll_state("sister").next_due >= paper.store.poll_state("lost").next_due


def test_rule_11_after_an_error_of_one_feed_the_others_of_its_host_go_on(paper: Paper) -> None:
    paper.watch("sister", "/sister")
    paper.says(status=500)
    paper.poll()
    assert paper.store.poll_state("sister").next_due == paper.now


@pytest.mark.parametrize("status", [401, 403, 404])
def test_rule_12_refusals_are_left_for_longer_each_time(paper: Paper, status: int) -> None:
    paper.says(status=status)
    assert pauses_while_failing(paper, 6) == pytest.approx([1, 6, 24, 48, 96, 168], rel=0.11)


def test_rule_12_the_operator_sees_why_and_since_when(paper: Paper) -> None:
    paper.says(status=403)
    since = paper.now
    pauses_while_failing(paper, 3)
    assert (
        dict(in_words(standing_of("paper", paper.store), paper.now))["trouble"] == f"a.test answered 403 (3 times since {since:%Y-%m-%d %H:%M} UTC)"
    )


def test_rule_13_after_410_nobody_asks_again(paper: Paper) -> None:
    paper.says(status=410)
    paper.poll()
    assert paper.store.source("paper").state == "gone"
    assert paper.store.due_sources(paper.now + 1000 * DAY) == ()


def test_rule_13_what_was_collected_stays_and_the_feed_tells_of_it(paper: Paper) -> None:
    paper.poll()
    paper.says(status=410)
    paper.poll(hours=1)
    assert len(paper.store.entries("paper")) == 3
    assert [incident.kind for incident in paper.store.incidents("paper")] == ["gone"]


def moved(paper: Paper, location: str = "http://b.test:{}/new", status: int = 301, **headers: str) -> None:
    """`/feed` redirects from now on; what is there is a feed with other stories."""
    paper.says(status=status, headers={"Location": location.format(paper.site.port)})
    paper.site.says("/new", body=rss(item("other")), headers={"Content-Type": FEED_TYPE, **headers})


@pytest.mark.parametrize("status", [301, 308])
def test_rule_14_a_permanent_move_is_followed_after_three_polls_a_day_apart(paper: Paper, status: int) -> None:
    moved(paper, status=status)
    urls = []
    for _ in range(6):
        paper.poll(hours=12)
        urls.append(paper.store.source("paper").url)
    assert [url.startswith("http://b.test") for url in urls] == [False, False, False, False, True, True]


def test_rule_14_also_when_the_target_answers_304(paper: Paper) -> None:
    moved(paper)
    body = rss(item("other"))
    paper.site.script["/new"] = lambda seen: {"status": 304, "body": b""} if seen.get("If-None-Match") else {"body": body, "headers": {"ETag": '"n"'}}
    for _ in range(3):
        paper.poll(hours=25)
    assert paper.site.seen[-1].get("If-None-Match") == '"n"'
    assert paper.store.source("paper").url == paper.site.url("/new", "b.test")


@pytest.mark.parametrize("status", [302, 303, 307])
def test_rule_14_a_temporary_redirect_never_changes_the_address(paper: Paper, status: int) -> None:
    moved(paper, status=status)
    for _ in range(5):
        paper.poll(days=2)
    assert (moved_to(paper.state), paper.store.source("paper").url) == (None, paper.site.url("/feed"))


def test_rule_14_within_the_site_it_is_followed_at_once_if_we_know_what_is_there(paper: Paper) -> None:
    paper.news(HOUR, ETag='"1"')
    paper.poll()
    moved(paper, "/new")
    paper.site.script["/new"] = []
    paper.site.says("/new", body=rss(item("0", paper.now - HOUR), item("fresh")))
    paper.poll(hours=1)
    assert paper.store.source("paper").url == paper.site.url("/new")


def test_rule_14_but_not_where_everything_is_unknown(paper: Paper) -> None:
    paper.poll()
    moved(paper, "/new")
    paper.poll(hours=1)
    assert paper.store.source("paper").url == paper.site.url("/feed")


def test_rule_14_a_chain_is_permanent_only_if_every_hop_is(paper: Paper) -> None:
    moved(paper, "/hop")
    paper.site.redirects("/hop", "/new", 302)
    for _ in range(5):
        paper.poll(days=2)
    assert paper.store.source("paper").url == paper.site.url("/feed")


def test_rule_14_the_new_address_is_first_asked_for_everything(paper: Paper) -> None:
    moved(paper, ETag='"new"')
    for _ in range(4):
        paper.poll(hours=25)
    assert [seen.get("If-None-Match") for seen in paper.site.seen if seen.path == "/new"] == [None, '"new"', '"new"', None]


def test_rule_14_one_that_moves_to_where_another_is_merges_with_it(paper: Paper) -> None:
    paper.watch("other", "/new", host="b.test")
    moved(paper)
    for _ in range(3):
        paper.poll(hours=25)
    source = paper.store.source("paper")
    assert (source.state, source.merged_into, paper.store.source("other").state) == ("paused", "other", "active")


def test_rule_14_ten_hops_at_most(paper: Paper) -> None:
    paper.says(status=301, headers={"Location": "/1"})
    for hop in range(1, 12):
        paper.site.redirects(f"/{hop}", f"/{hop + 1}", 301)
    assert not paper.poll()
    assert "redirects more than 10 times" in (paper.state.last_error or "")


def test_rule_14_never_to_a_private_address(paper: Paper) -> None:
    moved(paper, "http://169.254.169.254/latest")
    assert not paper.poll()
    assert "169.254.169.254" in (paper.state.last_error or "")


def test_rule_15_what_a_feed_says_of_its_address_is_shown_and_not_followed(paper: Paper) -> None:
    more = "<itunes:new-feed-url>https://new.example/feed</itunes:new-feed-url><atom:link rel='self' href='https://self.example/feed'/>"
    paper.news(HOUR, more=more, ETag='"1"')
    for _ in range(5):
        paper.poll(days=2)
    assert paper.store.source("paper").url == paper.site.url("/feed")
    said = dict(in_words(standing_of("paper", paper.store), paper.now))["feed says"]
    assert said == (
        "says that it has moved to https://new.example/feed (itunes:new-feed-url); calls itself https://self.example/feed (atom:link self)"
    )
