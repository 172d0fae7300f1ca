"""From the answer of a source to its entries, whatever kind of source it is."""

from __future__ import annotations

from datetime import datetime

from broadsheet.errors import FetchError, NotAFeed, NotAPage
from broadsheet.model import Declined, Exchange, Failed, Feed, Fetched, Request, Source, Unchanged
from broadsheet.parse.feed import parse_feed
from broadsheet.parse.page import parse_page
from broadsheet.pipeline.reading import Get
from broadsheet.sources import read_section_page
from broadsheet.sources.links import newest_part
from broadsheet.urls import site_of


async def read_whole_source(exchange: Exchange, source: Source, get: Get, *, now: datetime) -> Feed:
    """The feed in *exchange*; of an index of sitemaps, what the part with the news holds, which is fetched: only now, since the index has changed.

    Raises NotAFeed as `read_source` does, and FetchError when that part cannot be had.
    """
    feed = read_source(exchange, source, now=now)
    part = newest_part(feed.child_urls) if feed.dialect == "sitemap-index" else None
    if part is None:
        return feed
    headers = source.headers if site_of(part) == site_of(source.url) else ()
    match await get(Request(url=part, kind="sitemap", headers=headers, feed_id=source.id)):
        case Fetched(exchange=found):
            return read_source(found, source, now=now)
        case Failed(reason=reason, retry_after=wait):
            error = FetchError(part, f"is the newest part of a sitemap index and cannot be had: {reason}")
            error.retry_after = wait
            raise error
        case Declined(reason=reason):
            raise FetchError(part, f"is the newest part of a sitemap index and cannot be had: {reason}")
        case Unchanged():
            raise FetchError(part, "answered 304 to a first request")


def read_feed(exchange: Exchange, *, now: datetime) -> Feed:
    """The feed in *exchange*, with what its headers say of it. Raises NotAFeed."""
    where = exchange.headers.get("content-location")
    return parse_feed(exchange.body, exchange.final_url, content_type=exchange.content_type, content_location=where, now=now)


def read_source(exchange: Exchange, source: Source, *, now: datetime) -> Feed:
    """The feed in *exchange*, read as *source*'s kind says. Raises NotAFeed when it is no longer what it was."""
    if source.kind != "page":
        return read_feed(exchange, now=now)
    try:
        page = parse_page(exchange.body, exchange.final_url, content_type=exchange.content_type)
    except NotAPage as error:
        raise NotAFeed(source.url, "is no longer a web page") from error
    feed = read_section_page(page, now=now, selector=source.links_selector)
    if not feed.entries and source.links_selector is not None:
        raise NotAFeed(source.url, f"has nothing at {source.links_selector} any more", do="Look at the page: it may have been rebuilt")
    if not feed.entries:
        raise NotAFeed(source.url, "no longer links to any stories", do="Look at the page: it may have been rebuilt, or need JavaScript")
    return feed
