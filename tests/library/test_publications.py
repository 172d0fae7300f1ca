"""Putting feeds together: what is refused, and with which words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from broadsheet.errors import NameTaken, UnknownPublication, UnknownSource, UsageError
from broadsheet.library.publications import MOST_TERMS, add_publication, change_publication
from broadsheet.model import ArticleFilter, PollState, Publication, Source
from broadsheet.store import Store, open_memory_store

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def made(name: str = "climate", **conditions: object) -> Publication:
    return Publication(name=name, title=name.title(), filter=ArticleFilter(**conditions), added_at=NOW)  # type: ignore[arg-type]


@pytest.fixture
def store() -> Iterator[Store]:
    with open_memory_store(now=lambda: NOW) as made:
        for name, category in (("daily-news", "World"), ("weekly", "世界")):
            home = f"https://{name}.example/"
            source = Source(id=name, kind="feed", url=f"{home}feed", title=name, home_url=home, category=category, added_at=NOW)
            made.add_source(source, PollState(next_due=NOW))
        yield made


def test_what_is_put_together_is_kept(store: Store) -> None:
    add_publication(store, made(words=("climate",), sources=("weekly",)))
    assert store.publications() == (made(words=("climate",), sources=("weekly",)),)


@pytest.mark.parametrize("name", ["", "Climate", "the climate", "气候", "a/b", "a.b", "-a", "x" * 60])
def test_a_name_that_cannot_be_an_address_is_refused(store: Store, name: str) -> None:
    with pytest.raises(UsageError, match="cannot be part of an address"):
        add_publication(store, made(name))


def test_a_name_that_almost_can_is_put_right(store: Store) -> None:
    with pytest.raises(UsageError, match="for instance the-climate"):
        add_publication(store, made("The Climate"))


@pytest.mark.parametrize(("name", "by"), [("all", "everything together"), ("world", "the category World")])
def test_a_name_that_something_published_has_is_refused(store: Store, name: str, by: str) -> None:
    with pytest.raises(NameTaken, match=by):
        add_publication(store, made(name))


def test_the_same_name_twice_is_refused(store: Store) -> None:
    add_publication(store, made())
    with pytest.raises(NameTaken, match="broadsheet feeds change climate"):
        add_publication(store, made(words=("other",)))


def test_a_source_that_is_not_there_is_refused_with_the_one_that_was_meant(store: Store) -> None:
    with pytest.raises(UnknownSource, match="Did you mean daily-news"):
        add_publication(store, made(sources=("dailynews",)))


def test_a_category_that_is_not_there_is_refused_with_those_there_are(store: Store) -> None:
    with pytest.raises(UsageError, match="There are: World, 世界"):
        add_publication(store, made(categories=("Sport",)))


@pytest.mark.parametrize(
    "conditions",
    [
        {"words": ("*",)},
        {"exclude": ("…",)},
        {"authors": ("",)},
        {"sections": ("a*b",)},
        {"languages": ("English",)},
        {"min_words": -1},
        {"min_words": 10, "max_words": 9},
        {"include": tuple(f"word{n}" for n in range(MOST_TERMS + 1))},
    ],
)
def test_a_condition_that_cannot_mean_anything_is_refused(store: Store, conditions: dict[str, object]) -> None:
    with pytest.raises(UsageError) as refused:
        add_publication(store, made(**conditions))
    assert refused.value.do
    assert store.publications() == ()


def test_a_change_takes_the_place_of_what_was_there(store: Store) -> None:
    add_publication(store, made())
    change_publication(store, replace(made(), title="The climate"))
    assert store.publication("climate").title == "The climate"


def test_what_is_not_there_cannot_be_changed(store: Store) -> None:
    with pytest.raises(UnknownPublication, match="broadsheet feeds list"):
        change_publication(store, made())


def test_a_source_deleted_meanwhile_does_not_stand_in_the_way_of_another_change(store: Store) -> None:
    add_publication(store, made(sources=("weekly",)))
    store.remove_source("weekly", purge=True)
    change_publication(store, made(sources=("weekly",), words=("sea",)))
    assert store.publication("climate").filter.words == ("sea",)
