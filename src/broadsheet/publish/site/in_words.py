"""What a feed of the operator's own making holds, in words: for its page, its description, and the command line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from broadsheet.model import ArticleFilter, Publication
from broadsheet.publish.languages import language_name


def filter_in_words(publication: Publication) -> str:
    """One line of English: `Articles with “climate”, without “sport”, in German, of at least 300 words. Each story once.`"""
    conditions = ", ".join(_conditions(publication.filter))
    said = f"Articles {conditions}." if conditions else "All articles."
    return f"{said} Each story once." if publication.once else said


def _conditions(wanted: ArticleFilter) -> Iterator[str]:
    if wanted.words:
        yield f"with {_quoted(wanted.words, 'and')}"
    if wanted.include:
        yield f"with {_quoted(wanted.include, 'or')}"
    if wanted.exclude:
        yield f"without {_quoted(wanted.exclude, 'or')}"
    if wanted.authors:
        yield f"by {_quoted(wanted.authors, 'or')}"
    if wanted.sections:
        yield f"from the {'section' if len(wanted.sections) == 1 else 'sections'} {_quoted(wanted.sections, 'or')}"
    if wanted.languages:
        yield f"in {_joined([language_name(language) for language in wanted.languages], 'or')}"
    if lengths := _lengths(wanted):
        yield lengths


def _lengths(wanted: ArticleFilter) -> str:
    low, high = wanted.min_words, wanted.max_words
    if low and high is not None:
        return f"of {low} to {high} words"
    if low:
        return f"of at least {low} words"
    return f"of at most {high} words" if high is not None else ""


def _quoted(terms: Sequence[str], last: str) -> str:
    return _joined([f"“{term}”" for term in terms], last)


def _joined(names: Sequence[str], last: str) -> str:
    return f"{', '.join(names[:-1])} {last} {names[-1]}" if len(names) > 1 else names[0]
