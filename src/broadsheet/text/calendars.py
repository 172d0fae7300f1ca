"""Other digits and other calendars, as Asian news sites print their dates, put into ours before the date is read.

Japanese eras (令和6年7月3日), the Republic of China's years (民國113年7月3日), the Persian solar calendar (۱۳ تیر ۱۴۰۳), Vietnamese and
Mongolian months by number. Thai years are left to `dates`, which knows them by their size. Dates of the lunar Hijri calendar depend on
who saw the moon: they are not converted, and the Christian date that stands beside them is read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta

_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
"""The year before each era's first."""

_REPUBLIC = 1911  # the year before the first of the Republic of China
_FIRST_OF_1300 = date(1921, 3, 21)
# Eight leap years in a cycle of 33: agrees with the astronomical calendar through these two centuries.
_CYCLE, _LEAP_YEARS = 33, frozenset((1, 5, 9, 13, 17, 22, 26, 30))
_PERSIAN_MONTHS = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
_HIJRI_MONTHS = (
    "محرم", "صفر", "ربيع الأول", "ربيع الثاني", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة", "رجب", "شعبان", "رمضان", "شوال", "ذو القعدة",
    "ذي القعدة", "ذو الحجة", "ذي الحجة",
)  # fmt: skip

_ERA = re.compile(rf"(?P<era>{'|'.join(_ERAS)})\s*(?P<year>\d{{1,2}}|元)\s*年")
_MINGUO = re.compile(r"(?:中[華华])?民[國国]\s*(?P<year>\d{2,3})\s*年")
_PERSIAN = re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})\s*(?P<month>{'|'.join(_PERSIAN_MONTHS)})(?:\s*ماه)?\s*[،,]?\s*(?P<year>1[34]\d\d)(?!\d)")
_PERSIAN_NUMBERS = re.compile(r"(?<!\d)(?P<year>1[34]\d\d)[/-](?P<month>\d{1,2})[/-](?P<day>\d{1,2})(?!\d)")
_VIETNAMESE = re.compile(r"(?<!\d)(?P<day>\d{1,2})\s*tháng\s*(?P<month>\d{1,2})\s*[,/-]?\s*(?:năm\s*)?(?P<year>\d{4})(?!\d)", re.IGNORECASE)
_MONGOLIAN = re.compile(
    r"(?<!\d)(?P<year>\d{4})\s*(?:оны|он)?\s*(?P<month>\d{1,2})\s*-?\s*р?\s*сар(?:ын)?\s*(?P<day>\d{1,2})(?:-?н[ыаи]?й?)?", re.IGNORECASE
)
_HIJRI = re.compile(rf"\d{{1,2}}\s*(?:{'|'.join(_HIJRI_MONTHS)})\s*،?\s*1[34]\d\d\s*(?:هـ?)?(?:\s*(?:[-–|/]|الموافق(?:\s*لـ?)?))?")
_LEVANTINE = {"كانون الثاني": "يناير", "كانون الأول": "ديسمبر", "تشرين الأول": "أكتوبر", "تشرين الثاني": "نوفمبر"}
"""Months of two words, for which other Arabic countries have one."""

_TWO_WORDS = re.compile("|".join(_LEVANTINE))
_MOSCOW = re.compile(r"\bМСК\b", re.IGNORECASE)


def as_gregorian(said: str) -> str:
    """*said* with plain digits and, where it holds a date of one of these calendars, our own in its place."""
    said = _plain_digits(said)
    for form, put in _FORMS:
        said = form.sub(put, said)
    return said


def gregorian_of_persian(year: int, month: int, day: int) -> date | None:
    """The Christian date of one of the Persian solar calendar, years 1300 to 1499; None if it has no such day."""
    if not (1300 <= year < 1500 and 1 <= month <= 12 and 1 <= day <= (31 if month <= 6 else 30)):
        return None
    leap_days = sum(passed % _CYCLE in _LEAP_YEARS for passed in range(1300, year))
    days = (year - 1300) * 365 + leap_days + (month - 1) * 31 - max(0, month - 7) + day - 1
    return _FIRST_OF_1300 + timedelta(days=days)


def _plain_digits(said: str) -> str:
    """Digits of any script as 0 to 9, fullwidth signs as plain ones, the marks of writing direction left out."""
    return "".join(_plain(char) for char in said)


def _plain(char: str) -> str:
    if char.isascii():
        return char
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    if "\uff01" <= char <= "\uff5e":  # fullwidth forms of ASCII
        return chr(ord(char) - 0xFEE0)
    return "" if char in "\u200b\u200e\u200f\u202a\u202b\u202c\u061c" else char


def _from_era(found: re.Match[str]) -> str:
    year = 1 if found["year"] == "元" else int(found["year"])
    return f"{_ERAS[found['era']] + year}年"


def _from_republic(found: re.Match[str]) -> str:
    return f"{_REPUBLIC + int(found['year'])}年"


def _from_persian(found: re.Match[str]) -> str:
    month = int(found["month"]) if found["month"].isdecimal() else _PERSIAN_MONTHS.index(found["month"]) + 1
    day = gregorian_of_persian(int(found["year"]), month, int(found["day"]))
    return found[0] if day is None else day.strftime("%Y/%m/%d")


def _in_order(found: re.Match[str]) -> str:
    return f"{found['year']}/{int(found['month']):02}/{int(found['day']):02}"


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_ERA, _from_era),
    (_MINGUO, _from_republic),
    (_HIJRI, lambda _: " "),
    (_PERSIAN, _from_persian),
    (_PERSIAN_NUMBERS, _from_persian),
    (_TWO_WORDS, lambda found: _LEVANTINE[found[0]]),
    (_MOSCOW, lambda _: "MSK"),
    (_VIETNAMESE, _in_order),
    (_MONGOLIAN, _in_order),
)
