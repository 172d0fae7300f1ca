"""Validators, compression, methods: HTTP as readers' programs rely on it."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from email.utils import parsedate_to_datetime

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.model import StoredArticle
from broadsheet.serve.answers import coding_for


def unpack_zstd(packed: bytes) -> bytes:
    return zstandard.ZstdDecompressor().decompress(packed)


ADDRESSES = ["/", "/sources/harbour/", "/feeds/harbour.rss", "/merged/all.atom", "/feeds/harbour.json", "/feeds.opml", "/style.css"]


@pytest.mark.parametrize("path", ADDRESSES)
def test_what_a_reader_has_is_not_sent_again(server, path: str) -> None:
    first = server.ask(path)
    again = server.ask(path, if_none_match=first.headers["ETag"])
    assert (again.status, again.body, again.headers["ETag"]) == (304, b"", first.headers["ETag"])


@pytest.mark.parametrize("path", ADDRESSES)
def test_the_tag_of_a_compressed_answer_is_good_too(server, path: str) -> None:
    packed = server.ask(path, accept_encoding="gzip")
    assert packed.headers["ETag"].startswith('W/"')
    assert server.ask(path, if_none_match=packed.headers["ETag"]).status == 304


def test_a_feed_can_be_asked_for_by_date(server) -> None:
    modified = server.ask("/feeds/harbour.rss").headers["Last-Modified"]
    assert server.ask("/feeds/harbour.rss", if_modified_since=modified).status == 304
    assert server.ask("/feeds/harbour.rss", if_modified_since="Mon, 23 Nov 2026 15:59:59 GMT").status == 200


def test_a_feed_is_as_old_as_its_newest_change(server, kept: list[StoredArticle]) -> None:
    modified = server.ask("/feeds/harbour.rss").headers["Last-Modified"]
    assert parsedate_to_datetime(modified) == max(stored.changed_at for stored in kept if stored.source_id == "harbour")


def test_the_tag_decides_where_both_are_sent(server) -> None:
    modified = server.ask("/feeds/harbour.rss").headers["Last-Modified"]
    assert server.ask("/feeds/harbour.rss", if_none_match='"other"', if_modified_since=modified).status == 200


@pytest.mark.parametrize(("coding", "unpack"), [("gzip", gzip.decompress), ("br", brotli.decompress), ("zstd", unpack_zstd)])
def test_compressed_and_plain_answers_hold_the_same(server, coding: str, unpack: Callable[[bytes], bytes]) -> None:
    packed = server.ask("/feeds/harbour.rss", accept_encoding=coding)
    assert packed.headers["Content-Encoding"] == coding
    assert unpack(packed.body) == server.ask("/feeds/harbour.rss").body


def test_caches_are_told_that_encodings_differ(server) -> None:
    assert server.ask("/").headers["Vary"] == "Accept-Encoding"
    assert server.ask("/", if_none_match="*").headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("path", ["/", "/feeds/harbour.rss", "/health"])
def test_head_gives_the_headers_of_get_without_a_body(server, path: str) -> None:
    get, head = server.ask(path), server.ask(path, method="HEAD")
    assert head.body == b""
    assert [head.headers[name] for name in ("Content-Length", "ETag")] == [get.headers[name] for name in ("Content-Length", "ETag")]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_sent_to_the_server(server, method: str) -> None:
    assert server.ask("/sources/harbour/", method=method).status == 405


def test_a_folder_without_its_slash_leads_to_the_folder(server) -> None:
    moved = server.ask("/sources/harbour")
    assert (moved.status, moved.headers["Location"]) == (307, f"{server.url}sources/harbour/")


def test_feeds_may_be_kept_for_a_while_and_pages_are_asked_for_each_time(server) -> None:
    assert server.ask("/feeds/harbour.rss").headers["Cache-Control"] == "max-age=300"
    assert server.ask("/").headers["Cache-Control"] == "no-cache"


def test_reading_changes_nothing(server) -> None:
    before = [server.ask(path).headers["ETag"] for path in ADDRESSES]
    assert [server.ask(path).headers["ETag"] for path in ADDRESSES] == before


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip", "gzip"), ("GZIP", "gzip"), ("gzip, deflate, br, zstd", "br"), ("gzip, zstd", "zstd"), ("*", "br"), ("br;q=0.1, gzip;q=0.9", "gzip"),
        ("br;q=0, *", "zstd"), ("br;q=0.5, *;q=0.1", "br"),
    ],
)  # fmt: skip
def test_the_coding_that_is_wanted_most_is_used(accepted: str, coding: str) -> None:
    assert coding_for(accepted) == coding


@pytest.mark.parametrize("accepted", ["", "deflate", "gzip;q=0", "*;q=0", "gzip;q=much", "identity"])
def test_nothing_is_packed_that_could_not_be_unpacked(accepted: str) -> None:
    assert coding_for(accepted) is None


@given(st.text())
def test_any_accept_encoding_can_be_read(accepted: str) -> None:
    assert coding_for(accepted) in (None, "br", "zstd", "gzip")
