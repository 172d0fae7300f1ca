"""The articles of feeds that an operator puts together: found newest first, as far as a page or a feed needs them."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from broadsheet.compare.wanted import Sieve, told_already
from broadsheet.model import ArticleFilter, ArticleState, Publication, Source, StoredArticle
from broadsheet.store import Place, Selection, Store

LOOKED_AT = 5000
"""Articles looked at for one page of a list: a filter that nothing passes must not read a whole archive. The list can be followed from there.
The first time that takes a second or two, afterwards only what is new is read."""

REMEMBERED = 2 * LOOKED_AT
"""Verdicts remembered for each publication, some 200 bytes each."""

PAGES_REMEMBERED = 200

BATCH = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """Articles of a publication, newest first. *rest* is where to go on looking, None when all has been looked at."""

    states: tuple[ArticleState, ...]
    rest: Place | None = None


class Picker:
    """Finds the articles of publications. It remembers what passed and what did not, so keep one for as long as a store is served."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._turns: dict[str, threading.Lock] = {}
        self._verdicts: dict[str, _Verdicts] = {}
        self._pages: dict[tuple[Publication, int, Place | None], tuple[int, Picked]] = {}

    def pick(self, publication: Publication, *, limit: int, before: Place | None = None) -> Picked:
        """The newest *limit* articles after the place *before*, of the LOOKED_AT there. Costs nothing while nothing changes in the store."""
        page = (publication, limit, before)
        mark = self._store.change_mark()
        with self._turns.setdefault(publication.name, threading.Lock()):  # who asks for the same waits for the one that looks
            known = self._pages.get(page)
            if known is not None and mark is not None and known[0] == mark:
                return known[1]
            picked = self._search(publication, limit, before)
            if mark is not None:
                self._pages[page] = (mark, picked)
                self._forget_pages()
            return picked

    def _search(self, publication: Publication, limit: int, before: Place | None) -> Picked:
        search = _Search.of(self._store, publication)
        verdicts = self._verdicts_of(publication.name, search)
        found: list[ArticleState] = []
        for states in _batches(self._store, search.selection, before):
            found += search.told_once(search.taken(states, verdicts.known))
            verdicts.forget_oldest()
            if len(found) > limit:
                return Picked(states=tuple(found[:limit]), rest=_place(found[limit - 1]))
            before = _place(states[-1])
        more = bool(self._store.article_states(replace(search.selection, before=before, limit=1)))
        return Picked(states=tuple(found), rest=before if more else None)

    def _forget_pages(self) -> None:
        if len(self._pages) > PAGES_REMEMBERED:
            self._pages = {}  # in one step, since other threads read it

    def _verdicts_of(self, name: str, search: _Search) -> _Verdicts:
        """Those of this very filter: a changed one begins anew."""
        kept = self._verdicts.get(name)
        if kept is None or (kept.sieve, kept.languages) != (search.sieve, search.languages):
            kept = self._verdicts[name] = _Verdicts(sieve=search.sieve, languages=search.languages, known={})
        return kept


def choose_all(store: Store, publications: Sequence[Publication]) -> Mapping[str, tuple[str, ...]]:
    """The ids of all articles of each publication, newest first, by its name: the whole archive is read once, and none of it held."""
    searches = {publication.name: _Search.of(store, publication) for publication in publications}
    found: dict[str, list[str]] = {name: [] for name in searches}
    if not searches:
        return {}
    for stored in store.each_article():
        for name, search in searches.items():
            if search.takes(stored):
                found[name].append(stored.id)
    return {name: search.without_repeats(found[name]) for name, search in searches.items()}


def selection_of(wanted: ArticleFilter, sources: Sequence[Source]) -> Selection:
    """Where the articles of a filter may come from: its sources and categories together, from everywhere if it names none."""
    if not (wanted.sources or wanted.categories):
        return Selection()
    return Selection(source_ids=tuple(source.id for source in members(wanted, sources)))


def members(wanted: ArticleFilter, sources: Sequence[Source]) -> tuple[Source, ...]:
    """Those of *sources* that a filter takes articles from."""
    if not (wanted.sources or wanted.categories):
        return tuple(sources)
    categories = {category.casefold() for category in wanted.categories}
    return tuple(source for source in sources if source.id in wanted.sources or (source.category or "").casefold() in categories)


@dataclass(slots=True, kw_only=True)
class _Verdicts:
    """What a filter said of articles, by their ids, each with the tag of the state it was said of."""

    sieve: Sieve
    languages: Mapping[str, str | None]
    known: dict[str, tuple[str, bool]]

    def forget_oldest(self) -> None:
        while len(self.known) > REMEMBERED:
            del self.known[next(iter(self.known))]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    """One look for the articles of a publication."""

    store: Store
    publication: Publication
    selection: Selection
    sieve: Sieve
    languages: Mapping[str, str | None]  # of the sources

    @classmethod
    def of(cls, store: Store, publication: Publication) -> _Search:
        sources = store.sources(removed=True)  # what was collected from a source given up is still published
        return cls(
            store=store,
            publication=publication,
            selection=selection_of(publication.filter, sources),
            sieve=Sieve.of(publication.filter),
            languages={source.id: source.language for source in sources},
        )

    def takes(self, stored: StoredArticle) -> bool:
        """Whether an article is one of the publication's, repeats aside."""
        within = self.selection.source_ids is None or stored.source_id in self.selection.source_ids
        return within and self.sieve.takes(stored.article, language=self.languages.get(stored.source_id))

    def taken(self, states: Sequence[ArticleState], verdicts: dict[str, tuple[str, bool]]) -> list[ArticleState]:
        """Those of *states* that pass; only what is not among *verdicts* is read, and put there."""
        if self.sieve.is_open:
            return list(states)
        tags = {state.id: state.tag for state in states}
        known = {article: verdict for article in tags if (verdict := verdicts.get(article)) and verdict[0] == tags[article]}
        for article, stored in self.store.articles_by_id([article for article in tags if article not in known]).items():
            known[article] = verdicts[article] = (tags[article], self.takes(stored))
        return [state for state in states if known.get(state.id, ("", False))[1]]  # unknown: deleted meanwhile

    def told_once(self, states: list[ArticleState]) -> list[ArticleState]:
        """*states* without those that repeat an earlier article of the publication, wherever in its list that is."""
        repeats = self._repeats([state.id for state in states])
        return [state for state in states if state.id not in repeats]

    def without_repeats(self, articles: Sequence[str]) -> tuple[str, ...]:
        """*articles*, which are all of the publication's, without repeats."""
        repeats = told_already(articles, self.store.near_duplicates(articles)) if self.publication.once else ()
        return tuple(article for article in articles if article not in repeats)

    def _repeats(self, articles: Collection[str]) -> frozenset[str]:
        near = self.store.near_duplicates(list(articles)) if self.publication.once else {}
        if not near:
            return frozenset()
        others = (near.keys() | set(near.values())) - set(articles)
        also_taken = {stored.id for stored in self.store.articles_by_id(sorted(others)).values() if self.takes(stored)}
        return told_already({*articles, *also_taken}, near)


def _batches(store: Store, selection: Selection, before: Place | None) -> Iterator[tuple[ArticleState, ...]]:
    """The newest LOOKED_AT articles after a place, some at a time."""
    for _ in range(LOOKED_AT // BATCH):
        states = store.article_states(replace(selection, limit=BATCH, before=before))
        if states:
            yield states
        if len(states) < BATCH:
            return
        before = _place(states[-1])


def _place(state: ArticleState) -> Place:
    return Place(sort_at=state.sort_at, id=state.id)
