"""Write an archive of the native form. See `render.py` for the files, `manifest.py` for the hashes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from broadsheet.archive.archived import ArchivedArticle
from broadsheet.archive.folder import ArchiveFolder, WriteReport, open_folder
from broadsheet.archive.ledger import Ledger
from broadsheet.archive.links import plain_title
from broadsheet.archive.lists import Listed, Listing, write_lists
from broadsheet.archive.native.front_matter import plain
from broadsheet.archive.native.lists import list_form, readme
from broadsheet.archive.native.manifest import MANIFEST, Filed, manifest_of, sha256
from broadsheet.archive.native.read import read_article
from broadsheet.archive.native.render import FORM_VERSION, render_article
from broadsheet.archive.places import digest, folder_name, native_path, short_id
from broadsheet.markup.pictures import pictures_in
from broadsheet.model import Article, Revision, Source, StoredArticle

Revisions = Callable[[str], Iterable[Revision]]
"""Gives the revisions of the article with an id, in any order."""


def no_revisions(_article_id: str) -> Iterable[Revision]:
    """For callers that have only the latest revision; what the archive holds already is kept all the same."""
    return ()


def write(
    out: Path,
    sources: Sequence[Source],
    articles: Iterable[tuple[Source, StoredArticle]],
    *,
    now: datetime,
    revisions: Revisions = no_revisions,
    image: Callable[[str], str] | None = None,
    zone: tzinfo = UTC,
) -> WriteReport:
    """Bring the archive in *out* up to *articles*; those not given stay as they are. Writing the same twice changes nothing.

    *sources* are those the index names. Raises ArchiveError when *out* holds something else, or the disk refuses.
    """
    with open_folder(out, "native") as folder:
        archive = _Archive(folder, revisions=revisions, image=image, zone=zone)
        for source, stored in articles:
            archive.take(source, stored)
        archive.save()
        for source in sources:
            write_lists(folder, archive.listing(source), list_form(zone), zone=zone, now=now)
        folder.write("README.md", readme(sources).encode())
    return folder.report()


class _Archive:
    """What the manifests say, and the files that go with them."""

    def __init__(self, folder: ArchiveFolder, *, revisions: Revisions, image: Callable[[str], str] | None, zone: tzinfo) -> None:
        self._folder = folder
        self._revisions = revisions
        self._image = image
        self._zone = zone
        self._ledger = Ledger(folder, Filed, file_of=manifest_of, order=lambda row: row.path)
        self._rows: dict[str, dict[str, Filed]] = {}  # source folder -> path -> row
        self._latest: dict[str, dict[str, Filed]] = {}  # source folder -> article id -> row
        self._strays: dict[str, dict[str, str]] = {}  # source folder -> short id -> path

    def take(self, source: Source, stored: StoredArticle) -> None:
        """Write the article's latest revision, and every earlier one that is not there yet."""
        name = folder_name(source.id)
        self._load(name)
        held = self._latest[name].get(stored.id) or self._stray(name, stored.id)
        path = held.path if held else native_path(source.id, stored.id, stored.sort_at, self._zone)
        if held and held.revision < stored.revision:
            self._keep_as_it_was(name, held)
        known = self._revisions(stored.id) if stored.revision > 1 else ()
        earlier = sorted((one for one in known if one.number < stored.revision), key=lambda one: one.number)
        hashes = {one.number: one.content_hash for one in earlier}
        if held:
            hashes.setdefault(held.revision, held.content_hash)
            hashes.setdefault(held.revision - 1, held.previous or "")
        for one in earlier:
            state = replace(stored, revision=one.number, content_hash=one.content_hash, changed_at=one.fetched_at, article=one.article)
            self._write_earlier(name, path, state, previous=hashes.get(one.number - 1))
        self._write_latest(name, path, stored, previous=hashes.get(stored.revision - 1) or None)

    def save(self) -> None:
        self._ledger.save()

    def listing(self, source: Source) -> Listing:
        name = folder_name(source.id)
        self._load(name)
        listed = [Listed(at=row.at, title=row.title, path=row.path) for row in self._latest[name].values()]
        return Listing(stem=name, title=source.title, articles=listed)

    def _load(self, name: str) -> None:
        if name in self._rows:
            return
        rows = self._ledger.load(self._folder.files(f"articles/{name}", MANIFEST))
        self._rows[name] = {row.path: row for row in rows}
        self._latest[name] = {row.id: row for row in rows if row.latest}

    def _stray(self, name: str, article_id: str) -> Filed | None:
        """The file of an article that a killed run wrote and had no time to put into the manifest."""
        if name not in self._strays:
            unnamed = (path for path in self._folder.files(f"articles/{name}", ".md") if path not in self._rows[name])
            self._strays[name] = {_short_id_in(path): path for path in unnamed if ".r" not in path.rpartition("/")[2]}
        path = self._strays[name].get(short_id(article_id))
        content = self._folder.read(path) if path else None
        if path is None or content is None:
            return None
        found = read_article(content.decode("utf-8", "replace"), file=path)
        return _filed_again(found, path, content) if found.id == article_id else None

    def _keep_as_it_was(self, name: str, held: Filed) -> None:
        """The file of the latest revision so far becomes that of an earlier one, to the byte."""
        place = _earlier_path(held.path, held.revision)
        content = self._folder.read(place)
        if content is None:
            content = self._folder.read(held.path)
            if content is None or sha256(content) != held.sha256:  # someone altered it: the store has the true one
                return
            self._folder.write(place, content)
        if place not in self._rows[name]:
            self._put(name, replace(held, path=place, sha256=sha256(content), latest=False, made_of=""))

    def _write_earlier(self, name: str, path: str, state: StoredArticle, *, previous: str | None) -> None:
        """Write an earlier revision unless it is there: none is ever overwritten."""
        place = _earlier_path(path, state.revision)
        content = self._folder.read(place)
        if content is None:
            content = render_article(state, previous=previous, image=self._image).encode("utf-8", "replace")
            self._folder.write(place, content)
        if place not in self._rows[name]:
            self._put(name, _filed(state, place, content, previous=previous, made_of=None))

    def _write_latest(self, name: str, path: str, stored: StoredArticle, *, previous: str | None) -> None:
        made_of = self._made_of(stored, previous)
        held, there = self._rows[name].get(path), self._folder.read(path)
        if held and there and held.made_of == made_of and held.sha256 == sha256(there):
            self._folder.leave()
            return
        content = render_article(stored, previous=previous, image=self._image).encode("utf-8", "replace")
        self._folder.write(path, content)
        row = _filed(stored, path, content, previous=previous, made_of=made_of)
        self._put(name, row)
        self._latest[name][stored.id] = row

    def _made_of(self, stored: StoredArticle, previous: str | None) -> str:
        """A digest of all that `render_article` looks at, what becomes of the addresses of pictures included."""
        shown = [self._image(url) for url in _pictures_of(stored.article)] if self._image else []
        said = json.dumps([FORM_VERSION, plain(stored), previous, shown])
        return digest(said)[:16]

    def _put(self, name: str, row: Filed) -> None:
        held = self._rows[name].get(row.path)
        if held != row:
            self._ledger.put(row, instead_of=held)
            self._rows[name][row.path] = row


