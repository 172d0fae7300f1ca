"""Dates as publishers write them, read without guessing.

RSS asks for RFC 822 dates and Atom for ISO 8601; feeds and pages hold those and everything near them: names of months in
any language, missing seconds, years of two digits, zones by name, day and year the other way round; digits of any script, and the
calendars that news sites print (`calendars.py`). A form whose day and month cannot be told apart (04/05/2020) is left unread unless the
caller knows the order: a wrong date is worse than none, since we know when we first saw it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from broadsheet.model import StatedTime
from broadsheet.text.calendars import as_gregorian
from broadsheet.text.date_tables import EVENING, MORNING, months, zones

EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)  # news feeds did not exist; such dates are empty fields of a database
LATEST_AHEAD = timedelta(hours=48)  # a clock in the wrong zone is a day ahead at most; beyond that it is a mistake

_MAX_LENGTH = 120
LONGEST_JOINT = 3  # letters of a word between a day, a month and a year: th, of, de, del
_FURTHEST_ZONE = 14 * 60 + 45
_THAI_YEARS = range(2450, 2650)  # the Buddhist calendar is 543 years ahead
_THAI_SHORT_YEARS = range(50, 100)  # 67 beside a Thai month is 2567
_THAI = re.compile("[\u0e00-\u0e7f]")
_HALF = "|".join(re.escape(word) for word in (*MORNING, *EVENING))

_RFC822 = re.compile(r"(?:[A-Za-z]{3}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) (GMT|UTC|[+-]\d{4})")
_PLAIN_ISO = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:[0-5]\d)(?:\.\d+)?(Z|[+-](?:0\d|1[0-3]):?[0-5]\d)", re.ASCII)
_ISO = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?|(?P<mm>\d\d)(?P<dd>\d\d)|-?(?P<ordinal>\d{3}))?"
    r"(?:(?:\s*[Tt]\s*|\s+)(?P<clock>\d\d(?::?\d\d(?::?\d\d(?:[.,]\d+)?)?)?))?\s*(?P<zone>[Zz]|[+−-]\d\d(?::?\d\d)?|[A-Z]{2,5})?"
)
_SIGN_OF_CLOCK = re.compile(r"\d\s*[:：h時时시]", re.IGNORECASE)  # in every text that _CLOCK fits, found in a tenth of its time
_CLOCK = re.compile(
    rf"(?P<before>{_HALF})?\s*(?<!\d)(?P<hour>\d{{1,2}})\s*[:：h時时시]\s*(?P<minute>\d{{2}}|\d(?=\s*[分분]))"
    rf"(?:\s*[:：分분]\s*(?P<second>\d{{1,2}})[秒초]?(?:[.,]\d+)?)?\s*(?:[分분]\s*)?(?P<after>{_HALF})?",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"\s*\(?\s*(?P<name>[A-Za-z]{1,5})?\s*(?:(?P<sign>[+−-])\s*(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?)?(?!\d)")
_BREAKS = re.compile(r"[\s\d,/()\-]+")
_NUMBERS = re.compile(r"\d+")
_PIECE = re.compile(r"\d+|[^\s\d,/()\-]+")
_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z])")  # HealthDecember 22, 2022: the space is a margin of the style sheet
_DOTTED_CLOCK = re.compile(  # klo 18.56, kl. 18.56, 6.56pm, 18.56 Uhr: a colon in other countries
    r"(?:(?<=klo )|(?<=kl )|(?<=kl\. )|(?<=alle )|(?<=ore )|(?<=at ))(\d{1,2})\.(\d\d)(?![.\d])", re.IGNORECASE
)
_HALF_DAY_CLOCK = re.compile(r"(?<![\d.])(\d{1,2})\.(\d\d)(?=\s?(?:[ap]\.?m\b|uhr\b))", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s*[-/.年년]\s*(\d{1,2})\s*[-/.月월]\s*(\d{1,2})(?!\d)")
_DOTTED = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d\d)(?!\d)")
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?!\d)")


_UTC_NAMES = frozenset({"GMT", "UTC", "+0000"})
_MONTHS = {name: number for number, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}
_Date = tuple[int, int, int]  # in the order in which it is written


class _Clock(NamedTuple):
    hour: int
    minute: int
    second: int
    twelve_hours: bool  # written with am or pm
    offset: int | None
    rest: str  # the text without it


class _Reading(NamedTuple):
    year: int
    month: int
    day: int
    clock: _Clock | None


class _Piece(NamedTuple):
    start: int
    text: str
    month: int  # its number if the word is a month's name, else 0


def read_date(raw: str, *, now: datetime, day_first: bool | None = None) -> StatedTime | None:
    """The date that *raw* states, or None if *raw* holds no number and so no date at all.

    *day_first* says how to read 04/05/2020 where the caller knows the country's order; None leaves it unread.
    `at` is None when the words cannot be read, or cannot be true at *now* (before 1970, more than 48 hours ahead).
    """
    said = raw.strip()[:_MAX_LENGTH]
    if not _NUMBERS.search(said):
        return None
    if found := _RFC822.fullmatch(said):  # four dates in five; the general way reads it too, ten times slower
        return _plain_rfc822(raw.strip(), found, now) or _stated(raw.strip(), _rfc822(found), now)
    if (found := _PLAIN_ISO.fullmatch(said)) and (plain := _plain_iso(raw.strip(), found, now)):  # four in five that pages state for machines
        return plain
    if len(said) in (10, 13) and said.isdecimal():
        return _seconds(said, now)
    if not said.isascii():
        said = as_gregorian(said)
    said = _HALF_DAY_CLOCK.sub(r"\1:\2", _DOTTED_CLOCK.sub(r"\1:\2", said)) if "." in said else said
    for reader in _READERS:
        if reading := reader(said):
            return _stated(raw.strip(), reading, now)
    if day_first is not None and (reading := _in_known_order(said, day_first=day_first)):
        return _stated(raw.strip(), reading, now)
    return StatedTime(raw=raw.strip(), has_time=False, has_zone=False)


def _stated(raw: str, reading: _Reading | None, now: datetime) -> StatedTime:
    clock = reading.clock if reading else None
    offset = clock.offset if clock else None
    return StatedTime(
        raw=raw,
        at=_plausible(_moment(reading), now) if reading else None,
        has_time=clock is not None,
        has_zone=offset is not None,
        offset_minutes=offset,
    )


def _moment(reading: _Reading) -> datetime | None:
    """The moment in UTC, or None if the calendar has no such day or the day no such time."""
    clock = reading.clock or _Clock(0, 0, 0, False, None, "")
    midnight_after = clock.hour == 24 and clock.minute == clock.second == 0  # ISO 8601 allows it
    try:
        day = datetime(reading.year, reading.month, reading.day, tzinfo=UTC)
        at = day.replace(hour=0 if midnight_after else clock.hour, minute=clock.minute, second=min(clock.second, 59))  # a leap second
        return at + timedelta(days=midnight_after, minutes=-(clock.offset or 0))
    except (ValueError, OverflowError):
        return None


def _plausible(at: datetime | None, now: datetime) -> datetime | None:
    return at if at is not None and EARLIEST <= at <= now + LATEST_AHEAD else None


def _plain_rfc822(raw: str, found: re.Match[str], now: datetime) -> StatedTime | None:
    """RFC 822 with a month in English, in a third of the time: None for 24:00, leap seconds, and days that the calendar has not."""
    day, month, year, hour, minute, second, zone = found.groups()
    offset = 0 if zone in _UTC_NAMES else int(zone[:3]) * 60 + int(zone[0] + zone[3:])
    try:
        local = datetime(int(year), _MONTHS[month], int(day), int(hour), int(minute), int(second), tzinfo=UTC)
        at = local - timedelta(minutes=offset) if offset else local
    except (KeyError, ValueError, OverflowError):
        return None
    return StatedTime(raw=raw, at=_plausible(at, now), offset_minutes=offset) if abs(offset) <= _FURTHEST_ZONE else None


def _rfc822(found: re.Match[str]) -> _Reading | None:
    day, month, year, hour, minute, second, zone = found.groups()
    number = months().get(month.lower())
    clock = _Clock(int(hour), int(minute), int(second), False, _offset(zone), "")
    return _Reading(int(year), number, int(day), clock) if number else None


def _seconds(said: str, now: datetime) -> StatedTime:
    """Seconds or milliseconds since 1970, as JSON feeds by hand have them."""
    seconds = int(said) if len(said) == 10 else int(said) / 1000
    return StatedTime(raw=said, at=_plausible(datetime.fromtimestamp(seconds, UTC), now), offset_minutes=0)


def _plain_iso(raw: str, found: re.Match[str], now: datetime) -> StatedTime | None:
    """ISO 8601 with date, time and zone in full, by the standard library, in two fifths of the time.

    None for what only the general way allows: 24:00, and years that the zone shifts out of the calendar.
    """
    try:
        stated = datetime.fromisoformat(found[1] + found[2])
        at = stated.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return StatedTime(raw=raw, at=_plausible(at, now), offset_minutes=(stated.utcoffset() or timedelta()) // timedelta(minutes=1))


def _iso(said: str) -> _Reading | None:
    """ISO 8601 in its plain and its compact form, a month, a year, the number of a day; `T` may be a space."""
    found = _ISO.fullmatch(said)
    if found is None:
        return None
    clock = _iso_clock(found["clock"], found["zone"]) if found["clock"] else None
    year = int(found["year"])
    if found["ordinal"]:
        return _nth_day(year, int(found["ordinal"]), clock)
    return _Reading(year, int(found["month"] or found["mm"] or 1), int(found["day"] or found["dd"] or 1), clock)


def _iso_clock(digits: str, zone: str | None) -> _Clock:
    plain = (re.sub(r"[.,].*|:", "", digits) + "0000")[:6]
    return _Clock(int(plain[:2]), int(plain[2:4]), int(plain[4:]), False, _offset(zone or ""), "")


def _nth_day(year: int, number: int, clock: _Clock | None) -> _Reading | None:
    try:
        day = datetime(year, 1, 1, tzinfo=UTC) + timedelta(days=number - 1)
    except (ValueError, OverflowError):
        return None
    return _Reading(day.year, day.month, day.day, clock) if day.year == year else None


def _year_first(said: str) -> _Reading | None:
    """2020/5/25, 2020. 05. 25., 2020年5月25日, 2020년 5월 25일, anywhere in the text, the time before or after."""
    return _numeric(_YEAR_FIRST, said, lambda numbers, _: numbers)


def _dotted(said: str) -> _Reading | None:
    """25.5.2020: whoever writes points puts the day first."""
    return _numeric(_DOTTED, said, lambda numbers, _: (_full_year(numbers[2]), numbers[1], numbers[0]))


def _slashed(said: str) -> _Reading | None:
    """25/05/2020 and 05/25/2020; month first too when the time has am or pm, the American habit. Else unread."""

    def order(numbers: _Date, clock: _Clock | None) -> _Date | None:
        first, second, year = numbers
        if first > 12 or first == second:
            return year, second, first
        if second > 12 or (clock and clock.twelve_hours):
            return year, first, second
        return None

    return _numeric(_SLASHED, said, order)


def _in_known_order(said: str, *, day_first: bool) -> _Reading | None:
    """04/05/2020 in a country whose order is known."""
    return _numeric(_SLASHED, said, lambda numbers, _: (numbers[2], numbers[1], numbers[0]) if day_first else (numbers[2], numbers[0], numbers[1]))


def _numeric(form: re.Pattern[str], said: str, order: Callable[[_Date, _Clock | None], _Date | None]) -> _Reading | None:
    found = form.search(said)
    if found is None:
        return None
    clock = _clock(said[: found.start()] + " " + said[found.end() :])
    date = order((int(found[1]), int(found[2]), int(found[3])), clock)
    return _Reading(date[0], date[1], date[2], clock) if date else None


def _named(said: str) -> _Reading | None:
    """A day and a year beside the name of a month, in any order and language; the time anywhere before a second such date.

    "August 16, 2019 - Updated July 9, 2025" is the 16th of August. Numbers further off (the version of "[v1] Thu, 18 Dec 2025", the
    minutes it takes to read) count only where no month has a day and a year beside it.
    """
    pieces = _pieces(_without_clocks(said))
    dates = [(at, date) for at in range(len(pieces)) if (date := _beside_month(pieces, at))]
    if not dates:
        return _scattered(said)
    year, month, day = dates[0][1]
    clock = _clock(said[: pieces[dates[1][0]].start] if len(dates) > 1 else said)
    return _Reading(_christian(year, said), month, day, clock)


def _christian(year: int, said: str) -> int:
    """*year* by the Christian era: Thai dates count 543 years more, and in two digits only the last of those."""
    if year in _THAI_YEARS:
        return year - 543
    return 2500 + year % 100 - 543 if year % 100 in _THAI_SHORT_YEARS and year >= 1950 and str(year) not in said and _THAI.search(said) else year


def _pieces(text: str) -> list[_Piece]:
    known = months()
    return [_Piece(found.start(), found[0], known.get(_GLUED.split(found[0])[-1].lower().strip(".:;'’")) or 0) for found in _PIECE.finditer(text)]


def _without_clocks(said: str) -> str:
    """*said* with blanks where times and their zones stand: 18:56 +0800 is neither day nor year."""
    for found in _CLOCK.finditer(said) if _SIGN_OF_CLOCK.search(said) else ():
        zone = _OFFSET.match(said, found.end())
        end = zone.end() if zone and _offset_of(zone) is not None else found.end()
        said = said[: found.start()] + " " * (end - found.start()) + said[end:]
    return said


def _beside_month(pieces: list[_Piece], at: int) -> _Date | None:
    """(year, month, day) if the piece *at* is a month's name with a day and a year beside it, before another month's name."""
    month = pieces[at].month
    if not month:
        return None
    before, after = _numbers(reversed(pieces[:at])), _numbers(pieces[at + 1 :])
    first, second, last = _at(after, 0), _at(after, 1), _at(before, 0)
    match len(first), len(second), len(last):
        case (1 | 2, 4, _):  # July 9, 2025
            day, year = first, second
        case (4, _, 1 | 2):  # 9 July 2025
            day, year = last, first
        case (1 | 2, _, 4):  # 2025 July 9
            day, year = first, last
        case (2, _, 1 | 2):  # 9 July 25
            day, year = last, first
        case (1 | 2, 2, 0):  # July 9, 25
            day, year = first, second
        case _:
            return None
    return _full_year(int(year)), month, int(day)


def _numbers(pieces: Iterable[_Piece]) -> list[str]:
    """The numbers in *pieces*, up to a month's name or a longer word: "9th of", "25 de" are short."""
    numbers: list[str] = []
    for piece in pieces:
        if piece.month or (not piece.text[0].isdigit() and len(piece.text) > LONGEST_JOINT):
            break
        if piece.text[0].isdigit():
            numbers.append(piece.text)
    return numbers


