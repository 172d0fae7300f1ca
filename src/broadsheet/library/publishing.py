"""Everything published, as a folder of files that any web server can serve: feeds, OPML, the reading site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from broadsheet.config import Settings
from broadsheet.library.files import Tree, TreeReport
from broadsheet.markup.pictures import image_template
from broadsheet.model import Collection
from broadsheet.publish.formats import FORMATS
from broadsheet.publish.opml import render_opml
from broadsheet.publish.options import options_for
from broadsheet.publish.site import category_collection, category_slugs, collection_place, everything, source_collection
from broadsheet.publish.site.place import feed_file
from broadsheet.publish.site.setup import site_from
from broadsheet.publish.site.static import Edition, render_site
from broadsheet.store import Selection, Store


def publish_tree(store: Store, settings: Settings, out: Path) -> TreeReport:
    """Write all feeds and the reading site below *out*: `feeds/<source>.rss|.atom|.json`, `merged/…`, `feeds.opml`, `index.html`, ….

    Files whose content is the same stay untouched, so that a mirror copies only what is new. Raises UsageError for a folder that
    holds somebody else's site, StoreUnwritable for one that cannot be written.
    """
    tree = Tree(out)
    edition = edition_of(store, base_url=settings.publish.base_url)
    for name, content in _feeds(edition, settings):
        tree.write(name, content)
    site = site_from(settings.publish, settings.images, settings.site, page_articles=settings.serve.page_articles)
    for name, content in render_site(site, edition):
        tree.write(name, content)
    return tree.finish()


def edition_of(store: Store, *, base_url: str = "") -> Edition:
    """All collections of a store with all their articles: one for each source, one for each category, everything together."""
    sources = store.sources(removed=True)  # what was collected from a source given up is still published
    categories = [
        category_collection(slug, category, sources, articles=store.articles(Selection(category=category)), home_url=base_url)
        for slug, category in category_slugs(sources).items()
    ]
    return Edition(
        sources=[source_collection(source, store.articles(Selection(source_id=source.id))) for source in sources],
        merged=[everything(sources, store.articles(), home_url=base_url), *categories],
        revisions=store.revisions,
    )


def _feeds(edition: Edition, settings: Settings) -> Iterator[tuple[str, bytes]]:
    collections = [*edition.sources, *edition.merged]
    for collection in collections:
        for format in FORMATS.values():
            name = feed_file(collection.slug, format.suffix)
            options = options_for(
                settings.publish,
                self_url=_url(settings, name),
                home_url=_url(settings, collection_place(collection.slug).path),
                image=image_template(settings.images.url_template),
            )
            yield name, format.render(collection, options)

    def address(collection: Collection) -> str:
        name = feed_file(collection.slug, ".rss")
        return _url(settings, name) or name

    yield "feeds.opml", render_opml(collections, title=settings.publish.title, feed_url=address)


def _url(settings: Settings, name: str) -> str | None:
    """Where readers find a published file, None while the operator has not said where the files will be."""
    base = settings.publish.base_url
    return f"{base.rstrip('/')}/{name}" if base else None
