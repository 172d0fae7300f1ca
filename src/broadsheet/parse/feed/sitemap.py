"""Sitemaps, news sitemaps and sitemap indexes (sitemaps.org, Google's news and image extensions)."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice

from broadsheet.model import Enclosure, Entry, Feed
from broadsheet.parse.feed.dialect import Dialect
from broadsheet.parse.feed.document import LEFT_WHOLE
from broadsheet.parse.feed.names import Element, Fields, Names
from broadsheet.parse.feed.values import Place, distinct, plain

_NEVER = datetime.min.replace(tzinfo=UTC)


def _head(root: Element, names: Names, place: Place) -> Feed:
    """The addresses are under `<urlset>`; a news sitemap says with each of them what publication it is of."""
    publications = (_publication(url, names) for url in islice(root.iterchildren("{*}url"), LEFT_WHOLE))
    name, language = next((said for said in publications if said != (None, None)), (None, None))
    return Feed(url=place.feed_url, dialect="sitemap", title=name, language=language)


def _index_head(root: Element, names: Names, place: Place) -> Feed:
    """The sitemaps under `<sitemapindex>`: no entries, only `child_urls`, the one changed last first."""
    stated = [Fields(child, names) for child in root.iterchildren("{*}sitemap")]
    dated = [(place.link(fields.text("loc")), place.date(fields.text("lastmod"))) for fields in stated]
    newest = sorted(dated, key=lambda child: (child[1] and child[1].at) or _NEVER, reverse=True)
    return Feed(url=place.feed_url, dialect="sitemap-index", child_urls=distinct(url for url, _ in newest))


def _entry(url: Element, names: Names, place: Place) -> Entry | None:
    """What is said of one address; a news sitemap gives a title and a date."""
    fields = Fields(url, names)
    news = fields.first("news:news")
    story = Fields(news, names) if news is not None else None
    link = place.at(url).link(fields.text("loc"))
    if link is None:
        return None
    return Entry(
        link=link,
        title=plain(story.text("news:title")) if story else None,
        published=place.date(story.text("news:publication_date")) if story else None,
        updated=place.date(fields.text("lastmod")),
        categories=distinct(plain(word) for word in ((story.text("news:keywords") if story else None) or "").split(",")),
        enclosures=_pictures(fields, names, place),
        language=_publication(url, names)[1],
        base_url=link,
    )


def _no_entry(element: Element, names: Names, place: Place) -> None:
    """An index has none."""


def _publication(url: Element, names: Names) -> tuple[str | None, str | None]:
    """The name and the language a news sitemap states for an address."""
    news = Fields(url, names).first("news:news")
    publication = Fields(news, names).first("news:publication") if news is not None else None
    if publication is None:
        return None, None
    fields = Fields(publication, names)
    return plain(fields.text("news:name")), fields.text("news:language")


def _pictures(fields: Fields, names: Names, place: Place) -> tuple[Enclosure, ...]:
    pictures = (Fields(image, names) for image in list(fields.all("image:image"))[:100])
    return tuple(
        Enclosure(url=link, medium="image", caption=plain(picture.text("image:caption", "image:title")))
        for picture in pictures
        if (link := place.link(picture.text("image:loc")))
    )


SITEMAP = Dialect(tags=("{*}url",), entry=_entry, head=_head)
SITEMAP_INDEX = Dialect(tags=(), entry=_no_entry, head=_index_head)
