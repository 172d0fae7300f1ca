"""The contract of every store: incidents, one of a kind at a time, and who was told of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from broadsheet.errors import UnknownSource
from broadsheet.model import Incident


def begin(store, kind="failing", source_id="harbour", **more) -> Incident:
    return store.open_incident(source_id, kind, said="It does not answer.", **more)


def test_an_incident_begins_now_and_is_kept_as_it_is(desk, clock):
    desk.watch()
    begun = begin(desk.store, do="Wait.", detail="500", usual_chars=900)
    assert desk.store.incidents() == (begun,)
    assert (begun.opened_at, begun.closed_at, begun.usual_chars) == (clock(), None, 900)


def test_beginning_it_again_gives_the_one_that_is_open(desk, clock):
    desk.watch()
    begun = begin(desk.store)
    clock.pass_by(hours=1)
    assert begin(desk.store) == begun


def test_an_incident_of_another_kind_is_another(desk):
    desk.watch()
    assert begin(desk.store).id != begin(desk.store, "silent").id


def test_an_incident_needs_a_source_that_is_watched(store):
    with pytest.raises(UnknownSource):
        begin(store)


def test_closing_ends_it_and_says_so(desk, clock):
    desk.watch()
    begin(desk.store)
    later = clock.pass_by(hours=2)
    closed = desk.store.close_incident("harbour", "failing", over="It answers again.")
    assert (closed.closed_at, closed.over) == (later, "It answers again.")
    assert desk.store.incidents(open_only=True) == ()


def test_what_has_not_begun_cannot_end(desk):
    desk.watch()
    assert desk.store.close_incident("harbour", "failing", over="It answers again.") is None


def test_after_its_end_the_same_trouble_is_a_new_incident(desk, clock):
    desk.watch()
    first = begin(desk.store)
    desk.store.close_incident("harbour", "failing", over="")
    clock.pass_by(days=1)
    assert begin(desk.store).id != first.id


def test_incidents_are_listed_last_first_by_source_kind_and_time(desk, clock):
    desk.watch()
    desk.watch("hill")
    early = begin(desk.store)
    late = begin(desk.store, "silent", "hill") if clock.pass_by(days=3) else None
    assert desk.store.incidents() == (late, early)
    assert desk.store.incidents("harbour") == (early,)
    assert desk.store.incidents(kind="silent") == (late,)
    assert desk.store.incidents(since=clock() - timedelta(days=1)) == (late,)


def test_an_old_incident_that_has_just_ended_is_among_those_since(desk, clock):
    desk.watch()
    begin(desk.store)
    clock.pass_by(days=30)
    closed = desk.store.close_incident("harbour", "failing", over="")
    assert desk.store.incidents(since=clock() - timedelta(days=1)) == (closed,)


def test_a_new_incident_is_to_be_told_until_it_is(desk, clock):
    desk.watch()
    begun = begin(desk.store)
    assert desk.store.incidents_to_tell(limit=9) == (begun,)
    desk.store.told(replace(begun, alerted_at=clock()))
    assert desk.store.incidents_to_tell(limit=9) == ()


def test_its_end_is_to_be_told_again(desk, clock):
    desk.watch()
    desk.store.told(replace(begin(desk.store), alerted_at=clock()))
    closed = desk.store.close_incident("harbour", "failing", over="")
    assert desk.store.incidents_to_tell(limit=9) == (closed,)
    desk.store.told(replace(closed, alerted_end_at=clock()))
    assert desk.store.incidents_to_tell(limit=9) == ()


def test_telling_does_not_undo_an_end_that_came_meanwhile(desk, clock):
    desk.watch()
    begun = begin(desk.store)
    closed = desk.store.close_incident("harbour", "failing", over="It answers again.")
    desk.store.told(replace(begun, alerted_at=clock(), told_by=("mail",)))
    assert desk.store.incidents() == (replace(closed, alerted_at=clock(), told_by=("mail",)),)


def test_incidents_go_with_a_source_that_is_purged(desk):
    desk.watch()
    begun = begin(desk.store)
    desk.store.remove_source("harbour", purge=True)
    desk.store.told(begun)
    assert desk.store.incidents() == ()


def test_active_states_leave_out_what_is_paused_or_removed(desk):
    active = desk.watch()
    desk.watch("hill", state="paused")
    desk.watch("mill")
    desk.store.remove_source("mill")
    assert [source for source, _ in desk.store.active_states(limit=9)] == [active]
