"""How long an answer may be kept, in nginx's spelling of time."""

from __future__ import annotations

import re

DAY = 86_400
YEAR = 365 * DAY

_UNITS = {"y": YEAR, "M": 30 * DAY, "w": 7 * DAY, "d": DAY, "h": 3600, "m": 60, "s": 1, "": 1}
_PART = re.compile(r"(\d{1,9})([yMwdhms]?)")
_WHOLE = re.compile(r"(?:\d{1,9}[yMwdhms])*(?:\d{1,9}[yMwdhms]?)")


def read_age(text: str) -> int:
    """Seconds for `1d`, `2w`, `1y`, `1d12h`; a year for what is no time, less than a day, or more than a year."""
    if not text or not _WHOLE.fullmatch(text):
        return YEAR
    seconds = sum(int(number) * _UNITS[unit] for number, unit in _PART.findall(text))
    return seconds if DAY <= seconds <= YEAR else YEAR
