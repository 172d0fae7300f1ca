"""One worker a store: a lock on a file, which the operating system frees when its holder dies, however it dies."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from broadsheet.errors import StoreInUse, StoreUnwritable

_FAR = 1 << 30
"""The one byte that is locked: far behind the text, so that others can read who holds it (Windows locks reading too)."""

_held_here: set[Path] = set()
_guard = threading.Lock()
"""The locks of this very process, which its own record locks do not keep apart. See `_lock`."""


@contextmanager
def only_worker(file: Path) -> Iterator[None]:
    """Hold the lock file; raises StoreInUse when another holds it. The file itself stays: removing it would race with the next holder."""
    place = file.absolute()
    with _guard:
        if place in _held_here:
            raise _in_use(file, "this very process")
        handle = _taken(file)
        _held_here.add(place)
    try:
        yield
    finally:
        with _guard:
            os.close(handle)  # frees the lock
            _held_here.discard(place)


def _taken(file: Path) -> int:
    try:
        handle = os.open(file, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o644)
    except OSError as error:
        raise StoreUnwritable(str(file), f"cannot be opened: {error.strerror}", do="Check who owns the data folder") from error
    if not _lock(handle):
        holder = os.read(handle, 20).decode("ascii", errors="replace").strip()
        os.close(handle)
        raise _in_use(file, f"process {holder}" if holder else "another process")
    os.ftruncate(handle, 0)
    os.lseek(handle, 0, os.SEEK_SET)
    os.write(handle, str(os.getpid()).encode())
    return handle


def _in_use(file: Path, holder: str) -> StoreInUse:
    return StoreInUse(str(file.parent), f"is in use by {holder}", do="Stop that one first, or choose another data folder")


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> bool:
        os.lseek(handle, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(handle, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _lock(handle: int) -> bool:
        """A POSIX record lock and not `flock`: children made by fork would inherit that, and orphaned pool workers would hold it on."""
        try:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _FAR)
        except (BlockingIOError, PermissionError):  # POSIX leaves EAGAIN or EACCES to the system
            return False
        return True
