"""A folder of published files: written whole or not at all, only where something changed, and swept of what is no longer published."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from broadsheet.errors import StoreUnwritable, UsageError

MANIFEST = ".broadsheet.json"
"""Lists what we wrote, so that the next run may remove what is gone and nothing that is not ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeReport:
    """What a run did to the folder."""

    written: int
    unchanged: int
    removed: int


class Tree:
    """Writes files below *root*; `finish` removes what earlier runs wrote and this one did not."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._before = _claimed(root)
        self._now: list[str] = []
        self._written = 0

    def write(self, name: str, content: bytes) -> None:
        """Put *content* at *name*, unless it is there already. A reader never sees half a file."""
        place = self._root / name
        self._now.append(name)
        if place.is_file() and place.stat().st_size == len(content) and place.read_bytes() == content:
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        write_whole(place, content)
        self._written += 1

    def keep(self, name: str, *, size_bytes: int, since: datetime | None) -> bool:
        """Leave the file at *name* as it is if it was written after *since* and has this size; whether that is so."""
        place = self._root / name
        if since is None or not place.is_file():
            return False
        there = place.stat()
        if there.st_size != size_bytes or there.st_mtime < since.timestamp():
            return False
        self._now.append(name)
        return True

    def finish(self) -> TreeReport:
        """Sweep, and note what is here now."""
        here = set(self._now)
        gone = [name for name in self._before if name not in here]
        removed = 0
        for name in gone:
            place = self._root / name
            if place.is_file():
                place.unlink()
                removed += 1
            _remove_empty(place.parent, self._root)
        write_whole(self._root / MANIFEST, json.dumps(sorted(self._now), ensure_ascii=False, indent=0).encode())
        return TreeReport(written=self._written, unchanged=len(self._now) - self._written, removed=removed)


def write_whole(place: Path, content: bytes) -> None:
    """Write a file so that it is either the old or the new one, also when the machine stops in between."""
    handle, temporary = tempfile.mkstemp(dir=place.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(temporary, 0o644)  # mkstemp makes it private; published files are for a web server to read
        os.replace(temporary, place)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _claimed(root: Path) -> list[str]:
    """What earlier runs wrote here. Refuses a folder that holds a site of somebody else's."""
    if root.exists() and not root.is_dir():
        raise UsageError(str(root), "is a file, not a folder", do="Name a folder to publish to.")
    try:
        root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnwritable(str(root), f"cannot be made: {error.strerror}", do="Choose a folder that you may write to.") from error
    if not os.access(root, os.W_OK):
        raise StoreUnwritable(str(root), "cannot be written", do="Choose a folder that you may write to.")
    manifest = root / MANIFEST
    if manifest.is_file():
        return [name for name in json.loads(manifest.read_text("utf-8")) if _is_below(name)]
    if (root / "index.html").exists():
        raise UsageError(str(root), "holds an index.html that Broadsheet did not write", do="Publish to an empty folder.")
    return []


def _is_below(name: object) -> bool:
    """Whether a manifest's name stays below the root: the file may have been edited."""
    return isinstance(name, str) and not name.startswith("/") and ".." not in Path(name).parts


def _remove_empty(folder: Path, root: Path) -> None:
    while folder != root and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
