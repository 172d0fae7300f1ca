"""SQLite as we use it: write-ahead log, one writer at a time, foreign keys on."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool, StaticPool

from broadsheet.store.sql.database import WRITES

BUSY_SECONDS = 15.0
"""How long one transaction waits for another process's. Ours last milliseconds; a migration may take seconds."""

POOL_SIZE = 8
OVERFLOW = 56
"""More connections than a web server has threads (40), so that a reader never waits for another."""

WAL_LIMIT_BYTES = 64_000_000
"""The log is cut back to this after a checkpoint; without it one bulk import leaves a huge file for good."""


def engine_for(file: Path) -> Engine:
    """An engine for a database file, made if need be."""
    engine = create_engine(
        URL.create("sqlite", database=str(file.absolute())), poolclass=QueuePool, pool_size=POOL_SIZE, max_overflow=OVERFLOW, connect_args=_CONNECT
    )
    _prepare(engine, "PRAGMA journal_mode = WAL", "PRAGMA synchronous = NORMAL", f"PRAGMA journal_size_limit = {WAL_LIMIT_BYTES}")
    return engine


def reading_engine_for(file: Path, *, immutable: bool) -> Engine:
    """An engine that cannot write. *immutable* reads a file in a folder where not even SQLite's own small files can be made."""
    how = {"immutable": "1"} if immutable else {"mode": "ro"}
    url = URL.create("sqlite", database=file.absolute().as_uri(), query={**how, "uri": "true"})
    engine = create_engine(url, poolclass=QueuePool, pool_size=POOL_SIZE, max_overflow=OVERFLOW, connect_args=_CONNECT)
    _prepare(engine, "PRAGMA query_only = ON")
    return engine


def memory_engine() -> Engine:
    """An engine for a database in memory, which lives as long as its one connection; its users must take turns."""
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args=_CONNECT)
    _prepare(engine)
    return engine


_CONNECT = {"timeout": BUSY_SECONDS, "check_same_thread": False, "isolation_level": None}  # None: we say BEGIN ourselves, see `_begin`


def _prepare(engine: Engine, *pragmas: str) -> None:
    def on_connect(connection: sqlite3.Connection, _record: Any) -> None:
        for pragma in (*pragmas, "PRAGMA foreign_keys = ON"):
            connection.execute(pragma)

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "begin", _begin)


def _begin(connection: Connection) -> None:
    """A transaction that will write says so at once: one that begins reading and then writes is refused when another wrote in between."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(WRITES) else "BEGIN")
