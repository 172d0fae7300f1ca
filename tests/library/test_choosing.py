"""The articles of feeds that an operator puts together: which, how many are looked at, what is remembered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.library import choosing
from broadsheet.library.choosing import Picker, choose_all
from broadsheet.model import Article, ArticleFilter, PollState, Publication, SafeHtml, Source, StoredArticle
from broadsheet.store import Draft, Place, Store, open_memory_store

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Desk:
    """A store that articles are put into, minute by minute, and that counts the texts read from it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.minutes = 0
        self.read: list[str] = []
        reading = store.articles_by_id
        store.articles_by_id = lambda ids: (self.read.extend(ids), reading(ids))[1]  # type: ignore[method-assign]

    def watch(self, name: str, **changes: object) -> None:
        home = f"https://{name}.example/"
        source = Source(id=name, kind="feed", url=f"{home}feed", title=name.title(), home_url=home, added_at=NOW)
        self.store.add_source(replace(source, **changes), PollState(next_due=NOW))  # type: ignore[arg-type]

    def keep(self, title: str, source: str = "daily", *, near: StoredArticle | None = None, text: str = "") -> StoredArticle:
        self.minutes += 1
        article = Article(url=f"https://{source}.example/{self.minutes}", title=title, text=text, body=SafeHtml(f"<p>{text}</p>"))
        at = NOW + timedelta(minutes=self.minutes)
        return self.store.keep_revision(
            Draft(
                source_id=source, article=article, content_hash=f"{title}{text}", fetched_at=at, sort_at=at, first_seen=at,
                url_keys=(article.url,), near_duplicate_of=near.id if near else None,
            )
        )  # fmt: skip

    def titles(self, ids: Sequence[str]) -> list[str]:
        return [self.store.article(one).article.title for one in ids]  # type: ignore[union-attr]

    def picked(self, publication: Publication, *, limit: int = 50, before: Place | None = None) -> list[str]:
        return self.titles([state.id for state in Picker(self.store).pick(publication, limit=limit, before=before).states])


def made(*, once: bool = False, **conditions: object) -> Publication:
    return Publication(name="mine", title="Mine", filter=ArticleFilter(**conditions), once=once, added_at=NOW)  # type: ignore[arg-type]


@pytest.fixture
def desk() -> Iterator[Desk]:
    ticks = iter(range(100_000))
    with open_memory_store(now=lambda: NOW + timedelta(seconds=next(ticks))) as store:
        one = Desk(store)
        one.watch("daily", category="World", language="en")
        one.watch("weekly", category="World", language="de")
        one.watch("local")
        yield one


def test_articles_come_newest_first(desk: Desk) -> None:
    desk.keep("First ferry")
    desk.keep("A tunnel")
    desk.keep("Second ferry")
    assert desk.picked(made(words=("ferry",))) == ["Second ferry", "First ferry"]


def test_sources_and_categories_say_together_where_from(desk: Desk) -> None:
    desk.keep("One", "daily")
    desk.keep("Two", "weekly")
    desk.keep("Three", "local")
    assert desk.picked(made(sources=("local",), categories=("world",))) == ["Three", "Two", "One"]
    assert desk.picked(made(categories=("World",))) == ["Two", "One"]


def test_a_feed_whose_sources_are_all_deleted_is_empty_and_not_everything(desk: Desk) -> None:
    desk.keep("One", "daily")
    desk.store.remove_source("local", purge=True)
    assert desk.picked(made(sources=("local",))) == []


def test_what_a_source_given_up_has_left_is_still_found(desk: Desk) -> None:
    desk.keep("One", "local")
    desk.store.remove_source("local")
    assert desk.picked(made(sources=("local",))) == ["One"]


def test_the_language_of_the_source_counts_where_an_article_does_not_say_its_own(desk: Desk) -> None:
    desk.keep("One", "daily")
    desk.keep("Zwei", "weekly")
    assert desk.picked(made(languages=("de",))) == ["Zwei"]


def test_a_list_goes_on_where_the_page_before_ended(desk: Desk) -> None:
    for number in range(5):
        desk.keep(f"Ferry {number}")
        desk.keep(f"Tunnel {number}")
    first = Picker(desk.store).pick(made(words=("ferry",)), limit=2)
    assert desk.titles([state.id for state in first.states]) == ["Ferry 4", "Ferry 3"]
    assert desk.picked(made(words=("ferry",)), before=first.rest) == ["Ferry 2", "Ferry 1", "Ferry 0"]


