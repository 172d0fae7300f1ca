"""Where a story stands in time: what the publisher says when that can be true, else when we first saw it."""

from __future__ import annotations

from datetime import datetime, timedelta

from broadsheet.model import StatedTime

AHEAD = timedelta(hours=1)
"""How far a stated time may lie after our first sight of it: clocks differ. What claims to come later would sit on top of every list."""

_DAY = timedelta(hours=36)
"""How long after its midnight in UTC a day lasts somewhere: in UTC-12 until noon of the next."""


def sort_time(page: StatedTime | None, entry: StatedTime | None, *, first_seen: datetime) -> datetime:
    """The time a story is sorted by, from what its page and its entry state.

    A time of day beats a bare date, the entry's beats the page's (pages often state their last change). A bare date is only that day's
    midnight: a story that we first saw within the day it names is sorted by when we saw it.
    """
    stated = [one for one in (entry, page) if one is not None and one.at is not None and one.at <= first_seen + AHEAD]
    exact = next((one.at for one in stated if one.has_time), None)
    if exact is not None:
        return exact
    day = next((one.at for one in stated), None)
    if day is None or first_seen < day + _DAY:
        return first_seen
    return day
