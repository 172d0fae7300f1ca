"""The only door to the disk for writers: whole files or none, only what changed, only in a folder that is ours.

A file is written under `.broadsheet/staged` and renamed into its place, so that a process killed at any moment leaves either the old
bytes or the new ones. What such a process left staged is removed the next time. One process at a time: two would give one number twice.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from broadsheet.archive.archived import Form
from broadsheet.archive.lock import only_writer
from broadsheet.errors import ArchiveError

VERSION = 1
OURS = ".broadsheet"
MARKER = f"{OURS}/archive.json"
_STAGED = f"{OURS}/staged"


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteReport:
    """What a writer did, in files. *removed* counts what an interrupted run had left half done, nothing else."""

    written: int
    unchanged: int
    removed: int


@contextmanager
def open_folder(root: Path, form: Form) -> Iterator[ArchiveFolder]:
    """The archive of *form* in *root*, made if need be, for this process alone.

    Raises ArchiveError when *root* holds something else, or another process writes to it.
    """
    _claim(root, form)
    with only_writer(root / OURS):
        folder = ArchiveFolder(root)
        folder.clear_staged()
        if _marker_of(root) is None:
            folder.write(MARKER, _marker_bytes(form), durable=True)
        yield folder
        folder.clear_staged()


class ArchiveFolder:
    """A folder that holds an archive. Made by `open_folder`. Raises ArchiveError for anything the disk refuses."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._written = 0
        self._unchanged = 0
        self._removed = 0
        self._staged = 0

    def report(self) -> WriteReport:
        return WriteReport(written=self._written, unchanged=self._unchanged, removed=self._removed)

    def exists(self, path: str) -> bool:
        return self._place(path).exists()

    def read(self, path: str) -> bytes | None:
        """The bytes at *path*, None when there is no such file."""
        try:
            return self._place(path).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _refused(self._place(path), error) from error

    def files(self, under: str, suffix: str) -> list[str]:
        """The paths of all files below *under* that end in *suffix*, sorted."""
        found = (p for p in self._place(under).rglob(f"*{suffix}") if p.is_file())
        return sorted(p.relative_to(self.root).as_posix() for p in found)

    def write(self, path: str, content: bytes, *, durable: bool = False) -> bool:
        """Put *content* at *path* unless it is there already; True when something was written.

        *durable* waits until it is on the disk: for ledgers, which cannot be made again from the articles.
        """
        if self.read(path) == content:
            self.leave()
            return False
        self.place(self.stage(content, durable=durable), path)
        return True

    def leave(self) -> None:
        """Count a file that is as it should be."""
        self._unchanged += 1

    def stage(self, content: bytes, *, durable: bool = False) -> Path:
        """*content* in a file without a place yet."""
        self._staged += 1
        staged = self.root / _STAGED / f"{os.getpid()}-{self._staged}"
        try:
            staged.parent.mkdir(parents=True, exist_ok=True)
            with staged.open("wb") as file:
                file.write(content)
                if durable:
                    file.flush()
                    os.fsync(file.fileno())
        except OSError as error:
            raise _refused(staged, error) from error
        return staged

    def place(self, staged: Path, path: str) -> None:
        """Move a staged file to *path*, in one step."""
        place = self._place(path)
        if not place.parent.resolve().is_relative_to(self.root.resolve()):
            raise _outside(path)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            staged.replace(place)
        except OSError as error:
            raise _refused(place, error) from error
        self._written += 1

    def clear_staged(self) -> None:
        """Remove what never found its place, and the workshop with it."""
        folder = self.root / _STAGED
        try:
            for left_over in sorted(folder.iterdir()) if folder.is_dir() else ():
                left_over.unlink()
                self._removed += 1
            if folder.is_dir():
                folder.rmdir()
        except OSError as error:
            raise _refused(folder, error) from error

    def _place(self, path: str) -> Path:
        parts = PurePosixPath(path).parts
        if not parts or parts[0] == "/" or ".." in parts:
            raise _outside(path)
        return self.root.joinpath(*parts)


def form_of(root: Path) -> Form | None:
    """The form that the marker in *root* names, None without one."""
    marker = _marker_of(root)
    return None if marker is None else marker[0]


def _claim(root: Path, form: Form) -> None:
    """Make *root* if need be; refuse it when it is not ours to write in."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        foreign = [entry.name for entry in root.iterdir() if not entry.name.startswith(".")]
    except OSError as error:
        raise _refused(root, error) from error
    marker = _marker_of(root)
    if marker is None:
        if foreign:
            what = f"is not empty ({sorted(foreign)[0]} …) and no archive of ours"
            raise ArchiveError(str(root), what, do="Name an empty folder, or a fresh git repository")
        try:
            (root / OURS).mkdir(exist_ok=True)
        except OSError as error:
            raise _refused(root / OURS, error) from error
        return
    found, version = marker
    if found != form:
        raise ArchiveError(str(root), f"holds an archive of the {found} form, not the {form} one", do=f"Name another folder, or use --form {found}")
    if version > VERSION:
        raise ArchiveError(str(root), f"was written by a newer Broadsheet (form version {version})", do="Upgrade Broadsheet")


def _marker_of(root: Path) -> tuple[Form, int] | None:
    file = root / MARKER
    try:
        said = json.loads(file.read_bytes())
        form, version = said["form"], int(said["version"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ArchiveError(str(file), f"cannot be read: {error}", do="Restore it from an earlier commit or a mirror") from error
    if form not in ("native", "compatible"):
        raise ArchiveError(str(file), f"names an unknown form: {form!r}", do="Restore it from an earlier commit or a mirror")
    return form, version


def _marker_bytes(form: Form) -> bytes:
    return json.dumps({"form": form, "version": VERSION}).encode() + b"\n"


def _outside(path: str) -> ArchiveError:
    """A name from a ledger, or a link on the disk, that would have us write elsewhere: an archive may have been cloned from anyone."""
    return ArchiveError(path, "leads out of the archive", do="Restore the archive from an earlier commit or a mirror")


def _refused(place: Path, error: OSError) -> ArchiveError:
    if error.errno == errno.ENOSPC:
        return ArchiveError(str(place), "no room is left on the disk", do="Free some space and run it again: nothing is half written")
    return ArchiveError(str(place), f"cannot be used: {error.strerror or error}", do="Check the path and its permissions")
