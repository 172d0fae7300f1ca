"""A store in one SQLite file: the default, for one machine.

`open_folder` opens (and makes, and brings up to date) the store in a folder; `open_memory` one that lives in memory, for tests and
for trying things out. The queries are those of `store/sql`; here is only what is SQLite's own: how a connection is made (`engine.py`),
what its errors mean (`errors.py`), and who may work on it (`lock.py`).
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

from broadsheet.errors import StoreError, StoreInUse, StoreUnwritable
from broadsheet.store.blobs import FolderBlobs, MemoryBlobs
from broadsheet.store.migrations import bring_up_to_date, require_current
from broadsheet.store.schema import metadata
from broadsheet.store.sql.database import Database
from broadsheet.store.sql.store import SqlStore
from broadsheet.store.sqlite.engine import engine_for, memory_engine, reading_engine_for
from broadsheet.store.sqlite.errors import error_at
from broadsheet.store.sqlite.lock import only_worker
from broadsheet.store.sqlite.mark import FileMark, MemoryMark

DATABASE = "broadsheet.db"
LOCK = "broadsheet.lock"
PICTURES = "pictures"

__all__ = ["DATABASE", "LOCK", "open_folder", "open_memory"]


def open_folder(folder: Path, *, now: Callable[[], datetime], read_only: bool = False) -> SqlStore:
    """The store in *folder*, made if it is not there, its tables brought up to date; see `broadsheet.store.open_store`."""
    file = folder / DATABASE
    sealed = read_only and _is_sealed(file)
    database = _reading(file, immutable=sealed) if read_only else _writing(file)
    try:
        require_current(database, str(file)) if read_only else bring_up_to_date(database, str(file))
    except BaseException:
        database.engine.dispose()
        raise
    blobs = FolderBlobs(folder / PICTURES)
    return SqlStore(database, now=now, lock=partial(only_worker, folder / LOCK), mark=FileMark(file, immutable=sealed), blobs=blobs)


def open_memory(*, now: Callable[[], datetime]) -> SqlStore:
    """A store in memory: all threads share its one connection and take turns."""
    memory = Path(":memory:")
    database = Database(engine=memory_engine(), translate=partial(error_at, memory), alone=threading.RLock())
    with database.write() as connection:
        metadata.create_all(connection)  # three times as fast as walking through the history, and the same: a test compares them
    return SqlStore(database, now=now, lock=_Turn().hold, mark=MemoryMark(database.engine), blobs=MemoryBlobs())


def _writing(file: Path) -> Database:
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # sources may carry the cookies of a subscription
    except OSError as error:
        raise StoreUnwritable(str(file.parent), f"cannot be made: {error.strerror}", do="Choose another data folder") from error
    return Database(engine=engine_for(file), translate=partial(error_at, file), writing=threading.RLock())


def _reading(file: Path, *, immutable: bool) -> Database:
    if not file.is_file():
        raise StoreError(str(file.parent), "holds no store yet", do="Add a source first: `broadsheet add URL`")
    return Database(engine=reading_engine_for(file, immutable=immutable), translate=partial(error_at, file))


def _is_sealed(file: Path) -> bool:
    """Whether nobody is writing (there is no log) and we may not either."""
    return not _may_write(file.parent) and not file.with_name(f"{DATABASE}-wal").exists()


def _may_write(folder: Path) -> bool:
    return os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


class _Turn:
    """The one worker of a store in memory."""

    def __init__(self) -> None:
        self._taken = threading.Lock()

    @contextmanager
    def hold(self) -> Iterator[None]:
        if not self._taken.acquire(blocking=False):
            raise StoreInUse(":memory:", "is in use by another worker", do="Let that one end first")
        try:
            yield
        finally:
            self._taken.release()