def test_the_last_page_has_nothing_behind_it(desk: Desk) -> None:
    desk.keep("Ferry")
    assert Picker(desk.store).pick(made(words=("ferry",)), limit=1).rest is None


def test_a_filter_that_nothing_passes_does_not_read_the_whole_archive(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "LOOKED_AT", 8)
    monkeypatch.setattr(choosing, "BATCH", 4)
    kept = [desk.keep(f"Tunnel {number}") for number in range(20)]
    picked = Picker(desk.store).pick(made(words=("ferry",)), limit=5)
    assert len(desk.read) == 8
    assert picked.rest == Place.of(kept[12])


def test_what_lies_beyond_is_found_from_there(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.keep("Ferry")
    monkeypatch.setattr(choosing, "LOOKED_AT", 8)
    monkeypatch.setattr(choosing, "BATCH", 4)
    kept = [desk.keep(f"Tunnel {number}") for number in range(8)]
    picked = Picker(desk.store).pick(made(words=("ferry",)), limit=5)
    assert (picked.states, picked.rest) == ((), Place.of(kept[0]))
    assert desk.picked(made(words=("ferry",)), before=picked.rest) == ["Ferry"]


def test_only_what_is_new_is_read_again(desk: Desk) -> None:
    desk.keep("Ferry")
    picker = Picker(desk.store)
    picker.pick(made(words=("ferry",)), limit=5)
    desk.read.clear()
    new = desk.keep("Another ferry")
    assert len(picker.pick(made(words=("ferry",)), limit=5).states) == 2
    assert desk.read == [new.id]


def test_an_article_that_changed_is_read_again(desk: Desk) -> None:
    kept = desk.keep("Ferry")
    picker = Picker(desk.store)
    picker.pick(made(words=("ferry",)), limit=5)
    tunnel = replace(kept.article, title="Tunnel")
    desk.store.keep_revision(Draft(source_id="daily", article=tunnel, content_hash="other", fetched_at=NOW), article_id=kept.id)
    assert picker.pick(made(words=("ferry",)), limit=5).states == ()


def test_a_filter_that_changed_begins_anew(desk: Desk) -> None:
    desk.keep("Ferry")
    picker = Picker(desk.store)
    assert len(picker.pick(made(words=("ferry",)), limit=5).states) == 1
    assert picker.pick(made(words=("tunnel",)), limit=5).states == ()


def test_while_nothing_changes_nothing_is_asked_of_the_store_but_whether_it_has(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.keep("Ferry")
    picker = Picker(desk.store)
    first = picker.pick(made(words=("ferry",)), limit=5)
    monkeypatch.setattr(desk.store, "article_states", None)
    assert picker.pick(made(words=("ferry",)), limit=5) == first


def test_a_story_that_two_sources_tell_is_shown_once_when_asked_for(desk: Desk) -> None:
    first = desk.keep("Ferry", "daily")
    desk.keep("The ferry", "weekly", near=first)
    assert desk.picked(made(once=True)) == ["Ferry"]
    assert desk.picked(made()) == ["The ferry", "Ferry"]


def test_a_story_whose_original_is_not_in_the_feed_is_still_shown_once(desk: Desk) -> None:
    first = desk.keep("Ferry", "local")
    desk.keep("The ferry", "daily", near=first)
    desk.keep("Ferry again", "weekly", near=first)
    assert desk.picked(made(once=True, categories=("World",))) == ["The ferry"]


def test_an_original_that_the_filter_refuses_does_not_hide_its_copies(desk: Desk) -> None:
    first = desk.keep("Ferry, opinion", "daily")
    desk.keep("Ferry", "weekly", near=first)
    assert desk.picked(made(once=True, exclude=("opinion",))) == ["Ferry"]


def test_a_copy_is_hidden_on_another_page_than_its_original_too(desk: Desk) -> None:
    first = desk.keep("Ferry", "daily")
    desk.keep("Bridge")
    desk.keep("The ferry", "weekly", near=first)
    pages = Picker(desk.store).pick(made(once=True), limit=1)
    assert desk.titles([state.id for state in pages.states]) == ["Bridge"]
    assert desk.picked(made(once=True), before=pages.rest) == ["Ferry"]


def test_files_hold_what_the_server_shows(desk: Desk) -> None:
    first = desk.keep("Ferry", "daily")
    desk.keep("Tunnel")
    desk.keep("The ferry", "weekly", near=first)
    desk.keep("Last ferry", "local")
    publication = made(once=True, words=("ferry",))
    assert desk.titles(choose_all(desk.store, [publication])["mine"]) == desk.picked(publication) == ["Last ferry", "Ferry"]
