"""The image proxy over HTTP: `/?url=…` and `/images/?url=…`, as weserv's clients write them.

What was asked for lately is answered from memory, before anything of the request but its query has been read; everything else takes the walk
of `pipeline.proxy`. Every answer, errors too, tells browsers to run nothing in it and to guess no type.
"""

from __future__ import annotations

import asyncio
import math
from base64 import b64encode
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from time import monotonic

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from broadsheet.config import Settings
from broadsheet.errors import ImageError
from broadsheet.fetch import special
from broadsheet.images import messages
from broadsheet.images.accept import negotiated
from broadsheet.images.config import ImageProxySettings
from broadsheet.images.query import error_address, query_text, read_query
from broadsheet.images.sign import MARK, is_signed
from broadsheet.images.wish import Asked
from broadsheet.library.picture_links import signing_keys
from broadsheet.observe import log
from broadsheet.pipeline.proxy import ImageProxy, Served
from broadsheet.publish.http import http_date, is_unchanged
from broadsheet.publish.site import Site
from broadsheet.serve.guard import Guard
from broadsheet.serve.instant import is_private
from broadsheet.serve.ranges import part_of
from broadsheet.serve.rates import Rate
from broadsheet.store import Store

PATHS = frozenset(("/", "/images", "/images/"))
AT_HAND_SECONDS = 300.0
"""For so long a picture is answered from memory before its file and its rules are looked at again."""

STALE_MAX_AGE = 300
"""Seconds that a client may keep what we could not ask its publisher about."""

