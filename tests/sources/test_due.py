"""When a source is asked again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.model import Declined, Entry, Exchange, Failed, Feed, Fetched, Headers, PollState, StatedTime, Unchanged, Validators
from broadsheet.sources import SourcesSettings, is_gone, moved_to, next_poll
from broadsheet.sources.due import JITTER, body_hash
from broadsheet.sources.rhythm import usual_pause

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
URL = "https://paper.example/feed"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
STATE = PollState(next_due=NOW, validators=Validators(etag='"1"'), validators_url=URL, interval_minutes=60)
SETTINGS = SourcesSettings()


def feed(gap: timedelta = DAY, newest: datetime = NOW, **values: object) -> Feed:
    dates = (StatedTime(raw="", at=newest - n * gap) for n in range(10))
    return Feed(url=URL, dialect="rss", entries=tuple(Entry(guid=str(n), published=date) for n, date in enumerate(dates)), **values)


def fetched(*headers: tuple[str, str], permanent: str | None = None) -> Fetched:
    tag = () if headers == (("none", ""),) else (("ETag", '"2"'),)
    return Fetched(
        exchange=Exchange(
            id="x", url=URL, final_url=URL, status=200, headers=Headers.of((*tag, *headers)), body=b"x", fetched_at=NOW, permanent_url=permanent
        )
    )


def pause(state: PollState) -> timedelta:
    return state.next_due - NOW


def about(wanted: timedelta) -> object:
    return pytest.approx(wanted / HOUR, rel=JITTER + 0.001)


def test_a_daily_paper_is_asked_twice_a_day():
    after = next_poll(STATE, feed(DAY), fetched(), NOW, SETTINGS)
    assert pause(after) / HOUR == about(12 * HOUR)


def test_an_agency_is_asked_at_the_shortest_interval():
    after = next_poll(STATE, feed(timedelta(minutes=2)), fetched(), NOW, SETTINGS)
    assert pause(after) / HOUR == about(timedelta(minutes=15))


def test_a_source_silent_for_a_month_is_asked_once_a_day():
    after = next_poll(STATE, feed(HOUR, newest=NOW - 40 * DAY), fetched(), NOW, SETTINGS)
    assert pause(after) / HOUR == about(DAY)


def test_a_source_without_dates_keeps_the_default_interval():
    after = next_poll(STATE, Feed(url=URL, dialect="rss", entries=(Entry(guid="1"),)), fetched(), NOW, SETTINGS)
    assert pause(after) / HOUR == about(HOUR)


def test_dates_ahead_of_now_do_not_count():
    assert usual_pause(feed(HOUR, newest=NOW + 5 * HOUR), NOW) == HOUR / 2


def test_quiet_polls_slow_down_little_by_little():
    after = next_poll(STATE, None, Unchanged(url=URL), NOW, SETTINGS)
    assert STATE.interval_minutes < after.interval_minutes < 70


def test_the_longest_interval_is_never_exceeded():
    after = next_poll(replace(STATE, interval_minutes=1440), None, Unchanged(url=URL), NOW, SETTINGS)
    assert after.interval_minutes == 1440


def test_a_source_without_validators_is_spared():
    after = next_poll(STATE, feed(timedelta(minutes=2)), fetched(("none", "")), NOW, SETTINGS)
    assert pause(after) >= HOUR


@pytest.mark.parametrize(
    ("header", "value", "wanted"),
    [
        ("Cache-Control", "public, max-age=7200", 2 * HOUR),
        ("Cache-Control", "max-age=999999999", DAY),
        ("Expires", "Mon, 23 Nov 2026 15:00:00 GMT", 3 * HOUR),
        ("Expires", "0", HOUR / 4),
        ("Expires", "Mon, 23 Nov 2026 11:00:00 GMT", HOUR / 4),
        ("Cache-Control", "no-cache, max-age=7200", HOUR / 4),
    ],
)
def test_cache_headers_are_wishes_within_reason(header: str, value: str, wanted: timedelta):
    after = next_poll(STATE, feed(timedelta(minutes=2)), fetched((header, value)), NOW, SETTINGS)
    assert pause(after) / HOUR == about(wanted)


def test_a_wish_is_never_undercut_by_the_jitter():
    pauses = [pause(next_poll(STATE, feed(timedelta(minutes=2), ttl_minutes=90), fetched(), NOW, SETTINGS, source_id=str(n))) for n in range(20)]
    assert min(pauses) >= timedelta(minutes=90)


def test_wishes_can_be_switched_off():
    after = next_poll(STATE, feed(timedelta(minutes=2), ttl_minutes=600), fetched(), NOW, SourcesSettings(heed_hints=False))
    assert pause(after) < HOUR


def test_what_the_server_asked_is_kept_in_words():
    assert next_poll(STATE, feed(ttl_minutes=60), fetched(), NOW, SETTINGS).server_asked == "ttl 3600 s"


def test_hours_and_days_to_skip_are_skipped():
    after = next_poll(STATE, feed(HOUR / 2, skip_hours=tuple(range(12, 20))), fetched(), NOW, SETTINGS)
    assert after.next_due == NOW.replace(hour=20)


def test_a_feed_that_skips_everything_is_asked_after_a_day():
    after = next_poll(STATE, feed(HOUR / 2, skip_hours=tuple(range(24))), fetched(), NOW, SETTINGS)
    assert pause(after) / HOUR == pytest.approx(24, abs=1)


def test_two_sources_do_not_stay_in_step():
    one, two = (next_poll(STATE, feed(), fetched(), NOW, SETTINGS, source_id=name).next_due for name in ("one", "two"))
    assert one != two


def test_the_same_poll_always_has_the_same_outcome():
    one, two = (next_poll(STATE, feed(), fetched(), NOW, SETTINGS, source_id="one") for _ in range(2))
    assert one == two


def test_an_answer_renews_validators_and_clears_failures():
    before = replace(STATE, failures=3, failing_since=NOW - DAY, last_error="down")
    after = next_poll(before, feed(), fetched(), NOW, SETTINGS)
    assert (after.validators, after.validators_url, after.body_hash) == (Validators(etag='"2"'), URL, body_hash(b"x"))
    assert (after.failures, after.failing_since, after.last_error, after.last_success) == (0, None, None, NOW)


def test_a_304_keeps_the_old_validators():
    assert next_poll(STATE, None, Unchanged(url=URL), NOW, SETTINGS).validators == STATE.validators


def test_a_304_with_a_new_tag_renews_it():
    after = next_poll(STATE, None, Unchanged(url=URL, headers=Headers.of([("ETag", '"3"')])), NOW, SETTINGS)
    assert after.validators == Validators(etag='"3"')


def test_retry_after_is_obeyed_and_never_undercut():
    after = next_poll(STATE, None, Failed(url=URL, reason="busy", status=429, retry_after=2 * HOUR), NOW, SETTINGS)
    assert 2 * HOUR <= pause(after) <= 2.2 * HOUR


def test_a_misplaced_year_in_retry_after_does_not_silence_a_source():
    failed = Failed(url=URL, reason="busy", status=503, retry_after=timedelta(days=4000))
    assert next_poll(STATE, None, replace(failed, retry_after=timedelta(days=7)), NOW, SETTINGS).next_due < NOW + 8 * DAY


def test_failures_back_off_to_a_day():
    pauses = [
        pause(next_poll(replace(STATE, failures=n, failing_since=NOW), None, Failed(url=URL, reason="down"), NOW, SETTINGS)) for n in (0, 2, 20)
    ]
    assert [p / HOUR for p in pauses] == [about(HOUR / 4), about(HOUR), about(DAY)]


def test_a_source_dead_for_a_month_is_asked_weekly():
    state = replace(STATE, failures=50, failing_since=NOW - 40 * DAY)
    assert pause(next_poll(state, None, Failed(url=URL, reason="down"), NOW, SETTINGS)) / HOUR == about(7 * DAY)


def test_a_missing_page_is_left_alone_for_longer_each_time():
    pauses = [pause(next_poll(replace(STATE, failures=n), None, Failed(url=URL, reason="gone", status=404), NOW, SETTINGS)) for n in (0, 1, 2)]
    assert [p / HOUR for p in pauses] == [about(HOUR), about(6 * HOUR), about(DAY)]


def test_a_failure_keeps_validators_and_says_since_when():
    after = next_poll(STATE, None, Failed(url=URL, reason="down", status=500), NOW, SETTINGS)
    assert (after.validators, after.failing_since, after.last_error, after.failures) == (STATE.validators, NOW, "down", 1)


def test_a_body_that_is_no_feed_is_a_failure_and_keeps_the_validators():
    after = next_poll(STATE, None, fetched(), NOW, SETTINGS, problem="is not a feed")
    assert (after.last_error, after.failures, after.validators) == ("is not a feed", 1, STATE.validators)


def test_a_refusal_by_robots_is_recorded():
    after = next_poll(STATE, None, Declined(url=URL, reason="robots.txt says no"), NOW, SETTINGS)
    assert (after.last_error, after.failures) == ("robots.txt says no", 1)


def test_only_410_means_gone():
    assert [is_gone(Failed(url=URL, reason="", status=status)) for status in (410, 404, 500)] == [True, False, False]


def test_a_move_within_the_site_is_followed_at_once():
    after = next_poll(STATE, feed(), fetched(permanent="https://www.paper.example/rss"), NOW, SETTINGS, fresh=1)
    assert moved_to(after) == "https://www.paper.example/rss"


def test_a_move_elsewhere_is_followed_on_the_third_day():
    states = [replace(STATE, last_checked=NOW - DAY)]
    for day in range(3):
        states.append(next_poll(states[-1], feed(), fetched(permanent="https://other.example/rss"), NOW + day * DAY, SETTINGS))
    assert [moved_to(state) for state in states] == [None, None, None, "https://other.example/rss"]


def test_a_move_seen_twice_on_one_day_counts_once():
    first = next_poll(STATE, feed(), fetched(permanent="https://other.example/rss"), NOW, SETTINGS)
    assert next_poll(first, feed(), fetched(permanent="https://other.example/rss"), NOW + HOUR, SETTINGS).permanent_seen == 1


def test_a_move_taken_back_is_forgotten():
    first = next_poll(STATE, feed(), fetched(permanent="https://other.example/rss"), NOW, SETTINGS)
    assert next_poll(first, feed(), fetched(), NOW + DAY, SETTINGS).permanent_url is None
