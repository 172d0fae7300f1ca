"""Everything published, as a folder of files that any web server can serve: feeds, OPML, the reading site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from broadsheet.config import Settings
from broadsheet.library.edition import Shelves, edition_of, shelves_of
from broadsheet.library.feed_archives import ARCHIVE_BYTES, Archives, Part, archive_file, chain_of_feed, chain_of_part
from broadsheet.library.feed_writing import FeedWriter
from broadsheet.library.files import Tree, TreeReport
from broadsheet.library.picture_files import Copies
from broadsheet.library.picture_links import PictureDesk
from broadsheet.library.shelves import Shelf, as_it_stands, notices_of
from broadsheet.model import ArticleState, Collection
from broadsheet.publish.addresses import PictureAddresses
from broadsheet.publish.formats import FORMATS, Format
from broadsheet.publish.opml import render_opml
from broadsheet.publish.options import Chain, PublishOptions, options_for
from broadsheet.publish.site import collection_place, feed_file, render_site, site_from
from broadsheet.store import Store
from broadsheet.text.moments import utc_now


def publish_tree(store: Store, settings: Settings, out: Path, *, now: datetime | None = None) -> TreeReport:
    """Write all feeds and the reading site below *out*: `feeds/<source>.rss|.atom|.json`, `merged/…`, `feeds.opml`, `index.html`, ….

    Where an output takes pictures from our copies, those lie in `pictures/`. Files whose content is the same stay untouched, so that a
    mirror copies only what is new. *now* says which notices are recent enough and which month is over.

    Raises UsageError for a folder that holds somebody else's site, StoreUnwritable for one that cannot be written, ConfigError for pictures
    that cannot be addressed as asked.
    """
    tree = Tree(out)
    desk, copies = PictureDesk(settings, store), Copies(store)
    pictures = {form: desk.for_feed(form) for form in FORMATS}
    site = site_from(settings.publish, settings.images, settings.site, page_articles=settings.serve.page_articles, pictures=desk.for_site())
    shelves = shelves_of(store, home_url=settings.publish.base_url)
    for name, content in _Feeds(store=store, settings=settings, pictures=pictures, now=now or utc_now()).files(shelves):
        tree.write(name, content)
    for name, content in render_site(site, replace(edition_of(store, shelves), pictures=copies.known)):
        tree.write(name, content)
    if any(one.kept_at for one in (site.pictures, *pictures.values())):
        copies.write(tree)
    return tree.finish()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Feeds:
    """The files that feed readers ask for."""

    store: Store
    settings: Settings
    pictures: Mapping[str, PictureAddresses]  # by format
    now: datetime

    def files(self, shelves: Shelves) -> Iterator[tuple[str, bytes]]:
        """Each by its name. Archives only of sources: in files, those of merged feeds would hold every article once more for each."""
        writer = FeedWriter(store=self.store, newest=self.settings.publish.entries)
        archives = Archives(self.store)
        for shelf in (*shelves.listed, *shelves.closed):
            parts = archives.parts(shelf.selection, now=self.now) if shelf.selection.source_id and self.settings.publish.base_url else ()
            yield from self._feeds(writer, shelf, parts)
            for part in parts:
                yield from self._archive(writer, shelf, part, parts, archives.states(part, shelf.selection))
        newest = [self._newest(shelf)[0] for shelf in shelves.listed]
        yield "feeds.opml", render_opml(newest, title=self.settings.publish.title, feed_url=self._feed_address)

    def _feeds(self, writer: FeedWriter, shelf: Shelf, parts: Sequence[Part]) -> Iterator[tuple[str, bytes]]:
        collection, states = self._newest(shelf)
        for form in FORMATS.values():
            name = feed_file(collection.slug, form.suffix)
            chain = chain_of_feed(parts, partial(self._archive_address, collection, form), shown=len(states))
            yield name, b"".join(writer.stream(form, collection, self._options(form, collection, name, chain), states))

    def _archive(
        self, writer: FeedWriter, shelf: Shelf, part: Part, parts: Sequence[Part], states: Sequence[ArticleState]
    ) -> Iterator[tuple[str, bytes]]:
        collection = as_it_stands(shelf.collection, states)
        for form in FORMATS.values():
            name = archive_file(collection.slug, part, form.suffix)
            current = self._url(feed_file(collection.slug, form.suffix))
            chain = chain_of_part(part, parts, partial(self._archive_address, collection, form), current=current)
            options = replace(self._options(form, collection, name, chain), hub_url=None, max_bytes=ARCHIVE_BYTES, entries=len(states))
            yield name, b"".join(writer.stream(form, collection, options, states))

    def _newest(self, shelf: Shelf) -> tuple[Collection, tuple[ArticleState, ...]]:
        """The collection as its feed tells of it, and the articles that are in the feed."""
        entries = self.settings.publish.entries
        if shelf.publication is not None:
            states = tuple(stored.state for stored in shelf.collection.articles[:entries])
        else:
            states = self.store.article_states(replace(shelf.selection, limit=entries))
        incidents = (*shelf.collection.incidents, *notices_of(shelf, self.store, self.settings.publish, now=self.now))
        return as_it_stands(shelf.collection, states, incidents), states

    def _options(self, form: Format, collection: Collection, name: str, chain: Chain) -> PublishOptions:
        options = options_for(
            self.settings.publish,
            self_url=self._url(name),
            home_url=self._url(collection_place(collection.slug).path),
            pictures=self.pictures[form.name],
        )
        return replace(options, chain=chain)

    def _feed_address(self, collection: Collection) -> str:
        name = feed_file(collection.slug, ".rss")
        return self._url(name) or name

    def _archive_address(self, collection: Collection, form: Format, part: Part) -> str | None:
        return self._url(archive_file(collection.slug, part, form.suffix))

    def _url(self, name: str) -> str | None:
        """Where readers find a published file, None while the operator has not said where the files will be."""
        base = self.settings.publish.base_url
        return f"{base.rstrip('/')}/{name}" if base else None
