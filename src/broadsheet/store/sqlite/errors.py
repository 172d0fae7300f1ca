"""SQLite's errors in our words: what happened, to which file, what to do."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from broadsheet.errors import BroadsheetError, DiskFull, StoreError, StoreInUse, StoreUnwritable

_Meaning = tuple[type[StoreError], str, str]

_DAMAGED: _Meaning = (StoreError, "is damaged", "Restore it from a backup, or save what can be read with `sqlite3 FILE .recover`")

MEANINGS: Mapping[int, _Meaning] = {  # by primary result code, https://www.sqlite.org/rescode.html
    3: (StoreUnwritable, "cannot be opened: permission denied", "Check who owns the folder and its files"),
    5: (StoreInUse, "is being written by another process, for longer than we wait", "Try again when it is done"),
    6: (StoreInUse, "is being written by another process", "Try again when it is done"),
    8: (StoreUnwritable, "cannot be written", "Check who owns the folder and its files, and whether the disk is mounted read-only"),
    10: (StoreError, "the disk reported an error", "Check the disk and its free space"),
    11: _DAMAGED,
    13: (DiskFull, "the disk is full", "Make room, then start again: nothing that was kept is lost"),
    14: (StoreUnwritable, "cannot be opened", "Check that the folder exists and who owns it"),
    26: (StoreError, "is not a Broadsheet store", "Choose another data folder, or move this file away"),
}


def error_at(file: Path, error: DBAPIError) -> BroadsheetError:
    """Our error for a driver's."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    primary = code & 0xFF if isinstance(code, int) else -1
    kind, what, do = MEANINGS.get(primary, (StoreError, f"the database refused: {error.orig}", ""))
    return kind(str(file), what, do=do)
