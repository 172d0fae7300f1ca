"""Incidents in SQL: what is wrong with sources, and of what the operator is still to be told."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, or_, select

from broadsheet.model import Incident, IncidentKind, PollState, Source
from broadsheet.store.ids import new_id
from broadsheet.store.schema import incidents, poll_states, sources
from broadsheet.store.sql.database import SqlPart, upsert
from broadsheet.store.sql.sources import watched


class SqlIncidents(SqlPart):
    """The `IncidentStore` part of the SQL store."""

    def open_incident(
        self, source_id: str, kind: IncidentKind, *, said: str, do: str = "", detail: str = "", usual_chars: int | None = None
    ) -> Incident:
        now = self.now()
        with self.database.write() as connection:
            watched(connection, source_id)
            already = _open_one(connection, source_id, kind)
            if already is not None:
                return already
            opened = Incident(id=new_id(now), source_id=source_id, kind=kind, opened_at=now, said=said, do=do, detail=detail, usual_chars=usual_chars)
            _keep(connection, opened)
            return opened

    def close_incident(self, source_id: str, kind: IncidentKind, *, over: str) -> Incident | None:
        with self.database.write() as connection:
            found = _open_one(connection, source_id, kind)
            if found is None:
                return None
            closed = replace(found, closed_at=self.now(), over=over)
            _keep(connection, closed)
            return closed

    def incidents(
        self, source_id: str | None = None, *, kind: IncidentKind | None = None, open_only: bool = False, since: datetime | None = None
    ) -> tuple[Incident, ...]:
        query = select(incidents.c.doc)
        if source_id is not None:
            query = query.where(incidents.c.source_id == source_id)
        if kind is not None:
            query = query.where(incidents.c.kind == kind)
        if open_only:
            query = query.where(incidents.c.closed_at.is_(None))
        if since is not None:
            query = query.where(or_(incidents.c.opened_at >= since, incidents.c.closed_at >= since))
        with self.database.read() as connection:
            return tuple(connection.scalars(query.order_by(incidents.c.opened_at.desc(), incidents.c.id.desc())))

    def incidents_to_tell(self, *, limit: int) -> tuple[Incident, ...]:
        query = select(incidents.c.doc).where(incidents.c.to_tell).order_by(incidents.c.opened_at.desc(), incidents.c.id.desc()).limit(limit)
        with self.database.read() as connection:
            return tuple(connection.scalars(query))

    def told(self, incident: Incident) -> None:
        with self.database.write() as connection:
            now = connection.scalar(select(incidents.c.doc).where(incidents.c.id == incident.id))
            if now is not None:  # not purged with its source meanwhile; it may have ended meanwhile, which stays
                _keep(connection, _with_tellings_of(incident, now))

    def active_states(self, *, limit: int) -> tuple[tuple[Source, PollState], ...]:
        joined = sources.join(poll_states, poll_states.c.source_id == sources.c.id)
        query = select(sources.c.doc, poll_states.c.doc).select_from(joined).where(sources.c.removed_at.is_(None), sources.c.state == "active")
        with self.database.read() as connection:
            return tuple((source, state) for source, state in connection.execute(query.order_by(sources.c.id).limit(limit)))


def _open_one(connection: Connection, source_id: str, kind: IncidentKind) -> Incident | None:
    query = select(incidents.c.doc).where(incidents.c.source_id == source_id, incidents.c.kind == kind, incidents.c.closed_at.is_(None))
    found: Incident | None = connection.scalar(query.limit(1))
    return found


def _with_tellings_of(told: Incident, now: Incident) -> Incident:
    return replace(
        now, alerted_at=told.alerted_at, alerted_end_at=told.alerted_end_at, told_by=told.told_by, end_told_by=told.end_told_by
    )  # fmt: skip


def _keep(connection: Connection, one: Incident) -> None:
    is_untold = one.alerted_at is None or (one.closed_at is not None and one.alerted_end_at is None)
    row: dict[str, Any] = {
        "id": one.id,
        "source_id": one.source_id,
        "kind": one.kind,
        "opened_at": one.opened_at,
        "closed_at": one.closed_at,
        "to_tell": is_untold,
        "doc": one,
    }
    upsert(connection, incidents, row)
