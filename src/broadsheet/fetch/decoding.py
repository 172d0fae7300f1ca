"""Content codings undone, within limits: a bomb costs no more memory than the largest body we take.

Every decoder works in steps whose output is bounded, and is asked for one byte more than the limit at most.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping

import brotli  # type: ignore[import-untyped]  # it has no stubs
import zstandard

from broadsheet.errors import FetchError, TooLarge

MAX_LAYERS = 3
# Markup squeezes 5 to 20 times, the most repetitive tables and maps of links some 100 times; bombs start at 1,000.
MAX_RATIO = 300
_RATIO_COUNTS_FROM = 1_000_000  # bytes; below, no ratio does harm
# A zstd block of 4 bytes can stand for 128 KiB, and the binding has no output limit: 128 bytes in are 4 MiB out at most.
# Measured on a page of 267 kB: 0.42 ms in such steps, 0.25 ms in one.
_ZSTD_STEP = 128
_ZSTD_WINDOW = 8 * 1024 * 1024  # RFC 9659, section 3
_BROTLI_STEP = 256 * 1024
_GZIP_MAGIC = b"\x1f\x8b"
# Servers write their character encoding here by mistake; browsers read on, and so do we.
_NO_CODING = frozenset({"", "identity", "none", "utf-8", "utf8"})

_Pieces = Iterator[bytes]


class _Broken(Exception):
    """The coded bytes end too early or are not what they claim to be."""


def decode(raw: bytes, content_encoding: str, *, url: str, limit: int, sniff_gzip: bool = False) -> bytes:
    """*raw* with the codings of a Content-Encoding header undone, at most *limit* bytes.

    With *sniff_gzip*, a body that turns out to be gzip once more is unpacked too: sitemaps are filed as `.xml.gz`, and
    misconfigured servers pack twice or forget the header.
    Raises TooLarge past the limit or the ratio; FetchError for a coding we do not know, and for coded bytes that break off.
    """
    layers = [name for part in reversed(content_encoding.split(",")) if (name := part.strip().lower()) not in _NO_CODING]
    if len(layers) > MAX_LAYERS:
        raise FetchError(url, f"its body is packed {len(layers)} times over")
    body = raw
    for name in layers:
        body = _unpack(body, name, url=url, limit=limit)
    if sniff_gzip and body.startswith(_GZIP_MAGIC):
        body = _unpack(body, "gzip", url=url, limit=limit)
    if len(body) > limit:
        raise TooLarge(url, f"its body is larger than {limit} bytes")
    return body


def _unpack(body: bytes, name: str, *, url: str, limit: int) -> bytes:
    if not body:
        return b""  # an empty answer is often labelled as if it were packed
    decoder = _DECODERS.get(name)
    if decoder is None:
        raise FetchError(url, f"its body is in the content coding {name[:40]!r}, which we do not know")
    allowed = min(limit, max(_RATIO_COUNTS_FROM, MAX_RATIO * len(body)))
    try:
        return _collect(decoder(body, allowed + 1), url=url, allowed=allowed)
    except _Broken as error:
        raise FetchError(url, f"its {name} body is broken or breaks off: {error}") from error


def _collect(pieces: _Pieces, *, url: str, allowed: int) -> bytes:
    kept = bytearray()
    for piece in pieces:
        kept += piece
        if len(kept) > allowed:
            raise TooLarge(url, f"its body unpacks to more than {allowed} bytes")
    return bytes(kept)


def _gunzip(body: bytes, most: int) -> _Pieces:
    """All members of a gzip file; whatever follows the last one is padding and left out, as gzip itself does."""
    while True:
        decoder = zlib.decompressobj(wbits=31)
        yield from _inflated(decoder, body, most)
        body = decoder.unused_data
        if not body.startswith(_GZIP_MAGIC):
            return


def _inflate(body: bytes, most: int) -> _Pieces:
    """`deflate` is zlib's format (RFC 9110, section 8.4.1.2), but some servers send the bare stream."""
    is_zlib = len(body) >= 2 and body[0] & 0x0F == 8 and (body[0] << 8 | body[1]) % 31 == 0
    return _inflated(zlib.decompressobj(wbits=15 if is_zlib else -15), body, most)


def _inflated(decoder: zlib._Decompress, body: bytes, most: int) -> _Pieces:
    try:
        yield decoder.decompress(body, most)
        while decoder.unconsumed_tail:
            yield decoder.decompress(decoder.unconsumed_tail, most)
    except zlib.error as error:
        raise _Broken(str(error)) from error
    if not decoder.eof:
        raise _Broken("the end is missing")


def _unbrotli(body: bytes, most: int) -> _Pieces:
    """In steps until the stream says that it is complete; `can_accept_more_data` may be true while output is still to come."""
    decoder, step = brotli.Decompressor(), min(most, _BROTLI_STEP)
    try:
        yield (piece := decoder.process(body, output_buffer_limit=step))
        while piece and not decoder.is_finished():
            yield (piece := decoder.process(b"", output_buffer_limit=step))
    except brotli.error as error:
        raise _Broken(str(error)) from error
    if not decoder.is_finished():
        raise _Broken("the end is missing")


def _unzstd(body: bytes, most: int) -> _Pieces:
    """All frames of a zstd body (RFC 8878, section 3); skippable ones yield nothing."""
    while body:
        decoder = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()
        at = 0
        try:
            while at < len(body) and not decoder.eof:
                yield decoder.decompress(body[at : at + _ZSTD_STEP])
                at += _ZSTD_STEP
        except zstandard.ZstdError as error:
            raise _Broken(str(error)) from error
        if not decoder.eof:
            raise _Broken("the end is missing")
        body = decoder.unused_data + body[at:]


_DECODERS: Mapping[str, Callable[[bytes, int], _Pieces]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _inflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
ACCEPTED = "gzip, deflate, br, zstd"
"""What to say in Accept-Encoding."""
