"""Laws of the store: whatever happens in whatever order, and however often it is repeated, nothing is lost or doubled."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broadsheet.store import Selection, open_memory_store
from broadsheet.store.ids import LENGTH, new_id

names = st.sampled_from("abcd")
texts = st.sampled_from(["first words", "second words", "third words"])
moments = st.datetimes(datetime(1970, 1, 2), datetime(9999, 1, 1), timezones=st.just(UTC))
a_few_times = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@a_few_times
@given(readings=st.lists(st.tuples(names, texts), min_size=1, max_size=8))
def test_keeping_every_reading_twice_is_keeping_it_once(readings, desk_at, clock):
    with open_memory_store(now=clock) as one, open_memory_store(now=clock) as other:
        once, twice = desk_at(one), desk_at(other)
        once.watch()
        twice.watch()
        [once.collect(*reading) for reading in readings]
        [(twice.collect(*reading), twice.collect(*reading)) for reading in readings]
        assert _history(one) == _history(other)


@a_few_times
@given(polls=st.lists(st.lists(names, max_size=4, unique=True), max_size=6))
def test_every_entry_ever_seen_is_kept_exactly_once_in_whatever_order_polls_bring_it(polls, desk_at, clock):
    with open_memory_store(now=clock) as store:
        desk = desk_at(store)
        desk.watch()
        [desk.see(*poll) for poll in polls]
        assert sorted(each.entry.guid for each in store.entries("harbour")) == sorted({name for poll in polls for name in poll})


@a_few_times
@given(hours=st.lists(st.integers(0, 3), min_size=1, max_size=12), size=st.integers(1, 5))
def test_pages_of_any_size_make_the_whole_list(hours, size, desk_at, make, clock):
    with open_memory_store(now=clock) as store:
        desk = desk_at(store)
        desk.watch()
        [desk.collect(f"n{number}", sort_at=make.noon + timedelta(hours=hour)) for number, hour in enumerate(hours)]
        whole = store.articles()
        assert list(store.each_article(Selection(limit=size))) == list(whole[:size])
        assert sorted(whole, key=lambda each: (each.sort_at, each.id), reverse=True) == list(whole)


@given(earlier=moments, later=moments)
def test_ids_sort_by_their_time(earlier, later):
    first, second = sorted((earlier, later))
    if second - first >= timedelta(milliseconds=1):
        assert new_id(first) < new_id(second)


@given(moments)
def test_ids_are_safe_in_file_names_and_addresses(moment):
    made = new_id(moment)
    assert len(made) == LENGTH
    assert re.fullmatch("[0-9a-z]+", made)


def _history(store):
    return sorted((each.article.url, [revision.article.text for revision in store.revisions(each.id)]) for each in store.articles())
