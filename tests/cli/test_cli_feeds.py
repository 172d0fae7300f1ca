"""`broadsheet feeds` as a person or a script meets it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from broadsheet.cli.main import app
from broadsheet.errors import NameTaken, UnknownPublication, UnknownSource
from broadsheet.model import Article, ArticleFilter, PollState, Publication, Source
from broadsheet.store import Draft, open_store

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
Call = Callable[..., Result]


@pytest.fixture
def call(tmp_path: Path) -> Call:
    """`broadsheet feeds …` on a store with one source and two articles, within this process."""
    with open_store(tmp_path, now=lambda: NOW) as store:
        home = "https://daily.example/"
        daily = Source(id="daily", kind="feed", url=f"{home}feed", title="Daily", home_url=home, category="World", added_at=NOW)
        store.add_source(daily, PollState(next_due=NOW))
        for title in ("Harbour closes", "Bridge opens"):
            store.keep_revision(Draft(source_id="daily", article=Article(url=home + title, title=title), content_hash=title, fetched_at=NOW))
    return lambda *words: CliRunner().invoke(app, ["--data", str(tmp_path), "feeds", *words])


def kept(tmp_path: Path) -> tuple[Publication, ...]:
    with open_store(tmp_path, now=lambda: NOW) as store:
        return store.publications()


def test_every_option_of_add_is_kept(call: Call, tmp_path: Path) -> None:
    done = call(
        "add", "sea", "--title", "The sea", "--source", "daily", "--category", "World", "--search", 'harbour "night ferry"', "--include", "boat*",
        "--exclude", "opinion", "--exclude", "letters", "--author", "Li Wen", "--section", "Coast", "--language", "zh", "--min-words", "100",
        "--max-words", "900", "--content", "summary", "--prefix", "--once",
    )  # fmt: skip
    assert done.exit_code == 0
    (made,) = kept(tmp_path)
    assert made.filter == ArticleFilter(
        sources=("daily",), categories=("World",), words=("harbour", "night ferry"), include=("boat*",), exclude=("opinion", "letters"),
        authors=("Li Wen",), sections=("Coast",), languages=("zh",), min_words=100, max_words=900,
    )  # fmt: skip
    assert (made.name, made.title, made.content, made.prefix_titles, made.once) == ("sea", "The sea", "summary", True, True)


def test_add_says_what_the_feed_holds_and_where_it_is(call: Call) -> None:
    said = call("add", "sea", "--search", "harbour", "--once").output
    assert "Articles with “harbour”. Each story once." in said
    assert "merged/sea.rss" in said


def test_a_change_leaves_alone_what_is_not_named(call: Call, tmp_path: Path) -> None:
    call("add", "sea", "--title", "The sea", "--search", "harbour", "--once", "--min-words", "9")
    call("change", "sea", "--exclude", "opinion", "--no-once")
    (made,) = kept(tmp_path)
    assert (made.title, made.once) == ("The sea", False)
    assert made.filter == ArticleFilter(words=("harbour",), exclude=("opinion",), min_words=9)


def test_a_change_to_nothing_takes_a_condition_away(call: Call, tmp_path: Path) -> None:
    call("add", "sea", "--search", "harbour", "--exclude", "opinion", "--min-words", "9", "--content", "summary", "--title", "The sea")
    call("change", "sea", "--search", "", "--exclude", "", "--min-words", "0", "--content", "default", "--title", "")
    (made,) = kept(tmp_path)
    assert (made.filter, made.content, made.title) == (ArticleFilter(), None, "sea")


def test_list_names_every_feed_with_its_conditions(call: Call) -> None:
    call("add", "sea", "--search", "harbour")
    call("add", "land", "--source", "daily")
    assert call("list").output.splitlines() == ["sea\tsea\tall sources\tArticles with “harbour”.", "land\tland\tdaily\tAll articles."]


def test_an_empty_list_says_how_to_begin(call: Call) -> None:
    assert "broadsheet feeds add" in call("list").output


def test_show_names_the_newest_articles(call: Call) -> None:
    call("add", "sea", "--search", "harbour")
    said = call("show", "sea").output
    assert ("Harbour closes" in said, "Bridge opens" in said) == (True, False)


def test_show_says_so_when_nothing_fits(call: Call) -> None:
    call("add", "sea", "--search", "submarine")
    assert "No article meets the conditions yet" in call("show", "sea").output


def test_scripts_get_json(call: Call) -> None:
    call("add", "sea", "--search", "harbour")
    shown = json.loads(call("show", "sea", "--json").output)
    assert (shown["filter"]["words"], shown["feed"], [one["title"] for one in shown["newest"]]) == (["harbour"], "merged/sea.rss", ["Harbour closes"])
    assert [one["name"] for one in json.loads(call("list", "--json").output)] == ["sea"]


def test_what_is_removed_is_published_no_longer(call: Call, tmp_path: Path) -> None:
    call("add", "sea")
    assert call("remove", "sea").exit_code == 0
    assert kept(tmp_path) == ()


def test_a_feed_that_is_not_there_is_an_error_that_says_where_to_look(call: Call) -> None:
    assert isinstance(call("remove", "sea").exception, UnknownPublication)


def test_the_name_of_a_category_is_taken(call: Call) -> None:
    assert isinstance(call("add", "world").exception, NameTaken)


def test_an_unknown_source_is_refused_and_nothing_kept(call: Call, tmp_path: Path) -> None:
    assert isinstance(call("add", "sea", "--source", "dialy").exception, UnknownSource)
    assert kept(tmp_path) == ()
