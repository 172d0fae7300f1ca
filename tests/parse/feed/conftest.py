"""How the tests of this folder read a feed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from broadsheet.model import Feed
from broadsheet.parse.feed import parse_feed

URL = "https://paper.example/feeds/all.xml"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)

ReadFeed = Callable[..., Feed]


@pytest.fixture
def read() -> ReadFeed:
    """Reads text or bytes as the feed at URL."""

    def read_feed(feed: str | bytes, content_type: str | None = None) -> Feed:
        return parse_feed(feed.encode() if isinstance(feed, str) else feed, URL, content_type=content_type, now=NOW)

    return read_feed


@pytest.fixture
def rss(read: ReadFeed) -> ReadFeed:
    """Reads an RSS 2.0 feed with these items, as text or bytes, and these namespaces and channel elements."""

    def read_rss(items: str, channel: str = "") -> Feed:
        return read(
            '<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" '
            'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom" '
            'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0">'
            f"<channel><title>Paper</title>{channel}{items}</channel></rss>"
        )

    return read_rss
