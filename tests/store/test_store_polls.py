"""The contract of every store: what a poll found is filed at once, and once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from broadsheet.errors import StoreError, UnknownSource
from broadsheet.model import Entry, EntryKeys, Validators


def test_a_poll_files_its_entries_their_tasks_and_its_state(desk, make):
    desk.watch()
    state = make.state(make.noon + timedelta(hours=1), validators=Validators(etag='"2"'))
    desk.store.keep_poll("harbour", state, new=[make.new("a"), make.new("b")], exchange=make.exchange("feed1"))
    assert desk.store.poll_state("harbour") == state
    assert desk.store.task_counts()["due"] == 2
    assert desk.store.exchange("feed1") is not None


def test_the_same_poll_filed_twice_doubles_nothing(desk, make):
    desk.watch()
    desk.see("a", "b")
    desk.see("a", "b")
    assert len(desk.store.entries("harbour")) == 2
    assert desk.store.task_counts()["due"] == 2


def test_a_poll_filed_again_does_not_bring_finished_tasks_back(desk):
    desk.watch()
    desk.see("a")
    (task,) = desk.claim()
    desk.store.finish(task)
    desk.see("a")
    assert desk.store.task_counts()["due"] == 0


def test_an_entry_comes_back_exactly_as_stated(desk, make):
    desk.watch()
    entry = Entry(guid=" g ", title="港口", content_html="<p>\u0000 &amp; 🚢</p>", authors=("Ada",), enclosures=())
    desk.store.keep_poll("harbour", make.state(), new=[replace(make.new(), entry=entry)])
    (stored,) = desk.store.entries("harbour")
    assert (stored.entry, stored.first_seen, stored.article_id) == (entry, make.noon, None)


def test_a_poll_of_an_unknown_source_is_refused(store, make):
    with pytest.raises(UnknownSource):
        store.keep_poll("nobody", make.state(), new=[make.new()])


def test_an_entry_that_cannot_be_filed_leaves_the_validators_where_they_were(desk, make):
    desk.watch()
    without_digest = replace(make.new("b"), digest=None)
    with pytest.raises(StoreError):
        desk.store.keep_poll("harbour", make.state(validators=Validators(etag='"2"')), new=[make.new("a"), without_digest])
    assert desk.store.poll_state("harbour").validators == Validators()
    assert desk.store.entries("harbour") == ()


@pytest.mark.parametrize("shared", ["guid", "link", "title_date"])
def test_an_entry_is_known_by_any_one_of_its_keys(desk, make, shared):
    desk.watch()
    (entry_id,) = desk.see("a")
    only = EntryKeys(**{shared: getattr(make.new("a").keys, shared)})
    assert [known.id for known in desk.store.known_entries("harbour", [only])] == [entry_id]


def test_a_title_alone_does_not_make_an_entry_known(desk, make):
    desk.watch()
    desk.see("a")
    assert desk.store.known_entries("harbour", [EntryKeys(title=make.new("a").keys.title)]) == ()


def test_entries_are_known_within_their_source_only(desk, make):
    desk.watch("harbour")
    desk.watch("valley")
    desk.see("a", source_id="harbour")
    assert desk.store.known_entries("valley", [make.new("a").keys]) == ()


def test_three_thousand_keys_can_be_asked_for_at_once(desk, make):
    desk.watch()
    desk.see("a")
    asked = [make.new(f"n{number}").keys for number in range(1000)]
    assert len(desk.store.known_entries("harbour", [*asked, make.new("a").keys])) == 1


def test_a_changed_entry_is_fetched_again(desk, make):
    desk.watch()
    (entry_id,) = desk.see("a")
    (task,) = desk.claim()
    desk.store.finish(task)
    desk.store.keep_poll("harbour", make.state(), changed=[make.changed(entry_id, make.new("a"))])
    assert [task.entry_id for task in desk.store.tasks("due")] == [entry_id]


def test_an_entry_whose_keys_moved_is_known_by_the_new_ones_and_not_fetched_again(desk, make):
    desk.watch()
    (entry_id,) = desk.see("a")
    (task,) = desk.claim()
    desk.store.finish(task)
    moved = make.changed(entry_id, make.new("renamed"), digest=make.new("a").digest, fetch=False)
    desk.store.keep_poll("harbour", make.state(), changed=[moved])
    assert [known.id for known in desk.store.known_entries("harbour", [make.new("renamed").keys])] == [entry_id]
    assert desk.store.task_counts()["due"] == 0


def test_an_entry_cannot_take_the_keys_of_another(desk, make):
    desk.watch()
    first, second = desk.see("a", "b")
    desk.store.keep_poll("harbour", make.state(), changed=[make.changed(first, make.new("b"))])
    assert {entry.id for entry in desk.store.entries("harbour")} == {first, second}


def test_a_change_of_an_entry_purged_meanwhile_is_forgotten(desk, make):
    desk.watch()
    desk.store.keep_poll("harbour", make.state(), changed=[make.changed(99, make.new())])
    assert desk.store.entries("harbour") == ()


def test_an_entry_without_a_link_gets_its_task_too(desk, make):
    desk.watch()
    linkless = replace(make.new(), entry=Entry(title="Only words", content_html="<p>All of it</p>"), keys=EntryKeys(title_date="t"))
    desk.store.keep_poll("harbour", make.state(), new=[linkless])
    (task,) = desk.claim()
    assert task.host == ""


def test_a_link_that_is_no_address_does_not_stop_the_poll(desk, make):
    desk.watch()
    odd = replace(make.new(), entry=Entry(guid="g", link="http://[broken/"))
    desk.store.keep_poll("harbour", make.state(), new=[odd])
    assert [task.host for task in desk.store.tasks("due")] == [""]


def test_a_lone_surrogate_in_a_feed_does_not_stop_the_poll(desk, make):
    desk.watch()
    odd = replace(make.new(), entry=Entry(guid="g", title="a ship \ud83d\udea2 and half a ship \ud83d"))
    desk.store.keep_poll("harbour", make.state(), new=[odd])
    assert desk.store.entries("harbour")[0].entry.title == "a ship 🚢 and half a ship \ufffd"


def test_asking_for_an_entry_that_is_not_there_says_so(store):
    with pytest.raises(StoreError, match="entry 7"):
        store.entry(7)
