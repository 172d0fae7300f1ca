"""What the writers of feeds need of a store: states, arrivals, entries as they were written, the mark of change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from broadsheet.store import Rendering, Selection, Store

ENTRY = Rendering(state="1", content=b"<item/>")


def test_states_are_the_articles_without_their_texts(store: Store, desk: Any) -> None:
    desk.watch()
    kept = [desk.collect(name) for name in "abc"]
    assert set(store.article_states()) == {stored.state for stored in kept}
    assert [state.id for state in store.article_states()] == [stored.id for stored in store.articles()]


def test_a_state_has_another_tag_when_the_article_is_read_better(store: Store, desk: Any, make: Any) -> None:
    desk.watch()
    stored = desk.collect("a")
    store.settle(make.draft("The ferry was late.", "a"), article_id=stored.id, number=1)
    assert [state.tag for state in store.article_states()] != [stored.state.tag]


def test_arrivals_are_counted_by_month(store: Store, desk: Any, clock: Any) -> None:
    desk.watch()
    desk.collect("a")
    desk.collect("b", "Another text.")
    clock.pass_by(days=40)
    desk.collect("c", "A third text.")
    assert store.arrivals() == {"2026-03": 2, "2026-04": 1}
    assert store.arrivals(since=clock()) == {"2026-04": 1}


def test_what_arrived_is_told_in_order_and_in_parts(store: Store, desk: Any, clock: Any) -> None:
    desk.watch()
    kept = []
    for name in "abc":
        clock.pass_by(minutes=1)
        kept.append(desk.collect(name, f"Text {name}.", sort_at=datetime(2020, 1, 1, tzinfo=UTC)).id)
    assert [state.id for state in store.arrived("2026-03", offset=1, limit=5)] == kept[1:]
    assert store.arrived("2026-02", offset=0, limit=5) == ()


def test_arrivals_can_be_those_of_one_source(store: Store, desk: Any) -> None:
    desk.watch()
    desk.collect("a")
    assert store.arrivals(Selection(source_id="other")) == {}


def test_articles_are_found_by_their_ids(store: Store, desk: Any) -> None:
    desk.watch()
    stored = desk.collect("a")
    assert store.articles_by_id([stored.id, "nobody"]) == {stored.id: stored}


def test_what_the_feed_said_is_found_by_the_article(store: Store, desk: Any) -> None:
    desk.watch()
    stored = desk.collect("a")
    assert {one: entry.title for one, entry in store.stated_entries([stored.id, "nobody"]).items()} == {stored.id: "Story a"}


def test_a_kept_entry_comes_back_in_its_shape_only(store: Store, desk: Any) -> None:
    desk.watch()
    stored = desk.collect("a")
    store.keep_renderings("rss-1", {stored.id: ENTRY})
    assert store.renderings([stored.id], "rss-1") == {stored.id: ENTRY}
    assert store.renderings([stored.id], "atom-1") == {}


def test_keeping_an_entry_again_puts_it_in_the_place_of_the_old_one(store: Store, desk: Any) -> None:
    desk.watch()
    stored = desk.collect("a")
    later = Rendering(state="2", content=b"<item>2</item>")
    store.keep_renderings("rss-1", {stored.id: ENTRY})
    store.keep_renderings("rss-1", {stored.id: later})
    assert store.renderings([stored.id], "rss-1") == {stored.id: later}


def test_nothing_is_kept_of_an_article_that_is_gone(store: Store) -> None:
    store.keep_renderings("rss-1", {"gone": ENTRY})
    assert store.renderings(["gone"], "rss-1") == {}


def test_entries_leave_with_their_source(store: Store, desk: Any) -> None:
    desk.watch()
    stored = desk.collect("a")
    store.keep_renderings("rss-1", {stored.id: ENTRY})
    store.remove_source("harbour", purge=True)
    assert store.renderings([stored.id], "rss-1") == {}


def test_old_shapes_and_entries_of_old_articles_are_forgotten(store: Store, desk: Any) -> None:
    desk.watch()
    old = desk.collect("a", "Text a.", sort_at=datetime(2020, 1, 1, tzinfo=UTC))
    new = desk.collect("b", "Text b.", sort_at=datetime(2021, 1, 1, tzinfo=UTC))
    store.keep_renderings("rss-1", {old.id: ENTRY, new.id: ENTRY})
    store.keep_renderings("rss-2", {old.id: ENTRY, new.id: ENTRY})
    assert store.forget_renderings(["rss-2"], newest=1) == 3
    assert store.renderings([old.id, new.id], "rss-2").keys() == {new.id}


def test_reading_leaves_the_mark_of_change(store: Store, desk: Any) -> None:
    desk.watch()
    before = store.change_mark()
    store.articles()
    assert store.change_mark() == before is not None


def test_any_change_moves_the_mark(store: Store, desk: Any) -> None:
    before = store.change_mark()
    desk.watch()
    watched = store.change_mark()
    desk.collect("a")
    assert len({before, watched, store.change_mark()}) == 3


def test_a_change_by_another_process_moves_the_mark(open_folder: Callable[..., Store], make: Any) -> None:
    here, there = open_folder(), open_folder()
    before = here.change_mark()
    there.add_source(make.source(), make.state())
    assert here.change_mark() != before


def test_a_store_that_is_only_read_knows_the_mark_too(open_folder: Callable[..., Store], make: Any) -> None:
    writer = open_folder()
    reader = open_folder(read_only=True)
    before = reader.change_mark()
    writer.add_source(make.source(), make.state())
    assert reader.change_mark() != before is not None
