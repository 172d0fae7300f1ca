"""Changes to when sources are due that do not come from a source's own poll: a stop of ours, a host that wants rest, a person who asks."""

from __future__ import annotations

from datetime import datetime

from broadsheet.model import Failed, Outcome, PollState, Source
from broadsheet.pipeline.tools import Tools
from broadsheet.sources import refreshed, rested, spread
from broadsheet.store import Store
from broadsheet.urls import host_of


def spread_overdue(tools: Tools) -> int:
    """Spread the sources that fell due while nobody was at work over the next half hour; how many were put off."""
    now, put_off = tools.now(), 0
    for source in tools.store.due_sources(now):
        state = tools.store.poll_state(source.id)
        later = spread(state, now, source.id)
        if later != state:
            tools.store.keep_poll(source.id, later)
            put_off += 1
    return put_off


def rest_host(source: Source, outcome: Outcome, after: PollState, tools: Tools) -> None:
    """After a 429, or when there is no connection at all, leave the other sources of the host alone for as long; errors of one are not theirs."""
    if not isinstance(outcome, Failed) or not (outcome.status == 429 or outcome.unreachable):
        return
    host, until = host_of(source.url), after.not_before or after.next_due
    for other in tools.store.sources():
        if other.id != source.id and other.state == "active" and host_of(other.url) == host:
            state = tools.store.poll_state(other.id)
            rests = rested(state, until, other.id, is_asked=after.not_before is not None)
            if rests != state:
                tools.store.keep_poll(other.id, rests)


def ask_again(source_id: str, store: Store, now: datetime) -> datetime:
    """Somebody wants *source_id*'s news now: when it will be asked, which is at once unless it was just now or its server forbids it.

    Raises UnknownSource.
    """
    state = store.poll_state(source_id)
    sooner = refreshed(state, now)
    if sooner != state:
        store.keep_poll(source_id, sooner)
    return sooner.next_due
