"""The manifest of a month: for each file its hash, its revision, and the revision before, so that alterations show."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from broadsheet.errors import ArchiveError

MANIFEST = "manifest.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A file of the archive. *path* is the one it keeps for good; *previous* the content hash of the revision before."""

    path: str
    id: str
    revision: int
    content_hash: str
    previous: str | None = None
    sha256: str
    at: datetime  # what lists sort by
    title: str
    latest: bool = True
    made_of: str = ""  # digest of what the file was made from: the same again needs no rendering


def manifest_of(row: Filed) -> str:
    """The file *row* is kept in, beside its article."""
    return f"{row.path.rpartition('/')[0]}/{MANIFEST}"


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def verify(folder: Path) -> Iterator[ArchiveError]:
    """Whatever in the archive at *folder* is not as its manifests say: files gone, altered, or not named. Nothing when all is well."""
    articles = folder / "articles"
    for manifest in sorted(articles.rglob(MANIFEST)):
        named = set()
        for number, line in enumerate(manifest.read_bytes().splitlines(), 1):
            try:
                row = msgspec.json.decode(line, type=Filed)
            except msgspec.MsgspecError as error:
                yield ArchiveError(f"{manifest}:{number}", f"cannot be read: {error}")
                continue
            named.add(Path(row.path).name)
            yield from _checked(manifest.parent / Path(row.path).name, row)
        strays = sorted(file.name for file in manifest.parent.glob("*.md") if file.name not in named)
        yield from (ArchiveError(str(manifest.parent / name), "is not named in the manifest") for name in strays)


def _checked(file: Path, row: Filed) -> Iterator[ArchiveError]:
    if not file.is_file():
        yield ArchiveError(str(file), "is gone")
    elif sha256(file.read_bytes()) != row.sha256:
        yield ArchiveError(str(file), "is not what was written: its hash differs from the manifest's")
