"""The dates: when the story was first published, and when last changed.

In: a page, the feed's date if there was one, and the present moment (a date further ahead is none). Out: the time as stated, with the
publisher's own words. A time of day beats a bare date of the same day, a stated zone beats none.
"""

from __future__ import annotations

from datetime import datetime

from broadsheet.extraction.date.signals import agree, moment
from broadsheet.extraction.date.weights import LAST_RESORTS, MODIFIED_WEIGHTS, PUBLISHED_WEIGHTS
from broadsheet.extraction.weigh import Clues, weigh_agreement
from broadsheet.markup.page import Page
from broadsheet.model import Decision, Hints, StatedTime

__all__ = ["find_modified", "find_published"]


def find_published(page: Page, hints: Hints | None = None, *, now: datetime) -> Decision[StatedTime]:
    """When the story was first published."""
    clues = Clues(page=page, hints=hints or Hints(), now=now)
    decision = weigh_agreement(clues, PUBLISHED_WEIGHTS, agree=agree, key=moment)
    return decision if decision.ballot else weigh_agreement(clues, LAST_RESORTS, agree=agree, key=moment)


def find_modified(page: Page, hints: Hints | None = None, *, now: datetime, published: StatedTime | None = None) -> Decision[StatedTime]:
    """When the story was last changed, if the page says; never before it was *published* (found here, if it is not given)."""
    decision = weigh_agreement(Clues(page=page, hints=hints or Hints(), now=now), MODIFIED_WEIGHTS, agree=agree, key=moment)
    if decision.value and published is None:
        published = find_published(page, hints, now=now).value
    if decision.value and decision.value.at and published and published.at and decision.value.at < published.at:
        return Decision(value=None, ballot=decision.ballot)
    return decision
