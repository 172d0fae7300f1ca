"""Atom 1.0 (RFC 4287)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from broadsheet import __version__
from broadsheet.model import Collection, Person
from broadsheet.publish import xml
from broadsheet.publish.identity import collection_tag
from broadsheet.publish.item import Item, feed_updated, items_of, language_tag, within
from broadsheet.publish.options import PublishOptions
from broadsheet.publish.plain import plain
from broadsheet.urls import is_http


def render_atom(collection: Collection, options: PublishOptions) -> bytes:
    """The collection as an Atom document, UTF-8."""
    language = language_tag(collection.language)
    marks = f' xml:lang="{language}"' if language else ""
    head = f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"{marks}>\n{_head(collection, options)}'
    entries = within(options.max_bytes, (_entry(item, collection).encode() for item in items_of(collection, options)))
    return b"".join([head.encode(), *entries, b"</feed>\n"])


def rfc3339(at: datetime) -> str:
    """*at* as Atom and JSON Feed want it: `2026-11-23T15:30:00Z`."""
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


def _head(collection: Collection, options: PublishOptions) -> str:
    name = plain(collection.title) or collection.slug
    return "".join((
        xml.leaf("id", collection_tag(collection.slug)),
        xml.leaf("title", name),
        xml.leaf("subtitle", plain(collection.description)),
        xml.leaf("updated", rfc3339(feed_updated(collection))),
        xml.empty("link", {"rel": "self", "type": "application/atom+xml", "href": options.self_url}) if options.self_url else "",
        xml.empty("link", {"rel": "alternate", "type": "text/html", "href": options.home_url or collection.home_url}),
        xml.empty("link", {"rel": "hub", "href": options.hub_url}) if options.hub_url else "",
        xml.parent("author", xml.leaf("name", name)),  # RFC 4287, 4.1.1: for the entries whose authors are not known
        xml.leaf("generator", "Broadsheet", {"version": __version__}),
    ))  # fmt: skip


def _entry(item: Item, collection: Collection) -> str:
    attributes = {"xml:lang": item.language if item.language != collection.language else None, "xml:base": item.url or None}
    return xml.parent("entry", "".join((
        xml.leaf("id", item.id),
        xml.leaf("title", item.title),
        *_links(item),
        xml.leaf("published", rfc3339(item.published)),
        xml.leaf("updated", rfc3339(item.updated or item.published)),
        *_people("author", item.authors),
        *_people("contributor", item.contributors),
        *(xml.empty("category", {"term": tag}) for tag in item.tags),
        xml.leaf("summary", item.summary),
        xml.leaf("content", item.html, {"type": "html"}),
        _source(item),
    )), attributes)  # fmt: skip


def _links(item: Item) -> list[str]:
    """The article's own address first: readers open the first alternate they meet.

    No two alternates may share type and language (RFC 4287, 4.1.2), so an edition without a language is not named.
    """
    links = [xml.empty("link", {"rel": "alternate", "type": "text/html", "href": item.url, "hreflang": item.language})] if item.url else []
    seen = {item.language}
    for edition in item.editions:
        language = language_tag(edition.language)
        if edition.relation == "original":
            links.append(xml.empty("link", {"rel": "related", "type": "text/html", "href": edition.url, "hreflang": language}))
        elif language not in seen | {None}:
            seen.add(language)
            links.append(xml.empty("link", {"rel": "alternate", "type": "text/html", "href": edition.url, "hreflang": language}))
    if item.image:
        links.append(xml.empty("link", {"rel": "enclosure", "type": item.image.type, "href": item.image.url}))
    if item.stored.article.url != item.url and is_http(item.stored.article.url):
        links.append(xml.empty("link", {"rel": "via", "type": "text/html", "href": item.stored.article.url}))
    return links


def _people(role: str, people: Sequence[Person]) -> list[str]:
    return [xml.parent(role, xml.leaf("name", person.name) + xml.leaf("uri", person.url)) for person in people]


def _source(item: Item) -> str:
    """The publisher's feed that the entry came from."""
    if item.source is None:
        return ""
    stated = (xml.leaf("id", item.source.url), xml.leaf("title", plain(item.source.title)), xml.leaf("updated", rfc3339(item.stored.changed_at)))
    return xml.parent("source", "".join(stated))
