"""What the archives before us did wrong, as far as the store can prevent it (`docs/explanation/archive-forms.md` has the whole list)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from broadsheet.errors import SourceExists, StoreError
from broadsheet.model import Entry, EntryKeys, StatedTime
from broadsheet.store.ids import new_id


def test_flaw_1_and_2_the_order_of_ids_never_breaks_and_no_id_is_given_twice(make):
    days = [make.noon + timedelta(days=number * 37) for number in range(2000)]  # two centuries
    ids = [new_id(day) for day in days]
    assert ids == sorted(set(ids))


def test_flaw_3_a_back_dated_entry_is_kept_though_newer_ones_are_stored(desk, make):
    desk.watch()
    desk.see("newest")
    late = Entry(guid="late", link="https://harbour.example/late", published=StatedTime(raw="2019", at=make.noon - timedelta(days=2600)))
    desk.store.keep_poll("harbour", make.state(), new=[replace(make.new("late"), entry=late)])
    assert {each.entry.guid for each in desk.store.entries("harbour")} == {"newest", "late"}
    assert desk.store.task_counts()["due"] == 2


def test_flaw_4_an_undated_entry_is_kept_and_fetched(desk, make):
    desk.watch()
    undated = replace(make.new(), entry=Entry(guid="a", link="https://harbour.example/a"), keys=EntryKeys(guid="a"))
    desk.store.keep_poll("harbour", make.state(), new=[undated])
    assert len(desk.claim()) == 1


def test_flaw_4_an_undated_article_stands_where_it_was_first_seen(desk, make):
    desk.watch()
    assert desk.collect().sort_at == make.noon


def test_flaw_5_a_correction_is_a_revision_linked_to_what_it_corrects(desk, make):
    desk.watch()
    first = desk.collect(text="Ten were hurt.")
    (entry_id,) = [desk.store.entry_of(first.id).id]
    corrected = desk.store.keep_revision(make.draft("Twelve were hurt."), entry_id=entry_id)
    assert corrected.id == first.id
    assert [revision.number for revision in desk.store.revisions(first.id)] == [1, 2]


def test_flaw_9_no_two_sources_can_stand_for_one_feed(desk, make):
    desk.watch("ft")
    with pytest.raises(SourceExists):
        desk.store.add_source(make.source("bbc", url="https://ft.example/feed"), make.state())


def test_flaw_12_a_source_may_hold_any_number_of_entries_without_reading_them_all(desk, make):
    desk.watch()
    desk.store.keep_poll("harbour", make.state(), new=[make.new(f"n{number}") for number in range(300)])
    assert len(desk.store.known_entries("harbour", [make.new("n7").keys])) == 1


def test_flaw_13_a_silent_source_says_since_when_and_why(desk, make):
    desk.watch()
    desk.store.keep_poll("harbour", make.state(failing_since=make.noon, failures=12, last_error="HTTP 403"))
    assert desk.store.poll_state("harbour").last_error == "HTTP 403"


def test_flaw_13_a_poll_that_fails_to_be_kept_is_not_kept_in_part(desk, make):
    desk.watch()
    with pytest.raises(StoreError):
        desk.store.keep_poll("harbour", make.state(failures=1), new=[make.new("a"), replace(make.new("b"), digest=None)])
    assert desk.store.entries("harbour") == ()
    assert desk.store.poll_state("harbour").failures == 0


def test_flaw_14_no_revision_is_ever_overwritten(desk, make):
    desk.watch()
    first = desk.collect(text="Ten were hurt.")
    (before,) = desk.store.revisions(first.id)
    desk.store.keep_revision(make.draft("Nobody was hurt."), article_id=first.id)
    assert desk.store.revisions(first.id)[0] == before
