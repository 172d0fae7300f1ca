"""Whether something is wrong with a source: incidents are opened when it shows, and closed when it works again.

`check_source` belongs after each poll, `check_articles` after a source's articles were collected; `symptoms.py` decides. An incident is
opened once and stays until its own sign of health is seen, so that it does not flap. While most sources fail at once it is our
network that is broken: one incident of the kind "outage" stands for all, and no source is blamed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from broadsheet.model import Incident, IncidentKind, PollState, Source
from broadsheet.observe import Event
from broadsheet.pipeline.symptoms import (
    ARTICLES_LOOKED_AT,
    ENTRIES_FOR_SILENCE,
    SILENT_LEAST,
    Sample,
    Symptom,
    discreet,
    empty,
    failing,
    is_long_again,
    is_our_outage,
    is_whole_again,
    short,
    silent,
)
from broadsheet.pipeline.tools import Tools
from broadsheet.store import Selection, StoredEntry

SOURCES_FOR_OUTAGE = 500
"""So many, by id, tell whether most fail; an id says nothing about health, and thousands need not be read at every failure."""

FIRST_BATCH = timedelta(days=1)
"""What is seen within a day of adding a source was mostly there before; later, when we first see an entry tells when it came up."""

ENDED_BY_AN_ANSWER: frozenset[IncidentKind] = frozenset({"failing", "gone", "no-feed"})

GONE = Symptom(
    kind="gone",
    said="The publisher says that this feed is gone for good (410), so it is not asked any more. All that was collected stays.",
    do="Look whether the site has another feed; whoever runs this feed can add that, and ask this one again with `broadsheet pause --resume`.",
)
OUTAGE = Symptom(
    kind="outage",
    said="Most sources cannot be reached at once, so it is rather our own connection that is broken than all of them.",
    do="Look at the network, the name server, the proxy (fetch.proxy) and the certificates (fetch.ca_file): `broadsheet doctor` helps.",
)


def check_source(source_id: str, tools: Tools) -> None:
    """Open or close what the last poll of a source shows: that it fails, is gone, or has fallen silent."""
    source, state = tools.store.source(source_id), tools.store.poll_state(source_id)
    if source.state == "gone":
        _open(source_id, GONE, tools)
    elif state.failing_since is not None:
        _look_at_failure(source, state, tools)
    else:
        _look_at_success(source, tools)


def check_articles(source_id: str, tools: Tools) -> None:
    """Open or close what the last articles of a source show: that they come out empty, or much shorter than they used to."""
    kept = tools.store.articles(Selection(source_id=source_id, limit=ARTICLES_LOOKED_AT))
    samples = [Sample(chars=len(one.article.text), whole=one.article.completeness != "teaser" and bool(one.article.text)) for one in kept]
    troubles = _troubles(source_id, tools)
    if "empty" not in troubles:
        _open(source_id, empty(samples), tools)
    elif is_whole_again(samples):
        close_incident(source_id, "empty", over="The last articles have their text again.", tools=tools)
    if "short" not in troubles:
        _open(source_id, short(samples), tools)
    elif is_long_again(samples, troubles["short"].usual_chars or 0):
        close_incident(source_id, "short", over="The last articles are as long as they used to be.", tools=tools)


def open_incident(source_id: str, kind: IncidentKind, *, said: str, do: str, tools: Tools, detail: str = "") -> None:
    """Something is wrong with a source, for whoever notices it: of each kind one is open at a time, and stays as it was opened."""
    _open(source_id, Symptom(kind=kind, said=said, do=do, detail=discreet(detail)), tools)


def close_incident(source_id: str, kind: IncidentKind, *, over: str, tools: Tools) -> None:
    """It is over, if it had begun at all. *over* says so to readers."""
    if tools.store.close_incident(source_id, kind, over=over) is not None:
        tools.said(Event(kind="incident-over", source_id=source_id, said=f"{kind}: {over}"))


def _look_at_failure(source: Source, state: PollState, tools: Tools) -> None:
    symptom = failing(state, tools.now())
    if symptom is None or "failing" in _troubles(source.id, tools):
        return
    if not is_our_outage(tools.store.active_states(limit=SOURCES_FOR_OUTAGE)):
        _open(source.id, symptom, tools)
    elif not _outages(tools):
        _open(source.id, OUTAGE, tools)


def _look_at_success(source: Source, tools: Tools) -> None:
    troubles = _troubles(source.id, tools)
    for kind in ENDED_BY_AN_ANSWER & troubles.keys():
        close_incident(source.id, kind, over="It answers again; what had appeared meanwhile follows.", tools=tools)
    _look_for_silence(source, troubles, tools)
    outages = _outages(tools)
    if outages and not is_our_outage(tools.store.active_states(limit=SOURCES_FOR_OUTAGE)):
        for outage in outages:
            close_incident(outage.source_id, "outage", over="Most sources can be reached again.", tools=tools)


def _look_for_silence(source: Source, troubles: Mapping[IncidentKind, Incident], tools: Tools) -> None:
    symptom = _silence(source, tools)
    if symptom is not None and "silent" not in troubles:
        _open(source.id, symptom, tools)
    elif symptom is None and "silent" in troubles:
        close_incident(source.id, "silent", over="Something new has appeared.", tools=tools)


def _silence(source: Source, tools: Tools) -> Symptom | None:
    newest = tools.store.entries(source.id, limit=1)
    if not newest or tools.now() - _came_up(newest[0], source) <= SILENT_LEAST:  # nearly always: one row, and nothing to compute
        return None
    last = tools.store.entries(source.id, limit=ENTRIES_FOR_SILENCE)
    return silent(
        [_published(one) for one in last], last_news=max(_came_up(one, source) for one in last), added_at=source.added_at, now=tools.now()
    )  # fmt: skip


def _published(one: StoredEntry) -> datetime:
    """When an entry was published, as far as that can be: never after we saw it."""
    stated = one.entry.published or one.entry.updated
    return min(stated.at, one.first_seen) if stated and stated.at else one.first_seen


def _came_up(one: StoredEntry, source: Source) -> datetime:
    return one.first_seen if one.first_seen > source.added_at + FIRST_BATCH else _published(one)


def _troubles(source_id: str, tools: Tools) -> dict[IncidentKind, Incident]:
    return {one.kind: one for one in tools.store.incidents(source_id, open_only=True)}


def _outages(tools: Tools) -> tuple[Incident, ...]:
    return tools.store.incidents(kind="outage", open_only=True)


def _open(source_id: str, symptom: Symptom | None, tools: Tools) -> None:
    if symptom is None or symptom.kind in _troubles(source_id, tools):
        return
    tools.store.open_incident(source_id, symptom.kind, said=symptom.said, do=symptom.do, detail=symptom.detail, usual_chars=symptom.usual_chars)
    tools.said(Event(kind="incident", source_id=source_id, said=f"{symptom.kind}: {symptom.said}"))
