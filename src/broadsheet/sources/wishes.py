"""What a feed and its server ask of those who poll them: pauses, hours and days to leave out, when to come back."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from broadsheet.model import Feed, Headers, StatedPace

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)

MAX_HINT = DAY  # some servers ask for sixteen years
MIN_WAIT, MAX_WAIT = timedelta(minutes=1), WEEK  # of a Retry-After

_MAX_AGE = re.compile(r"max-age\s*=\s*\"?(\d{1,10})", re.IGNORECASE)
_NO_CACHE = re.compile(r"no-cache|no-store", re.IGNORECASE)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def stated_pace(feed: Feed) -> StatedPace:
    """What *feed* itself says of when to ask it."""
    return StatedPace(
        ttl_minutes=feed.ttl_minutes, update_period_minutes=feed.update_period_minutes, skip_hours=feed.skip_hours, skip_days=feed.skip_days
    )


def longest_wish(stated: StatedPace, headers: Headers, now: datetime) -> tuple[timedelta, str | None]:
    """The longest pause that the feed or the server asks for, in words too; each hint counts for a day at most."""
    hints = (
        (_max_age(headers), "max-age"),
        (_expires(headers, now), "Expires"),
        (_minutes(stated.ttl_minutes), "ttl"),
        (_minutes(stated.update_period_minutes), "update period"),
    )
    wishes = [(min(pause, MAX_HINT), name) for pause, name in hints if pause is not None and pause > timedelta(0)]
    if not wishes:
        return timedelta(0), None
    pause, name = max(wishes)
    return pause, f"{name} {round(pause.total_seconds())} s"


def shortest_pause(stated: StatedPace) -> timedelta | None:
    """The pause that the feed itself names, None if it names none: it allows to ask as often."""
    said = [minutes for minutes in (stated.ttl_minutes, stated.update_period_minutes) if minutes]
    return timedelta(minutes=max(said)) if said else None


def clamped_wait(wait: timedelta) -> timedelta:
    """A Retry-After within reason: never under a minute, and a misplaced year must not silence a source."""
    return min(max(wait, MIN_WAIT), MAX_WAIT)


def first_allowed(due: datetime, stated: StatedPace) -> datetime:
    """*due* moved to the first hour that skipHours (GMT) and skipDays allow, a day at most."""
    if not (stated.skip_hours or stated.skip_days):
        return due
    for hours in range(25):
        at = due if hours == 0 else due.replace(minute=0, second=0, microsecond=0) + hours * HOUR
        if at.hour not in stated.skip_hours and _WEEKDAYS[at.weekday()] not in stated.skip_days:
            return at
    return due + DAY


def _max_age(headers: Headers) -> timedelta | None:
    said = ", ".join(headers.all("cache-control"))
    found = None if _NO_CACHE.search(said) else _MAX_AGE.search(said)
    return timedelta(seconds=int(found[1])) if found else None


def _expires(headers: Headers, now: datetime) -> timedelta | None:
    """Until Expires, counted from the server's own Date. "0" and "-1" are not dates and mean: already expired (RFC 9111, section 5.3)."""
    said = ", ".join(headers.all("cache-control"))
    if _MAX_AGE.search(said) or _NO_CACHE.search(said):
        return None
    expires, date = _http_date(headers.get("expires")), _http_date(headers.get("date"))
    return expires - (date or now) if expires else None


def _http_date(said: str | None) -> datetime | None:
    try:
        date = parsedate_to_datetime(said) if said else None
    except (ValueError, OverflowError):
        return None
    return date if date is None or date.tzinfo else date.replace(tzinfo=UTC)


def _minutes(number: int | None) -> timedelta | None:
    return timedelta(minutes=number) if number is not None else None
