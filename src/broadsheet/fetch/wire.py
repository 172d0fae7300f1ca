"""One request out, one answer in: the sessions, their certificates and proxy, and the limits while bytes arrive."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import aiohttp
import certifi
from yarl import URL

from broadsheet.errors import ConfigError, TooLarge, UsageError
from broadsheet.fetch.config import FetchSettings
from broadsheet.fetch.decoding import decode
from broadsheet.fetch.guard import Guard, GuardedResolver, Lookup, Resolver, guarded_socket
from broadsheet.fetch.target import Target
from broadsheet.model import Headers, RequestKind

if TYPE_CHECKING:
    from aiohappyeyeballs import AddrInfoType  # of aiohttp's own making; only its name is needed

_CHUNK = 65_536
# Some sites send kilobytes of Content-Security-Policy or Link in one line; the library's own limit is 8 kB.
_MAX_HEADER = 65_536
# An idle connection is worth keeping until the next request to its host is due, and not much longer.
_KEEP_IDLE = 10.0  # seconds
_ROBOTS_BYTES = 2_000_000  # RFC 9309, section 2.5, wants at least 500 KiB read
# What a machine says to something sent to it, or to confirm something, is a line or two; an error page is a few kilobytes.
_SMALL_BYTES = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back for one hop. *body* is decoded, and empty unless the status is 200 to 299."""

    status: int
    headers: Headers
    body: bytes
    cookies: SimpleCookie = field(default_factory=SimpleCookie)


class Wire:
    """Sends single requests. The guarded session refuses special addresses; the free one is for exempt hosts and the proxy.

    Raises ConfigError when made with a certificate file or proxy that cannot be used. Open it with `open` inside the
    event loop, and close it there.
    """

    def __init__(self, settings: FetchSettings, guard: Guard, *, lookup: Lookup | None = None) -> None:
        self._settings = settings
        self._guard = guard
        self._lookup = lookup or look_up
        self._proxy = read_proxy(settings.proxy)
        self._tls = trusted(settings.ca_file)
        self._limits: Mapping[RequestKind, int] = {
            "page": settings.max_page_bytes,
            "feed": settings.max_feed_bytes,
            "sitemap": settings.max_feed_bytes,
            "image": settings.max_image_bytes,
            "robots": _ROBOTS_BYTES,
            "callback": _SMALL_BYTES,
        }
        self._guarded: aiohttp.ClientSession | None = None
        self._free: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        self._guarded = self._session(GuardedResolver(self._lookup), sockets=guarded_socket)
        self._free = self._session(Resolver(self._lookup))

    async def close(self) -> None:
        for session in (self._guarded, self._free):
            if session is not None:
                await session.close()
        self._guarded = self._free = None

    async def send(self, target: Target, headers: Mapping[str, str], *, kind: RequestKind) -> Answer:
        """The answer of *target*, which has passed the guard. Raises FetchError, aiohttp.ClientError, OSError and TimeoutError."""
        async with asyncio.timeout(self._settings.timeout):
            url = URL(target.url, encoded=True)
            async with self._session_for(target).get(url, headers=headers, proxy=self._proxy, allow_redirects=False) as response:
                said = _headers(response)
                body = await self._body(response, target.url, kind=kind, coding=", ".join(said.all("content-encoding")))
                return Answer(status=response.status, headers=said, body=body, cookies=response.cookies)

    async def post(self, target: Target, headers: Mapping[str, str], body: bytes, *, exempt: bool) -> Answer:
        """The answer of *target* to *body*, whatever its status; *exempt* as the guard's hosts are. Raises what `send` raises."""
        async with asyncio.timeout(self._settings.timeout):
            url = URL(target.url, encoded=True)
            session = self._session_for(target, exempt=exempt)
            async with session.post(url, data=body, headers=headers, proxy=self._proxy, allow_redirects=False) as response:
                return Answer(status=response.status, headers=_headers(response), body=await _beginning(response))

    async def _body(self, response: aiohttp.ClientResponse, url: str, *, kind: RequestKind, coding: str) -> bytes:
        if not 200 <= response.status < 300:
            return b""
        limit = self._limits[kind]
        raw = await _read(response, url, limit=limit)
        return decode(raw, coding, url=url, limit=limit, sniff_gzip=kind != "image")

    def _session_for(self, target: Target, *, exempt: bool = False) -> aiohttp.ClientSession:
        session = self._free if exempt or self._proxy or self._guard.is_exempt(target) else self._guarded
        if session is None:
            raise UsageError("Client", "is not open", do="Use it in `async with Client(...) as client:`")
        return session

    def _session(self, resolver: Resolver, *, sockets: Callable[[AddrInfoType], socket.socket] | None = None) -> aiohttp.ClientSession:
        """No limit and no cache of the connector's own: `client.py` counts requests, and every connection looks its name up."""
        connector = aiohttp.TCPConnector(
            resolver=resolver, socket_factory=sockets, ssl=self._tls, limit=0, use_dns_cache=False, keepalive_timeout=_KEEP_IDLE
        )
        seconds = self._settings.connect_timeout
        return aiohttp.ClientSession(
            connector=connector,
            timeout=aiohttp.ClientTimeout(total=None, connect=seconds, sock_connect=seconds),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,  # `decoding.py` does it within limits
            trust_env=False,
            max_line_size=_MAX_HEADER,
            max_field_size=_MAX_HEADER,
        )


