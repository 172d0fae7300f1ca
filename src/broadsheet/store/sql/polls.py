"""Polls in SQL: which entries we know, and filing what a poll found, all at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, select, update

from broadsheet.model import ChangedEntry, Entry, EntryKeys, Exchange, KnownEntry, NewEntry, PollState
from broadsheet.store.schema import entries, poll_states, tasks
from broadsheet.store.sql.database import SqlPart, insert_for, upsert
from broadsheet.store.sql.exchanges import file_exchange
from broadsheet.store.sql.lookups import entry_row, host_of_entry
from broadsheet.store.sql.sources import state_row, watched
from broadsheet.store.sql.tasks import put_task
from broadsheet.store.values import StoredEntry

BATCH = 500
"""Keys asked for in one query: SQLite takes 32,766 parameters, and long lists plan badly long before."""


class SqlPolls(SqlPart):
    """The `PollStore` part of the SQL store."""

    def known_entries(self, source_id: str, keys: Sequence[EntryKeys]) -> tuple[KnownEntry, ...]:
        asked = (
            (entries.c.guid, {one.guid for one in keys}),
            (entries.c.link, {one.link for one in keys}),
            (entries.c.title_date, {one.title_date for one in keys}),
        )
        known: dict[int, KnownEntry] = {}
        with self.database.read() as connection:
            for column, values in asked:
                for some in _batches(sorted(value for value in values if value)):
                    rows = connection.execute(_known_columns().where(entries.c.source_id == source_id, column.in_(some)))
                    known.update((row.id, _known(row)) for row in rows)
        return tuple(known[entry_id] for entry_id in sorted(known))

    def keep_poll(
        self,
        source_id: str,
        state: PollState,
        *,
        new: Sequence[NewEntry] = (),
        changed: Sequence[ChangedEntry] = (),
        exchange: Exchange | None = None,
    ) -> None:
        now = self.now()
        with self.database.write() as connection:
            watched(connection, source_id)
            if exchange is not None:
                file_exchange(connection, exchange)
            for one in new:
                _keep_new(connection, source_id, one, now)
            for other in changed:
                _keep_changed(connection, source_id, other, now)
            upsert(connection, poll_states, state_row(source_id, state))

    def entry(self, entry_id: int) -> StoredEntry:
        with self.database.read() as connection:
            return stored_entry(entry_row(connection, entry_id))

    def entries(self, source_id: str, *, limit: int = 100) -> tuple[StoredEntry, ...]:
        query = select(entries).where(entries.c.source_id == source_id).order_by(entries.c.id.desc()).limit(limit)
        with self.database.read() as connection:
            return tuple(stored_entry(row) for row in connection.execute(query))

    def held_entries(self, source_id: str) -> tuple[StoredEntry, ...]:
        awaited = select(tasks.c.id).where(tasks.c.entry_id == entries.c.id).exists()
        query = select(entries).where(entries.c.source_id == source_id, entries.c.article_id.is_(None), ~awaited).order_by(entries.c.id)
        with self.database.read() as connection:
            return tuple(stored_entry(row) for row in connection.execute(query))


def stored_entry(row: Row[Any]) -> StoredEntry:
    """A row as the entry it holds."""
    return StoredEntry(id=row.id, source_id=row.source_id, entry=row.doc, first_seen=row.first_seen, article_id=row.article_id)


def _batches(keys: list[str]) -> Iterator[list[str]]:
    return (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))


def _keep_new(connection: Connection, source_id: str, one: NewEntry, now: datetime) -> None:
    row = {**_words(one.entry, one.keys, one.digest), "source_id": source_id, "first_seen": now}
    entry_id = connection.execute(_insert_new(connection.dialect.name), row).scalar_one_or_none()
    if entry_id is not None and one.fetch:  # None: this very entry was filed before, with its task
        _fetch_page(connection, source_id, entry_id, entry_of=one.entry, due=one.due or now)


@cache
def _insert_new(dialect: str) -> Any:
    return insert_for(dialect, entries).on_conflict_do_nothing().returning(entries.c.id)


def _keep_changed(connection: Connection, source_id: str, one: ChangedEntry, now: datetime) -> None:
    before = connection.execute(select(entries.c.digest).where(entries.c.id == one.id, entries.c.source_id == source_id)).first()
    if before is None:  # purged meanwhile
        return
    values = _words(one.entry, one.keys, one.digest)
    if _is_taken(connection, source_id, values["identity"], one.id):
        values = {"doc": one.entry, "digest": one.digest}  # another entry bears these keys: both stay, each under its own
    connection.execute(update(entries).where(entries.c.id == one.id).values(values))
    if one.fetch and before.digest != one.digest:
        _fetch_page(connection, source_id, one.id, entry_of=one.entry, due=one.due or now)


def _fetch_page(connection: Connection, source_id: str, entry_id: int, *, entry_of: Entry, due: datetime) -> None:
    put_task(connection, kind="page", host=host_of_entry(entry_of), source_id=source_id, entry_id=entry_id, due=due, article_id=None)


def _words(one: Entry, keys: EntryKeys, digest: str) -> dict[str, Any]:
    stated = one.published
    return {
        "guid": keys.guid,
        "link": keys.link,
        "title": keys.title,
        "title_date": keys.title_date,
        "identity": _identity(keys),
        "digest": digest,
        "published_at": stated.at if stated and stated.has_time else None,
        "doc": one,
    }


def _identity(keys: EntryKeys) -> str:
    together = json.dumps([keys.guid, keys.link, keys.title, keys.title_date])
    return hashlib.sha256(together.encode()).hexdigest()


def _is_taken(connection: Connection, source_id: str, identity: str, entry_id: int) -> bool:
    other = select(entries.c.id).where(entries.c.source_id == source_id, entries.c.identity == identity, entries.c.id != entry_id)
    return connection.execute(other).first() is not None


def _known_columns() -> Any:
    keys = (entries.c.guid, entries.c.link, entries.c.title, entries.c.title_date)
    return select(entries.c.id, *keys, entries.c.digest, entries.c.published_at)


def _known(row: Row[Any]) -> KnownEntry:
    keys = EntryKeys(guid=row.guid, link=row.link, title=row.title, title_date=row.title_date)
    return KnownEntry(id=row.id, keys=keys, digest=row.digest, published_at=row.published_at)
