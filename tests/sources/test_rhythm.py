"""How often a source publishes, and at which hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.model import Entry, Failed, Feed, Habits, PollState, StatedTime, Unchanged
from broadsheet.sources import SourcesSettings, next_poll
from broadsheet.sources.rhythm import FASTEST, SLOWEST, learned, paced, usual_pause, window_of

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NOW = MONDAY + 28 * DAY


def feed(*dates: datetime, has_time: bool = True) -> Feed:
    entries = tuple(Entry(guid=str(at), published=StatedTime(raw="", at=at, has_time=has_time)) for at in dates)
    return Feed(url="https://paper.example/feed", dialect="rss", entries=entries)


EVERY_MORNING = feed(*(MONDAY + day * DAY + 6 * HOUR + n * MINUTE for day in range(28) for n in range(5)))
MORNINGS = learned(Habits(), EVERY_MORNING, NOW)


def test_entries_of_one_moment_count_once() -> None:
    assert usual_pause(feed(NOW, NOW, NOW, NOW - HOUR, NOW - 2 * HOUR), NOW) == HOUR / 2


def test_a_feed_covers_the_time_between_its_oldest_and_its_newest_entry() -> None:
    assert window_of(feed(NOW, NOW - HOUR, NOW - 9 * HOUR), NOW, fresh=0, since=None) == 9 * HOUR


def test_without_dates_what_was_new_tells_how_long_an_entry_stays() -> None:
    undated = Feed(url="https://paper.example/feed", dialect="rss", entries=(Entry(guid="a"),) * 20)
    assert window_of(undated, NOW, fresh=5, since=NOW - 2 * HOUR) == 8 * HOUR


def test_habits_are_learned_from_a_feed_that_reaches_back_for_a_week() -> None:
    assert (max(range(24), key=lambda hour: MORNINGS.hours[hour]), sum(MORNINGS.hours)) == (6, 140)


def test_a_feed_that_covers_a_day_teaches_nothing_at_first_sight() -> None:
    assert learned(Habits(), feed(NOW - HOUR, NOW - 2 * HOUR), NOW) == Habits(since=NOW, newest=NOW - HOUR)


def test_an_entry_is_counted_once() -> None:
    assert learned(MORNINGS, EVERY_MORNING, NOW + HOUR) == MORNINGS


def test_bare_dates_and_dates_to_come_teach_no_hours() -> None:
    assert learned(Habits(), feed(NOW - 9 * DAY, NOW - DAY, has_time=False), NOW) == Habits()
    assert learned(Habits(), feed(NOW + HOUR), NOW) == Habits()


def test_older_weeks_count_less() -> None:
    later = learned(MORNINGS, feed(NOW + 28 * DAY), NOW + 28 * DAY)
    assert later.hours[6] == pytest.approx(70, rel=0.05)


def test_before_the_usual_hour_the_pause_is_shorter_and_after_it_longer() -> None:
    assert paced(NOW + 6 * HOUR, HOUR, MORNINGS, NOW) < HOUR < paced(NOW + 12 * HOUR, HOUR, MORNINGS, NOW)


def test_while_little_is_known_the_pause_stays_as_it_is() -> None:
    assert paced(NOW, HOUR, replace(MORNINGS, since=NOW - DAY), NOW) == HOUR
    assert paced(NOW, HOUR, learned(Habits(), feed(*(NOW - n * DAY for n in range(9))), NOW), NOW) == HOUR


def test_a_source_that_keeps_no_hours_keeps_its_pause() -> None:
    even = Habits(since=MONDAY, newest=NOW, hours=(10.0,) * 24, days=(30.0,) * 7)
    assert paced(NOW, 5 * HOUR, even, NOW) / HOUR == pytest.approx(5)


@given(st.lists(st.floats(0, 1000), min_size=24, max_size=24), st.lists(st.floats(0, 1000), min_size=7, max_size=7), st.integers(1, 1440))
def test_no_habit_stretches_or_shortens_a_pause_beyond_its_limits(hours: list[float], days: list[float], minutes: int) -> None:
    pause = paced(NOW, minutes * MINUTE, Habits(since=MONDAY, newest=NOW, hours=tuple(hours), days=tuple(days)), NOW)
    assert minutes * MINUTE / FASTEST - 2 * MINUTE <= pause <= minutes * MINUTE / SLOWEST + 2 * MINUTE


def test_after_a_429_a_source_is_asked_less_often_than_what_was_refused() -> None:
    state = PollState(next_due=NOW, last_checked=NOW - 15 * MINUTE, interval_minutes=15)
    refused = next_poll(state, None, Failed(url="", reason="429", status=429, retry_after=20 * MINUTE), NOW, SourcesSettings())
    answered = next_poll(refused, None, Unchanged(url=""), NOW + 20 * MINUTE, SourcesSettings())
    assert answered.next_due - (NOW + 20 * MINUTE) >= 25 * MINUTE


def test_what_was_refused_is_tried_again_after_a_long_time() -> None:
    state = PollState(next_due=NOW, least_minutes=25)
    for _ in range(100):
        state = next_poll(state, None, Unchanged(url=""), NOW, SourcesSettings())
    assert state.least_minutes < 15
