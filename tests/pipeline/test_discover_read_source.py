"""From the answer of a source to its entries."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from broadsheet.errors import NotAFeed
from broadsheet.model import Exchange, Feed, Headers, Source, SourceKind
from broadsheet.pipeline.read_source import read_source

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
URL = "https://paper.example/"
RSS = b"<rss><channel><item><title>Rain</title><link>/rain</link></item></channel></rss>"
PAGE = "".join(f'<p><a href="/2026/11/23/story-{n}">A headline that is long enough, number {n}</a></p>' for n in range(4)).encode()


def read(kind: SourceKind, body: bytes, final: str = URL) -> Feed:
    exchange = Exchange(id="1", url=URL, final_url=final, status=200, headers=Headers(), body=body, fetched_at=NOW)
    return read_source(exchange, Source(id="p", kind=kind, url=URL, title="Paper", home_url=URL, added_at=NOW), now=NOW)


def test_a_feed_is_read_against_the_address_it_came_from():
    assert read("feed", RSS, "https://cdn.example/rss").entries[0].link == "https://cdn.example/rain"


def test_a_page_is_read_as_its_links():
    assert len(read("page", PAGE).entries) == 4


def test_a_sitemap_is_read_as_one():
    assert read("sitemap", b"<urlset><url><loc>/rain</loc></url></urlset>").dialect == "sitemap"


def test_a_feed_that_became_a_page_is_refused():
    with pytest.raises(NotAFeed):
        read("feed", PAGE)


def test_a_page_without_stories_says_what_may_have_happened():
    with pytest.raises(NotAFeed, match="may have been rebuilt"):
        read("page", b"<html><body><p>Please enable JavaScript</p></body></html>")
