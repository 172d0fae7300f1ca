"""Polling, rules 1 to 4: asking only what changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from paper import Paper, item, rss

ODD_VALIDATORS = [
    {"ETag": 'W/"a,b"'},
    {"ETag": "unquoted"},
    {"ETag": '""'},
    {"Last-Modified": "the day before yesterday"},
    {"Last-Modified": "Sun, 01 Mar 2026 11:00:00 +0000"},
    {"ETag": '"x"', "Last-Modified": "0"},
]
SENT_AS = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}


@pytest.mark.parametrize("given", ODD_VALIDATORS)
def test_rule_01_validators_go_back_byte_for_byte(paper: Paper, given: dict[str, str]) -> None:
    paper.news(timedelta(hours=1), **given)
    paper.poll()
    paper.poll(hours=1)
    assert {name: paper.requests[-1].get(header) for name, header in SENT_AS.items()} == {"ETag": None, "Last-Modified": None, **given}


def test_rule_01_nothing_is_made_up_where_none_was_given(paper: Paper) -> None:
    paper.news(timedelta(hours=1), Date="Sun, 01 Mar 2026 12:00:00 GMT")
    paper.poll()
    paper.poll(days=1)
    assert (paper.requests[-1].get("If-None-Match"), paper.requests[-1].get("If-Modified-Since")) == (None, None)


def test_rule_01_a_304_renews_them_and_an_error_leaves_them(paper: Paper) -> None:
    paper.poll()
    paper.says(status=304, headers={"ETag": '"2"'})
    paper.poll(hours=1)
    paper.says(status=500, headers={"ETag": '"error page"'})
    paper.poll(hours=1)
    assert paper.state.validators.etag == '"2"'


def test_rule_01_they_are_not_shown_to_another_address(paper: Paper) -> None:
    paper.poll()
    paper.says(status=302, headers={"Location": "/elsewhere"}, body=b"")
    paper.site.says("/elsewhere", body=rss(item("a")))
    paper.poll(hours=1)
    assert paper.site.seen[-1].path == "/elsewhere"
    assert paper.site.seen[-1].get("If-None-Match") is None


def test_rule_02_after_a_304_only_the_times_have_changed(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    paper.poll()
    before = paper.state
    paper.says(status=304)
    monkeypatch.setattr("broadsheet.pipeline.poll.read_source", None)  # reading anything would fail
    paper.poll(hours=1)
    times = {"next_due": before.next_due, "last_checked": before.last_checked, "last_success": before.last_success}
    assert replace(paper.state, **times, interval_minutes=before.interval_minutes) == before
    assert paper.state.last_checked == paper.now < paper.state.next_due


def test_rule_03_the_same_body_counts_as_unchanged(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    paper.poll()
    monkeypatch.setattr("broadsheet.pipeline.poll.read_source", None)
    assert paper.poll(hours=1)
    assert paper.events[-1].kind == "unmoved"


def test_rule_04_one_request_at_subscription_is_unconditional_and_no_more(paper: Paper) -> None:
    paper.poll()
    paper.says(status=304)
    for _ in range(20):
        paper.poll(hours=6)
    assert [bool(seen.get("If-None-Match")) for seen in paper.requests] == [False, *[True] * 20]


def test_rule_04_after_a_week_of_304s_everything_is_asked_for_once(paper: Paper) -> None:
    paper.poll()
    stuck = {"status": 304}
    paper.site.script["/feed"] = lambda seen: stuck if seen.get("If-None-Match") else {"body": rss(item("a")), "headers": {"ETag": '"2"'}}
    for _ in range(10):
        paper.poll(days=1)
    assert [number for number, seen in enumerate(paper.requests) if not seen.get("If-None-Match")] == [0, 7]


def test_rule_04_a_full_answer_begins_the_week_anew(paper: Paper) -> None:
    paper.poll()
    paper.news(timedelta(hours=1), ETag='"2"')
    paper.poll(days=4)
    paper.says(status=304)
    paper.poll(days=4)
    assert all(seen.get("If-None-Match") for seen in paper.requests[1:])


def test_rule_04_a_new_address_is_asked_for_everything(paper: Paper) -> None:
    paper.poll()
    paper.site.says("/feed2", body=rss(item("a")))
    paper.store.replace_source(replace(paper.store.source("paper"), url=paper.site.url("/feed2")))
    paper.poll(hours=1)
    assert paper.site.seen[-1].get("If-None-Match") is None


def test_rule_04_with_another_parser_everything_is_asked_for_and_read_again(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    paper.poll()
    monkeypatch.setattr("broadsheet.pipeline.poll.__version__", "9.9.9")
    paper.poll(hours=1)
    paper.poll(hours=1)
    assert [bool(seen.get("If-None-Match")) for seen in paper.requests] == [False, False, True]
    assert [event.kind for event in paper.events] == ["polled", "polled", "unmoved"]


def test_rule_04_with_another_rule_for_its_links_everything_is_asked_for(paper: Paper) -> None:
    paper.poll()
    paper.store.replace_source(replace(paper.store.source("paper"), links_selector="main a"))
    paper.poll(hours=1)
    assert paper.requests[-1].get("If-None-Match") is None
