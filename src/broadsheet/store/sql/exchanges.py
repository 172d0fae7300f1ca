"""Exchanges in SQL: answers as they were sent, equal bodies once."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, exists, select

from broadsheet.model import Exchange
from broadsheet.store.documents import pack, unpack
from broadsheet.store.schema import bodies, exchanges, revision_exchanges
from broadsheet.store.sql.database import SqlPart, insert_missing


class SqlExchanges(SqlPart):
    """The `ExchangeStore` part of the SQL store."""

    def file_exchange(self, exchange: Exchange) -> None:
        with self.database.write() as connection:
            file_exchange(connection, exchange)

    def exchange(self, exchange_id: str) -> Exchange | None:
        query = select(exchanges, bodies.c.packed).join(bodies, bodies.c.hash == exchanges.c.body_hash).where(exchanges.c.id == exchange_id)
        with self.database.read() as connection:
            row = connection.execute(query).first()
        return _exchange(row) if row else None

    def forget_exchanges(self, before: datetime) -> int:
        needed = exists().where(revision_exchanges.c.exchange_id == exchanges.c.id)
        with self.database.write() as connection:
            forgotten = connection.execute(delete(exchanges).where(exchanges.c.fetched_at < before, ~needed))
            connection.execute(delete(bodies).where(~exists().where(exchanges.c.body_hash == bodies.c.hash)))
            return forgotten.rowcount


def file_exchange(connection: Connection, one: Exchange) -> None:
    """Keep an exchange within a transaction; once filed it never changes."""
    body_hash = hashlib.sha256(one.body).hexdigest()
    if connection.execute(select(bodies.c.hash).where(bodies.c.hash == body_hash)).first() is None:  # spares the packing
        insert_missing(connection, bodies, [{"hash": body_hash, "packed": pack(one.body)}])
    row = {
        "id": one.id,
        "url": one.url,
        "final_url": one.final_url,
        "permanent_url": one.permanent_url,
        "status": one.status,
        "headers": one.headers,
        "body_hash": body_hash,
        "fetched_at": one.fetched_at,
    }
    insert_missing(connection, exchanges, [row])


def _exchange(row: Any) -> Exchange:
    return Exchange(
        id=row.id,
        url=row.url,
        final_url=row.final_url,
        status=row.status,
        headers=row.headers,
        body=unpack(row.packed),
        fetched_at=row.fetched_at,
        permanent_url=row.permanent_url,
    )
