"""Collections: which articles, in which order, published under which name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from broadsheet.model.article import StoredArticle
from broadsheet.model.incident import Incident
from broadsheet.model.publication import FeedContent
from broadsheet.model.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """A selection of articles that we publish as feeds and pages, newest first.

    *slug* is the name in addresses: the source's id, `merged/all`, `merged/<category>`.
    """

    slug: str
    title: str
    home_url: str
    description: str = ""
    language: str | None = None
    articles: Sequence[StoredArticle] = ()
    sources: Sequence[Source] = ()
    updated: datetime | None = None  # the newest change among the articles, None when there is none
    incidents: Sequence[Incident] = ()  # breakages that the feed tells its readers of
    content: FeedContent | None = None  # what an entry holds; None: as the operator's settings say
    prefix_titles: bool = False  # "Source: title", for feeds of several sources
