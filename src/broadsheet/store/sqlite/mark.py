"""Whether anything in the database has changed, known in some microseconds: what lets a server answer 304 without a query."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

from sqlalchemy import Engine


class FileMark:
    """The mark of a database file, over a connection of its own: SQLite counts there what all others commit (`PRAGMA data_version`).

    It never waits: while the file is locked (by a migration, say) the mark is not known. *immutable* files never change.
    """

    def __init__(self, file: Path, *, immutable: bool = False) -> None:
        self._file = file
        self._immutable = immutable
        self._turn = threading.Lock()
        self._connection: sqlite3.Connection | None = None

    def __call__(self) -> int | None:
        if self._immutable:
            return 0
        with self._turn:
            try:
                return int(self._connected().execute("PRAGMA data_version").fetchone()[0])
            except sqlite3.Error:
                return None  # as the port says; the query that follows will tell what is wrong

    def close(self) -> None:
        with self._turn:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _connected(self) -> sqlite3.Connection:
        if self._connection is None:
            url = f"{self._file.absolute().as_uri()}?mode=ro"
            self._connection = sqlite3.connect(url, uri=True, timeout=0, isolation_level=None, check_same_thread=False)
        return self._connection


class MemoryMark:
    """The mark of a database in memory: all share its one connection, which counts the rows it has written."""

    def __init__(self, engine: Engine) -> None:
        with engine.connect() as connection:  # only here: to give a shared connection back is to roll back what others do with it
            self._driver = connection.connection.dbapi_connection

    def __call__(self) -> int | None:
        return self._driver.total_changes if isinstance(self._driver, sqlite3.Connection) else None

    def close(self) -> None:
        """Nothing of its own to let go of."""
