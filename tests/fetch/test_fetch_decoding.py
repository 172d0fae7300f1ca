from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Callable
from contextlib import suppress

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.errors import FetchError, TooLarge
from broadsheet.fetch.decoding import decode

URL = "http://example.com/"
TEXT = b"".join(b"<p>Paragraph %d of a page that is long enough.</p>" % number for number in range(200))


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
}
BOMBS = {name: pack(bytes(30_000_000)) for name, pack in PACKERS.items()} | {"deflate-raw": raw_deflate(bytes(30_000_000))}


def unpack(raw: bytes, coding: str, *, limit: int = 1_000_000, sniff_gzip: bool = False) -> bytes:
    return decode(raw, coding, url=URL, limit=limit, sniff_gzip=sniff_gzip)


@pytest.mark.parametrize("coding", PACKERS)
def test_every_coding_we_accept_is_undone(coding: str) -> None:
    assert unpack(PACKERS[coding](TEXT), coding.upper()) == TEXT


@pytest.mark.parametrize("coding", PACKERS)
def test_a_body_that_fills_the_limit_exactly_is_whole(coding: str) -> None:
    assert unpack(PACKERS[coding](TEXT), coding, limit=len(TEXT)) == TEXT


@pytest.mark.parametrize("coding", PACKERS)
def test_one_byte_more_than_the_limit_is_too_large(coding: str) -> None:
    with pytest.raises(TooLarge):
        unpack(PACKERS[coding](TEXT), coding, limit=len(TEXT) - 1)


@pytest.mark.parametrize("coding", PACKERS)
@pytest.mark.parametrize("cut", [1, 5, 100])
def test_a_body_that_breaks_off_is_an_error_not_half_a_page(coding: str, cut: int) -> None:
    with pytest.raises(FetchError, match="breaks off"):
        unpack(PACKERS[coding](TEXT)[:-cut], coding)


@pytest.mark.parametrize("coding", BOMBS)
def test_a_bomb_is_too_large_by_its_ratio_even_below_the_limit(coding: str) -> None:
    with pytest.raises(TooLarge):
        unpack(BOMBS[coding], coding.removesuffix("-raw"), limit=1_000_000_000)


@pytest.mark.parametrize("coding", BOMBS)
def test_a_bomb_takes_no_more_memory_than_a_few_limits(coding: str) -> None:
    tracemalloc.start()
    with pytest.raises(TooLarge):
        unpack(BOMBS[coding], coding.removesuffix("-raw"), limit=2_000_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10_000_000


def test_a_bomb_within_a_bomb_is_too_large() -> None:
    with pytest.raises(TooLarge):
        unpack(gzip.compress(BOMBS["gzip"]), "gzip, gzip")


def test_a_page_that_squeezes_well_is_no_bomb() -> None:
    table = b"<tr><td>0</td></tr>" * 50_000
    assert unpack(gzip.compress(table), "gzip") == table


def test_deflate_without_its_wrapper_is_read_too() -> None:
    assert unpack(raw_deflate(TEXT), "deflate") == TEXT


def test_codings_are_undone_last_one_first() -> None:
    assert unpack(brotli.compress(gzip.compress(TEXT)), "gzip, br") == TEXT


def test_all_members_of_a_gzip_body_are_read_and_padding_is_not() -> None:
    assert unpack(gzip.compress(TEXT) + gzip.compress(b"more") + bytes(16), "gzip") == TEXT + b"more"


def test_all_frames_of_a_zstd_body_are_read() -> None:
    assert unpack(zstandard.compress(TEXT) + zstandard.compress(b"more"), "zstd") == TEXT + b"more"


def test_a_zstd_window_larger_than_the_web_allows_is_refused() -> None:
    wide = zstandard.ZstdCompressor(compression_params=zstandard.ZstdCompressionParameters(window_log=25)).compressobj()
    with pytest.raises(FetchError):
        unpack(wide.compress(TEXT) + wide.flush(), "zstd")


@pytest.mark.parametrize("coding", ["", "identity", "none", "UTF-8", "identity, identity"])
def test_words_that_name_no_coding_leave_the_body_alone(coding: str) -> None:
    assert unpack(TEXT, coding) == TEXT


def test_an_unknown_coding_is_an_error_that_names_it() -> None:
    with pytest.raises(FetchError, match="'sdch', which we do not know"):
        unpack(TEXT, "sdch")


def test_text_that_is_said_to_be_packed_is_an_error() -> None:
    with pytest.raises(FetchError):
        unpack(TEXT, "gzip")


def test_an_empty_body_may_be_labelled_anyhow() -> None:
    assert unpack(b"", "gzip") == b""


def test_many_layers_are_refused() -> None:
    with pytest.raises(FetchError, match="4 times"):
        unpack(TEXT, "gzip, gzip, gzip, gzip")


def test_a_packed_sitemap_is_unpacked_without_being_labelled() -> None:
    assert unpack(gzip.compress(TEXT), "", sniff_gzip=True) == TEXT


def test_bytes_that_look_packed_are_left_alone_where_they_may_be_a_picture() -> None:
    packed = gzip.compress(TEXT)
    assert unpack(packed, "") == packed


@given(st.binary(max_size=400), st.sampled_from(sorted(PACKERS)))
def test_any_bytes_are_either_unpacked_or_a_fetch_error(raw: bytes, coding: str) -> None:
    with suppress(FetchError):
        assert len(unpack(raw, coding, sniff_gzip=True)) <= 1_000_000


@given(st.binary(max_size=2000), st.sampled_from(sorted(PACKERS)))
def test_what_was_packed_comes_back_unchanged(body: bytes, coding: str) -> None:
    assert unpack(PACKERS[coding](body), coding) == body
