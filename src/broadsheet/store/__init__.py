"""The store: what is watched, what was seen, what is due, and every revision of every article.

Comes in: sources, what a poll found, readings of stories, exchanges as they were sent. Goes out: the same, by id, by time, by what is
due. It never fetches, never decides what a reading means and never deletes what it was not told to. Each method is one transaction
that may be done twice; methods may be called from any thread, and several processes may have a store open, though only one at a time
may `work()` on it.

Start reading at `port.py`, which says what every store can do, `feed_port.py` and `picture_port.py`, the same for published feeds and for
pictures; `values.py` are the values they take. `sql/` holds the queries, `sqlite/` what is SQLite's own, `schema.py` the tables,
`migrations/` their history, `documents.py` how values rest as bytes, `blobs.py` where pictures rest.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from broadsheet.store.picture_port import KeepingRule, PictureTotals
from broadsheet.store.port import Store
from broadsheet.store.sqlite import open_folder, open_memory
from broadsheet.store.values import EVERYTHING, Adoption, Draft, Lookalike, Place, Rendering, Selection, SourceCounts, StoredEntry

__all__ = [
    "EVERYTHING", "Adoption", "Draft", "KeepingRule", "Lookalike", "PictureTotals", "Place", "Rendering", "Selection", "SourceCounts", "Store",
    "StoredEntry", "open_memory_store", "open_store",
]  # fmt: skip


def open_store(folder: Path, *, now: Callable[[], datetime], read_only: bool = False) -> Store:
    """The store in a data folder, made if need be and brought up to date; with *read_only*, as it is and never changed.

    Raises StoreUnwritable, StoreTooNew, DiskFull, or StoreError for what is no store or a damaged one.
    """
    return open_folder(folder, now=now, read_only=read_only)


def open_memory_store(*, now: Callable[[], datetime]) -> Store:
    """A store that is gone when it is closed: for tests and for trying things out."""
    return open_memory(now=now)
