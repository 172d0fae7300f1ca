"""When to ask a source again, and what to remember of the last time.

The rules are those of considerate readers: ask often only where news is frequent, obey what the server asks for, back off
from what fails, and never ask what is gone.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import pairwise
from statistics import median

from broadsheet.model import Exchange, Failed, Feed, Fetched, Headers, Outcome, PollState, Unchanged, Validators
from broadsheet.sources.config import SourcesSettings
from broadsheet.urls import site_of

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)

ENTRIES_FOR_RHYTHM = 20  # the latest ones; older ones tell of a different year
SILENT_AFTER = timedelta(days=30)
SLOWER_WHEN_QUIET = 1.05  # an hourly source that falls silent is asked daily after some three weeks
WITHOUT_VALIDATORS = HOUR  # every poll costs the publisher the whole file
MAX_HINT = DAY  # some servers ask for sixteen years
FIRST_WAIT = timedelta(minutes=10)  # after 429 or 503 without Retry-After
MIN_WAIT, MAX_WAIT = timedelta(seconds=1), WEEK
MAX_BACKOFF, MAX_BACKOFF_LONG_DEAD = DAY, WEEK
LONG_DEAD = timedelta(days=30)
REFUSED_STEPS = (HOUR, 6 * HOUR, DAY, 2 * DAY, 4 * DAY, WEEK)  # 401, 403, 404 …: people have to repair these
FOLLOW_MOVE_AFTER = 3  # days on which a permanent redirect was seen before its target replaces the address
JITTER = 0.1

_MAX_AGE = re.compile(r"max-age\s*=\s*\"?(\d{1,10})", re.IGNORECASE)
_NO_CACHE = re.compile(r"no-cache|no-store", re.IGNORECASE)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def next_poll(
    state: PollState,
    feed: Feed | None,
    outcome: Outcome,
    now: datetime,
    settings: SourcesSettings,
    *,
    source_id: str = "",
    problem: str | None = None,
) -> PollState:
    """What to remember after a poll, and when the next is due.

    *feed* is what was read from a `Fetched` outcome; None when the body was the same as before, or when it could not be read,
    which *problem* then says. *source_id* seeds the jitter, so that sources added together do not stay together.
    """
    match outcome:
        case Fetched(exchange=exchange) if problem is None:
            return _after_news(state, feed, exchange, now, settings, source_id)
        case Fetched():
            return _after_failure(state, Failed(url="", reason=problem or "", status=200), now, settings, source_id)
        case Unchanged(headers=headers):
            renewed = _renewed(state.validators, headers)
            return _quiet(replace(state, validators=renewed), feed, headers, now, settings, source_id)
        case Failed():
            return _after_failure(state, outcome, now, settings, source_id)
        case declined:
            return _after_failure(state, Failed(url=declined.url, reason=declined.reason, status=403), now, settings, source_id)


def body_hash(body: bytes) -> str:
    """What tells two bodies of a source apart: a 200 with the same one counts as unchanged."""
    return hashlib.sha256(body).hexdigest()[:32]


def moved_to(state: PollState) -> str | None:
    """Where the source now lives for good, once a permanent redirect has been seen often enough; else None."""
    return state.permanent_url if state.permanent_seen >= FOLLOW_MOVE_AFTER else None


def is_gone(outcome: Outcome) -> bool:
    """Whether the publisher says that there will be no more: 410, and only that."""
    return isinstance(outcome, Failed) and outcome.status == 410


def rhythm(feed: Feed, now: datetime) -> timedelta | None:
    """Half the usual pause between entries, or None if there are too few dates to tell."""
    dates = sorted({said.at for entry in feed.entries if (said := entry.published or entry.updated) and said.at and said.at <= now}, reverse=True)
    if len(dates) < 3:
        return None
    if now - dates[0] > SILENT_AFTER:
        return DAY
    gaps = [(newer - older).total_seconds() for newer, older in pairwise(dates[:ENTRIES_FOR_RHYTHM])]
    return timedelta(seconds=median(gaps) / 2)


def _after_news(state: PollState, feed: Feed | None, exchange: Exchange, now: datetime, settings: SourcesSettings, source_id: str) -> PollState:
    target, seen = _move(state, feed, exchange, now)
    state = replace(
        state, validators=exchange.validators, validators_url=exchange.final_url, body_hash=body_hash(exchange.body),
        permanent_url=target, permanent_seen=seen,
    )  # fmt: skip
    if feed is None:
        return _quiet(state, None, exchange.headers, now, settings, source_id)
    interval = (rhythm(feed, now) if settings.adaptive else None) or timedelta(minutes=settings.default_interval)
    return _answered(state, feed, exchange.headers, _clamped(interval, settings), now, settings, source_id)


def _quiet(state: PollState, feed: Feed | None, headers: Headers, now: datetime, settings: SourcesSettings, source_id: str) -> PollState:
    """Nothing new: a little slower than before."""
    slower = timedelta(minutes=state.interval_minutes) * (SLOWER_WHEN_QUIET if settings.adaptive else 1)
    return _answered(state, feed, headers, _clamped(max(slower, timedelta(minutes=state.interval_minutes + 1)), settings), now, settings, source_id)


def _answered(
    state: PollState, feed: Feed | None, headers: Headers, interval: timedelta, now: datetime, settings: SourcesSettings, source_id: str
) -> PollState:
    floor = min(WITHOUT_VALIDATORS, timedelta(minutes=settings.default_interval)) if not state.validators else timedelta(0)
    wish, words = _wish(feed, headers, now) if settings.heed_hints else (timedelta(0), None)
    pause = max(interval, floor, wish)
    due = _allowed(now + _jittered(pause, source_id, least=max(wish, floor, timedelta(minutes=settings.min_interval))), feed)
    return replace(
        state, next_due=due, last_checked=now, last_success=now, last_error=None, failing_since=None, failures=0,
        interval_minutes=max(1, round(interval / timedelta(minutes=1))), server_asked=words,
    )  # fmt: skip


def _after_failure(state: PollState, failed: Failed, now: datetime, settings: SourcesSettings, source_id: str) -> PollState:
    since = state.failing_since or now
    pause, words = _backoff(state.failures, failed, now - since, settings)
    return replace(
        state, next_due=now + _jittered(pause, source_id, least=failed.retry_after or timedelta(0)), last_checked=now, last_error=failed.reason,
        failing_since=since, failures=state.failures + 1, server_asked=words,
    )  # fmt: skip


def _backoff(failures: int, failed: Failed, failing: timedelta, settings: SourcesSettings) -> tuple[timedelta, str | None]:
    """How long to leave a source alone that has failed *failures* times before, for *failing*."""
    if failed.retry_after is not None:
        wait = min(max(failed.retry_after, MIN_WAIT), MAX_WAIT)
        return wait, f"Retry-After {round(wait.total_seconds())} s"
    if failed.status == 410:
        return MAX_BACKOFF_LONG_DEAD, None
    if failed.status is not None and 400 <= failed.status < 500 and failed.status not in (408, 425, 429):
        return REFUSED_STEPS[min(failures, len(REFUSED_STEPS) - 1)], None
    first = FIRST_WAIT if failed.status in (429, 503) else timedelta(minutes=max(settings.min_interval, 1))
    longest = MAX_BACKOFF_LONG_DEAD if failing > LONG_DEAD else MAX_BACKOFF
    return min(first * 2 ** min(failures, 12), longest), None


def _wish(feed: Feed | None, headers: Headers, now: datetime) -> tuple[timedelta, str | None]:
    """The longest pause that the feed or the server asks for, in words too; each hint counts for a day at most."""
    hints = [(_max_age(headers), "max-age"), (_expires(headers, now), "Expires")]
    if feed is not None:
        hints += [(_minutes(feed.ttl_minutes), "ttl"), (_minutes(feed.update_period_minutes), "update period")]
    stated = [(min(pause, MAX_HINT), name) for pause, name in hints if pause is not None and pause > timedelta(0)]
    if not stated:
        return timedelta(0), None
    pause, name = max(stated)
    return pause, f"{name} {round(pause.total_seconds())} s"


def _max_age(headers: Headers) -> timedelta | None:
    said = ", ".join(headers.all("cache-control"))
    found = None if _NO_CACHE.search(said) else _MAX_AGE.search(said)
    return timedelta(seconds=int(found[1])) if found else None


def _expires(headers: Headers, now: datetime) -> timedelta | None:
    """Until Expires, counted from the server's own Date. "0" and "-1" are not dates and mean: already expired (RFC 9111, section 5.3)."""
    if headers.get("cache-control") and (_MAX_AGE.search(headers.get("cache-control") or "") or _NO_CACHE.search(headers.get("cache-control") or "")):
        return None
    expires, date = _http_date(headers.get("expires")), _http_date(headers.get("date"))
    return expires - (date or now) if expires else None


