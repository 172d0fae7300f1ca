"""Ledgers: what an archive remembers of each file, one JSON object a line, in many small files.

Small, because an archive lives in git: a file that grows for ever and is rewritten on each run would outweigh the articles. Only the
files whose rows changed are written.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any, Generic, TypeVar

import msgspec

from broadsheet.archive.folder import ArchiveFolder
from broadsheet.errors import ArchiveError

Row = TypeVar("Row")


class Ledger(Generic[Row]):
    """Rows of one dataclass, in files; *file_of* says in which file a row belongs, *order* how rows stand there."""

    def __init__(self, folder: ArchiveFolder, row: type[Row], *, file_of: Callable[[Row], str], order: Callable[[Row], Any]) -> None:
        self._folder = folder
        self._decode = msgspec.json.Decoder(row, strict=True).decode
        self._file_of = file_of
        self._order = order
        self._files: dict[str, list[Row]] = {}
        self._changed: set[str] = set()

    def load(self, files: Iterable[str]) -> list[Row]:
        """The rows of *files*. Raises ArchiveError for a line that cannot be read: going on would give numbers or places twice."""
        loaded: list[Row] = []
        for file in files:
            rows = [self._row(file, number, line) for number, line in enumerate(self._lines(file), 1)]
            self._files[file] = rows
            loaded += rows
        return loaded

    def put(self, row: Row, *, instead_of: Row | None = None) -> None:
        """Add *row*, in place of an earlier one of the same file."""
        file = self._file_of(row)
        rows = self._files.setdefault(file, [])
        if instead_of is None:
            rows.append(row)
        else:
            rows[rows.index(instead_of)] = row
        self._changed.add(file)

    def save(self) -> None:
        """Write the files that changed, and wait until they are on the disk."""
        for file in sorted(self._changed):
            lines = (json.dumps(_plain(row), ensure_ascii=True) for row in sorted(self._files[file], key=self._order))
            self._folder.write(file, "".join(f"{line}\n" for line in lines).encode(), durable=True)
        self._changed.clear()

    def _lines(self, file: str) -> list[bytes]:
        return (self._folder.read(file) or b"").splitlines()

    def _row(self, file: str, number: int, line: bytes) -> Row:
        try:
            return self._decode(line)
        except msgspec.MsgspecError as error:
            where = f"{self._folder.root / file}:{number}"
            raise ArchiveError(where, f"cannot be read: {error}", do="Restore this file from an earlier commit or a mirror") from error


def _plain(row: Any) -> dict[str, Any]:
    return {name: msgspec.to_builtins(value) for name, value in asdict(row).items() if value not in (None, "")}
