"""A feed whose old entries all look new: a new content system with new ids, addresses and dates, not a day of a hundred stories."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from broadsheet.model import Entry, Matches

SHARE = 0.8
"""More than this share of a feed's entries must be new and old at once."""

FEWEST = 5
"""In a feed of fewer entries, two late stories would be such a share."""

DAY = timedelta(days=1)


def newest_date(entries: Iterable[Entry], *, now: datetime) -> datetime | None:
    """The latest date that *entries* state and that can be true; None if there is none."""
    return max((at for entry in entries if (at := _stated(entry)) is not None and at <= now), default=None)


def hold_moved(matches: Matches, *, newest_known: datetime | None, last_success: datetime | None) -> tuple[Matches, int]:
    """*matches* with its old new entries marked as not to be fetched, if they are nearly all of the feed; and how many are held.

    Old: dated before the newest entry that we knew, and before we last asked. After a long pause of ours, or when a weekly brings a whole
    issue, entries are newer than that; of a source first met, nothing is held. Those without a date are never held. Once it is clear that
    the feed has moved, what is dated like the newest is that.
    """
    if newest_known is None or last_success is None:
        return matches, 0
    limit = min(newest_known, last_success)
    entries = len(matches.new) + len(matches.changed) + len(matches.moved) + len(matches.same)
    old = sum(_at_latest(new.entry, unknown=limit) < limit for new in matches.new)
    if old < FEWEST or old <= SHARE * entries:
        return matches, 0
    after = limit + timedelta(microseconds=1)
    new = tuple(replace(one, fetch=_at_latest(one.entry, unknown=after) > limit) for one in matches.new)
    return replace(matches, new=new), sum(not one.fetch for one in new)


def _at_latest(entry: Entry, *, unknown: datetime) -> datetime:
    """When an entry was published at the latest; *unknown* where it does not say. A bare date may be any time of that day."""
    said = entry.published or entry.updated
    if said is None or said.at is None:
        return unknown
    return said.at if said.has_time else said.at + DAY


def _stated(entry: Entry) -> datetime | None:
    said = entry.published or entry.updated
    return said.at if said else None
