"""How often a source publishes, and at which hours: learned from the dates of its entries.

The pause between polls follows from how often, its distribution over the week from when. If entries appear at a rate that varies with the
hour, and polls are spread with some density, the mean delay is least when that density goes with the square root of the rate.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from math import sqrt
from statistics import median

from broadsheet.model import Feed, Habits

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)

ENTRIES_FOR_PAUSE = 20  # the latest ones; older ones tell of a different year
FEWEST_DATES = 3
SILENT_AFTER = timedelta(days=30)
HALF_LIFE = timedelta(days=28)  # of what was learned of the hours: clocks change, and so do editors
LEARNED_AFTER, LEARNED_FROM = WEEK, 20  # a whole week, and entries enough to tell hours apart
PRIOR = 0.25  # this share of what was counted is spread evenly: an hour that was empty so far may still bring something
SLOWEST, FASTEST = 0.25, 4.0  # how much the hour may stretch the pause: news that breaks at night must not wait for the morning


def usual_pause(feed: Feed, now: datetime) -> timedelta | None:
    """Half the usual pause between entries, or None if there are too few dates to tell; a day for a feed that has fallen silent."""
    dates = sorted(set(_dates(feed, now)), reverse=True)
    if len(dates) < FEWEST_DATES:
        return None
    if now - dates[0] > SILENT_AFTER:
        return DAY
    gaps = [(newer - older).total_seconds() for newer, older in pairwise(dates[:ENTRIES_FOR_PAUSE])]
    return timedelta(seconds=median(gaps) / 2)


def window_of(feed: Feed, now: datetime, *, fresh: int, since: datetime | None) -> timedelta | None:
    """How long an entry stays in the feed, by its dates, or by how much of it was *fresh* when it was last read at *since*; None: not known."""
    dates = list(_dates(feed, now))
    by_dates = max(dates) - min(dates) if len(dates) >= FEWEST_DATES else None
    turned = (now - since) * len(feed.entries) / fresh if fresh and since else None
    return min((window for window in (by_dates, turned) if window is not None), default=None)


def learned(habits: Habits, feed: Feed, now: datetime) -> Habits:
    """*habits* with the entries of *feed* that were not counted yet.

    Hours that the feed did not cover would look like hours without news: of a first sight, only a feed that reaches back for a week counts.
    """
    dates = sorted(_dates(feed, now, exact=True))
    if not dates:
        return habits
    if habits.since is None or habits.newest is None:
        reaches_back = dates[-1] - dates[0] >= LEARNED_AFTER
        return _with(Habits(since=dates[0]), dates) if reaches_back else Habits(since=now, newest=dates[-1])
    return _with(habits, [date for date in dates if date > habits.newest])


def _with(habits: Habits, dates: Sequence[datetime]) -> Habits:
    """*habits* after *dates*, oldest first, each later than all that was counted."""
    if not dates:
        return habits
    fading = 0.5 ** ((dates[-1] - (habits.newest or dates[-1])) / HALF_LIFE)
    hours, days = [count * fading for count in habits.hours or (0.0,) * 24], [count * fading for count in habits.days or (0.0,) * 7]
    for date in dates:
        hours[date.hour] += 1
        days[date.weekday()] += 1
    return Habits(since=habits.since, newest=dates[-1], hours=_rounded(hours), days=_rounded(days))


def paced(start: datetime, pause: timedelta, habits: Habits, now: datetime) -> timedelta:
    """*pause*, counted from *start*, shorter in the hours in which the source usually publishes and longer in the others."""
    density = _densities(habits, now)
    if density is None or pause <= timedelta(0):
        return pause
    left, at = pause.total_seconds(), start
    while left > 0:
        hour_ends = at.replace(minute=0, second=0, microsecond=0) + HOUR
        speed = density[0][at.hour] * density[1][at.weekday()]
        speed = min(max(speed, SLOWEST), FASTEST)
        step = min((hour_ends - at).total_seconds(), left / speed)
        left -= step * speed
        at += timedelta(seconds=step)
        if left < 1:
            break
    return at - start


def _densities(habits: Habits, now: datetime) -> tuple[Sequence[float], Sequence[float]] | None:
    """How densely to poll at each hour and on each day, 1 being the mean; None while too little is known."""
    counted = sum(habits.hours)
    if habits.since is None or now - habits.since < LEARNED_AFTER or counted < LEARNED_FROM:
        return None
    around = [(habits.hours[hour - 1] + 2 * habits.hours[hour] + habits.hours[(hour + 1) % 24]) / 4 for hour in range(24)]
    return _relative(around), _relative(habits.days)


def _relative(counts: Sequence[float]) -> Sequence[float]:
    """The square roots of *counts*, with their prior, relative to their mean; all even where nothing was counted."""
    if not any(counts):
        return [1.0] * len(counts)
    even = sum(counts) / len(counts)
    roots = [sqrt(count * (1 - PRIOR) + even * PRIOR) for count in counts]
    mean = sum(roots) / len(roots)
    return [root / mean for root in roots]


def _dates(feed: Feed, now: datetime, *, exact: bool = False) -> Iterable[datetime]:
    """When the entries of *feed* were published, as far as that can be; *exact*: only where the time of day is known."""
    for entry in feed.entries:
        said = entry.published or entry.updated
        if said is not None and said.at is not None and said.at <= now and (said.has_time or not exact):
            yield said.at


def _rounded(counts: Iterable[float]) -> tuple[float, ...]:
    return tuple(round(count, 2) for count in counts)
