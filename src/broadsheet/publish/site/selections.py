"""The collections a site consists of: one for each source, everything together, the operator's own choices, one for each category."""

from __future__ import annotations

from collections.abc import Collection as Names
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from broadsheet.model import Collection, Publication, Source, StoredArticle
from broadsheet.publish.site.in_words import filter_in_words
from broadsheet.urls import slug

EVERYTHING = "merged/all"


def source_collection(source: Source, articles: Sequence[StoredArticle]) -> Collection:
    """One source as a collection: its feed is `feeds/<id>`, its page `sources/<id>/`."""
    return Collection(
        slug=source.id, title=source.title, home_url=source.home_url, language=source.language,
        articles=articles, sources=(source,), updated=newest_change(articles),
    )  # fmt: skip


def everything(sources: Sequence[Source], articles: Sequence[StoredArticle], *, home_url: str = "") -> Collection:
    """All sources together, as `merged/all`."""
    return _merged(EVERYTHING, "Everything", sources, articles=articles, home_url=home_url)


def category_collection(slug: str, category: str, sources: Sequence[Source], *, articles: Sequence[StoredArticle], home_url: str = "") -> Collection:
    """The sources of one category, under the *slug* that `category_slugs` gave it."""
    members = [source for source in sources if source.category == category]
    return _merged(slug, category, members, articles=articles, home_url=home_url)


def publication_slug(publication: Publication) -> str:
    """The slug of a feed of the operator's own making."""
    return f"merged/{publication.name}"


def publication_collection(
    publication: Publication, sources: Sequence[Source], articles: Sequence[StoredArticle] = (), *, home_url: str = ""
) -> Collection:
    """A feed of the operator's own making; *sources* are those it takes articles from."""
    made = _merged(publication_slug(publication), publication.title, sources, articles=articles, home_url=home_url)
    languages = publication.filter.languages
    return replace(
        made, description=filter_in_words(publication), language=languages[0] if len(languages) == 1 else made.language,
        content=publication.content, prefix_titles=publication.prefix_titles,
    )  # fmt: skip


def category_slugs(sources: Sequence[Source], *, taken: Names[str] = ()) -> Mapping[str, str]:
    """The categories of *sources* by collection slug (`merged/world`), in alphabetical order.

    A name without Latin letters, or one whose slug is taken ("World", "world!", or among *taken*), gets one made from its digest, so
    that no category moves when another is added beside it.
    """
    named: dict[str, str] = {}
    for category in sorted({source.category for source in sources if source.category}):
        plain, digest = slug(category), sha256(category.encode("utf-8", "replace")).hexdigest()[:8]
        free = f"merged/{plain}"
        named[f"merged/{plain or 'category'}-{digest}" if not plain or free in named or free in taken or free == EVERYTHING else free] = category
    return named


def newest_change(articles: Sequence[StoredArticle]) -> datetime | None:
    """When the newest change among *articles* was kept, None when there are none."""
    return max((article.changed_at for article in articles), default=None)


def page_count(articles: int, per_page: int) -> int:
    """How many list pages *articles* fill; an empty list still has its page."""
    return max(1, -(-articles // per_page))


def _merged(slug: str, title: str, sources: Sequence[Source], *, articles: Sequence[StoredArticle], home_url: str) -> Collection:
    languages = {source.language for source in sources}
    return Collection(
        slug=slug, title=title, home_url=home_url, language=languages.pop() if len(languages) == 1 else None,
        articles=articles, sources=sources, updated=newest_change(articles),
    )  # fmt: skip
