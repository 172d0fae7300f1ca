"""The whole site as files, one after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from broadsheet.model import Collection, Revision, Source, StoredArticle
from broadsheet.publish.addresses import NOTHING_KNOWN, Known, leads_of, shown_in
from broadsheet.publish.site import place
from broadsheet.publish.site.pages import FRONT_STORIES, Front, Listing, article_page, collection_page, error_page, front_page, revisions_page
from broadsheet.publish.site.place import Site
from broadsheet.publish.site.selections import page_count

ASSETS = ("style.css", "icon.svg")
"""The files every page refers to, at the site's root."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Everything a site shows: a collection for each source, the merged ones (everything first), those of sources given up (*closed*: what
    they left stays, but nothing points to their feeds), and how to get at the earlier states of an article.

    *articles* of the collections may be lazy sequences; each is walked page by page. *pictures* gives what is known of those of a page.
    """

    sources: Sequence[Collection] = ()
    merged: Sequence[Collection] = ()
    closed: Sequence[Collection] = ()
    revisions: Callable[[str], Sequence[Revision]] = lambda article_id: ()
    pictures: Callable[[AbstractSet[str]], Known] = lambda urls: NOTHING_KNOWN


def render_site(site: Site, edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Each file of the site as (path below the root, bytes), made as it is asked for.

    The published feeds and `feeds.opml`, which the pages point to, are not among them: those come from `publish.formats`
    and `publish.opml`.
    """
    for name in ASSETS:
        yield name, asset(name)
    newest = edition.merged[0].articles if edition.merged else ()
    front = Front(newest=newest[:FRONT_STORIES], sources=edition.sources, merged=edition.merged)
    yield place.FRONT.file, front_page(site, front, known=edition.pictures(leads_of(front.newest))).encode()
    yield "404.html", error_page(site, 404).encode()
    for collection in (*edition.sources, *edition.merged):
        yield from _list_pages(site, collection, edition)
    for collection in edition.closed:
        yield from _list_pages(site, collection, edition, closed=True)
    sources = {source.id: source for collection in edition.sources for source in collection.sources}
    for stored in newest:  # everything together also holds what sources given up have left behind
        yield from _article_pages(site, stored, sources.get(stored.source_id), edition)


@cache
def asset(name: str) -> bytes:
    """One of ASSETS."""
    return files("broadsheet.publish.site").joinpath("assets", name).read_bytes()


def _list_pages(site: Site, collection: Collection, edition: Edition, *, closed: bool = False) -> Iterator[tuple[str, bytes]]:
    total, size = len(collection.articles), site.page_articles
    pages = page_count(total, size)
    for page in range(1, pages + 1):
        here = place.numbered_place(collection.slug, page)
        listing = Listing(
            collection=replace(collection, articles=collection.articles[(page - 1) * size : page * size]), total=total, here=here,
            newer=place.numbered_place(collection.slug, page - 1) if page > 1 else None,
            older=place.numbered_place(collection.slug, page + 1) if page < pages else None,
            position=f"Page {page} of {pages}", closed=closed,
        )  # fmt: skip
        yield here.file, collection_page(site, listing, known=edition.pictures(leads_of(listing.collection.articles))).encode()


def _article_pages(site: Site, stored: StoredArticle, source: Source | None, edition: Edition) -> Iterator[tuple[str, bytes]]:
    yield place.article_place(stored.id).file, article_page(site, stored, source, known=edition.pictures(shown_in(stored.article))).encode()
    if stored.revision == 1:
        return
    kept = edition.revisions(stored.id)
    yield place.revisions_place(stored.id).file, revisions_page(site, stored, kept).encode()
    for revision in kept:
        if revision.number < stored.revision:
            known = edition.pictures(shown_in(revision.article))
            page = article_page(site, stored, source, revision=revision, known=known)
            yield place.revision_place(stored.id, revision.number).file, page.encode()
