"""The one way in: any bytes to a `Feed`."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from broadsheet.errors import NotAFeed
from broadsheet.model import Entry, Feed
from broadsheet.parse.charset import decode
from broadsheet.parse.feed.atom import read_atom
from broadsheet.parse.feed.document import read_document
from broadsheet.parse.feed.json_feed import read_json
from broadsheet.parse.feed.names import Element, Names
from broadsheet.parse.feed.rdf import read_rdf
from broadsheet.parse.feed.repair import MAX_CHARS
from broadsheet.parse.feed.rss import read_rss
from broadsheet.parse.feed.sitemap import read_index, read_sitemap
from broadsheet.parse.feed.values import Place

MAX_ENTRIES = 1_000  # kept of one feed, the newest ones; feeds of more are archives or mistakes
_NEVER = datetime.min.replace(tzinfo=UTC)

Reader = Callable[[Element, Names, Place], Feed]
_READERS: Mapping[str, Reader] = {
    "rss": read_rss,
    "channel": read_rss,  # RSS without its outermost element
    "feed": read_atom,
    "rdf": read_rdf,
    "urlset": read_sitemap,
    "sitemapindex": read_index,
}


def parse_feed(data: bytes, url: str, *, content_type: str | None = None, now: datetime) -> Feed:
    """The feed in *data*, which came from *url*; at most `MAX_ENTRIES` entries, in the feed's order.

    The dialect is told by the content: servers send feeds as text/html and web pages as application/rss+xml.
    Raises NotAFeed, and nothing else, whatever *data* holds.
    """
    text, _ = decode(_unpacked(data[:MAX_CHARS], url), content_type=content_type, kind="xml")
    place = Place(url, now)
    if text.lstrip("\ufeff \t\r\n")[:1] == "{":
        feed = read_json(text, place)
    else:
        feed = _read_xml(text, place)
    return replace(feed, entries=_newest(feed.entries))


def _read_xml(text: str, place: Place) -> Feed:
    document = read_document(text)
    if document is None:
        raise NotAFeed(place.url, "is not a feed in any dialect we know", do="Give the address of the feed, or of the site so that we look for it")
    names = Names(document.root)
    reader = _READERS.get(names.of(str(document.root.tag)).rpartition(":")[2])
    if reader is None:
        raise NotAFeed(place.url, f"has the root element <{document.root.tag}>, which is no feed's")
    feed = reader(document.root, names, place.at(document.root))
    if document.broken is None:
        return feed
    return replace(feed, broken=document.broken, entries=_without_stump(feed.entries) if document.cut_off else feed.entries)


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


def _unpacked(data: bytes, url: str) -> bytes:
    """*data*, gunzipped where it is a gzip file (sitemap.xml.gz, and feeds packed twice), up to the limit on size."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        return zlib.decompressobj(wbits=31).decompress(data, MAX_CHARS)
    except zlib.error as error:
        raise NotAFeed(url, "is a gzip file that cannot be unpacked") from error