def _http_date(said: str | None) -> datetime | None:
    try:
        date = parsedate_to_datetime(said) if said else None
    except ValueError:
        return None
    return date if date is None or date.tzinfo else date.replace(tzinfo=UTC)


def _minutes(number: int | None) -> timedelta | None:
    return timedelta(minutes=number) if number is not None else None


def _allowed(due: datetime, feed: Feed | None) -> datetime:
    """*due* moved to the first hour that skipHours and skipDays allow, a day at most."""
    if feed is None or not (feed.skip_hours or feed.skip_days):
        return due
    for hours in range(25):
        at = due if hours == 0 else due.replace(minute=0, second=0, microsecond=0) + hours * HOUR
        if at.hour not in feed.skip_hours and _WEEKDAYS[at.weekday()] not in feed.skip_days:
            return at
    return due + DAY


def _clamped(interval: timedelta, settings: SourcesSettings) -> timedelta:
    return min(max(interval, timedelta(minutes=settings.min_interval)), timedelta(minutes=settings.max_interval))


def _jittered(pause: timedelta, source_id: str, *, least: timedelta) -> timedelta:
    """*pause* ten per cent up or down, always the same way for the same source and pause; never below *least*."""
    seed = hashlib.sha256(f"{source_id} {round(pause.total_seconds())}".encode()).digest()
    share = int.from_bytes(seed[:4], "big") / 2**32  # 0 to 1
    return max(pause * (1 + JITTER * (2 * share - 1)), least)


def _renewed(validators: Validators, headers: Headers) -> Validators:
    """A 304 may carry new validators (RFC 9110, section 15.4.5); those it does not mention stay."""
    return Validators(etag=headers.get("etag") or validators.etag, last_modified=headers.get("last-modified") or validators.last_modified)


def _move(state: PollState, feed: Feed | None, exchange: Exchange, now: datetime) -> tuple[str | None, int]:
    """Where a permanent redirect leads, and on how many days it was seen; at once enough if it stays on the site and leads to a feed."""
    target = exchange.permanent_url
    if target is None:
        return None, 0
    if feed is not None and feed.entries and site_of(target) == site_of(exchange.url):
        return target, FOLLOW_MOVE_AFTER
    if target != state.permanent_url:
        return target, 1
    another_day = state.last_checked is None or state.last_checked.date() != now.date()
    return target, state.permanent_seen + another_day
