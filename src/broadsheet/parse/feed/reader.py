"""The one way in: any bytes to a `Feed`."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from lxml import etree

from broadsheet.errors import NotAFeed
from broadsheet.model import Entry, Feed
from broadsheet.parse.charset import as_utf8
from broadsheet.parse.feed.atom import ATOM
from broadsheet.parse.feed.dialect import Dialect, Reading
from broadsheet.parse.feed.document import LARGE_BYTES, read_document, stream
from broadsheet.parse.feed.json_feed import read_json
from broadsheet.parse.feed.rdf import RDF
from broadsheet.parse.feed.repair import MAX_BYTES, Prolog, from_root
from broadsheet.parse.feed.rss import RSS
from broadsheet.parse.feed.sitemap import SITEMAP, SITEMAP_INDEX
from broadsheet.parse.feed.values import Place
from broadsheet.urls import join, origin_of

MAX_ENTRIES = 1_000  # kept of one feed, the newest ones; feeds of more are archives or mistakes
_NEVER = datetime.min.replace(tzinfo=UTC)

_DIALECTS: Mapping[str, Dialect] = {
    "rss": RSS,
    "channel": RSS,  # without its outermost element
    "feed": ATOM,
    "rdf": RDF,
    "urlset": SITEMAP,
    "sitemapindex": SITEMAP_INDEX,
}


def parse_feed(data: bytes, url: str, *, content_type: str | None = None, content_location: str | None = None, now: datetime) -> Feed:
    """The feed in *data*, which came from *url*; at most `MAX_ENTRIES` entries, in the feed's order.

    The dialect is told by the content: servers send feeds as text/html and web pages as application/rss+xml. *content_type* and
    *content_location* are those headers of the answer, if it had them.
    Raises NotAFeed, and nothing else, whatever *data* holds.
    """
    text = as_utf8(_unpacked(data[:MAX_BYTES], url), content_type=content_type, kind="xml")
    place = Place(_location(url, content_location) or url, now, url)
    if text[:100].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        feed = read_json(text.decode("utf-8", "replace"), place)
    else:
        feed = _read_xml(text, place)
    return replace(feed, entries=tuple(_placed(entry, feed.home_url) for entry in _newest(feed.entries)))


def _location(url: str, said: str | None) -> str | None:
    """Where the answer says the feed is, if that is on the same host: behind a proxy, servers name themselves by inner addresses."""
    location = join(url, said) if said else None
    return location if location and origin_of(location) == origin_of(url) else None


def _read_xml(data: bytes, place: Place) -> Feed:
    prolog = from_root(data)
    if prolog is None:
        raise _no_feed(place)
    dialect = _DIALECTS[prolog.root]
    if len(prolog.body) > LARGE_BYTES and dialect.tags and not prolog.entities:
        try:
            return _read_stream(prolog, dialect, place)
        except etree.XMLSyntaxError:
            pass  # not well-formed: read below as other broken feeds are, which says so
    return _read_tree(prolog, dialect, place)


def _read_tree(prolog: Prolog, dialect: Dialect, place: Place) -> Feed:
    document = read_document(prolog)
    if document is None:
        raise _no_feed(place)
    reading = Reading(dialect, document.root, place)
    elements = document.root.iter(*dialect.tags) if dialect.tags else ()
    entries = tuple(entry for element in elements if (entry := reading.entry(element)))
    if document.cut_off:
        entries = _without_stump(entries)
    return replace(reading.head(document.root), entries=entries, broken=document.broken)


def _read_stream(prolog: Prolog, dialect: Dialect, place: Place) -> Feed:
    """The feed, its entries read while the parser works and only the newest kept. Raises etree.XMLSyntaxError."""
    reading: Reading | None = None
    entries: tuple[Entry, ...] = ()
    fresh: list[Entry] = []
    for element in stream(prolog, dialect.tags):
        if element.getparent() is None:
            reading = reading or Reading(dialect, element, place)
            return replace(reading.head(element), entries=(*entries, *fresh), broken=prolog.fault)
        reading = reading or Reading(dialect, element.getroottree().getroot(), place)
        if entry := reading.entry(element):
            fresh.append(entry)
        if len(fresh) == MAX_ENTRIES:
            entries, fresh = _newest((*entries, *fresh)), []
    raise AssertionError("a stream ends with its root")


def _no_feed(place: Place) -> NotAFeed:
    return NotAFeed(place.feed_url, "is not a feed in any dialect we know", do="Give the address of the feed, or of the site so that we look for it")


def _without_stump(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Without the last entry, if the missing end of the file left nothing of it that could be followed or recognised."""
    return entries[:-1] if entries and entries[-1].link is None and entries[-1].guid is None else entries


def _newest(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The newest `MAX_ENTRIES`, in their order; those without a date rank last, the upper before the lower."""
    if len(entries) <= MAX_ENTRIES:
        return entries
    ranked = sorted(range(len(entries)), key=lambda at: _said_at(entries[at]), reverse=True)
    return tuple(entries[at] for at in sorted(ranked[:MAX_ENTRIES]))


def _said_at(entry: Entry) -> datetime:
    return next((said.at for said in (entry.published, entry.updated) if said and said.at), _NEVER)


def _placed(entry: Entry, home_url: str | None) -> Entry:
    """*entry* with the feed's home page as the last resort for what its HTML is relative to."""
    return entry if entry.base_url or not home_url else replace(entry, base_url=home_url)


def _unpacked(data: bytes, url: str) -> bytes:
    """*data*, gunzipped where it is a gzip file (sitemap.xml.gz, and feeds packed twice), up to the limit on size."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        return zlib.decompressobj(wbits=31).decompress(data, MAX_BYTES)
    except zlib.error as error:
        raise NotAFeed(url, "is a gzip file that cannot be unpacked") from error
