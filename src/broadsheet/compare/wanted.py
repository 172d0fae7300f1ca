"""Which articles an operator's filter lets through, and which of them tell a story that another one among them tells already."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from broadsheet.model import Article, ArticleFilter, Role
from broadsheet.text.search import Term, read_terms, searchable

WRITING: frozenset[Role] = frozenset(("writer", "translator", "contributor", "agency"))
"""The roles in which a name counts as an author of the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sieve:
    """An `ArticleFilter` made ready to be asked about many articles. Where they come from is no matter of it."""

    words: tuple[Term, ...] = ()
    include: tuple[Term, ...] = ()
    exclude: tuple[Term, ...] = ()
    authors: tuple[Term, ...] = ()
    sections: tuple[Term, ...] = ()
    languages: tuple[str, ...] = ()
    min_words: int | None = None
    max_words: int | None = None

    @classmethod
    def of(cls, wanted: ArticleFilter) -> Sieve:
        """The sieve of a filter. Raises UsageError for a term that cannot be looked for."""
        return cls(
            words=read_terms(wanted.words),
            include=read_terms(wanted.include),
            exclude=read_terms(wanted.exclude),
            authors=read_terms(wanted.authors),
            sections=read_terms(wanted.sections),
            languages=tuple(_tag(language) for language in wanted.languages),
            min_words=wanted.min_words,
            max_words=wanted.max_words,
        )

    @property
    def is_open(self) -> bool:
        """Whether it lets everything through."""
        return self == Sieve()

    def takes(self, article: Article, *, language: str | None = None) -> bool:
        """Whether *article* meets every condition; *language* is that of its source, for one that does not say its own.

        Each term is looked for once, in texts that are brought into form once; what costs least is asked first.
        """
        return (
            self._takes_length(article.word_count)
            and self._takes_language(article.language or language)
            and _any_in(self.sections, [article.section or ""])
            and _any_in(self.authors, [person.name for person in article.people if person.role in WRITING])
            and self._takes_words(article)
        )

    def _takes_length(self, words: int) -> bool:
        return (self.min_words is None or words >= self.min_words) and (self.max_words is None or words <= self.max_words)

    def _takes_language(self, language: str | None) -> bool:
        if not self.languages:
            return True
        spoken = _tag(language or "")
        return any(spoken == wanted or spoken.startswith(f"{wanted}-") for wanted in self.languages)

    def _takes_words(self, article: Article) -> bool:
        if not (self.words or self.include or self.exclude):
            return True
        said = "|".join(map(searchable, _said(article)))  # a sign that no term holds: no phrase begins in the title and ends in the text
        return (
            all(term.is_in(said) for term in self.words)
            and (not self.include or any(term.is_in(said) for term in self.include))
            and not any(term.is_in(said) for term in self.exclude)
        )


def told_already(articles: Collection[str], near_duplicates: Mapping[str, str]) -> frozenset[str]:
    """Those of *articles* that tell the same text as another one of them that was kept earlier.

    *near_duplicates* says of which article each is one; what it leads to need not be among them. Ids sort by the time when they were
    given, so the one that was published first stays, whatever comes after it.
    """
    stories = _stories(near_duplicates)
    first: dict[str, str] = {}
    for article in sorted(articles):
        first.setdefault(stories.get(article, article), article)
    return frozenset(article for article in articles if first[stories.get(article, article)] != article)


def _stories(near_duplicates: Mapping[str, str]) -> Mapping[str, str]:
    """The first article of the chain that each near-duplicate hangs on; chains that come back to themselves (a damaged store) end anywhere."""
    stories: dict[str, str] = {}
    for article in sorted(near_duplicates):
        way = [article]
        while (parent := near_duplicates.get(way[-1])) is not None and parent not in way and parent not in stories:
            way.append(parent)
        story = stories.get(parent, way[-1]) if parent is not None else way[-1]
        stories |= dict.fromkeys(way, story)
    return stories


def _said(article: Article) -> Sequence[str]:
    """Where words are looked for: all that is printed but names and captions."""
    return (article.kicker or "", article.title, article.standfirst or "", *article.tags, article.text)


def _any_in(terms: Sequence[Term], names: Sequence[str]) -> bool:
    """Whether one of the terms is in one of the names; true where none is asked for."""
    return not terms or any(term.is_in(searchable(name)) for name in names for term in terms)


def _tag(language: str) -> str:
    return language.strip().replace("_", "-").casefold()