async def look_up(host: str, port: int) -> tuple[str, ...]:
    """The addresses the system's resolver gives, in its order of preference."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
    return tuple(dict.fromkeys(str(place[0]) for _, _, _, _, place in found))


def trusted(ca_file: str) -> ssl.SSLContext:
    """The system's certificate authorities, certifi's, and those of *ca_file* if one is given. Raises ConfigError."""
    if not ca_file:
        return _usual_authorities()
    context = _fresh_context()
    try:
        context.load_verify_locations(ca_file)
    except ssl.SSLError as error:
        raise ConfigError("fetch.ca_file", f"{ca_file} holds no certificate that can be read", do="It must be a PEM file") from error
    except OSError as error:
        raise ConfigError("fetch.ca_file", f"{ca_file} cannot be read: {error.strerror}", do="Give the path of a PEM file") from error
    return context


@lru_cache(maxsize=1)
def _usual_authorities() -> ssl.SSLContext:
    """Shared by all clients: reading some 300 certificates takes 20 ms."""
    return _fresh_context()


def _fresh_context() -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=certifi.where())
    context.load_default_certs()
    return context


def read_proxy(setting: str) -> URL | None:
    """The proxy of the settings, None for none. Raises ConfigError, which does not repeat what may hold a password."""
    if not setting:
        return None
    remedy = "Write it as http://proxy.lan:3128, with user:password@ before the name if it wants them"
    try:
        parts = urlsplit(setting)
        if parts.scheme != "http" or not parts.hostname or parts.path not in ("", "/") or parts.port == 0:
            raise ConfigError("fetch.proxy", "is not the address of an HTTP proxy", do=remedy)
        return URL(setting)
    except ValueError as error:
        raise ConfigError("fetch.proxy", "cannot be read", do=remedy) from error


async def _read(response: aiohttp.ClientResponse, url: str, *, limit: int) -> bytes:
    """The body as it came, at most *limit* bytes: what is larger packed is larger unpacked. Raises TooLarge."""
    if response.content_length is not None and response.content_length > limit:
        raise TooLarge(url, f"its body is said to be {response.content_length} bytes; {limit} are the most we take")
    kept = bytearray()
    async for piece in response.content.iter_chunked(_CHUNK):
        kept += piece
        if len(kept) > limit:
            raise TooLarge(url, f"its body is larger than {limit} bytes")
    return bytes(kept)


async def _beginning(response: aiohttp.ClientResponse) -> bytes:
    """The body as it came, cut where it grows too long: the status has said all that counts."""
    kept = bytearray()
    async for piece in response.content.iter_chunked(_CHUNK):
        kept += piece
        if len(kept) >= _SMALL_BYTES:
            break
    return bytes(kept[:_SMALL_BYTES])


def _headers(response: aiohttp.ClientResponse) -> Headers:
    return Headers.of((_text(name), _text(value)) for name, value in response.raw_headers)


def _text(raw: bytes) -> str:
    """Header bytes as text: UTF-8 as servers write it today, else the Latin-1 of old, which fits any bytes."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")
