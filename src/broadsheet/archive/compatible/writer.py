"""Write an archive of the compatible form. See `numbers.py` for the names, `render.py` for the bytes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from itertools import count
from pathlib import Path

from broadsheet.archive.compatible.lists import list_form, readme
from broadsheet.archive.compatible.numbers import Numbered, folder_of, ledger_file, places_after
from broadsheet.archive.compatible.render import FORM_ZONE, render_article
from broadsheet.archive.folder import ArchiveFolder, WriteReport, open_folder
from broadsheet.archive.ledger import Ledger
from broadsheet.archive.links import plain_title
from broadsheet.archive.lists import Listed, Listing, write_lists
from broadsheet.archive.places import folder_name
from broadsheet.model import Source, StoredArticle


def write(
    out: Path,
    sources: Sequence[Source],
    articles: Iterable[tuple[Source, StoredArticle]],
    *,
    now: datetime,
    image: Callable[[str], str] | None = None,
    zone: tzinfo = FORM_ZONE,
) -> WriteReport:
    """Bring the archive in *out* up to *articles*; those not given stay as they are. Writing the same twice changes nothing.

    *sources* are those the index names. A corrected article is written over its own file: earlier wording is in the git history, or in
    the native form. Raises ArchiveError when *out* holds something else, or the disk refuses.
    """
    with open_folder(out, "compatible") as folder:
        archive = _Archive(folder, image)
        for source, stored in articles:
            archive.take(source, stored)
        archive.place_new()
        for source in sources:
            write_lists(folder, archive.listing(source), list_form(zone), zone=zone, now=now)
        folder.write("README.md", readme(sources).encode())
    return folder.report()


@dataclass(frozen=True, slots=True, kw_only=True)
class _New:
    """An article without a number: its file waits staged, so that memory holds no bodies."""

    id: str
    at: datetime
    title: str
    staged: Path


class _Archive:
    """What the ledger says, and the articles of this run that have no number yet."""

    def __init__(self, folder: ArchiveFolder, image: Callable[[str], str] | None) -> None:
        self._folder = folder
        self._image = image
        self._ledger = Ledger(folder, Numbered, file_of=ledger_file, order=lambda row: -row.number)
        self._known: dict[str, dict[str, Numbered]] = {}  # source folder -> article id -> row
        self._new: defaultdict[str, dict[str, _New]] = defaultdict(dict)

    def take(self, source: Source, stored: StoredArticle) -> None:
        """Write an article that has a number; make the file of one that has none, for `place_new`."""
        known = self._rows(source)
        content = render_article(stored, image=self._image).encode("utf-8", "replace")
        row = known.get(stored.id)
        if row is None:
            new = _New(id=stored.id, at=stored.sort_at, title=plain_title(stored.article.title), staged=self._folder.stage(content))
            self._new[folder_name(source.id)][stored.id] = new
            return
        self._folder.write(row.path, content)
        fresh = Numbered(folder=row.folder, number=row.number, id=row.id, at=stored.sort_at, title=plain_title(stored.article.title))
        if fresh != row:
            self._ledger.put(fresh, instead_of=row)
            known[stored.id] = fresh

    def place_new(self) -> None:
        """Number the new articles, oldest first; then, when the ledger is on the disk, put them in their places."""
        moves: list[tuple[Path, Numbered]] = []
        for name, waiting in self._new.items():
            places = places_after(self._known[name].values(), name)
            for new in sorted(waiting.values(), key=lambda one: (one.at, one.id)):
                folder, number = next(place for place in places if not self._folder.exists(f"articles/{place[0]}/{place[1]}.md"))
                row = Numbered(folder=folder, number=number, id=new.id, at=new.at, title=new.title)
                self._ledger.put(row)
                self._known[name][new.id] = row
                moves.append((new.staged, row))
        self._ledger.save()
        for staged, row in moves:
            self._folder.place(staged, row.path)

    def listing(self, source: Source) -> Listing:
        rows = self._rows(source).values()
        listed = [Listed(at=row.at, title=row.title, path=row.path) for row in rows]
        return Listing(stem=folder_name(source.id), title=source.title, articles=listed)

    def _rows(self, source: Source) -> dict[str, Numbered]:
        name = folder_name(source.id)
        if name not in self._known:
            self._known[name] = {row.id: row for row in self._ledger.load(self._ledger_files(name))}
        return self._known[name]

    def _ledger_files(self, name: str) -> Iterable[str]:
        for part in count(1):
            files = self._folder.files(f".broadsheet/numbers/{folder_of(name, part)}", ".jsonl")
            if not files:
                return
            yield from files
