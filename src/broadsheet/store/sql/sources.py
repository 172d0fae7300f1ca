"""Sources in SQL: what is watched, and when it is due."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, select, union_all, update

from broadsheet.errors import SourceExists, UnknownSource
from broadsheet.model import PollState, Source
from broadsheet.store.schema import poll_states, sources, tasks
from broadsheet.store.sql.database import SqlPart, upsert


class SqlSources(SqlPart):
    """The `SourceStore` part of the SQL store."""

    def add_source(self, source: Source, poll_state: PollState) -> None:
        with self.database.write() as connection:
            _refuse_known(connection, source)
            upsert(connection, sources, {**_row(source), "removed_at": None})
            upsert(connection, poll_states, state_row(source.id, poll_state))

    def source(self, source_id: str) -> Source:
        with self.database.read() as connection:
            return watched(connection, source_id)

    def source_by_url(self, url: str) -> Source | None:
        with self.database.read() as connection:
            found = connection.execute(_watched_sources().where(sources.c.url == url)).first()
        return found.doc if found else None

    def sources(self, *, removed: bool = False) -> tuple[Source, ...]:
        query = select(sources.c.doc) if removed else _watched_sources()
        with self.database.read() as connection:
            return tuple(row.doc for row in connection.execute(query.order_by(sources.c.added_at, sources.c.id)))

    def replace_source(self, source: Source) -> None:
        with self.database.write() as connection:
            watched(connection, source.id)
            connection.execute(update(sources).where(sources.c.id == source.id).values(_row(source)))

    def remove_source(self, source_id: str, *, purge: bool = False) -> None:
        with self.database.write() as connection:
            watched(connection, source_id)
            if purge:
                connection.execute(delete(sources).where(sources.c.id == source_id))  # all that hangs on it goes too (ON DELETE CASCADE)
                return
            connection.execute(update(sources).where(sources.c.id == source_id).values(removed_at=self.now()))
            connection.execute(delete(poll_states).where(poll_states.c.source_id == source_id))
            connection.execute(delete(tasks).where(tasks.c.source_id == source_id))

    def poll_state(self, source_id: str) -> PollState:
        with self.database.read() as connection:
            watched(connection, source_id)
            state: PollState = connection.execute(select(poll_states.c.doc).where(poll_states.c.source_id == source_id)).scalar_one()
            return state

    def due_sources(self, now: datetime, until: datetime | None = None, *, limit: int | None = None) -> tuple[Source, ...]:
        latest = max(now, until) if until else now
        query = _active_sources(sources.c.doc).where(poll_states.c.next_due <= latest).order_by(poll_states.c.next_due, sources.c.id).limit(limit)
        with self.database.read() as connection:
            return tuple(row.doc for row in connection.execute(query))

    def next_due(self, *, skip_sources: Collection[str] = ()) -> datetime | None:
        active = _active_sources(poll_states.c.next_due.label("due")).where(sources.c.id.not_in(skip_sources))
        poll = active.order_by(poll_states.c.next_due).limit(1)
        busy = select(tasks.c.host).where(tasks.c.state == "leased")  # these wait for their host's lease to end
        waiting = select(tasks.c.due.label("due")).where(tasks.c.state == "due", tasks.c.host.not_in(busy)).order_by(tasks.c.due).limit(1)
        leased = select(tasks.c.lease_until.label("due")).where(tasks.c.state == "leased").order_by(tasks.c.lease_until).limit(1)
        soonest = union_all(*(select(one.subquery().c.due) for one in (poll, waiting, leased)))
        with self.database.read() as connection:
            return min((due for due in connection.scalars(soonest) if due), default=None)


def watched(connection: Connection, source_id: str) -> Source:
    """The source; raises UnknownSource when it is not, or no longer, watched."""
    found: Row[Any] | None = connection.execute(_watched_sources().where(sources.c.id == source_id)).first()
    if found is None:
        raise UnknownSource(source_id, "no source has this id", do="`broadsheet sources` lists those there are")
    watched_source: Source = found.doc
    return watched_source


def state_row(source_id: str, state: PollState) -> dict[str, Any]:
    """A poll state as a row."""
    return {"source_id": source_id, "next_due": state.next_due, "doc": state}


def _watched_sources() -> Select[Any]:
    return select(sources.c.doc).where(sources.c.removed_at.is_(None))


def _active_sources(column: Any) -> Select[Any]:
    joined = sources.join(poll_states, poll_states.c.source_id == sources.c.id)
    return select(column).select_from(joined).where(sources.c.removed_at.is_(None), sources.c.state == "active")


def _refuse_known(connection: Connection, new: Source) -> None:
    same = (sources.c.id == new.id) | (sources.c.url == new.url)
    known = connection.execute(_watched_sources().where(same)).first()
    if known is not None:
        raise SourceExists(known.doc.id, f"is watched already, at {known.doc.url}", do="Choose another id, or leave it as it is")


def _row(one: Source) -> dict[str, Any]:
    return {"id": one.id, "url": one.url, "state": one.state, "category": one.category, "added_at": one.added_at, "doc": one}
