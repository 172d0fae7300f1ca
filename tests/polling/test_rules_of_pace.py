"""Polling, rules 5 to 9: how often."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from paper import Paper

from broadsheet.engine.config import EngineSettings
from broadsheet.engine.embedded import Embedded
from broadsheet.model import PollState, Source
from broadsheet.pipeline.schedule import spread_overdue
from broadsheet.sources import SourcesSettings
from broadsheet.store import open_store

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def about(wanted: timedelta) -> object:
    return pytest.approx(wanted / MINUTE, rel=0.101)


def polls(paper: Paper, number: int) -> list[timedelta]:
    """The pauses that the schedule itself makes between *number* polls."""
    pauses = []
    for _ in range(number):
        paper.poll()
        pauses.append(paper.pause)
        paper.site.clock.time = paper.state.next_due
    return pauses


def test_rule_05_without_validators_a_feed_is_asked_once_a_day(paper: Paper) -> None:
    paper.news(*(n * DAY for n in range(1, 9)))
    assert min(polls(paper, 10)) >= DAY


def test_rule_05_without_validators_and_dates_too(paper: Paper) -> None:
    paper.news()
    assert polls(paper, 1)[0] >= DAY


def test_rule_05_without_validators_a_feed_that_rolls_over_sooner_is_asked_before_it_has(paper: Paper) -> None:
    paper.news(*(n * HOUR for n in range(12)))
    assert polls(paper, 1)[0] / MINUTE == about(11 * HOUR / 3)


def test_rule_05_without_validators_never_more_than_hourly(paper: Paper) -> None:
    paper.news(*(n * MINUTE for n in range(12)))
    assert min(polls(paper, 5)) >= HOUR


def test_rule_05_with_validators_hourly_where_nothing_says_otherwise(paper: Paper) -> None:
    paper.news(ETag='"1"')
    assert polls(paper, 1)[0] / MINUTE == about(HOUR)


def test_rule_05_the_feeds_own_rate_says_faster(paper: Paper) -> None:
    paper.news(*(n * HOUR for n in range(1, 9)), ETag='"1"')
    assert polls(paper, 1)[0] / MINUTE == about(HOUR / 2)


def test_rule_05_a_ttl_says_faster(paper: Paper) -> None:
    paper.news(more="<ttl>20</ttl>", ETag='"1"')
    assert polls(paper, 1)[0] / MINUTE == about(20 * MINUTE)


def test_rule_05_unless_the_operator_does_not_allow_it(paper: Paper) -> None:
    paper.settings = SourcesSettings(min_interval=60)
    paper.news(*(n * MINUTE for n in range(1, 9)), ETag='"1"')
    assert min(polls(paper, 3)) >= HOUR


def test_rule_05_never_under_a_quarter_of_an_hour(paper: Paper) -> None:
    paper.news(*(n * MINUTE for n in range(1, 9)), more="<ttl>1</ttl>", ETag='"1"')
    assert min(polls(paper, 5)) >= 15 * MINUTE


def test_rule_05_and_at_least_daily(paper: Paper) -> None:
    paper.news(*(n * 10 * DAY for n in range(1, 4)), ETag='"1"')
    assert polls(paper, 1)[0] / MINUTE == about(DAY)


def test_rule_06_the_pause_is_half_the_median_gap_of_the_last_twenty(paper: Paper) -> None:
    lately, long_ago = [n * 2 * HOUR for n in range(1, 22)], [50 * HOUR + n * 4 * HOUR for n in range(25)]
    paper.news(*lately, *long_ago, ETag='"1"')
    assert polls(paper, 1)[0] / MINUTE == about(HOUR)


def test_rule_06_a_feed_silent_for_a_month_is_asked_daily(paper: Paper) -> None:
    paper.news(*(31 * DAY + n * HOUR for n in range(9)), ETag='"1"')
    assert polls(paper, 1)[0] / MINUTE == about(DAY)


def test_rule_06_a_new_feed_is_asked_hourly(paper: Paper) -> None:
    paper.news(HOUR, ETag='"1"')
    assert polls(paper, 1)[0] / MINUTE == about(HOUR)


def test_rule_06_what_brings_nothing_is_asked_a_little_later_each_time(paper: Paper) -> None:
    paper.poll()
    first = paper.state.interval_minutes
    paper.says(status=304)
    assert polls(paper, 40)[-1] > 2 * first * MINUTE


@pytest.mark.parametrize(
    ("more", "headers", "wanted"),
    [
        ("<ttl>180</ttl>", {}, 3 * HOUR),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", {}, 6 * HOUR),
        ("", {"Cache-Control": "public, max-age=10800"}, 3 * HOUR),
        ("", {"Expires": "Sun, 01 Mar 2026 17:00:00 GMT", "Date": "Sun, 01 Mar 2026 12:00:00 GMT"}, 5 * HOUR),
        ("<ttl>180</ttl>", {"Cache-Control": "max-age=18000"}, 5 * HOUR),
        ("", {"Cache-Control": "max-age=504576000"}, DAY),
        ("<ttl>100000</ttl>", {}, DAY),
        ("", {"Cache-Control": "no-cache, max-age=10800"}, HOUR / 2),
        ("", {"Expires": "0"}, HOUR / 2),
        ("", {"Expires": "Thu, 01 Jan 1970 00:00:00 GMT"}, HOUR / 2),
    ],
)
def test_rule_07_the_longest_wish_counts(paper: Paper, more: str, headers: dict[str, str], wanted: timedelta) -> None:
    paper.news(*(n * HOUR for n in range(1, 9)), more=more, ETag='"1"', **headers)
    assert polls(paper, 1)[0] / MINUTE == about(wanted)


def test_rule_07_what_the_feed_said_counts_after_a_304_too(paper: Paper) -> None:
    paper.news(*(n * HOUR for n in range(1, 9)), more="<ttl>180</ttl>", ETag='"1"')
    paper.poll()
    paper.says(status=304)
    assert min(polls(paper, 3)) >= 3 * HOUR


def test_rule_08_hours_to_skip_are_skipped(paper: Paper) -> None:
    hours = "".join(f"<hour>{hour}</hour>" for hour in range(12, 20))
    paper.news(*(n * HOUR for n in range(1, 9)), more=f"<skipHours>{hours}</skipHours>", ETag='"1"')
    polls(paper, 1)
    assert paper.state.next_due == datetime(2026, 3, 1, 20, tzinfo=UTC)


def test_rule_08_days_to_skip_are_skipped_also_after_a_304(paper: Paper) -> None:
    paper.news(*(n * HOUR for n in range(1, 9)), more="<skipDays><day>Sunday</day></skipDays>", ETag='"1"')
    paper.poll()  # on a Sunday
    paper.says(status=304)
    paper.poll(minutes=5)
    assert paper.state.next_due == datetime(2026, 3, 2, 0, tzinfo=UTC)


def test_rule_08_nobody_is_skipped_for_longer_than_a_day(paper: Paper) -> None:
    hours = "".join(f"<hour>{hour}</hour>" for hour in range(24))
    paper.news(*(n * HOUR for n in range(1, 9)), more=f"<skipHours>{hours}</skipHours>", ETag='"1"')
    assert polls(paper, 1)[0] <= 25 * HOUR


def test_rule_09_the_jitter_is_at_most_a_tenth_and_differs_between_sources(paper: Paper) -> None:
    names = [f"paper{n}" for n in range(8)]
    paper.news(ETag='"1"')
    dues = []
    for name in names:
        paper.watch(name, f"/feed?{name}")
        paper.site.says(f"/feed?{name}", body=b"<rss><channel><title>x</title></channel></rss>", headers={"ETag": '"1"'})
        paper.poll(name)
        dues.append((paper.store.poll_state(name).next_due - paper.now) / HOUR)
    assert 0.9 <= min(dues) < max(dues) <= 1.1
    assert len(set(dues)) == len(dues)


def test_rule_09_the_jitter_is_the_same_every_time(paper: Paper) -> None:
    paper.poll()
    first = paper.pause
    paper.news(*(n * HOUR for n in range(1, 4)), more="<ttl>1</ttl>", ETag='"2"')
    paper.poll()
    assert paper.pause == first


def test_rule_09_a_restart_asks_nobody_before_its_time(tmp_path: Path, paper: Paper) -> None:
    due = paper.now + HOUR
    source = Source(id="s", kind="feed", url="https://s.example/", title="", home_url="", added_at=paper.now)
    with open_store(tmp_path, now=paper.site.clock.now) as store:
        store.add_source(source, PollState(next_due=due, last_checked=paper.now))
    with open_store(tmp_path, now=paper.site.clock.now) as store:
        spread_overdue(replace(paper.tools(None), store=store))
        assert (store.due_sources(paper.now), store.poll_state("s").next_due) == ((), due)


def test_rule_09_after_downtime_overdue_sources_are_spread_over_half_an_hour(paper: Paper) -> None:
    for n in range(40):
        paper.watch(f"paper{n}", f"/feed{n}")
        paper.store.keep_poll(f"paper{n}", PollState(next_due=paper.now - HOUR, last_checked=paper.now - 2 * HOUR, interval_minutes=60))
    spread_overdue(paper.tools(None))
    pauses = sorted((paper.store.poll_state(f"paper{n}").next_due - paper.now) / MINUTE for n in range(40))
    assert pauses[0] < 5 < 25 < pauses[-1] <= 30
    assert max(later - sooner for sooner, later in pairwise(pauses)) < 8


def test_rule_09_a_source_asked_often_is_not_put_off_for_longer_than_its_pause(paper: Paper) -> None:
    paper.store.keep_poll("paper", PollState(next_due=paper.now - HOUR, last_checked=paper.now - HOUR, interval_minutes=15))
    spread_overdue(paper.tools(None))
    assert paper.pause <= 15 * MINUTE


def test_rule_09_one_that_was_never_asked_is_not_put_off(paper: Paper) -> None:
    paper.store.keep_poll("paper", PollState(next_due=paper.now - HOUR))
    spread_overdue(paper.tools(None))
    assert paper.pause == -HOUR


def test_rule_09_the_engine_spreads_them_when_it_starts(paper: Paper) -> None:
    paper.store.keep_poll("paper", PollState(next_due=paper.now - HOUR, last_checked=paper.now - 2 * HOUR))
    paper.work(lambda tools: _run_for_a_moment(tools))
    assert paper.requests == []
    assert timedelta(0) <= paper.pause <= 30 * MINUTE


async def _run_for_a_moment(tools: object) -> None:
    import asyncio

    stop = asyncio.Event()
    asyncio.get_running_loop().call_later(0.2, stop.set)
    await Embedded(tools, EngineSettings()).run(stop)  # type: ignore[arg-type]
