"""The store's articles as collections, filled as far as a page or a feed needs them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from broadsheet.library.choosing import Picker
from broadsheet.library.shelves import Shelf, merged_shelves, source_shelf
from broadsheet.model import ArticleState, Collection, StoredArticle
from broadsheet.publish.site import Front, Listing, Place, collection_place
from broadsheet.publish.site.pages import FRONT_STORIES, SOURCE_HEADLINES
from broadsheet.publish.site.place import is_merged
from broadsheet.store import Place as Position
from broadsheet.store import Selection, Store

__all__ = ["Rack", "Shelf", "make_token", "read_token"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TOKEN = re.compile(r"(\d{1,16})-([0-9A-Za-z-]{1,64})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rack:
    """All shelves of a store. *home_url* is where our own site is, empty when it has no fixed address.

    *picker* remembers what passes the operator's filters: give the same one to every rack of a store.
    """

    store: Store
    home_url: str = ""
    picker: Picker | None = field(default=None, compare=False)

    def shelf(self, slug: str) -> Shelf | None:
        """The shelf with this slug, or None. Raises UnknownSource for a source that is not watched."""
        if is_merged(slug):
            return next(
                (shelf for shelf in merged_shelves(self.store, self.store.sources(), home_url=self.home_url) if shelf.collection.slug == slug), None
            )
        return source_shelf(self.store.source(slug))

    def shelves(self) -> tuple[Shelf, ...]:
        """Every shelf: the sources, then everything together, the operator's own feeds, the categories."""
        sources = self.store.sources()
        return (*(source_shelf(source) for source in sources), *merged_shelves(self.store, sources, home_url=self.home_url))

    def state(self) -> str:
        """Changes whenever a source, an article or a feed of the operator's own does, and costs some queries: what is made of all shelves is
        kept under it."""
        return repr((self.store.newest_change(), self.store.sources(), self.store.publications()))

    def state_of(self, shelf: Shelf) -> str:
        """Changes whenever the shelf's collection or any article that may be in it does; nothing is filtered or read for it."""
        return repr((self.store.newest_change(shelf.selection), shelf.collection, shelf.publication))

    def newest(self, shelf: Shelf, *, limit: int) -> tuple[ArticleState, ...]:
        """The shelf's newest *limit* articles without their texts."""
        if shelf.publication is not None:
            return self._picker.pick(shelf.publication, limit=limit).states
        return self.store.article_states(replace(shelf.selection, limit=limit))

    def filled(self, shelf: Shelf, *, limit: int) -> Collection:
        """The shelf's newest *limit* articles."""
        if shelf.publication is not None:
            articles = self._read(self.newest(shelf, limit=limit))
        else:
            articles = self.store.articles(replace(shelf.selection, limit=limit))
        return replace(shelf.collection, articles=articles, updated=max((stored.changed_at for stored in articles), default=None))

    def newest_stories(self) -> tuple[StoredArticle, ...]:
        """The stories of the front page."""
        return self.store.articles(Selection(limit=FRONT_STORIES))

    def front(self) -> Front:
        """What the front page shows."""
        shelves = self.shelves()
        return Front(
            newest=self.newest_stories(),
            sources=[self.filled(shelf, limit=SOURCE_HEADLINES) for shelf in shelves if shelf.selection.source_id],
            merged=[shelf.collection for shelf in shelves if not shelf.selection.source_id],
        )

    def listing(self, shelf: Shelf, *, size: int, token: str | None = None) -> Listing | None:
        """The list page of *size* articles that begins after the place *token* names; None when that is no place."""
        before = read_token(token) if token is not None else None
        if token is not None and before is None:
            return None
        shown, rest = self._page(shelf, size, before)
        first = collection_place(shelf.collection.slug)
        return Listing(
            collection=replace(shelf.collection, articles=shown),
            here=_after(first, token) if token is not None else first,
            newer=first if token is not None else None,
            older=_after(first, make_token(rest)) if rest is not None else None,
        )

    def _page(self, shelf: Shelf, size: int, before: Position | None) -> tuple[tuple[StoredArticle, ...], Position | None]:
        """A page of a shelf's list, and the place after which the next one begins, if there is one."""
        if shelf.publication is not None:
            picked = self._picker.pick(shelf.publication, limit=size, before=before)
            return self._read(picked.states), picked.rest
        articles = self.store.articles(replace(shelf.selection, limit=size + 1, before=before))
        return articles[:size], Position.of(articles[size - 1]) if len(articles) > size else None

    def _read(self, states: Sequence[ArticleState]) -> tuple[StoredArticle, ...]:
        found = self.store.articles_by_id([state.id for state in states])
        return tuple(found[state.id] for state in states if state.id in found)

    @property
    def _picker(self) -> Picker:
        return self.picker or Picker(self.store)


def make_token(position: Position) -> str:
    """A place in a list as part of an address."""
    return f"{(position.sort_at - _EPOCH) // timedelta(microseconds=1)}-{position.id}"


def read_token(token: str) -> Position | None:
    """The place that `make_token` wrote, or None."""
    found = _TOKEN.fullmatch(token)
    return Position(sort_at=_EPOCH + timedelta(microseconds=int(found[1])), id=found[2]) if found else None


def _after(first: Place, token: str) -> Place:
    return Place((*first.folders, "before", token))
