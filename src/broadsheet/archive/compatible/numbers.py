"""The numbers of the compatible form: counting down, so that a folder sorted by name shows the newest first.

The archives before us counted down from 1048575 without a fixed width. After 48,575 articles of a source the next name, 999999, sorts
last; their writer then took 1000000 for the newest for ever, and wrote new articles over 999999, 999998 and so on. Here every number has
seven digits: after 1000000 the count begins again in a continuation folder (`nyt`, `nyt.2`, `nyt.3`). No source's own folder can have such
a name, for theirs hold no dot.

Numbers are given in the order of time among the articles that are new to the archive, and kept in `.broadsheet/numbers`. They are written
there before the articles are, so that no crash can give one away twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import count

FIRST = 1_048_574
LAST = 1_000_000  # the smallest number of seven digits
_BLOCK = 1_000  # rows in one file of the ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A number, and the article that has it for good."""

    folder: str
    number: int
    id: str
    at: datetime  # what lists sort by
    title: str

    @property
    def path(self) -> str:
        return f"articles/{self.folder}/{self.number}.md"


def ledger_file(row: Numbered) -> str:
    """Where *row* is kept: a thousand numbers a file, so that full ones never change."""
    return f".broadsheet/numbers/{row.folder}/{row.number // _BLOCK}.jsonl"


def folder_of(source_folder: str, part: int) -> str:
    """The folder of a source's first, second, … 48,575 articles."""
    return source_folder if part == 1 else f"{source_folder}.{part}"


def places_after(taken: Iterable[Numbered], source_folder: str) -> Iterator[tuple[str, int]]:
    """Folders and numbers for the next articles of a source, after those *taken*. Without end."""
    used = [(_part_of(row.folder, source_folder), row.number) for row in taken]
    current = max((part for part, _ in used), default=1)
    lowest = min((number for part, number in used if part == current), default=FIRST + 1)
    for part in count(current):
        for number in range(lowest - 1, LAST - 1, -1):
            yield folder_of(source_folder, part), number
        lowest = FIRST + 1


def _part_of(folder: str, source_folder: str) -> int:
    return 1 if folder == source_folder else int(folder.removeprefix(f"{source_folder}."))
