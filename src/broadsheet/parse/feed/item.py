"""One item of RSS 0.9x, 1.0 or 2.0, with what its modules add."""

from __future__ import annotations

from broadsheet.model import Entry
from broadsheet.parse.feed.media import enclosures, media_text, media_title
from broadsheet.parse.feed.names import XML_LANG, Element, Fields, Names, attribute, text_of
from broadsheet.parse.feed.values import Place, distinct, html, inner_html, person, plain
from broadsheet.urls import is_http


def read_item(item: Element, names: Names, place: Place) -> Entry:
    """The entry that an `<item>` states. *place* is what its channel is read against."""
    fields = Fields(item, names)
    place = place.at(item)
    link = _link(item, fields, place)
    content = _html_of(fields, "content:encoded", "xhtml:body", "xhtml:div", "atom:content")
    summary = _html_of(
        fields, "description", "dc:description", "atom:summary", "itunes:summary", "googleplay:description", "itunes:subtitle", "abstract"
    )
    return Entry(
        guid=fields.text("guid", "atom:id") or attribute(item, "about") or fields.text("dc:identifier"),
        link=link,
        title=_title(fields, names),
        summary_html=summary or (None if content else html(media_text(fields, names))),
        content_html=content,
        authors=_authors(fields, names),
        published=place.date(fields.last_text("pubdate", "atom:published", "dcterms:created", "dcterms:issued", "dc:date", "atom:issued", "date")),
        updated=place.date(fields.last_text("atom:updated", "dcterms:modified", "atom:modified", "lastbuilddate")),
        categories=_categories(fields),
        enclosures=enclosures(fields, names, place),
        language=fields.text("dc:language", "language") or item.get(XML_LANG),
        base_url=place.url if place.based else link,
        comments_url=place.link(fields.text("comments")),
    )


def _title(fields: Fields, names: Names) -> str | None:
    for element in fields.all("title", "dc:title", "atom:title", "itunes:title"):
        if title := plain(inner_html(element)):
            return title
    return plain(media_title(fields, names))


def _link(item: Element, fields: Fields, place: Place) -> str | None:
    """Where the story is: the address before FeedBurner's redirection, `link`, an Atom link, a guid that is a permalink, rdf:about."""
    if url := place.link(fields.text("feedburner:origlink")):
        return url
    for link in fields.all("link"):
        if url := place.link(text_of(link)):
            return url
    for link in fields.all("link", "atom:link"):
        if (attribute(link, "rel") or "alternate") == "alternate" and (url := place.link(attribute(link, "href"))):
            return url
    return _permalink(fields, place) or place.link(attribute(item, "about"))


def _permalink(fields: Fields, place: Place) -> str | None:
    """The guid where it is an address: said to be one, or not denied and absolute (`isPermaLink` is true by default)."""
    for guid in fields.all("guid"):
        said, stated = text_of(guid).strip(), (attribute(guid, "isPermaLink") or "").lower()
        if said and (is_http(said) or (stated == "true" and "/" in said)):
            return place.link(said)
    return None


def _html_of(fields: Fields, *names: str) -> str | None:
    """The first of the elements *names* that holds anything, as HTML."""
    for element in fields.all(*names):
        if said := html(inner_html(element)):
            return said
    return None


def _authors(fields: Fields, names: Names) -> tuple[str, ...]:
    """`dc:creator`, else `author`, else iTunes' author; an `author` written as Atom does has a name inside."""
    for name in ("dc:creator", "author", "atom:author", "dc:author", "itunes:author", "managingeditor"):
        if (stated := fields.all(name)) and (found := distinct(_author(one, names) for one in stated)):
            return found
    return ()


def _author(element: Element, names: Names) -> str | None:
    said = Fields(element, names).text("name", "atom:name", "email", "atom:email") if len(element) else None
    return person(said or text_of(element))


def _categories(fields: Fields) -> tuple[str, ...]:
    stated = fields.all("category", "dc:subject", "atom:category", "media:category")
    return distinct(plain(text_of(one) or attribute(one, "term")) for one in stated) if stated else ()
