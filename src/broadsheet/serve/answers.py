"""How bytes become an answer: validators, 304, compression."""

from __future__ import annotations

import gzip
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import brotli  # type: ignore[import-untyped]  # it has no stubs
import zstandard
from starlette.requests import Request
from starlette.responses import Response

from broadsheet.publish.http import etag_of, http_date, is_unchanged

HTML = "text/html; charset=utf-8"

SMALLEST_COMPRESSED = 1024  # below this the saving is lost in a packet
COMPRESSION = 5  # of 9: on our pages within 2 % of the best, at a third of its time
BROTLI_QUALITY = 5  # of 11: a tenth smaller than gzip in its time; from 10 on it takes thirty times as long
ZSTD_LEVEL = 6  # of 19

CODINGS: Mapping[str, Callable[[bytes], bytes]] = {  # what we would rather send first
    "br": lambda body: brotli.compress(body, quality=BROTLI_QUALITY),
    "zstd": lambda body: zstandard.compress(body, ZSTD_LEVEL),
    "gzip": lambda body: gzip.compress(body, COMPRESSION, mtime=0),
}

PACKED_BYTES = 32_000_000
"""Answers kept ready to be sent: with 50 articles of 8 kB to a feed some 250 compressed feeds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What an address holds. *render* is only called when it must be sent; *etag* None means: from the bytes.

    *max_age* says for how many seconds a reader need not ask again; 0: it asks each time, and mostly hears 304. *immutable*: it need
    not even ask when its user reloads. *links* are values of Link headers.
    """

    media_type: str
    render: Callable[[], bytes]
    etag: str | None = None
    modified: datetime | None = None
    max_age: int = 0
    immutable: bool = False
    open_to_scripts: bool = False
    links: tuple[str, ...] = ()


@dataclass(slots=True)
class Shipped:
    """Bodies as they were last sent, by tag and coding, those asked for longest ago forgotten first. Used by all threads of a server."""

    limit_bytes: int = PACKED_BYTES
    _kept: OrderedDict[tuple[str, str], bytes] = field(default_factory=OrderedDict)
    _size: int = 0
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def take(self, etag: str, coding: str, make: Callable[[], bytes]) -> bytes:
        """The body of this tag in this coding, made if it is not here."""
        key = (etag, coding)
        with self._turn:
            if (known := self._kept.get(key)) is not None:
                self._kept.move_to_end(key)
                return known
        made = make()
        with self._turn:
            self._size += len(made) - len(self._kept.pop(key, b""))
            self._kept[key] = made
            while self._size > self.limit_bytes:
                self._size -= len(self._kept.popitem(last=False)[1])
        return made


def answer(request: Request, content: Content, shipped: Shipped | None = None) -> Response:
    """200 with the content, or 304 without it (RFC 9110, section 13). What is *shipped* is not made again."""
    body = content.render() if content.etag is None else None
    etag = content.etag or etag_of(body or b"")
    if (unchanged := not_modified(request, content, etag)) is not None:
        return unchanged
    kept = shipped or Shipped(limit_bytes=0)
    whole = kept.take(etag, "", content.render) if body is None else body
    headers = _headers(content, etag)
    coding = coding_for(request.headers.get("accept-encoding", "")) if len(whole) >= SMALLEST_COMPRESSED else None
    if coding is not None:
        headers |= {"Content-Encoding": coding, "ETag": f"W/{etag}"}  # strong tags are for the bytes as made
        whole = kept.take(etag, coding, lambda: CODINGS[coding](whole))
    return Response(whole, headers=headers, media_type=content.media_type)


def not_modified(request: Request, content: Content, etag: str) -> Response | None:
    """304 for a reader that has the content already, else None."""
    asked = request.headers
    if is_unchanged(asked.get("if-none-match"), asked.get("if-modified-since"), etag=etag, modified=content.modified):
        return Response(status_code=304, headers=_headers(content, etag))
    return None


def coding_for(accepted: str) -> str | None:
    """The coding to send in: the one an Accept-Encoding gives most weight (RFC 9110, section 12.5.3), None for the bytes as they are."""
    weights = dict(_weighted(part) for part in accepted.lower().split(","))
    best = max(CODINGS, key=lambda coding: weights.get(coding, weights.get("*", 0.0)))  # the first of equals
    return best if weights.get(best, weights.get("*", 0.0)) > 0 else None


def _weighted(part: str) -> tuple[str, float]:
    name, _, parameter = part.partition(";")
    try:
        weight = float(parameter.strip().removeprefix("q=")) if parameter else 1.0
    except ValueError:
        weight = 0.0  # not understood: better uncompressed than unreadable
    return name.strip(), weight


def _headers(content: Content, etag: str) -> dict[str, str]:
    fresh = f"max-age={content.max_age}{', immutable' if content.immutable else ''}" if content.max_age else "no-cache"
    headers = {"ETag": etag, "Vary": "Accept-Encoding", "Cache-Control": fresh}
    if content.modified is not None:
        headers["Last-Modified"] = http_date(content.modified)
    if content.open_to_scripts:
        headers["Access-Control-Allow-Origin"] = "*"
    if content.links:
        headers["Link"] = ", ".join(content.links)
    return headers
