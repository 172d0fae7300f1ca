"""Atom 1.0 (RFC 4287), with the links between a feed and its archives (RFC 5005)."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from broadsheet import __version__
from broadsheet.model import Collection, Person
from broadsheet.publish import xml
from broadsheet.publish.identity import collection_tag
from broadsheet.publish.item import SOURCES_AT_HAND, Item, feed_updated, language_tag
from broadsheet.publish.options import PublishOptions
from broadsheet.publish.plain import plain, web_address

MEDIA_TYPE = "application/atom+xml"
FOOT = b"</feed>\n"

_NAMESPACES = 'xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0"'


def head(collection: Collection, options: PublishOptions) -> bytes:
    """Everything before the first entry."""
    language = language_tag(collection.language)
    marks = f' xml:lang="{language}"' if language else ""
    return f'<?xml version="1.0" encoding="utf-8"?>\n<feed {_NAMESPACES}{marks}>\n{_feed(collection, options)}'.encode()


def entry(item: Item) -> bytes:
    """One entry."""
    # The base stands at the text and not at the entry, whose link would then refer to itself (the validator's SameDocumentReference).
    text = xml.markup("content", item.html, {"type": "html", "xml:base": item.url or None})
    return b"".join((_details(item).encode(), text, _source(item).encode(), b"</entry>\n"))


def _details(item: Item) -> str:
    """Everything before the text."""
    return "".join((
        f'<entry xml:lang="{item.language}">' if item.language else "<entry>",
        xml.known("id", item.id),
        xml.known("title", item.title),
        *_links(item),
        f"<published>{rfc3339(item.published)}</published>\n",
        f"<updated>{_updated(item)}</updated>\n",
        *_people("author", item.authors),
        *_people("contributor", item.contributors),
        *_categories(item),
        xml.known("summary", item.summary),
    ))  # fmt: skip


def rfc3339(at: datetime) -> str:
    """*at* as Atom and JSON Feed want it: `2026-11-23T15:30:00Z`."""
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


def _feed(collection: Collection, options: PublishOptions) -> str:
    name = plain(collection.title) or collection.slug
    home = web_address(options.home_url or collection.home_url)
    return "".join((
        xml.leaf("id", collection_tag(collection.slug)),
        xml.leaf("title", name),
        xml.leaf("subtitle", plain(collection.description)),
        xml.leaf("updated", rfc3339(feed_updated(collection))),
        xml.empty("link", {"rel": "alternate", "type": "text/html", "href": home}) if home else "",
        xml.links(options, MEDIA_TYPE, name="link"),
        xml.parent("author", xml.leaf("name", name)),  # RFC 4287, 4.1.1: for the entries whose authors are not known
        xml.leaf("generator", "Broadsheet", {"version": __version__}),
        "<fh:archive/>\n" if options.chain.archive else "",
    ))  # fmt: skip


def _updated(item: Item) -> str:
    """When it last changed. No two entries should say the same (the validator's DuplicateUpdated), but publishers state whole minutes:
    so an entry that never changed gets a fraction of a second of its own, always the same."""
    if item.updated is not None:
        return item.updated.isoformat().replace("+00:00", "Z")
    fraction = timedelta(microseconds=zlib.crc32(item.id.encode()) % 1_000_000)
    return (item.published.replace(microsecond=0) + fraction).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _categories(item: Item) -> list[str]:
    scheme = f' scheme="{xml.address(item.scheme)}"' if item.scheme else ""
    return [f'<category term="{xml.known_quoted(tag)}"{scheme}/>\n' for tag in item.tags]


def _links(item: Item) -> list[str]:
    """The article's own address first: readers open the first alternate they meet.

    No two alternates may share type and language (RFC 4287, 4.1.2), so an edition without a language is not named.
    """
    links = [_page("alternate", item.url, item.language)] if item.url else []
    seen = {item.language}
    for edition in item.editions:
        if edition.relation == "original":
            links.append(_page("related", edition.url, edition.language))
        elif edition.language not in seen | {None}:
            seen.add(edition.language)
            links.append(_page("alternate", edition.url, edition.language))
    if item.image:
        links.append(f'<link rel="enclosure" type="{item.image.type}" href="{xml.address(item.image.url)}"/>\n')
    for file in item.files:
        links.append(xml.empty("link", {"rel": "enclosure", "type": file.type, "length": file.size_bytes, "href": file.url}))
    if item.comments_url:
        links.append(_page("replies", item.comments_url))
    if item.via:
        links.append(_page("via", item.via))
    return links


def _page(rel: str, url: str, language: str | None = None) -> str:
    """A link of an entry to a page, which may be in a *language*."""
    marks = f' hreflang="{language}"' if language else ""
    return f'<link rel="{rel}" type="text/html" href="{xml.address(url)}"{marks}/>\n'


def _people(role: str, people: Sequence[Person]) -> list[str]:
    return [f"<{role}>{xml.known('name', person.name)}{xml.known('uri', person.url)}</{role}>\n" for person in people]


def _source(item: Item) -> str:
    """The publisher's feed that the entry came from."""
    address = web_address(item.source.url) if item.source else ""
    if item.source is None or item.stored is None or not address:
        return ""
    named, linked = _origin(address, item.source.title, item.source.home_url)
    return f"<source>{named}<updated>{rfc3339(item.stored.changed_at)}</updated>\n{linked}</source>\n"


@lru_cache(maxsize=SOURCES_AT_HAND)
def _origin(address: str, title: str, home_url: str) -> tuple[str, str]:
    """What an entry says of the publisher's feed before and after the time."""
    home = web_address(home_url)
    named = xml.known("id", address) + xml.known("title", plain(title) or address)
    return named, f'<link rel="self" href="{xml.address(address)}"/>\n{_page("alternate", home) if home else ""}'
