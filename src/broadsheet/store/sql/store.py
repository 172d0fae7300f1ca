"""The whole store in SQL, put together from its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime

from broadsheet.store.sql.database import Database
from broadsheet.store.sql.exchanges import SqlExchanges
from broadsheet.store.sql.keeping import SqlKeeping
from broadsheet.store.sql.polls import SqlPolls
from broadsheet.store.sql.sites import SqlSites
from broadsheet.store.sql.sources import SqlSources
from broadsheet.store.sql.tasks import SqlTasks

WorkLock = Callable[[], AbstractContextManager[None]]


class SqlStore(SqlSources, SqlPolls, SqlTasks, SqlExchanges, SqlKeeping, SqlSites):
    """A `Store` over any database that SQLAlchemy speaks to. *lock* is how its backend holds off a second worker."""

    def __init__(self, database: Database, *, now: Callable[[], datetime], lock: WorkLock) -> None:
        super().__init__(database, now)
        self._lock = lock

    @contextmanager
    def work(self) -> Iterator[None]:
        with self._lock():
            self.free_leases()
            yield

    def close(self) -> None:
        self.database.engine.dispose()

    def __enter__(self) -> SqlStore:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
