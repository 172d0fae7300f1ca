"""Feeds made to do harm: bounded, inert, and never more than a NotAFeed."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.errors import NotAFeed
from broadsheet.model import Feed
from broadsheet.parse.feed import parse_feed
from broadsheet.parse.feed.reader import MAX_ENTRIES

NOW = datetime(2026, 11, 23, tzinfo=UTC)
HEAD = '<rss version="2.0"><channel><title>t</title>'
TAIL = "</channel></rss>"
ELEMENTS = [
    "<item>",
    "</item>",
    "<title>",
    "</title>",
    "<link>",
    "</link>",
    "<guid>",
    "<pubDate>",
    "<entry>",
    "<div>",
    "</feed>",
    "<urlset><url><loc>",
]
OPENINGS = [HEAD, TAIL, '<feed xmlns="http://www.w3.org/2005/Atom">', '<content type="xhtml">', '{"version":"jsonfeed","items":[', '{"id":']
SIGNS = ["<![CDATA[", "]]>", "<!--", "-->", "&", "&amp;", "&#0;", "}", "]", "<!DOCTYPE", "<?xml", "\x00", "\ud800"]
WORDS = ["http://[", "2020-05-25", "xml:base='//['"]
JSON_NAMES = st.sampled_from(["id", "url", "title", "items", "version", "authors", "name", "tags", "attachments", "hubs", "image"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(JSON_NAMES, inner, max_size=5),
    max_leaves=20,
)


def read_or_refuse(data: bytes) -> Feed | None:
    try:
        return parse_feed(data, "https://paper.example/feed", now=NOW)
    except NotAFeed:
        return None


@given(st.binary(max_size=300))
def test_any_bytes_are_a_feed_or_not(data: bytes):
    read_or_refuse(data)


@settings(max_examples=300)
@given(st.lists(st.sampled_from(ELEMENTS + OPENINGS + SIGNS + WORDS), max_size=20).map("".join))
def test_any_heap_of_pieces_is_a_feed_or_not(text: str):
    read_or_refuse(text.encode("utf-8", "surrogatepass"))


@given(JSON)
def test_any_json_is_a_feed_or_not(item: object):
    read_or_refuse(json.dumps({"version": "jsonfeed", "items": [item]}).encode())


def test_a_bomb_of_entities_stays_small():
    bomb = '<!DOCTYPE r [<!ENTITY a "ha">' + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)) + "]>"
    feed = read_or_refuse(f"<?xml version='1.0'?>{bomb}{HEAD}<item><title>&i;</title></item>{TAIL}".encode())
    assert feed is not None
    assert len(feed.entries[0].title or "") < 100


def test_one_long_entity_used_often_stays_small():
    text = f'<!DOCTYPE r [<!ENTITY a "{"x" * 200}">]>{HEAD}<item><description>{"&a;" * 50_000}</description></item>{TAIL}'
    feed = read_or_refuse(text.encode())
    assert feed is not None
    assert len(feed.entries[0].summary_html or "") <= 100_000


def test_no_file_is_read(tmp_path: Path):
    secret = tmp_path / "secret"
    secret.write_text("CANARY")
    feed = read_or_refuse(f'<!DOCTYPE r [<!ENTITY a SYSTEM "{secret.as_uri()}">]>{HEAD}<item><title>see &a;</title></item>{TAIL}'.encode())
    assert feed is not None
    assert "CANARY" not in (feed.entries[0].title or "")


def test_a_hundred_thousand_attributes_are_read():
    attributes = " ".join(f'a{n}="x"' for n in range(100_000))
    feed = read_or_refuse(f"{HEAD}<item {attributes}><title>Rain</title></item>{TAIL}".encode())
    assert feed is not None
    assert feed.entries[0].title == "Rain"


def test_a_hundred_thousand_levels_do_not_crash():
    feed = read_or_refuse(f"{HEAD}<item><title>Rain</title><description>{'<b>' * 100_000}</description></item>{TAIL}".encode())
    assert feed is not None
    assert feed.entries[0].title == "Rain"


def test_of_endless_items_the_newest_are_kept_in_their_order():
    items = "".join(f"<item><guid>{n}</guid><pubDate>{2000 + n // 1000}-01-01</pubDate></item>" for n in range(20_000))
    feed = read_or_refuse(f"{HEAD}{items}{TAIL}".encode())
    assert feed is not None
    assert [entry.guid for entry in feed.entries] == [str(n) for n in range(19_000, 20_000)]
    assert len(feed.entries) == MAX_ENTRIES


def test_one_long_text_is_read_whole():
    feed = read_or_refuse(f"{HEAD}<item><description>{'wet ' * 3_000_000}</description></item>{TAIL}".encode())
    assert feed is not None
    assert len(feed.entries[0].summary_html or "") > 11_000_000


@pytest.mark.parametrize("piece", ["<![CDATA[", "<!--", "&", "<", "<description><", "<script>", "<a b=c>", "</title>"])
def test_unclosed_pieces_in_great_number_are_no_work(piece: str):
    feed = read_or_refuse(f"{HEAD}<item><guid>1</guid><title>Rain</title><description>{piece * 100_000}".encode())
    assert feed is None or feed.broken is not None


@pytest.mark.parametrize("holder", ["description", "title", "category"])
def test_items_within_items_are_read_once_each(holder: str):
    depth = 500
    nest = f"<item><guid>1</guid><{holder}>" * depth + "wet " * 100_000 + f"</{holder}></item>" * depth
    feed = read_or_refuse(f"{HEAD}{nest}{TAIL}".encode())
    assert feed is not None
    assert sum(len(entry.summary_html or entry.title or "") for entry in feed.entries) < 500_000


def test_a_hundred_thousand_comments_before_the_feed_are_passed_over():
    feed = read_or_refuse(f"{'<!-- <rss> -->' * 100_000}{HEAD}{TAIL}".encode())
    assert feed is not None
    assert feed.title == "t"


def test_thousands_of_bases_around_an_entry_are_not_all_followed():
    nest = '<entry xml:base="a/"><link href="b"/>' * 1_500 + "</entry>" * 1_500
    feed = read_or_refuse(f'<feed xmlns="http://www.w3.org/2005/Atom">{nest}</feed>'.encode())
    assert feed is not None
    assert max(len(entry.link or "") for entry in feed.entries) < 100


def test_json_of_millions_of_values_is_no_feed():
    assert read_or_refuse(b'{"version":"jsonfeed","items":[' + b"[]," * 2_000_000 + b"{}]}") is None


def test_json_of_a_hundred_thousand_levels_is_no_feed():
    assert read_or_refuse(b'{"version":"jsonfeed","items":' + b"[" * 100_000 + b"]" * 100_000 + b"}") is None


def test_a_gzip_bomb_is_no_feed():
    assert read_or_refuse(gzip.compress(b" " * 100_000_000)) is None
