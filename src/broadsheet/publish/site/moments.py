"""Times as people read them, and as `<time datetime>` wants them.

Month and day names are our own: `strftime` would take them from the machine's locale.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo

from broadsheet.model import StatedTime

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_DAY_MINUTES = 24 * 60  # no zone lies further from UTC; `timezone` refuses such a one


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time in words, and its machine-readable form (None when the publisher's words could not be read)."""

    words: str
    machine: str | None = None


def moment(at: datetime, zone: tzinfo) -> Moment:
    """*at* on the clock of *zone*: "23 November 2026, 15:30 UTC"."""
    local = at.astimezone(zone)
    return Moment(words=f"{_date(local)}, {local:%H:%M} {_zone_name(local)}", machine=local.isoformat(timespec="minutes"))


def stated(time: StatedTime, zone: tzinfo) -> Moment:
    """The publisher's time on the publisher's clock when its zone is stated, else on ours.

    A bare date stays a bare date; words we could not read are shown as they stand.
    """
    if time.at is None:
        return Moment(words=f"stated as “{time.raw.strip()}”")
    if not time.has_time:
        return Moment(words=_date(time.at), machine=time.at.date().isoformat())
    if time.offset_minutes is None or abs(time.offset_minutes) >= _DAY_MINUTES:
        return moment(time.at, zone)
    return moment(time.at, timezone(timedelta(minutes=time.offset_minutes)))


def day(at: datetime, zone: tzinfo) -> Moment:
    """The day of *at* in *zone*, as a heading: "Monday, 23 November 2026"."""
    local = at.astimezone(zone)
    return Moment(words=f"{WEEKDAYS[local.weekday()]}, {_date(local)}", machine=local.date().isoformat())


def clock(at: datetime, zone: tzinfo) -> Moment:
    """Only the time of day: "15:30"."""
    local = at.astimezone(zone)
    return Moment(words=f"{local:%H:%M}", machine=local.isoformat(timespec="minutes"))


def short(at: datetime, zone: tzinfo) -> Moment:
    """Day and time of day, for places with little room: "23 Nov, 15:30"."""
    local = at.astimezone(zone)
    return Moment(words=f"{local.day} {MONTHS[local.month - 1][:3]}, {local:%H:%M}", machine=local.isoformat(timespec="minutes"))


def _date(at: datetime) -> str:
    return f"{at.day} {MONTHS[at.month - 1]} {at.year}"


def _zone_name(at: datetime) -> str:
    """A zone as "UTC", "UTC+8" or "UTC+5:30": abbreviations such as CST name several zones."""
    minutes = round((at.utcoffset() or timedelta()).total_seconds() / 60)
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours}" + (f":{rest:02}" if rest else "")
