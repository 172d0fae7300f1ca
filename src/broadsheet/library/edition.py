"""A store as a site shows it: collections that know the ids of their articles, and read them when they are written out.

An archive may hold more articles than memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import overload

from broadsheet.library.choosing import choose_all
from broadsheet.library.shelves import Shelf, merged_shelves, source_shelf
from broadsheet.model import Collection, Incident, Source, StoredArticle
from broadsheet.publish.site import Edition
from broadsheet.store import Place, Selection, Store

BATCH = 200
"""Articles in memory at a time: some ten megabytes of text at most."""


class Kept(Sequence[StoredArticle]):
    """Articles of a store by their ids, each read when it is asked for; one that was deleted meanwhile is passed over."""

    def __init__(self, store: Store, ids: Sequence[str]) -> None:
        self._store = store
        self._ids = ids

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, at: int) -> StoredArticle: ...
    @overload
    def __getitem__(self, at: slice) -> Kept: ...
    def __getitem__(self, at: int | slice) -> StoredArticle | Kept:
        if isinstance(at, slice):
            return Kept(self._store, self._ids[at])
        return self._store.articles_by_id([self._ids[at]])[self._ids[at]]

    def __iter__(self) -> Iterator[StoredArticle]:
        for start in range(0, len(self._ids), BATCH):
            some = self._ids[start : start + BATCH]
            found = self._store.articles_by_id(some)
            yield from (found[one] for one in some if one in found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelves:
    """All that is published of a store, and how it is shown. *closed* are the shelves of sources given up."""

    sources: tuple[Shelf, ...]
    merged: tuple[Shelf, ...]
    closed: tuple[Shelf, ...]

    @property
    def listed(self) -> tuple[Shelf, ...]:
        return (*self.sources, *self.merged)


def shelves_of(store: Store, *, home_url: str = "") -> Shelves:
    """The shelves of a store, filled.

    Sources given up are *closed*: their articles, pages and last feeds stay at their addresses, but nothing lists them. Files cannot
    answer 410, as the server does; the feed tells its readers instead.
    """
    sources = store.sources()
    watched = {source.id for source in sources}
    merged = tuple(merged_shelves(store, sources, home_url=home_url))
    chosen = choose_all(store, [shelf.publication for shelf in merged if shelf.publication])
    return Shelves(
        sources=tuple(_filled(source_shelf(source), store, chosen) for source in sources),
        merged=tuple(_filled(shelf, store, chosen) for shelf in merged),
        closed=tuple(_closed(source, store) for source in store.sources(removed=True) if source.id not in watched),
    )


def edition_of(store: Store, shelves: Shelves) -> Edition:
    """The shelves as the site's pages show them."""
    return Edition(
        sources=[shelf.collection for shelf in shelves.sources],
        merged=[shelf.collection for shelf in shelves.merged],
        closed=[shelf.collection for shelf in shelves.closed],
        revisions=store.revisions,
    )


def _filled(shelf: Shelf, store: Store, chosen: Mapping[str, Sequence[str]]) -> Shelf:
    ids = chosen[shelf.publication.name] if shelf.publication else tuple(_ids(store, shelf.selection))
    return replace(shelf, collection=replace(shelf.collection, articles=Kept(store, ids)))


def _ids(store: Store, selection: Selection) -> Iterator[str]:
    before: Place | None = None
    while states := store.article_states(replace(selection, limit=10 * BATCH, before=before)):
        yield from (state.id for state in states)
        before = Place(sort_at=states[-1].sort_at, id=states[-1].id)


def _closed(source: Source, store: Store) -> Shelf:
    shelf = _filled(source_shelf(source), store, {})
    return replace(shelf, collection=replace(shelf.collection, incidents=(_farewell(source, shelf.collection),)))


def _farewell(source: Source, collection: Collection) -> Incident:
    """The last thing that the feed of a source given up has to say.

    When it was given up is not known; the time of the newest article puts the item where its readers see it.
    """
    newest = next((stored.changed_at for stored in collection.articles[:1]), source.added_at)
    return Incident(
        id=f"closed-{source.id}", source_id=source.id, kind="closed", opened_at=newest,
        said=f"{source.title} is not followed here any more. Nothing new will come to this feed; what was kept can still be read.",
        do="You can take it out of your feed reader.",
    )  # fmt: skip
