"""One worker a store: a lock on a file, which the operating system frees when its holder dies, however it dies."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from broadsheet.errors import StoreInUse, StoreUnwritable


@contextmanager
def only_worker(file: Path) -> Iterator[None]:
    """Hold the lock file; raises StoreInUse when another holds it. The file itself stays: removing it would race with the next holder."""
    handle = _open(file)
    try:
        if not _lock(handle):
            raise StoreInUse(str(file.parent), f"is in use by {_holder(handle)}", do="Stop that one first, or choose another data folder")
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0) if hasattr(os, "pwrite") else os.write(handle, str(os.getpid()).encode())
        yield
    finally:
        os.close(handle)  # frees the lock


def _open(file: Path) -> int:
    try:
        return os.open(file, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o644)
    except OSError as error:
        raise StoreUnwritable(str(file), f"cannot be opened: {error.strerror}", do="Check who owns the data folder") from error


def _holder(handle: int) -> str:
    os.lseek(handle, 0, os.SEEK_SET)
    pid = os.read(handle, 20).decode("ascii", errors="replace").strip()
    return f"process {pid}" if pid else "another process"


if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30  # locking a byte far behind the text, so that others can read who holds it

    def _lock(handle: int) -> bool:
        os.lseek(handle, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
