"""Pictures kept on disk for a while: as they were fetched, and as they were made. A budget of bytes; what was longest not asked for goes first.

A folder that any number of processes may share: a file is written under another name and then renamed, so nobody sees half of one; whoever
finds the budget overdrawn sweeps, and a file that is gone meanwhile is nobody's error. Nothing is lost with it: all can be made again.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import time

from broadsheet.observe import log

TOUCH_EVERY = 300.0
"""Seconds: reading a file again within this time does not make it any younger, which spares a write for every read."""

SWEPT_TO = 0.9
"""Of the budget, so that the next picture does not sweep again."""

LOOK_EVERY = 0.1
"""Of the budget: after having written so much, see what others have written."""

STALE_PART = 3600.0
"""Seconds after which a file being written belongs to a process that died."""

_PART = ".part"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cached:
    """A body and what must be known of it, in a few words each."""

    body: bytes = field(repr=False)
    headers: Mapping[str, str]
    kept_at: datetime


@dataclass(slots=True)
class CacheCounts:
    """What the cache did since the process began."""

    hits: int = 0
    misses: int = 0
    evicted: int = 0
    damaged: int = 0


class PictureCache:
    """A cache in *folder* of at most *limit_bytes*, give or take a tenth for each process that writes. Methods block; any thread may call."""

    def __init__(self, folder: Path, *, limit_bytes: int) -> None:
        self._folder = folder
        self._limit = limit_bytes
        self._turn = threading.Lock()
        self._known: int | None = None  # bytes there were at the last look, None: not looked yet
        self._written = 0  # since then, by this process
        self._warned = False
        self.counts = CacheCounts()

    def get(self, key: str) -> Cached | None:
        """What was kept under *key*; None when there is nothing, or nothing whole."""
        file = self._file(key)
        try:
            raw = file.read_bytes()
        except OSError:
            self.counts.misses += 1
            return None
        found = _read(raw, key)
        if found is None:
            self.counts.damaged += 1
            self.counts.misses += 1
            _remove(file)
            return None
        self.counts.hits += 1
        self._touch(file)
        return found

    def put(self, key: str, cached: Cached) -> None:
        """Keep it, in the place of what was kept under *key*. A disk that takes nothing costs the cache, not the answer."""
        raw = _written(key, cached)
        file = self._file(key)
        part = file.with_name(f"{file.name}.{os.getpid()}-{secrets.token_hex(4)}{_PART}")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(raw)
            part.replace(file)
        except OSError as error:
            _remove(part)
            self._warn(error)
            return
        with self._turn:
            self._written += len(raw)
            overdrawn = self._known is None or self._known + self._written > self._limit or self._written > LOOK_EVERY * self._limit
        if overdrawn:
            self.sweep()

    def sweep(self) -> int:
        """Delete what was longest not asked for until the budget is kept; how many bytes are left."""
        files = sorted(self._files())
        total = sum(size for _, size, _ in files)
        wanted = SWEPT_TO * self._limit if total > self._limit else total
        for _, size, file in files:
            if total <= wanted:
                break
            if _remove(file):
                self.counts.evicted += 1
            total -= size
        with self._turn:
            self._known, self._written = total, 0
        return total

    @property
    def size_bytes(self) -> int:
        """How much is kept, as of the last look and what this process wrote since."""
        return (self._known or 0) + self._written

    def _files(self) -> Iterator[tuple[float, int, Path]]:
        """Every kept file by when it was last asked for; what a dead process left half written is removed on the way."""
        for folder, _, names in os.walk(self._folder):
            for name in names:
                file = Path(folder, name)
                with suppress(OSError):  # removed by another process
                    found = file.stat()
                    if name.endswith(_PART):
                        if time() - found.st_mtime > STALE_PART:
                            _remove(file)
                    else:
                        yield found.st_mtime, found.st_size, file

    def _file(self, key: str) -> Path:
        name = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
        return self._folder / name[:2] / name[2:]

    def _touch(self, file: Path) -> None:
        with suppress(OSError):  # it was evicted just now
            if time() - file.stat().st_mtime > TOUCH_EVERY:
                os.utime(file)

    def _warn(self, error: OSError) -> None:
        if not self._warned:
            self._warned = True
            log("images").warning("pictures cannot be cached in %s: %s", self._folder, error.strerror or error)


def _written(key: str, cached: Cached) -> bytes:
    said = {
        "key": key,
        "headers": dict(cached.headers),
        "kept_at": cached.kept_at.timestamp(),
        "digest": _digest(cached.body),
    }
    return json.dumps(said).encode() + b"\n" + cached.body


def _read(raw: bytes, key: str) -> Cached | None:
    """What a file holds; None for a file that was cut short, changed, or written for another key."""
    head, mark, body = raw.partition(b"\n")
    try:
        said = json.loads(head)
        if not mark or said["key"] != key or said["digest"] != _digest(body):
            return None
        return Cached(body=body, headers=said["headers"], kept_at=datetime.fromtimestamp(said["kept_at"], UTC))
    except (ValueError, KeyError, TypeError, OverflowError):
        return None


def _digest(body: bytes) -> str:
    return hashlib.blake2b(body, digest_size=16).hexdigest()


def _remove(file: Path) -> bool:
    try:
        file.unlink()
    except OSError:
        return False
    return True
