"""Permanent redirects: when the address a source redirects to becomes its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from broadsheet.model import PollState
from broadsheet.urls import site_of

FOLLOW_AFTER = 3
"""Polls that must have met a permanent redirect before its target replaces the address: some last for a weekend's maintenance."""

APART = timedelta(days=1)
"""How far these polls must lie apart."""


def seen_moving(state: PollState, target: str | None, url: str, now: datetime, *, known_there: bool) -> PollState:
    """*state* after a poll of *url* that was redirected for good to *target*, or was not (None).

    *known_there*: a feed came from there that holds entries we know; within one site that is proof enough.
    """
    if target is None:
        return replace(state, permanent_url=None, permanent_seen=0, permanent_at=None)
    if known_there and site_of(target) == site_of(url):
        return replace(state, permanent_url=target, permanent_seen=FOLLOW_AFTER, permanent_at=now)
    if target != state.permanent_url:
        return replace(state, permanent_url=target, permanent_seen=1, permanent_at=now)
    if state.permanent_at is not None and now - state.permanent_at < APART:
        return state
    return replace(state, permanent_seen=state.permanent_seen + 1, permanent_at=now)


def moved_to(state: PollState) -> str | None:
    """Where the source now lives for good, once a permanent redirect has been seen often enough; else None."""
    return state.permanent_url if state.permanent_seen >= FOLLOW_AFTER else None
