"""Feeds that an operator puts together: which articles, and how they are shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

FeedContent = Literal["full", "summary", "teaser"]
"""What an entry holds: the whole article, a summary only, or the publisher's teaser above the whole article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFilter:
    """Which articles are wanted: those that meet every condition given. Empty: no condition.

    *sources* and *categories* say together where from. *words* must all occur (the saved search), of *include* at least one, of *exclude*
    none; each is a word, a phrase, or the beginning of a word with `*` at its end (see `text.search`). *authors* and *sections* are such
    words too, looked for in the names. Never a regular expression: the time they take is linear.
    """

    sources: tuple[str, ...] = ()  # ids
    categories: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()  # at least one of them, in any role of writing
    sections: tuple[str, ...] = ()  # at least one of them
    languages: tuple[str, ...] = ()  # "zh" takes zh-Hans too
    min_words: int | None = None
    max_words: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A feed of an operator's own making, published as `merged/<name>`."""

    name: str
    title: str
    filter: ArticleFilter = field(default_factory=ArticleFilter)
    content: FeedContent | None = None  # None: as `publish.content` says
    prefix_titles: bool = False  # "Source: title"
    once: bool = False  # the same story from several sources is shown once
    added_at: datetime