_EVERYWHERE = (
    (b"access-control-allow-origin", b"*"),
    (b"content-security-policy", b"default-src 'none'; sandbox"),
    (b"cross-origin-resource-policy", b"cross-origin"),
    (b"timing-allow-origin", b"*"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-images-api", b"5"),
)

Header = tuple[bytes, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """An answer 200 as it goes out, but for its length."""

    body: bytes
    headers: tuple[Header, ...]
    etag: str
    modified: datetime | None
    until: float  # on the monotonic clock


@dataclass(slots=True)
class AtHand:
    """The answers asked for lately, within *limit_bytes*."""

    limit_bytes: int
    _kept: OrderedDict[tuple[bytes, frozenset[str]], Ready] = field(default_factory=OrderedDict)
    _size: int = 0
    hits: int = 0

    def get(self, key: tuple[bytes, frozenset[str]]) -> Ready | None:
        found = self._kept.get(key)
        if found is None or found.until < monotonic():
            return None
        self._kept.move_to_end(key)
        self.hits += 1
        return found

    def put(self, key: tuple[bytes, frozenset[str]], ready: Ready) -> None:
        if (old := self._kept.pop(key, None)) is not None:
            self._size -= len(old.body)
        self._kept[key] = ready
        self._size += len(ready.body)
        while self._size > self.limit_bytes:
            self._size -= len(self._kept.popitem(last=False)[1].body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Who may have which picture. *access* is one of open, seen, signed; *keys* gives those that sign our links."""

    access: str
    keys: Callable[[], Sequence[bytes]]


class ImageDoor:
    """Answers links to the proxy, and passes on everything else. *proxy* None: pictures cannot be made here, which is said to who asks.

    With *everywhere* a link counts at any path, as it does at weserv.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        proxy: ImageProxy | None,
        rules: Rules,
        settings: ImageProxySettings,
        private_hosts: Sequence[str] = (),
        everywhere: bool = False,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._app = app
        self._proxy = proxy
        self._rules = rules
        self._settings = settings
        self._exempt = frozenset(host if host.count(":") > 1 else host.partition(":")[0] for host in private_hosts)
        self._everywhere = everywhere
        self._now = now
        self._rate = Rate(per_minute=settings.per_client, clock=monotonic)
        self.at_hand = AtHand(settings.memory_bytes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not self._is_link(scope):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if scope["method"] not in ("GET", "HEAD"):
            await _refuse(send, scope, messages.method_not_allowed(), extra=((b"allow", b"GET, HEAD"),))
            return
        key = (scope["query_string"], negotiated(headers.get("accept", "")))
        ready = self.at_hand.get(key)
        if ready is None:
            ready = await self._ready(scope, headers, key, send)
        if ready is not None:
            await _answer(send, scope, headers, ready)

    def _is_link(self, scope: Scope) -> bool:
        query: bytes = scope["query_string"]
        return (self._everywhere or scope["path"] in PATHS) and (query.startswith(b"url=") or b"&url=" in query)

    async def _ready(self, scope: Scope, headers: Headers, key: tuple[bytes, frozenset[str]], send: Send) -> Ready | None:
        """The answer, made; None when the client was told why there is none."""
        query = query_text(key[0])
        asked: Asked | None = None
        try:
            asked = read_query(query, is_blocked=self._is_blocked)
            ready = await self._picture(asked, query, key[1], headers, scope)
        except ImageError as error:
            await _refuse(send, scope, error, on_error=self._on_error(asked, query))
            return None
        except asyncio.CancelledError:
            raise
        except Exception:  # noqa: BLE001  # a request's outermost edge: its client is told, and the server goes on
            log("serve").exception("a fault while a picture was asked for")
            await _refuse(send, scope, messages.broken())
            return None
        self.at_hand.put(key, _next_time(ready))
        return ready

    async def _picture(self, asked: Asked, query: str, accepts: frozenset[str], headers: Headers, scope: Scope) -> Ready:
        if self._proxy is None:
            raise messages.no_processor()
        if not await self._may(asked, query, self._proxy):
            raise messages.refused()
        served = await self._proxy.picture(asked, accepts=accepts, admit=lambda: self._admit(headers, scope))
        return self._dressed(asked, served, negotiates=asked.wish.output is None)

    async def _may(self, asked: Asked, query: str, proxy: ImageProxy) -> bool:
        if self._rules.access == "open" or self._is_signed(query):
            return True
        return self._rules.access == "seen" and await proxy.is_known(asked)

    def _is_signed(self, query: str) -> bool:
        return MARK in query and is_signed(query, self._rules.keys())

    def _is_blocked(self, host: str) -> bool:
        """Whether a host is spelt as an address that no publisher has. What names resolve to, and ports, are checked when connecting."""
        try:
            return special(host.strip("[]")) is not None and host not in self._exempt
        except ValueError:
            return False  # a name

    def _admit(self, headers: Headers, scope: Scope) -> None:
        """Count work that is begun for a client. Raises ImageError when it was too much."""
        name = self._settings.client_header
        client = headers.get(name, "").rpartition(",")[2].strip() if name else ""
        wait = self._rate.wait(client or (scope["client"][0] if scope.get("client") else ""))
        if wait > 0:
            raise messages.too_often(math.ceil(wait))

    def _on_error(self, asked: Asked | None, query: str) -> str | None:
        """Where to send the client instead. Only for links that anybody may make, or that we made: else our name would lead anywhere."""
        if not (self._rules.access == "open" or self._is_signed(query)):
            return None
        return asked.on_error if asked is not None else error_address(query, is_blocked=self._is_blocked)

    def _dressed(self, asked: Asked, served: Served, *, negotiates: bool) -> Ready:
        body, media_type = served.body, served.media_type
        max_age = asked.max_age_s if served.outcome != "stale" else STALE_MAX_AGE
        modified = _moment(served.modified)
        said = {
            "Cache-Control": f"public, max-age={max_age}",
            "Expires": http_date(self._now() + timedelta(seconds=max_age)),
            "ETag": served.etag,
            "Accept-Ranges": "bytes",
            "Link": f'<{served.canonical}>; rel="canonical"',
            "X-Upstream-Response-Length": str(served.upstream_bytes),
            "X-Cache-Status": "HIT" if served.outcome == "hit" else "STALE" if served.outcome == "stale" else "MISS",
            "X-Broadsheet-Image": served.outcome,
        }
        if modified is not None:
            said["Last-Modified"] = http_date(modified)
        if negotiates:
            said["Vary"] = "Accept"
        if asked.base64:
            body, media_type = f"data:{media_type};base64,{b64encode(body).decode()}".encode(), "text/plain; charset=utf-8"
        else:
            said["Content-Disposition"] = f"inline; filename={asked.filename}.{served.extension}"
        said["Content-Type"] = media_type
        headers = (*_EVERYWHERE, *((name.lower().encode(), value.encode("latin-1", "replace")) for name, value in said.items()))
        until = monotonic() + (AT_HAND_SECONDS if served.outcome != "stale" else 10.0)
        return Ready(body=body, headers=headers, etag=served.etag, modified=modified, until=until)


def _next_time(ready: Ready) -> Ready:
    """The answer to the next who asks for the same: what was made for this one is at hand then."""
    said = {(b"x-broadsheet-image", b"miss"): b"hit", (b"x-cache-status", b"MISS"): b"HIT"}
    return replace(ready, headers=tuple((name, said.get((name, value), value)) for name, value in ready.headers))


async def _answer(send: Send, scope: Scope, headers: Headers, ready: Ready) -> None:
    """200, the part asked for, or 304."""
    status, body = 200, ready.body
    extra: tuple[Header, ...] = ()
    if is_unchanged(headers.get("if-none-match"), headers.get("if-modified-since"), etag=ready.etag, modified=ready.modified):
        kept = tuple(header for header in ready.headers if header[0] not in (b"content-type", b"content-disposition"))
        await _send(send, scope, 304, kept, b"")
        return
    part = part_of(len(body), headers.get("range"), if_range=headers.get("if-range"), etag=ready.etag) if scope["method"] == "GET" else None
    if part is not None:
        status = 206 if part.is_satisfiable else 416
        body = body[part.start : part.end]
        extra = ((b"content-range", part.content_range.encode()),)
    await _send(send, scope, status, (*ready.headers, *extra), body)


async def _refuse(send: Send, scope: Scope, error: ImageError, *, on_error: str | None = None, extra: tuple[Header, ...] = ()) -> None:
    """The error as JSON; a client that named another picture for this case is sent there, and still gets the words."""
    headers = (*_EVERYWHERE, (b"content-type", b"application/json"), (b"cache-control", b"no-store"), *extra)
    if error.retry_after_s is not None:
        headers = (*headers, (b"retry-after", str(error.retry_after_s).encode()))
    status = error.status
    if on_error is not None and error.status != 405:
        status, headers = 302, (*headers, (b"location", on_error.encode("ascii", "replace")))
    await _send(send, scope, status, headers, messages.error_json(error))


async def _send(send: Send, scope: Scope, status: int, headers: tuple[Header, ...], body: bytes) -> None:
    length = () if status == 304 else ((b"content-length", str(len(body)).encode()),)
    await send({"type": "http.response.start", "status": status, "headers": [*headers, *length]})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


def _moment(stated: str | None) -> datetime | None:
    from email.utils import parsedate_to_datetime

    if stated is None:
        return None
    try:
        read = parsedate_to_datetime(stated)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None  # the publisher's own words, which need not be a date
    return read if read.tzinfo is not None else read.replace(tzinfo=UTC)


def image_doors(store: Store, settings: Settings, proxy: ImageProxy | None, *, everywhere: bool = False) -> list[Middleware]:
    """The door to *proxy* as the settings want it; none where it is switched off."""
    if settings.image_proxy.access == "off":
        return []
    access = settings.image_proxy.access
    if access == "auto":
        access = "open" if is_private(settings) else "seen"
    rules = Rules(access=access, keys=cache(lambda: signing_keys(settings.image_proxy, store)))
    private = settings.fetch.private_hosts
    return [Middleware(ImageDoor, proxy=proxy, rules=rules, settings=settings.image_proxy, private_hosts=private, everywhere=everywhere)]


def images_only(store: Store, settings: Settings, proxy: ImageProxy | None, *, names: Collection[str] | None) -> Starlette:
    """An application that is nothing but the proxy. *names* are the hosts it answers to, None: any."""
    look = Site()
    doors = image_doors(store, settings, proxy, everywhere=True)
    return Starlette(
        routes=[Route("/health", _health)],
        middleware=[Middleware(Guard, site=look, names=names), *doors],
        exception_handlers={404: _nothing_here},
    )


async def _health(request: Request) -> Response:
    return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


async def _nothing_here(request: Request, error: Exception) -> Response:
    return PlainTextResponse("This is an image proxy: ask for /?url=…\n", 404)
