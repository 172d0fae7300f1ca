"""`broadsheet sources`: how one source is doing, and what an operator does about it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from broadsheet.cli.main import app
from broadsheet.errors import SourceExists, UnknownSource, UsageError
from broadsheet.model import Candidate, PollState, Source
from broadsheet.store import open_store
from broadsheet.text.moments import utc_now

THEN = datetime(2026, 3, 1, 12, tzinfo=UTC)
Call = Callable[..., Result]


def state(data: Path, change: Callable[[PollState], PollState] | None = None) -> PollState:
    """The paper's poll state, *change*d first."""
    with open_store(data, now=utc_now) as store:
        if change is not None:
            store.keep_poll("paper", change(store.poll_state("paper")))
        return store.poll_state("paper")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A store with one source, "paper", that failed since noon."""
    with open_store(tmp_path / "data", now=utc_now) as store:
        source = Source(
            id="paper", kind="feed", url="https://paper.example/feed", title="The Paper", home_url="https://paper.example/", added_at=THEN
        )
        failing = PollState(next_due=THEN + timedelta(days=9000), last_error="paper.example answered 403", failing_since=THEN, failures=3)
        store.add_source(source, failing)
        store.add_source(replace(source, id="other", url="https://other.example/feed"), PollState(next_due=THEN))
    return tmp_path / "data"


@pytest.fixture
def call(data: Path) -> Call:
    return lambda *words: CliRunner().invoke(app, ["--data", str(data), "sources", *words])


def test_the_list_says_what_is_wrong_and_since_when(call: Call) -> None:
    assert "paper.example answered 403 (since 2026-03-01 12:00)" in call().output


def test_show_tells_how_a_source_is_doing(call: Call) -> None:
    shown = json.loads(call("show", "paper", "--json").output)
    assert (shown["rhythm"], shown["last success"]) == ("asked every 60 minutes", "never")
    assert shown["trouble"] == "paper.example answered 403 (3 times since 2026-03-01 12:00 UTC)"


def test_show_tells_what_the_server_and_the_feed_said(call: Call, data: Path) -> None:
    state(data, lambda known: replace(known, server_asked="max-age 3600 s", hints=("calls itself https://x.example/",)))
    shown = json.loads(call("show", "paper", "--json").output)
    assert (shown["server asked"], shown["feed says"]) == ("max-age 3600 s", "calls itself https://x.example/")


def test_show_without_json_is_for_people(call: Call) -> None:
    assert "  address       https://paper.example/feed (feed)\n" in call("show", "paper").output


def test_show_of_nothing_says_what_is_missing(call: Call) -> None:
    assert isinstance(call("show").exception, UsageError)


def test_an_unknown_source_is_refused(call: Call) -> None:
    assert isinstance(call("show", "nobody").exception, UnknownSource)


def test_refresh_has_it_asked_at_once(call: Call, data: Path) -> None:
    assert call("refresh", "paper").output == "paper is asked at the next poll.\n"
    assert state(data).next_due <= utc_now()


def test_refresh_says_when_if_it_was_asked_just_now(call: Call, data: Path) -> None:
    state(data, lambda known: replace(known, last_checked=utc_now()))
    assert "not sooner" in call("refresh", "paper").output


def test_move_takes_what_was_found_in_its_place(call: Call, data: Path) -> None:
    found = Candidate(kind="feed", url="https://paper.example/new.xml", title=None, home_url="https://paper.example/")
    state(data, lambda known: replace(known, offered=(found,)))
    assert call("move", "paper").output == "paper is watched at https://paper.example/new.xml.\n"
    assert state(data).offered == ()


def test_move_takes_an_address(call: Call) -> None:
    assert call("move", "paper", "https://paper.example/rss").output == "paper is watched at https://paper.example/rss.\n"


def test_move_without_anything_found_asks_for_an_address(call: Call) -> None:
    assert isinstance(call("move", "paper").exception, UsageError)


def test_move_to_where_another_is_is_refused(call: Call) -> None:
    assert isinstance(call("move", "paper", "https://other.example/feed").exception, SourceExists)


def test_announce_says_how_many_are_let_in(call: Call) -> None:
    assert call("announce", "paper").output == "paper: 0 entries are fetched at the next poll.\n"
