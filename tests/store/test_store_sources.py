"""The contract of every store: sources, and when they are due."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from broadsheet.errors import SourceExists, UnknownSource
from broadsheet.model import Validators


def test_a_source_comes_back_as_it_was_added(store, make):
    source = make.source(language="zh-Hans", category="World", headers=(("Cookie", "paid=1"),))
    store.add_source(source, make.state())
    assert store.source("harbour") == source


def test_sources_are_listed_in_the_order_they_were_added(desk, make):
    desk.watch("younger", added_at=make.noon + timedelta(days=1))
    desk.watch("elder")
    assert [source.id for source in desk.store.sources()] == ["elder", "younger"]


def test_a_second_source_of_the_same_id_is_refused(desk, make):
    desk.watch()
    with pytest.raises(SourceExists, match="harbour"):
        desk.store.add_source(make.source(url="https://elsewhere.example/"), make.state())


def test_a_second_source_of_the_same_url_is_refused(desk, make):
    desk.watch()
    with pytest.raises(SourceExists, match="harbour"):
        desk.store.add_source(make.source("twin", url="https://harbour.example/feed"), make.state())


def test_a_source_is_found_by_the_url_it_polls(desk):
    source = desk.watch()
    assert desk.store.source_by_url("https://harbour.example/feed") == source
    assert desk.store.source_by_url("https://harbour.example/other") is None


def test_an_unknown_source_says_what_to_do(store):
    with pytest.raises(UnknownSource, match="broadsheet sources"):
        store.source("nobody")


def test_a_source_can_be_replaced(desk):
    source = desk.watch()
    desk.store.replace_source(replace(source, url="https://new.example/feed", category="Sea"))
    assert desk.store.source("harbour").category == "Sea"
    assert desk.store.source_by_url("https://new.example/feed") is not None


def test_replacing_an_unknown_source_is_refused(store, make):
    with pytest.raises(UnknownSource):
        store.replace_source(make.source())


def test_the_poll_state_comes_back_byte_for_byte(store, make):
    state = make.state(validators=Validators(etag='W/"a,b"', last_modified="yesterday, roughly"), failures=3, last_error="no answer")
    store.add_source(make.source(), state)
    assert store.poll_state("harbour") == state


def test_due_sources_come_longest_due_first(store, make):
    store.add_source(make.source("late"), make.state(make.noon - timedelta(hours=1)))
    store.add_source(make.source("later"), make.state(make.noon - timedelta(hours=2)))
    store.add_source(make.source("not-yet"), make.state(make.noon + timedelta(seconds=1)))
    assert [source.id for source in store.due_sources(make.noon)] == ["later", "late"]


def test_due_sources_can_look_ahead(store, make):
    store.add_source(make.source(), make.state(make.noon + timedelta(minutes=5)))
    assert store.due_sources(make.noon) == ()
    assert len(store.due_sources(make.noon, until=make.noon + timedelta(minutes=5))) == 1


def test_a_paused_source_is_never_due(desk, make):
    source = desk.watch()
    desk.store.replace_source(replace(source, state="paused"))
    assert desk.store.due_sources(make.noon) == ()
    assert desk.store.next_due() is None


def test_nothing_is_due_in_an_empty_store(store):
    assert store.next_due() is None


def test_the_next_due_time_is_that_of_the_soonest_task_or_source(desk, make):
    desk.store.add_source(make.source(), make.state(make.noon + timedelta(hours=1)))
    assert desk.store.next_due() == make.noon + timedelta(hours=1)
    desk.store.keep_poll("harbour", make.state(make.noon + timedelta(hours=1)), new=[make.new(due=make.noon + timedelta(minutes=2))])
    assert desk.store.next_due() == make.noon + timedelta(minutes=2)


def test_a_task_that_waits_for_its_host_is_not_the_next_thing_due(desk, make):
    desk.store.add_source(make.source(), make.state())
    desk.store.keep_poll("harbour", make.state(make.noon + timedelta(hours=1)), new=[make.new("a"), make.new("b")])
    desk.claim()
    assert desk.store.next_due() == make.noon + timedelta(minutes=5)  # when the lease ends


def test_a_removed_source_keeps_its_articles(desk):
    desk.watch()
    article = desk.collect()
    desk.store.remove_source("harbour")
    assert desk.store.sources() == ()
    assert desk.store.article(article.id) == article
    assert [source.id for source in desk.store.sources(removed=True)] == ["harbour"]


def test_a_removed_source_has_nothing_left_to_do(desk):
    desk.watch()
    desk.see("a", "b")
    desk.store.remove_source("harbour")
    assert desk.store.task_counts()["due"] == 0
    assert desk.store.next_due() is None


def test_a_source_added_again_finds_what_it_knew(desk, make):
    desk.watch()
    desk.collect()
    desk.store.remove_source("harbour")
    desk.watch()
    assert len(desk.store.known_entries("harbour", [make.new().keys])) == 1


def test_purging_a_source_deletes_all_that_came_of_it(desk):
    desk.watch()
    article = desk.collect()
    desk.store.remove_source("harbour", purge=True)
    assert desk.store.article(article.id) is None
    assert desk.store.revisions(article.id) == ()
    assert desk.store.counts() == {}


def test_removing_an_unknown_source_is_refused(store):
    with pytest.raises(UnknownSource):
        store.remove_source("nobody")
