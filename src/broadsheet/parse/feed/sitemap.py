"""Sitemaps, news sitemaps and sitemap indexes (sitemaps.org, Google's news and image extensions)."""

from __future__ import annotations

from datetime import UTC, datetime

from broadsheet.model import Enclosure, Entry, Feed
from broadsheet.parse.feed.names import Element, Fields, Names
from broadsheet.parse.feed.values import Place, distinct, plain

_NEVER = datetime.min.replace(tzinfo=UTC)


def read_sitemap(root: Element, names: Names, place: Place) -> Feed:
    """The addresses under `<urlset>` as entries; a news sitemap gives them titles and dates."""
    addresses = list(root.iterchildren("{*}url"))
    publications = (_publication(url, names) for url in addresses[:10])
    name, language = next((said for said in publications if said != (None, None)), (None, None))
    entries = tuple(entry for url in addresses if (entry := _entry(url, names, place)).link)
    return Feed(url=place.url, dialect="sitemap", title=name, language=language, entries=entries)


def read_index(root: Element, names: Names, place: Place) -> Feed:
    """The sitemaps under `<sitemapindex>`: no entries, only `child_urls`, the one changed last first."""
    stated = [Fields(child, names) for child in root.iterchildren("{*}sitemap")]
    dated = [(place.link(fields.text("loc")), place.date(fields.text("lastmod"))) for fields in stated]
    newest = sorted(dated, key=lambda child: (child[1] and child[1].at) or _NEVER, reverse=True)
    return Feed(url=place.url, dialect="sitemap-index", child_urls=distinct(url for url, _ in newest))


def _entry(url: Element, names: Names, place: Place) -> Entry:
    fields = Fields(url, names)
    news = fields.first("news:news")
    story = Fields(news, names) if news is not None else None
    link = place.link(fields.text("loc"))
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
