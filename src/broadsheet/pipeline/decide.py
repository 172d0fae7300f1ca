"""What a reading means for what we have: pure decisions, carried out by `keep.py`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from broadsheet.compare import decide_revision
from broadsheet.model import Article, StoredArticle

REVISIT_AFTER = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=3), timedelta(days=7), timedelta(days=30))
"""When an article is looked at again, counted from its first sight. News is corrected within hours; a week later hardly ever."""

RETRY_AFTER = (timedelta(seconds=5), timedelta(seconds=20), timedelta(minutes=2), timedelta(minutes=15), timedelta(hours=2), timedelta(hours=12))
"""Pauses between attempts at a page. The first are short: most failures are a restart or a dropped connection."""


@dataclass(frozen=True, slots=True, kw_only=True)
class New:
    """A story we do not have."""

    article: Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """A story we have, in a state we do not have. *why*: what changed, in words."""

    article: Article
    of: StoredArticle
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """Nothing that a reader would see has changed. *why* in words."""

    of: StoredArticle
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NearDuplicate:
    """A story we do not have, whose text another article tells already: kept, and marked as such."""

    article: Article
    of: StoredArticle


Intent = New | Revised | Unchanged | NearDuplicate


def decide(seen: Article, *, have: StoredArticle | None, twin: StoredArticle | None = None) -> Intent:
    """What to do with an article as just read.

    *have* is what is stored for this entry or address; *twin* an article that tells the same text elsewhere.
    """
    if have is None:
        return New(article=seen) if twin is None else NearDuplicate(article=seen, of=twin)
    verdict = decide_revision(seen, have.article)
    if verdict.kind == "revised":
        return Revised(article=seen, of=have, why=verdict.reason)
    return Unchanged(of=have, why=verdict.reason or "the same content")


def revisit_due(*, first_seen: datetime, now: datetime, days: float) -> datetime | None:
    """When to look at an article again, or None when it has come to rest (*days* after its first sight)."""
    for after in REVISIT_AFTER:
        if after <= timedelta(days=days) and first_seen + after > now:
            return first_seen + after
    return None


def retry_due(*, tries: int, now: datetime, retry_after: timedelta | None, limit: int) -> datetime | None:
    """When to try a page again after attempt number *tries* failed, or None when that was the last."""
    if tries >= limit:
        return None
    pause = RETRY_AFTER[min(tries, len(RETRY_AFTER)) - 1]
    return now + max(pause, retry_after or timedelta(0))
