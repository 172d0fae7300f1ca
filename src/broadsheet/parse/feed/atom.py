"""Atom 1.0 (RFC 4287) and 0.3."""

from __future__ import annotations

import base64
import binascii
from html import escape

from broadsheet.model import Entry, Feed
from broadsheet.parse.feed.channel import atom_links, update_period
from broadsheet.parse.feed.dialect import Dialect
from broadsheet.parse.feed.media import enclosures, media_text, media_title
from broadsheet.parse.feed.names import XML_LANG, Element, Fields, Names, attribute, text_of
from broadsheet.parse.feed.values import Place, distinct, html, html_from_text, inner_html, person, plain
from broadsheet.urls import is_http

_MAX_BASE64 = 5_000_000


def _head(root: Element, names: Names, place: Place) -> Feed:
    """What is said under `<feed>`."""
    fields = Fields(root, names)
    return Feed(
        url=place.feed_url,
        dialect="atom",
        title=_plain(fields, "title", "dc:title"),
        home_url=_alternate(fields, place),
        description=_plain(fields, "subtitle", "tagline", "dc:description"),
        language=root.get(XML_LANG) or fields.text("language", "dc:language"),
        image_url=place.link(fields.text("logo", "icon")),
        rights=_plain(fields, "rights", "copyright", "dc:rights"),
        update_period_minutes=update_period(fields),
        **atom_links(fields, place),
    )


def _entry(entry: Element, names: Names, place: Place) -> Entry:
    fields = Fields(entry, names)
    place = place.at(entry)
    guid = fields.text("id", "guid")
    link = _alternate(fields, place) or _address(guid, place)
    content = fields.first("content", "content:encoded")
    body = _construct(content) if content is not None else None
    return Entry(
        guid=guid,
        link=link,
        title=_plain(fields, "title", "dc:title") or plain(media_title(fields, names)),
        summary_html=_first_html(fields, "summary", "description", "dc:description") or (None if body else html_from_text(media_text(fields, names))),
        content_html=body,
        authors=_people(fields, names),
        published=place.date(fields.last_text("published", "issued", "dcterms:issued", "dcterms:created", "created", "dc:date", "pubdate")),
        updated=place.date(fields.last_text("updated", "modified", "dcterms:modified")),
        categories=distinct(
            plain(attribute(one, "label") or attribute(one, "term") or text_of(one)) for one in fields.all("category", "dc:subject", "media:category")
        ),
        enclosures=enclosures(fields, names, place),
        language=entry.get(XML_LANG) or (content.get(XML_LANG) if content is not None else None),
        base_url=_html_base(content, place, link),
        comments_url=_related(fields, place, "replies"),
    )


def _address(guid: str | None, place: Place) -> str | None:
    """The id as an address, if it is one: absolute (then as written), or a path. The link of an entry that states none."""
    if guid and guid.startswith("/"):
        return place.link(guid)
    return guid if guid and is_http(guid) else None


def _html_base(content: Element | None, place: Place, link: str | None) -> str | None:
    """What addresses inside the entry's HTML resolve against: the nearest xml:base, else the story's page."""
    inside = place.at(content) if content is not None else place
    return inside.url if inside.based else link


def _alternate(fields: Fields, place: Place) -> str | None:
    """The `alternate` link that is a web page; any alternate; a link with its address as text (seen in hand-made feeds)."""
    found = [
        link
        for link in fields.all("link", "atom:link")
        if (attribute(link, "rel") or "alternate").lower() in ("alternate", "http://www.iana.org/assignments/relation/alternate")
    ]
    found.sort(key=lambda link: "html" not in (attribute(link, "type") or "text/html"))
    for link in found:
        if url := place.link(attribute(link, "href")):
            return url
    return next((url for link in found if (url := place.link(text_of(link)))), None)


def _related(fields: Fields, place: Place, rel: str) -> str | None:
    return next((url for link in fields.all("link") if attribute(link, "rel") == rel and (url := place.link(attribute(link, "href")))), None)


def _plain(fields: Fields, *names: str) -> str | None:
    """The first text construct of *names* as plain text. An explicit type="text" means that its tags are text."""
    for element in fields.all(*names):
        kind = attribute(element, "type")
        if said := plain(_decoded(element, kind) or inner_html(element), markup=kind != "text"):
            return said
    return None


def _first_html(fields: Fields, *names: str) -> str | None:
    return next((said for element in fields.all(*names) if (said := _construct(element))), None)


def _construct(element: Element) -> str | None:
    """A text construct or content as HTML (RFC 4287, sections 3.1 and 4.1.3; mode and media types of Atom 0.3)."""
    said_kind = attribute(element, "type")
    kind = (said_kind or "text").lower()
    if (decoded := _decoded(element, said_kind)) is not None:
        return html(decoded) if "html" in kind else html_from_text(decoded)
    if len(element):
        return html(_without_wrapper(element))
    said = element.text
    if kind in ("text", "text/plain") and not _is_markup(said or ""):
        return html_from_text(said)
    return html(said)


def _without_wrapper(element: Element) -> str:
    """XHTML content comes in a `div` that is not part of it (RFC 4287, section 3.1.1.3)."""
    only = element[0]
    alone = len(element) == 1 and not (element.text or "").strip() and not (only.tail or "").strip()
    if not alone or not isinstance(only.tag, str) or only.tag.rpartition("}")[2] != "div":
        return inner_html(element)
    return inner_html(only) if len(only) else escape(only.text or "", quote=False)


def _is_markup(said: str) -> bool:
    """HTML that its publisher forgot to call html: a closing tag is in it."""
    return "</" in said and ">" in said


def _decoded(element: Element, kind: str | None) -> str | None:
    """Base64 content of a textual type, as Atom 0.3's mode and RFC 4287 section 4.1.3.3 allow; else None."""
    if attribute(element, "mode") != "base64" and _is_textual((kind or "text").lower()):
        return None
    said = (element.text or "").strip()
    if len(element) or len(said) > _MAX_BASE64:
        return None
    try:
        return base64.b64decode(said, validate=False).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return None


def _is_textual(kind: str) -> bool:
    return kind in ("text", "html", "xhtml") or kind.startswith(("text/", "multipart/")) or kind.endswith(("/xml", "+xml"))


def _people(fields: Fields, names: Names) -> tuple[str, ...]:
    """The authors' names, or addresses where there is no name. A feed's own author is the publisher, so nobody inherits it."""
    stated = distinct(_author(one, names) for one in fields.all("author"))
    return stated or distinct(person(text_of(one)) for one in fields.all("dc:creator"))


def _author(element: Element, names: Names) -> str | None:
    said = Fields(element, names).text("name", "email", "uri", "url") if len(element) else None
    return person(said or text_of(element))


ATOM = Dialect(tags=("{*}entry", "{*}Entry"), entry=_entry, head=_head)
