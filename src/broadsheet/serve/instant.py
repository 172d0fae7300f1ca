"""`/feed?url=…`: a full-text feed for any address, for those who may ask.

Understands what the users of Full-Text RSS have in their readers: `/makefulltextfeed.php?url=…` with `max`, `format`, `content`, `exc`, `key`
and `hash`, and addresses without a scheme or with `sec://` and `feed://`. What else such an address says is ignored.
"""

from __future__ import annotations

import hashlib
import hmac
import math
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Literal

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from broadsheet.config import Settings
from broadsheet.errors import BroadsheetError, ConfigError, FetchError, NoFeedFound, NotAFeed, RefusedAddress, UsageError
from broadsheet.model import Collection
from broadsheet.pipeline.instant.config import InstantSettings
from broadsheet.pipeline.instant.feeds import InstantFeeds, OnDemand
from broadsheet.pipeline.tools import Tools
from broadsheet.publish.addresses import FROM_PUBLISHERS, PictureAddresses
from broadsheet.publish.formats import FORMATS, Format
from broadsheet.publish.http import etag_of_collection, last_modified
from broadsheet.publish.options import options_for
from broadsheet.publish.site import Site, content_security_policy
from broadsheet.publish.site.pages import instant_page
from broadsheet.serve.answers import HTML, Content, answer
from broadsheet.serve.feeds import home_url
from broadsheet.serve.guard import is_loopback
from broadsheet.serve.rates import Rate
from broadsheet.urls import host_of, typed_address

PATHS = ("/feed", "/makefulltextfeed.php")
TOKEN_CHARS = 16  # fewer can be guessed
MAX_URL = 2_000
WHOLE_MAX_AGE, PARTIAL_MAX_AGE = 300, 10
"""Seconds for which an answer is fresh: a whole one as long as any feed of ours, one that is still growing hardly at all."""