def _at(numbers: list[str], at: int) -> str:
    return numbers[at] if at < len(numbers) else ""


def _scattered(said: str) -> _Reading | None:
    """The same with other words between: the last month's name, the first short number, the first long one."""
    clock = _clock(said)
    rest = clock.rest if clock else said
    month = _month(rest)
    numbers = _NUMBERS.findall(rest)
    year = next((int(number) for number in numbers if len(number) == 4), None)
    short = [int(number) for number in numbers if len(number) <= 2]
    if month is None or not short:
        return None
    if year is None and len(short) > 1:
        year = _full_year(short[1])
    return _Reading(_christian(year, said), month, short[0], clock) if year is not None else None


def _month(text: str) -> int | None:
    """The month named in *text*. The last one, since some short names of weekdays are months elsewhere (mar. 12 mag.)."""
    known = months()
    found = [known[name] for word in _BREAKS.split(text.lower()) if (name := word.strip(".:;'’")) in known]
    return found[-1] if found else None


def _full_year(number: int) -> int:
    """Years of two digits by RFC 5322, section 4.3: below 50 this century, else the last."""
    if number > 99:
        return number
    return number + (2000 if number < 50 else 1900)


def _clock(text: str) -> _Clock | None:
    """The time of day in *text* with the zone behind it, and the text without both."""
    found = _CLOCK.search(text) if _SIGN_OF_CLOCK.search(text) else None
    if found is None:
        return None
    half = (found["before"] or found["after"] or "").lower()
    hour = int(found["hour"])
    if half in EVENING and hour < 12:
        hour += 12
    elif half in MORNING and hour == 12:
        hour = 0
    zone = _OFFSET.match(text, found.end())
    offset = _offset_of(zone) if zone else None
    end = zone.end() if zone and offset is not None else found.end()
    return _Clock(hour, int(found["minute"]), int(found["second"] or 0), bool(half), offset, f"{text[: found.start()]} {text[end:]}")


def _offset(text: str) -> int | None:
    found = _OFFSET.match(text)
    return _offset_of(found) if found else None


def _offset_of(found: re.Match[str]) -> int | None:
    """Minutes from UTC, or None if no zone is named that we know."""
    named = zones().get((found["name"] or "").upper())
    if found["sign"] is None or (named is None and found["name"]):
        return named
    minutes = int(found["hours"]) * 60 + int(found["minutes"] or 0)
    return (named or 0) + (minutes if found["sign"] == "+" else -minutes) if minutes <= _FURTHEST_ZONE else named


_READERS: tuple[Callable[[str], _Reading | None], ...] = (_iso, _year_first, _dotted, _slashed, _named)
