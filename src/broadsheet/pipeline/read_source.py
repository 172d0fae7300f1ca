"""From the answer of a source to its entries, whatever kind of source it is."""

from __future__ import annotations

from datetime import datetime

from broadsheet.errors import NotAFeed, NotAPage
from broadsheet.model import Exchange, Feed, Source
from broadsheet.parse.feed import parse_feed
from broadsheet.parse.page import parse_page
from broadsheet.sources import read_section_page


def read_source(exchange: Exchange, source: Source, *, now: datetime) -> Feed:
    """The feed in *exchange*, read as *source*'s kind says. Raises NotAFeed when it is no longer what it was."""
    if source.kind != "page":
        return parse_feed(exchange.body, exchange.final_url, content_type=exchange.content_type, now=now)
    try:
        page = parse_page(exchange.body, exchange.final_url, content_type=exchange.content_type)
    except NotAPage as error:
        raise NotAFeed(source.url, "is no longer a web page") from error
    feed = read_section_page(page, now=now)
    if not feed.entries:
        raise NotAFeed(source.url, "no longer links to any stories", do="Look at the page: it may have been rebuilt, or need JavaScript")
    return feed
