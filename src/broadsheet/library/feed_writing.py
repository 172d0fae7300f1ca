"""Published feeds, put together from entries as they were written before: each is written once for a revision and a format.

Here the writer (`publish`, which looks nothing up) meets the store. The server and the static tree both come here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from broadsheet.errors import StoreError
from broadsheet.library.known_pictures import known_pictures, picture_marks
from broadsheet.model import ArticleState, Collection, StoredArticle
from broadsheet.observe import log
from broadsheet.publish.addresses import shown_in
from broadsheet.publish.formats import Format
from broadsheet.publish.http import entry_state, shape_of
from broadsheet.publish.item import MAX_ENTRIES, item_of, options_in
from broadsheet.publish.options import PublishOptions
from broadsheet.store import Rendering, Store

BATCH = 100
"""Entries held at a time: about a megabyte, whatever the length of the feed."""

SWEEP_AFTER = 1000
"""New entries after which old ones are looked for and forgotten."""


@dataclass(slots=True, kw_only=True)
class FeedWriter:
    """Writes feeds of a store. *newest* articles of a source are those whose entries are worth keeping.

    Where nothing can be kept (a store of somebody else's, a full disk), entries are written each time anew.
    """

    store: Store
    newest: int = 50
    _keeps: bool = True
    _kept: int = 0
    _shapes: set[str] = field(default_factory=set)

    def stream(self, form: Format, collection: Collection, options: PublishOptions, states: Sequence[ArticleState] | None = None) -> Iterator[bytes]:
        """The feed in pieces. *states* are its articles; None: those the collection holds itself."""
        if states is None:
            states = [stored.state for stored in collection.articles[: min(options.entries, MAX_ENTRIES)]]
        return form.stream(collection, options, self.entries(form, collection, options, states))

    def entries(self, form: Format, collection: Collection, options: PublishOptions, states: Iterable[ArticleState]) -> Iterator[bytes]:
        """The entries of these articles, in their order, without one that was deleted meanwhile."""
        left = iter(states)
        while some := tuple(islice(left, BATCH)):
            yield from self._batch(form, collection, options, some)

    def _batch(self, form: Format, collection: Collection, options: PublishOptions, states: Sequence[ArticleState]) -> Iterator[bytes]:
        shape = shape_of(collection, options, format_name=form.name)
        sources = {source.id: source for source in collection.sources}
        marks = picture_marks(self.store, [state.id for state in states])
        wanted = {state.id: entry_state(state, sources.get(state.source_id), marks.get(state.id, "")) for state in states}
        kept = self.store.renderings(list(wanted), shape)
        current = {one: kept[one].content for one in wanted if one in kept and kept[one].state == wanted[one]}
        if missing := [one for one in wanted if one not in current]:
            written = self._written(form, collection, options, missing)
            current |= written
            if not (options.chain.archive or options.passing):  # read once in a lifetime
                self._keep(shape, {one: Rendering(state=wanted[one], content=content) for one, content in written.items()})
        return (current[state.id] for state in states if state.id in current)

    def _written(self, form: Format, collection: Collection, options: PublishOptions, article_ids: Sequence[str]) -> dict[str, bytes]:
        here: dict[str, StoredArticle] = {stored.id: stored for stored in collection.articles}
        if any(one not in here for one in article_ids):
            here |= self.store.articles_by_id([one for one in article_ids if one not in here])
        stated = self.store.stated_entries(article_ids)
        sources = {source.id: source for source in collection.sources}
        written_as = options_in(collection, options)
        found = [here[one] for one in article_ids if one in here]
        known = known_pictures(self.store, {url for stored in found for url in shown_in(stored.article)})
        return {
            stored.id: form.entry(item_of(stored, sources.get(stored.source_id), written_as, entry=stated.get(stored.id), known=known))
            for stored in found
        }

    def _keep(self, shape: str, written: dict[str, Rendering]) -> None:
        if not self._keeps:
            return
        self._shapes.add(shape)
        try:
            self.store.keep_renderings(shape, written)
            self._kept += len(written)
            if self._kept >= SWEEP_AFTER:
                self._kept = 0
                self.store.forget_renderings(self._shapes, newest=self.newest)
        except StoreError as error:  # the reader gets the feed all the same; what is kept only saves time
            self._keeps = False
            log("publish").info("Entries of feeds are written each time anew, since they cannot be kept: %s", error)
