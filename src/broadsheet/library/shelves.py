"""What a store publishes, as shelves: each a collection still without its articles, and how to find them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from broadsheet.library.choosing import members, selection_of
from broadsheet.model import ArticleState, Collection, Incident, Publication, Source
from broadsheet.publish.config import PublishSettings
from broadsheet.publish.site import (
    category_collection,
    category_slugs,
    everything,
    publication_collection,
    publication_slug,
    source_collection,
)
from broadsheet.store import Selection, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """A collection still without its articles, and which of the store's articles belong in it: all of *selection*, or, for a feed of the
    operator's own making, those that *publication* lets through."""

    collection: Collection
    selection: Selection
    publication: Publication | None = None


def source_shelf(source: Source) -> Shelf:
    """The shelf of one source."""
    return Shelf(collection=source_collection(source, ()), selection=Selection(source_id=source.id))


def merged_shelves(store: Store, sources: Sequence[Source], *, home_url: str = "") -> Iterator[Shelf]:
    """Everything together, the operator's own feeds, the categories of *sources*."""
    yield Shelf(collection=everything(sources, (), home_url=home_url), selection=Selection())
    publications = store.publications()
    yield from (_publication_shelf(publication, sources, home_url) for publication in publications)
    for slug, category in category_slugs(sources, taken={publication_slug(one) for one in publications}).items():
        empty = category_collection(slug, category, sources, articles=(), home_url=home_url)
        yield Shelf(collection=empty, selection=Selection(category=category))


def notices_of(shelf: Shelf, store: Store, publish: PublishSettings, *, now: datetime) -> tuple[Incident, ...]:
    """What the feed of *shelf* tells its readers of: the troubles of a source, in its own feed alone."""
    if not publish.notices or shelf.selection.source_id is None:
        return ()
    return store.incidents(shelf.selection.source_id, since=now - timedelta(days=publish.notice_days))


def as_it_stands(collection: Collection, states: Sequence[ArticleState], incidents: Sequence[Incident] = ()) -> Collection:
    """*collection* as its feed of these articles and *incidents* tells of it: without the articles, and last changed with the newest of them."""
    changes = [state.changed_at for state in states] + [incident.closed_at or incident.opened_at for incident in incidents]
    return replace(collection, articles=(), incidents=incidents, updated=max(changes, default=None))


def _publication_shelf(publication: Publication, sources: Sequence[Source], home_url: str) -> Shelf:
    within = members(publication.filter, sources)
    return Shelf(
        collection=publication_collection(publication, within, home_url=home_url),
        selection=selection_of(publication.filter, sources),
        publication=publication,
    )
