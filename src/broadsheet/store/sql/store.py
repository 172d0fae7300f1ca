"""The whole store in SQL, put together from its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import Protocol

from broadsheet.store.blobs import Blobs
from broadsheet.store.sql.database import Database
from broadsheet.store.sql.exchanges import SqlExchanges
from broadsheet.store.sql.incidents import SqlIncidents
from broadsheet.store.sql.keeping import SqlKeeping
from broadsheet.store.sql.pictures import SqlPictures
from broadsheet.store.sql.polls import SqlPolls
from broadsheet.store.sql.publications import SqlPublications
from broadsheet.store.sql.renderings import SqlRenderings
from broadsheet.store.sql.sites import SqlSites
from broadsheet.store.sql.sources import SqlSources
from broadsheet.store.sql.tasks import SqlTasks
from broadsheet.store.sql.websub import SqlHub, SqlSubscriptions

WorkLock = Callable[[], AbstractContextManager[None]]


class ChangeMark(Protocol):
    """A number that is another one once anybody has changed anything, None while it is not known."""

    def __call__(self) -> int | None: ...

    def close(self) -> None: ...


class SqlStore(
    SqlSources,
    SqlPolls,
    SqlTasks,
    SqlExchanges,
    SqlKeeping,
    SqlSites,
    SqlRenderings,
    SqlPublications,
    SqlSubscriptions,
    SqlHub,
    SqlIncidents,
    SqlPictures,
):
    """A `Store` over any database that SQLAlchemy speaks to. *lock* is how its backend holds off a second worker, *mark* how it knows changes;
    *blobs* hold what is too large for rows."""

    def __init__(self, database: Database, *, now: Callable[[], datetime], lock: WorkLock, mark: ChangeMark, blobs: Blobs) -> None:
        super().__init__(database, now)
        self.blobs = blobs
        self._lock = lock
        self._mark = mark

    def change_mark(self) -> int | None:
        return self._mark()

    @contextmanager
    def work(self) -> Iterator[None]:
        with self._lock():
            self.free_leases()
            yield

    def close(self) -> None:
        self._mark.close()
        self.database.engine.dispose()

    def __enter__(self) -> SqlStore:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
