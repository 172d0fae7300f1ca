"""Large feeds are read item by item; nobody should be able to tell from what is read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from broadsheet.model import Feed
from broadsheet.parse.feed import parse_feed, reader

URL = "https://paper.example/feeds/all.xml"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
RSS_ITEMS = "".join(f"<item><title>Story {n}</title><link>/{n}</link><description>wet</description></item>" for n in range(30))
RSS = f'<rss version="2.0"><channel><title>Paper</title><image><url>/logo.png</url></image>{RSS_ITEMS}<ttl>30</ttl></channel></rss>'
ATOM_ENTRIES = "".join(f'<entry xml:base="/{n}/"><id>{n}</id><link href="story"/><content>wet</content></entry>' for n in range(30))
ATOM = f'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="/news/"><title>Paper</title>{ATOM_ENTRIES}</feed>'
NEWS = "".join(
    f"<url><loc>/{n}</loc><n:news><n:publication><n:name>Paper</n:name></n:publication><n:title>Story {n}</n:title></n:news></url>" for n in range(30)
)
SITEMAP = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">{NEWS}</urlset>'
RDF = f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel/>{RSS_ITEMS}</rdf:RDF>'


@pytest.fixture
def streamed(monkeypatch: pytest.MonkeyPatch):
    """Reads any feed as if it were a large one."""

    def read(text: str) -> Feed:
        with monkeypatch.context() as patch:
            patch.setattr(reader, "LARGE_BYTES", 0)
            return parse_feed(text.encode(), URL, now=NOW)

    return read


@pytest.mark.parametrize("text", [RSS, ATOM, SITEMAP, RDF])
def test_a_stream_of_items_reads_as_the_whole_does(streamed, text):
    assert streamed(text) == parse_feed(text.encode(), URL, now=NOW)


def test_a_fault_late_in_a_stream_loses_nothing(streamed):
    feed = streamed(RSS.replace("Story 29", "Rain & wind"))
    assert (len(feed.entries), feed.entries[29].title) == (30, "Rain & wind")
    assert feed.broken is not None


def test_what_stood_before_a_streamed_feed_is_said(streamed):
    assert streamed("<b>Warning</b>" + RSS).broken == "text before the feed (line 1)"


def test_of_a_long_stream_the_newest_are_kept_in_their_order(streamed, monkeypatch):
    monkeypatch.setattr(reader, "MAX_ENTRIES", 3)
    dates = ["2020-01-05", "2020-01-01", "2020-01-04", "2020-01-02", "2020-01-06", "2020-01-03"]
    items = "".join(f"<item><guid>{day}</guid><pubDate>{day}</pubDate></item>" for day in dates)
    assert [entry.guid for entry in streamed(f"<rss><channel>{items}</channel></rss>").entries] == ["2020-01-05", "2020-01-04", "2020-01-06"]


def test_a_stream_without_items_is_a_feed_without_entries(streamed):
    feed = streamed("<rss><channel><title>Paper</title></channel></rss>")
    assert replace(feed, title=None) == Feed(url=URL, dialect="rss")
    assert feed.title == "Paper"
