"""The Markdown archive of a store, written; and an archive of anybody's, taken in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from broadsheet.archive import ArchivedArticle, WriteReport, compatible, native, read_archive, zone_named
from broadsheet.compare import article_keys, content_hash, fingerprint, sort_time
from broadsheet.config import Settings
from broadsheet.errors import ArchiveError
from broadsheet.library.picture_links import PictureDesk
from broadsheet.model import PollState, Source, StoredArticle
from broadsheet.pipeline.pictures import uses_of
from broadsheet.sources.naming import source_id
from broadsheet.store import Draft, Selection, Store
from broadsheet.text.moments import utc_now
from broadsheet.urls import host_of, origin_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What came in: articles *new* to the store, articles *known* already, and in words the files that could not be read."""

    new: int
    known: int
    problems: tuple[str, ...]


def archive_tree(store: Store, settings: Settings, out: Path, *, form: str) -> WriteReport:
    """Bring the archive in *out* up to the store, in the form `native` (with every revision) or `compatible`.

    Raises ArchiveError when the folder holds something else, ConfigError for an unknown zone, or pictures that cannot be addressed as asked.
    """
    sources = store.sources(removed=True)
    desk = PictureDesk(settings, store)
    if form == "compatible":
        zone = zone_named(settings.archive.compatible_zone, key="archive.compatible_zone")
        return compatible.write(out, sources, _all_articles(store, sources), now=utc_now(), image=desk.for_archive("compatible"), zone=zone)
    zone = zone_named(settings.archive.zone)
    image = desk.for_archive("native")
    return native.write(out, sources, _all_articles(store, sources), now=utc_now(), revisions=store.revisions, image=image, zone=zone)


def _all_articles(store: Store, sources: tuple[Source, ...]) -> Iterator[tuple[Source, StoredArticle]]:
    for source in sources:
        for stored in store.each_article(Selection(source_id=source.id)):
            yield source, stored


def import_tree(store: Store, place: Path) -> ImportReport:
    """Take in the archive at *place* (a folder or one file). Doing it twice changes nothing; what the store has stays as it is.

    An archive's folder becomes the source of that name; one that is not watched is made, paused, so that nothing is asked of its
    publisher. Raises ArchiveError when *place* does not exist.
    """
    problems: list[str] = []

    def note(error: ArchiveError) -> None:
        problems.append(str(error))

    counts = [0, 0]
    for archived in read_archive(place, on_error=note):
        source = _source_of(archived, store)
        counts[not store.adopt(_draft(archived, source)).new] += 1
    return ImportReport(new=counts[0], known=counts[1], problems=tuple(problems))


def _draft(archived: ArchivedArticle, source: Source) -> Draft:
    first_seen = archived.first_seen or utc_now()
    article = archived.article
    return Draft(
        source_id=source.id,
        article=article,
        content_hash=content_hash(article),
        fetched_at=archived.changed_at or first_seen,
        url_keys=article_keys(article),
        sort_at=archived.sort_at or sort_time(article.published, archived.entry_published, first_seen=first_seen),
        first_seen=first_seen,
        entry_guid=archived.entry_guid,
        entry_published=archived.entry_published,
        fingerprint=fingerprint(article.text),
        pictures=uses_of(article, "none"),  # known, and fetched when somebody asks: `broadsheet pictures fetch`
        id=archived.id,
    )


def _source_of(archived: ArchivedArticle, store: Store) -> Source:
    """The source an archived article belongs to: that of its folder's name, else the one of its host, else a new, paused one."""
    known = store.sources(removed=True)
    host = host_of(archived.article.url)
    fits = (source.id == archived.source_id if archived.source_id else host_of(source.home_url) == host for source in known)
    for source, fit in zip(known, fits, strict=True):
        if fit:
            return source
    home = origin_of(archived.article.url)
    taken = {source.id for source in known}
    name = source_id(archived.source_id or None, home, taken)
    at = f"{home}#{name}" if store.source_by_url(home) else home  # two folders of one host: the second needs an address of its own
    source = Source(
        id=name, kind="page", url=at, title=archived.source_id or host, home_url=home, language=archived.article.language, added_at=utc_now(),
        state="paused",
    )  # fmt: skip
    store.add_source(source, PollState(next_due=utc_now()))
    return source
