"""What shows that something is wrong with a source, and what does not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.model import PollState, Source
from broadsheet.pipeline.symptoms import (
    Sample,
    discreet,
    empty,
    failing,
    is_long_again,
    is_our_outage,
    is_whole_again,
    longest_quiet,
    short,
    silent,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WHOLE, TEASER, FLASH = Sample(chars=3000, whole=True), Sample(chars=200, whole=False), Sample(chars=400, whole=True)


def failed(*, hours: float, times: int) -> PollState:
    return PollState(next_due=NOW, last_error="500", failing_since=NOW - hours * HOUR, failures=times)


def every(pause: timedelta, count: int = 50, until: datetime = NOW) -> list[datetime]:
    return [until - number * pause for number in range(count)]


def is_silent(times: list[datetime], now: datetime, added_at: datetime = NOW - 365 * DAY) -> bool:
    return silent(times, last_news=max(times), added_at=added_at, now=now) is not None


def test_failing_for_a_day_and_three_times_is_a_trouble():
    symptom = failing(failed(hours=24, times=3), NOW)
    assert symptom is not None
    assert symptom.detail == "500"


def test_a_night_of_failures_is_none():
    assert failing(failed(hours=23, times=40), NOW) is None


def test_two_failures_far_apart_are_none():
    assert failing(failed(hours=72, times=2), NOW) is None


def test_a_source_that_answers_is_not_failing():
    assert failing(PollState(next_due=NOW), NOW) is None


def test_a_daily_is_silent_after_more_than_four_days():
    times = every(DAY)
    assert not is_silent(times, NOW + 4 * DAY)
    assert is_silent(times, NOW + 4 * DAY + HOUR)


def test_a_source_that_publishes_all_the_time_is_given_a_long_weekend():
    times = every(HOUR / 4)
    assert not is_silent(times, NOW + 5 * DAY)
    assert is_silent(times, NOW + 5 * DAY + HOUR)


def test_a_weekly_has_to_miss_four_issues():
    assert not is_silent(every(7 * DAY), NOW + 28 * DAY)
    assert is_silent(every(7 * DAY), NOW + 29 * DAY)


def test_without_a_known_rhythm_nothing_is_silence():
    assert not is_silent(every(HOUR, count=9), NOW + 900 * DAY)


def test_entries_of_one_moment_are_no_rhythm():
    assert longest_quiet([NOW] * 50) is None


def test_a_source_that_was_silent_when_it_was_added_does_not_fall_silent():
    assert not is_silent(every(DAY), NOW + 400 * DAY, added_at=NOW + 399 * DAY)


def test_news_of_an_old_date_is_news():
    assert silent(every(DAY), last_news=NOW + 9 * DAY, added_at=NOW - 365 * DAY, now=NOW + 10 * DAY) is None


@given(st.lists(st.integers(0, 10_000), min_size=10, max_size=60))
def test_no_pause_that_was_there_before_is_called_silence(hours):
    times = sorted({NOW - number * HOUR for number in hours})
    quiet = longest_quiet(times)
    assert quiet is None or all(later - earlier < quiet for earlier, later in pairwise(times))


def test_five_teasers_after_whole_articles_are_empty():
    assert empty([TEASER] * 5 + [WHOLE] * 20) is not None


def test_four_teasers_are_not():
    assert empty([TEASER] * 4 + [WHOLE] * 20) is None


def test_a_source_of_teasers_never_was_otherwise():
    assert empty([TEASER] * 40) is None


def test_a_source_that_had_such_a_run_before_is_left_in_peace():
    assert empty([TEASER] * 5 + [WHOLE] * 30 + [TEASER] * 5 + [WHOLE] * 10) is None


def test_a_new_source_is_not_judged():
    assert empty([TEASER] * 5 + [WHOLE] * 14) is None
    assert short([FLASH] * 5 + [WHOLE] * 14) is None


def test_five_articles_of_a_seventh_of_the_length_are_short():
    symptom = short([FLASH] * 5 + [WHOLE] * 20)
    assert symptom is not None
    assert symptom.usual_chars == 3000


def test_one_long_article_among_them_shows_that_texts_are_read():
    assert short([FLASH] * 4 + [WHOLE] * 20) is None


def test_runs_of_news_flashes_that_were_there_before_are_not_short():
    assert short([FLASH] * 5 + [WHOLE] * 20 + [FLASH] * 5 + [WHOLE] * 20) is None


def test_teasers_are_not_short_but_empty():
    assert short([TEASER] * 5 + [WHOLE] * 20) is None


def test_it_takes_most_of_five_to_be_well_again():
    assert not is_whole_again([WHOLE] * 2 + [TEASER] * 9)
    assert is_whole_again([WHOLE] * 3 + [TEASER] * 9)


def test_a_little_longer_is_not_as_long_as_before():
    assert not is_long_again([Sample(chars=1700, whole=True)] * 5, 3000)
    assert is_long_again([Sample(chars=1800, whole=True)] * 5, 3000)


def at_host(number: int, *, fails: bool, host: str = "paper{}.example") -> tuple[Source, PollState]:
    url = f"https://{host.format(number)}/feed"
    source = Source(id=f"s{number}", kind="feed", url=url, title="", home_url=url, added_at=NOW)
    return source, PollState(next_due=NOW, last_checked=NOW, failing_since=NOW if fails else None)


def test_most_sources_failing_at_once_is_our_own_outage():
    assert is_our_outage([at_host(number, fails=number < 4) for number in range(7)])


def test_half_of_them_failing_is_theirs():
    assert not is_our_outage([at_host(number, fails=number < 4) for number in range(8)])


def test_sources_of_one_house_failing_together_are_theirs():
    assert not is_our_outage([at_host(number, fails=True, host="feeds{}.house.example") for number in range(9)])


def test_three_sources_say_nothing_about_our_network():
    assert not is_our_outage([at_host(number, fails=True) for number in range(3)])


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("https://ada:pw@paper.example/feed is gone", "https://paper.example/feed is gone"),
        ("https://paper.example/feed?key=s3cret: 404", "https://paper.example/feed?…: 404"),
        ("is this all? No.", "is this all? No."),
    ],
)
def test_secrets_in_addresses_are_left_out(words, kept):
    assert discreet(words) == kept
