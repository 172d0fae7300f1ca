"""The store's articles as collections, filled as far as a page or a feed needs them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from broadsheet.model import Collection, Source
from broadsheet.publish.site import (
    Front,
    Listing,
    Place,
    category_collection,
    category_slugs,
    collection_place,
    everything,
    source_collection,
)
from broadsheet.publish.site.pages import FRONT_STORIES, SOURCE_HEADLINES
from broadsheet.publish.site.place import is_merged
from broadsheet.store import Place as Position
from broadsheet.store import Selection, Store

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TOKEN = re.compile(r"(\d{1,16})-([0-9A-Za-z-]{1,64})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """A collection still without its articles, and which of the store's articles belong in it."""

    collection: Collection
    selection: Selection


@dataclass(frozen=True, slots=True, kw_only=True)
class Rack:
    """All shelves of a store. *home_url* is where our own site is, empty when it has no fixed address."""

    store: Store
    home_url: str = ""

    def shelf(self, slug: str) -> Shelf | None:
        """The shelf with this slug, or None. Raises UnknownSource for a source that is not watched."""
        if is_merged(slug):
            return next((shelf for shelf in self._merged(self.store.sources()) if shelf.collection.slug == slug), None)
        return _of_source(self.store.source(slug))

    def shelves(self) -> tuple[Shelf, ...]:
        """Every shelf: the sources, then everything together, then the categories."""
        sources = self.store.sources()
        return (*(_of_source(source) for source in sources), *self._merged(sources))

    def state(self) -> str:
        """Changes whenever a source or an article does, and costs a query or two: what is made of all shelves is kept under it."""
        return repr((self.store.newest_change(), self.store.sources()))

    def filled(self, shelf: Shelf, *, limit: int) -> Collection:
        """The shelf's newest *limit* articles."""
        articles = self.store.articles(replace(shelf.selection, limit=limit))
        return replace(shelf.collection, articles=articles, updated=max((stored.changed_at for stored in articles), default=None))

    def front(self) -> Front:
        """What the front page shows."""
        shelves = self.shelves()
        return Front(
            newest=self.store.articles(Selection(limit=FRONT_STORIES)),
            sources=[self.filled(shelf, limit=SOURCE_HEADLINES) for shelf in shelves if shelf.selection.source_id],
            merged=[shelf.collection for shelf in shelves if not shelf.selection.source_id],
        )

    def listing(self, shelf: Shelf, *, size: int, token: str | None = None) -> Listing | None:
        """The list page of *size* articles that begins after the place *token* names; None when that is no place."""
        before = read_token(token) if token is not None else None
        if token is not None and before is None:
            return None
        articles = self.store.articles(replace(shelf.selection, limit=size + 1, before=before))
        shown = articles[:size]
        first = collection_place(shelf.collection.slug)
        return Listing(
            collection=replace(shelf.collection, articles=shown),
            here=_after(first, token) if token is not None else first,
            newer=first if token is not None else None,
            older=_after(first, make_token(Position.of(shown[-1]))) if len(articles) > size else None,
        )

    def _merged(self, sources: Sequence[Source]) -> Iterator[Shelf]:
        yield Shelf(collection=everything(sources, (), home_url=self.home_url), selection=Selection())
        for slug, category in category_slugs(sources).items():
            empty = category_collection(slug, category, sources, articles=(), home_url=self.home_url)
            yield Shelf(collection=empty, selection=Selection(category=category))


def _of_source(source: Source) -> Shelf:
    return Shelf(collection=source_collection(source, ()), selection=Selection(source_id=source.id))


def make_token(position: Position) -> str:
    """A place in a list as part of an address."""
    return f"{(position.sort_at - _EPOCH) // timedelta(microseconds=1)}-{position.id}"


def read_token(token: str) -> Position | None:
    """The place that `make_token` wrote, or None."""
    found = _TOKEN.fullmatch(token)
    return Position(sort_at=_EPOCH + timedelta(microseconds=int(found[1])), id=found[2]) if found else None


def _after(first: Place, token: str) -> Place:
    return Place((*first.folders, "before", token))
