"""Where large things rest as they are, by the hash of their bytes: in files, beside the database.

A blob is written before the row that names it is committed, and deleted after the row is gone: killed between, a file is left over that
nothing names, never a row without its file. Equal bytes are one blob.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Protocol

from broadsheet.errors import DiskFull, StoreError, StoreUnwritable

NO_ROOM = 28  # errno.ENOSPC, the same on all systems
PART = ".part"


class Blobs(Protocol):
    """Bytes by the SHA-256 of themselves, in hex. Methods may be called from any thread, and by several processes."""

    def put(self, body: bytes) -> str:
        """Keep *body*; its hash. Raises DiskFull or StoreUnwritable."""

    def get(self, hash: str) -> bytes | None:
        """The bytes, None where there are none. Raises StoreError for bytes that are not what their hash says."""

    def delete(self, hash: str) -> None:
        """Forget them; nothing where there are none."""

    def names(self, *, before: datetime) -> Iterator[str]:
        """The hashes of what was put before a time; what an interrupted `put` has left since then is deleted on the way."""


class FolderBlobs:
    """Blobs as files in a folder, made with the first: `ab/cdef…`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, body: bytes) -> str:
        name = hashlib.sha256(body).hexdigest()
        file = self._file(name)
        if _holds(file, body):
            return name
        part = file.with_name(f"{file.name}.{os.getpid()}-{secrets.token_hex(4)}{PART}")
        try:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with part.open("wb") as out:
                out.write(body)
                out.flush()
                os.fsync(out.fileno())
            part.replace(file)
        except OSError as error:
            with suppress(OSError):
                part.unlink()
            kind = DiskFull if error.errno == NO_ROOM else StoreUnwritable
            raise kind(str(file), f"cannot be written: {error.strerror}", do="Make room, or check who owns the folder") from error
        return name

    def get(self, hash: str) -> bytes | None:
        try:
            body = self._file(hash).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(str(self._file(hash)), f"cannot be read: {error.strerror}", do="Check who owns the data folder") from error
        return checked(body, hash, str(self._file(hash)))

    def delete(self, hash: str) -> None:
        with suppress(FileNotFoundError):
            self._file(hash).unlink()

    def names(self, *, before: datetime) -> Iterator[str]:
        for file in self._folder.glob("[0-9a-f][0-9a-f]/*"):
            with suppress(FileNotFoundError):  # another process may be deleting too
                if file.stat().st_mtime >= before.timestamp():
                    continue
                if file.suffix == PART:
                    file.unlink()
                else:
                    yield file.parent.name + file.name

    def _file(self, hash: str) -> Path:
        return self._folder / hash[:2] / hash[2:]


class MemoryBlobs:
    """Blobs that are gone with their store."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}
        self._turn = threading.Lock()

    def put(self, body: bytes) -> str:
        name = hashlib.sha256(body).hexdigest()
        with self._turn:
            self._kept[name] = body
        return name

    def get(self, hash: str) -> bytes | None:
        return self._kept.get(hash)

    def delete(self, hash: str) -> None:
        with self._turn:
            self._kept.pop(hash, None)

    def names(self, *, before: datetime) -> Iterator[str]:
        return iter(())  # nothing outlives a kill here


def _holds(file: Path, body: bytes) -> bool:
    """Whether *file* is there and is *body*: a damaged one is written anew."""
    try:
        return file.stat().st_size == len(body) and file.read_bytes() == body
    except OSError:
        return False  # what is wrong shows when it is written


def checked(body: bytes, hash: str, where: str) -> bytes:
    """*body*, if it is what *hash* says. Raises StoreError."""
    if hashlib.sha256(body).hexdigest() != hash:
        raise StoreError(where, "is not what was kept: its bytes have changed", do="Restore it from a backup, or delete it to have it fetched again")
    return body
