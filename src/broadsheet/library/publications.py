"""Putting feeds together: what an operator asks for is checked before it is kept, so that what is kept can always be published."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from broadsheet.compare.wanted import Sieve
from broadsheet.errors import NameTaken, UnknownPublication, UnknownSource, UsageError
from broadsheet.model import ArticleFilter, Publication, Source
from broadsheet.publish.site import EVERYTHING, category_slugs
from broadsheet.store import Store
from broadsheet.text.language import language_tag
from broadsheet.urls import slug

MOST_TERMS = 200
"""Words, phrases, names and sources in one filter: each is looked for in every article."""


def add_publication(store: Store, publication: Publication) -> None:
    """Keep a new feed. Raises NameTaken, UnknownSource, UsageError with what to do instead."""
    _check_name(store, publication.name)
    check_filter(store, publication.filter)
    store.keep_publication(publication)


def change_publication(store: Store, publication: Publication) -> None:
    """Keep *publication* in the place of the one with its name. Raises UnknownPublication, UnknownSource, UsageError."""
    before = store.publication(publication.name)
    kept = {*before.filter.sources, *before.filter.categories}  # may have been given up since; that is no reason to refuse another change
    check_filter(store, publication.filter, known=kept)
    store.keep_publication(publication)


def check_filter(store: Store, wanted: ArticleFilter, *, known: set[str] | None = None) -> None:
    """Raises UnknownSource or UsageError for a filter that cannot mean anything; names among *known* pass."""
    sources = store.sources(removed=True)
    for source_id in wanted.sources:
        _check_source(source_id, sources, known or set())
    for category in wanted.categories:
        _check_category(category, sources, known or set())
    for language in wanted.languages:
        if language_tag(language) is None:
            raise UsageError(language, "is no language tag", do="Write it as in en, pt-BR, zh-Hans.")
    _check_lengths(wanted)
    terms = (*wanted.words, *wanted.include, *wanted.exclude, *wanted.authors, *wanted.sections)
    if len(terms) + len(wanted.sources) > MOST_TERMS:
        raise UsageError("the filter", f"holds more than {MOST_TERMS} terms", do="Make several feeds, or use categories instead of sources.")
    Sieve.of(wanted)


def _check_name(store: Store, name: str) -> None:
    proper = slug(name)
    if not name or name != proper:
        better = f"for instance {proper}" if proper else "and give it any title with --title"
        raise UsageError(name or '""', "cannot be part of an address", do=f"Use small Latin letters, digits and hyphens, {better}.")
    merged = f"merged/{name}"
    if merged == EVERYTHING:
        raise NameTaken(name, "is the feed of everything together", do="Choose another name.")
    categories = category_slugs(store.sources(removed=True))
    if merged in categories:
        raise NameTaken(name, f"is the feed of the category {categories[merged]}", do=f"Choose another name, such as {name}-selected.")
    try:
        store.publication(name)
    except UnknownPublication:
        return
    raise NameTaken(name, "is a feed of yours already", do=f"Choose another name, or use `broadsheet feeds change {name}`.")


def _check_source(source_id: str, sources: Sequence[Source], known: set[str]) -> None:
    ids = [source.id for source in sources]
    if source_id not in ids and source_id not in known:
        near = get_close_matches(source_id, ids, n=1)
        raise UnknownSource(
            source_id, "no source has this id", do=f"Did you mean {near[0]}?" if near else "`broadsheet sources` lists those there are."
        )


def _check_category(category: str, sources: Sequence[Source], known: set[str]) -> None:
    names = sorted({source.category for source in sources if source.category})
    if category.casefold() not in {name.casefold() for name in names} and category not in known:
        there_are = f"There are: {', '.join(names)}." if names else "No source has one yet: `broadsheet add --category`."
        raise UsageError(category, "no source is in this category", do=there_are)


def _check_lengths(wanted: ArticleFilter) -> None:
    low, high = wanted.min_words, wanted.max_words
    if (low is not None and low < 0) or (high is not None and high < 0):
        raise UsageError("the number of words", "is below 0", do="Give 0 or more.")
    if low is not None and high is not None and low > high:
        raise UsageError("the number of words", f"cannot be at least {low} and at most {high}", do="Lower the one or raise the other.")