def _pictures_of(article: Article) -> list[str]:
    lead = [article.lead_image.url] if article.lead_image else []
    return lead + [url for url, role in pictures_in(article.body) if role != "media"]


def _filed(stored: StoredArticle, path: str, content: bytes, *, previous: str | None, made_of: str | None) -> Filed:
    """The row of a file just written; an earlier revision is never made again, and has no *made_of*."""
    return Filed(
        path=path, id=stored.id, revision=stored.revision, content_hash=stored.content_hash, previous=previous, sha256=sha256(content),
        at=stored.sort_at, title=plain_title(stored.article.title), latest=made_of is not None, made_of=made_of or "",
    )  # fmt: skip


def _filed_again(found: ArchivedArticle, path: str, content: bytes) -> Filed:
    assert found.id is not None  # the native form states all three
    assert found.content_hash is not None
    assert found.sort_at is not None
    return Filed(
        path=path, id=found.id, revision=found.revision, content_hash=found.content_hash, previous=found.previous, sha256=sha256(content),
        at=found.sort_at, title=plain_title(found.article.title),
    )  # fmt: skip


def _earlier_path(path: str, revision: int) -> str:
    return f"{path.removesuffix('.md')}.r{revision}.md"


def _short_id_in(path: str) -> str:
    return path.rpartition("-")[2].removesuffix(".md")
