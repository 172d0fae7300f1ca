"""Where a story stands in time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from broadsheet.compare import sort_time
from broadsheet.model import StatedTime

SEEN = datetime(2026, 3, 1, 12, tzinfo=UTC)
EARLIER = StatedTime(raw="10:00", at=SEEN - timedelta(hours=2))
EDITED = StatedTime(raw="11:00", at=SEEN - timedelta(hours=1))


def test_the_publishers_time_counts():
    assert sort_time(None, EARLIER, first_seen=SEEN) == EARLIER.at


def test_the_entrys_time_counts_before_the_pages():
    assert sort_time(EDITED, EARLIER, first_seen=SEEN) == EARLIER.at


def test_a_time_of_day_beats_a_bare_date():
    day = StatedTime(raw="2026-03-01", at=SEEN.replace(hour=0), has_time=False)
    assert sort_time(EDITED, day, first_seen=SEEN) == EDITED.at


def test_without_any_date_a_story_stands_where_it_was_first_seen():
    assert sort_time(None, None, first_seen=SEEN) == SEEN


def test_an_unreadable_date_counts_as_none():
    assert sort_time(None, StatedTime(raw="soon"), first_seen=SEEN) == SEEN


def test_a_story_from_the_future_stands_where_it_was_first_seen():
    assert sort_time(None, StatedTime(raw="tomorrow", at=SEEN + timedelta(days=1)), first_seen=SEEN) == SEEN


def test_todays_date_without_a_time_is_when_we_saw_it():
    assert sort_time(None, StatedTime(raw="1 March", at=SEEN.replace(hour=0), has_time=False), first_seen=SEEN) == SEEN


def test_an_old_date_without_a_time_is_that_day():
    day = StatedTime(raw="2019-05-04", at=datetime(2019, 5, 4, tzinfo=UTC), has_time=False)
    assert sort_time(None, day, first_seen=SEEN) == day.at
