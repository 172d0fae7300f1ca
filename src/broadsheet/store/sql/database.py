"""Transactions: one connection, one BEGIN, one COMMIT, and our errors instead of the driver's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Engine, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

from broadsheet.errors import BroadsheetError

WRITES = "broadsheet_writes"
"""The execution option that tells a backend's BEGIN that this transaction will write."""

Translate = Callable[[DBAPIError], BroadsheetError]


@dataclass(frozen=True, kw_only=True)
class Database:
    """A database of either kind. *writing* is held by the one thread of this process that writes, where the database has one writer."""

    engine: Engine
    translate: Translate
    writing: AbstractContextManager[Any] = field(default_factory=nullcontext)
    alone: AbstractContextManager[Any] = field(default_factory=nullcontext)  # held by readers too, where all share one connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the database throughout."""
        with self.alone, self._errors(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction: all of it is kept at the end, or nothing."""
        with self.alone, self.writing, self._errors(), self.engine.connect() as connection:
            writer = connection.execution_options(**{WRITES: True})
            with writer.begin():
                yield writer

    @contextmanager
    def migrate(self) -> Iterator[Connection]:
        """A writing transaction in which tables may be rewritten: SQLite then must not follow foreign keys, and can only be told before."""
        with self.alone, self.writing, self._errors(), self.engine.connect() as connection:
            follow_foreign_keys(connection, follow=False)
            writer = connection.execution_options(**{WRITES: True})
            try:
                with writer.begin():
                    yield writer
            finally:
                follow_foreign_keys(connection, follow=True)

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise self.translate(error) from error


class SqlPart:
    """What every part of the SQL store stands on: a database and a clock."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self.database = database
        self.now = now


def follow_foreign_keys(connection: Connection, *, follow: bool) -> None:
    """Switch SQLite's foreign keys on or off for a connection, outside of any transaction; other databases have no such switch."""
    if connection.dialect.name == "sqlite":
        driver = connection.connection.dbapi_connection
        assert driver is not None, "just connected"
        driver.cursor().execute(f"PRAGMA foreign_keys = {'ON' if follow else 'OFF'}")


def insert_for(dialect: str, table: Table) -> Any:
    """An INSERT that can say ON CONFLICT: both databases can, each with its own class, and SQLAlchemy has no common one."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def upsert(connection: Connection, table: Table, row: dict[str, Any]) -> None:
    """Insert a row; where its primary key exists already, replace the other columns."""
    connection.execute(_upsert(connection.dialect.name, table, tuple(row)), row)


def upsert_all(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """`upsert` for many rows with the same columns."""
    if rows:
        connection.execute(_upsert(connection.dialect.name, table, tuple(rows[0])), rows)


def insert_missing(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert the rows whose unique keys are not there yet; leave the others as they are."""
    if rows:
        connection.execute(_insert_missing(connection.dialect.name, table), rows)


# Building such a statement takes SQLAlchemy three times as long as running it, so each is built once.


@cache
def _upsert(dialect: str, table: Table, columns: tuple[str, ...]) -> Any:
    key = [column.name for column in table.primary_key]
    statement = insert_for(dialect, table)
    return statement.on_conflict_do_update(index_elements=key, set_={name: statement.excluded[name] for name in columns if name not in key})


@cache
def _insert_missing(dialect: str, table: Table) -> Any:
    return insert_for(dialect, table).on_conflict_do_nothing()