_STATUS: Mapping[type[BroadsheetError], int] = {
    UsageError: 400, RefusedAddress: 403, NoFeedFound: 404, NotAFeed: 502, FetchError: 502, BroadsheetError: 500,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a request asks for, read from its query."""

    url: str
    as_written: str
    entries: int
    format: Format
    content: Literal["full", "summary"]
    only_full: bool  # leave out what could not be read
    secret: str | None
    hash: str | None

    @classmethod
    def of(cls, request: Request, settings: InstantSettings) -> Asked:
        """Raises UsageError for what cannot be understood."""
        query = request.query_params
        return cls(
            url=_address(query.get("url", "")),
            as_written=query.get("url", ""),
            entries=_number(query.get("max"), settings),
            format=_format(query.get("format"), request.headers.get("accept", "")),
            content="summary" if query.get("content") == "0" else "full",
            only_full=query.get("exc") == "1",
            secret=query.get("token") or query.get("key") or _bearer(request.headers.get("authorization", "")),
            hash=query.get("hash"),
        )


class Instant:
    """The endpoint."""

    def __init__(
        self,
        feeds: InstantFeeds,
        settings: Settings,
        site: Site,
        pictures: Callable[[str, str], PictureAddresses] = lambda form, home: FROM_PUBLISHERS,
    ) -> None:
        self._feeds = feeds
        self._settings = settings.instant
        self._publish = settings.publish
        self._site = site
        self._pictures = pictures
        self._private = is_private(settings)
        self._of_client = Rate(per_minute=self._settings.per_minute, clock=time.monotonic)
        self._of_all = Rate(per_minute=self._settings.all_per_minute, clock=time.monotonic)
        check_tokens(self._settings)

    def routes(self) -> list[Route]:
        return [Route(path, self.feed) for path in PATHS]

    async def feed(self, request: Request) -> Response:
        """The feed, or in plain words why there is none."""
        if "url" not in request.query_params:
            return self._form(request)
        try:
            asked = Asked.of(request, self._settings)
            if (refused := self._refusal(request, asked)) is not None:
                return refused
            made = await self._feeds.feed(asked.url, entries=asked.entries)
        except BroadsheetError as error:
            return _said(error)
        return self._answer(request, asked, made)

    def _answer(self, request: Request, asked: Asked, made: OnDemand) -> Response:
        collection = _without(made, made.teasers) if asked.only_full else made.collection
        base = self._publish.base_url.rstrip("/")
        self_url = f"{base}{request.url.path}?{request.url.query}" if base else str(request.url)
        options = replace(
            options_for(
                self._publish, pictures=self._pictures(asked.format.name, home_url(self._publish, request)), self_url=self_url,
                home_url=collection.home_url,
            ),
            entries=asked.entries, content=asked.content, hub_url=None,
        )  # fmt: skip
        return answer(request, Content(
            media_type=asked.format.media_type, render=lambda: asked.format.render(collection, options),
            etag=etag_of_collection(collection, options, format_name=asked.format.name), modified=last_modified(collection),
            max_age=PARTIAL_MAX_AGE if made.unread else WHOLE_MAX_AGE, open_to_scripts=asked.format.name == "json" and not self._private,
        ))  # fmt: skip

    def _refusal(self, request: Request, asked: Asked) -> Response | None:
        """Why this client may not have that feed now, None if it may."""
        if not self._may(asked):
            return PlainTextResponse(f"{self._rule()}\n", 403)
        if self._private and request.headers.get("sec-fetch-site") == "cross-site":
            return PlainTextResponse("Another site must not ask for feeds in your name.\n", 403)
        # What one client is refused must not count against all.
        wait = self._of_client.wait(_client(request, self._settings.client_header)) or self._of_all.wait("")
        if wait > 0:
            seconds = math.ceil(wait)
            return PlainTextResponse(f"Too many feeds were asked for. Ask again in {seconds} seconds.\n", 429, {"Retry-After": str(seconds)})
        return None

    def _may(self, asked: Asked) -> bool:
        if self._bears_token(asked):
            return True
        match self._settings.access:
            case "open":
                return True
            case "local":
                return self._private
            case "hosts":
                host = host_of(asked.url)
                return any(host == one or host.endswith(f".{one}") for one in map(str.lower, self._settings.hosts))
        return False

    def _bears_token(self, asked: Asked) -> bool:
        """Whether the request names a token, or the SHA-1 of a token and the address asked for, which opens that address alone."""
        offered = [(asked.secret, token) for token in self._settings.tokens if asked.secret]
        offered += [(asked.hash, hashlib.sha1(f"{token}{asked.as_written}".encode()).hexdigest()) for token in self._settings.tokens if asked.hash]  # noqa: S324
        return sum(hmac.compare_digest(one.encode(), other.encode()) for one, other in offered if one) > 0  # all, so that time tells nothing

    def _rule(self) -> str:
        """Who may ask, for one who may not."""
        match self._settings.access:
            case "hosts":
                return "Feeds on demand are given here for some sites only, and this is none of them."
            case "local":
                return "Feeds on demand are given here to programs on the same machine only."
        return "Feeds on demand are given here to those who bring a token: add &token=… to the address."

    def _form(self, request: Request) -> Response:
        policy = content_security_policy(self._site, forms=True)
        page = answer(request, Content(media_type=HTML, render=lambda: instant_page(self._site).encode()))
        page.headers["Content-Security-Policy"] = policy
        return page


@contextmanager
def on_demand(tools: Tools, settings: Settings) -> Iterator[InstantFeeds | None]:
    """Feeds on demand for as long as the `with` lasts, None where nobody may ask for any. Enter it inside the event loop."""
    if not is_on(settings.instant, private=is_private(settings)):
        yield None
        return
    feeds = InstantFeeds(tools, settings.instant)
    try:
        yield feeds
    finally:
        feeds.close()


def is_private(settings: Settings) -> bool:
    """Whether the server is reached from this machine only: it listens there, and no public address is said to lead to it."""
    return is_loopback(settings.serve.host) and not settings.publish.base_url


def is_on(settings: InstantSettings, *, private: bool) -> bool:
    """Whether anybody at all may ask."""
    return settings.access in ("open", "hosts") or (settings.access == "local" and private) or (settings.access != "off" and bool(settings.tokens))


def check_tokens(settings: InstantSettings) -> None:
    """Raises ConfigError for a token that can be guessed."""
    if any(len(token) < TOKEN_CHARS for token in settings.tokens):
        raise ConfigError(
            "instant.tokens", f"holds a token of fewer than {TOKEN_CHARS} characters", do="Take longer ones: they can be guessed by trying."
        )


def _address(text: str) -> str:
    """The address asked for, in one spelling."""
    if len(text) > MAX_URL:
        raise UsageError("url", f"is longer than {MAX_URL} characters")
    return typed_address(text)


def _number(text: str | None, settings: InstantSettings) -> int:
    if text is None or not text.strip():
        return min(settings.entries, settings.most_entries)
    try:
        number = int(text)
    except ValueError:
        raise UsageError("max", f"must be a whole number from 1 to {settings.most_entries}") from None
    return min(max(number, 1), settings.most_entries)


def _format(name: str | None, accepted: str) -> Format:
    """The format named, else the first one the client says it takes, else RSS."""
    if name:
        if name.lower() not in FORMATS:
            raise UsageError("format", f"must be one of {', '.join(FORMATS)}")
        return FORMATS[name.lower()]
    taken = (kind.partition(";")[0].strip().lower() for kind in accepted.split(","))
    by_type = {form.media_type.partition(";")[0]: form for form in FORMATS.values()}
    return next((by_type[kind] for kind in taken if kind in by_type), FORMATS["rss"])


def _bearer(header: str) -> str | None:
    scheme, _, token = header.partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None


def _client(request: Request, header: str) -> str:
    """Who asks: the connection's address, or what the proxy before us says in *header*; the last name there is the one it saw itself."""
    named = request.headers.get(header, "").rpartition(",")[2].strip() if header else ""
    return named or (request.client.host if request.client else "")


def _without(made: OnDemand, left_out: frozenset[str]) -> Collection:
    return replace(made.collection, articles=[one for one in made.collection.articles if one.id not in left_out])


def _said(error: BroadsheetError) -> Response:
    status = next(_STATUS[kind] for kind in type(error).__mro__ if kind in _STATUS)
    headers = {"Cache-Control": "no-store"}
    if isinstance(error, FetchError) and error.retry_after is not None:
        status, headers["Retry-After"] = 503, str(math.ceil(error.retry_after.total_seconds()))
    if status >= 500 and not isinstance(error, FetchError | NotAFeed):
        raise HTTPException(500) from error
    return PlainTextResponse(f"{error}\n", status, headers)
