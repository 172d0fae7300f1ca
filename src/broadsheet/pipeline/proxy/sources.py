"""Where the bytes of a picture come from: our own archive, the cache of fetched ones, its publisher, and if that fails a stale copy."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, Protocol

from broadsheet.images import messages
from broadsheet.images.cache import Cached, PictureCache
from broadsheet.images.config import ImageProxySettings
from broadsheet.images.magic import media_type_of
from broadsheet.model import Exchange, Failed, Fetched, KnownPicture, Outcome, Request, Unchanged, Validators
from broadsheet.pipeline.proxy.flight import Flights
from broadsheet.pipeline.proxy.refusals import Refusals, is_lasting, refusal
from broadsheet.pipeline.reading import Get
from broadsheet.urls import origin_of

From = Literal["origin", "cached", "stale", "archived"]

_HOTLINKED = frozenset({401, 403})
"""What publishers answer to a request without the Referer of one of their pages."""


class Known(Protocol):
    """What the store knows of pictures: the part of `PictureStore` that the proxy reads. Its methods block."""

    def picture(self, url: str) -> KnownPicture | None: ...

    def shown_by(self, url: str) -> str | None: ...

    def original_bytes(self, hash: str) -> bytes | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceBytes:
    """A picture as its publisher sent it. *tag* is another one when the bytes are."""

    body: bytes = field(repr=False)
    tag: str
    came_from: From
    canonical: str  # the address that is permanently its own
    modified: str | None = None  # Last-Modified as the publisher stated it


class Sources:
    """Gets pictures, each once however many wait for it. *known* is None where there is no store."""

    def __init__(
        self, *, get: Get, cache: PictureCache, known: Known | None, settings: ImageProxySettings, max_redirects: int, now: Callable[[], datetime]
    ) -> None:
        self._get = get
        self._cache = cache
        self._known = known
        self._settings = settings
        self._max_redirects = max_redirects
        self._now = now
        self._flights: Flights[SourceBytes] = Flights()
        self._refusals = Refusals(now)
        self.fetches = 0

    async def known(self, candidates: tuple[str, ...]) -> KnownPicture | None:
        """What the store knows of the first of these addresses that it knows at all."""
        if self._known is None:
            return None
        for url in candidates:
            if (found := await asyncio.to_thread(self._known.picture, url)) is not None:
                return found
        return None

    async def get(self, candidates: tuple[str, ...]) -> SourceBytes:
        """The picture at the first of *candidates* that can be reached. Raises ImageError."""
        return await self._flights.join(candidates[0], lambda: self._find(candidates))

    def close(self) -> None:
        self._flights.cancel()

    async def _find(self, candidates: tuple[str, ...]) -> SourceBytes:
        known = await self.known(candidates)
        if known is not None and (archived := await self._archived(known)) is not None:
            return archived
        key = f"source {candidates[0]}"
        cached = await asyncio.to_thread(self._cache.get, key)
        if cached is not None and self._now() - cached.kept_at < timedelta(days=self._settings.fresh_days):
            return _cached_source(cached, "cached")
        if cached is None and (error := self._refusals.get(candidates[0])) is not None:
            raise error
        return await self._asked(candidates, key, cached, known)

    async def _archived(self, known: KnownPicture) -> SourceBytes | None:
        """Our own copy: nobody needs to be asked, and it is there when the publisher's is not."""
        if known.original is None or self._known is None:
            return None
        body = await asyncio.to_thread(self._known.original_bytes, known.original.hash)
        return SourceBytes(body=body, tag=known.original.hash, came_from="archived", canonical=known.url) if body is not None else None

    async def _asked(self, candidates: tuple[str, ...], key: str, cached: Cached | None, known: KnownPicture | None) -> SourceBytes:
        outcome = await self._first_reached(candidates, cached, known)
        match outcome:
            case Fetched(exchange=exchange) if media_type_of(exchange.body) is None:
                error, lasting = messages.not_an_image(), True
            case Fetched(exchange=exchange):
                kept = _to_cache(exchange, self._now())
                await asyncio.to_thread(self._cache.put, key, kept)
                return _cached_source(kept, "origin")
            case Unchanged() if cached is not None:
                kept = Cached(body=cached.body, headers=cached.headers, kept_at=self._now())
                await asyncio.to_thread(self._cache.put, key, kept)
                return _cached_source(kept, "cached")
            case Unchanged():
                error, lasting = messages.origin_answered(304), False
            case _:
                error = refusal(outcome, max_bytes=self._settings.max_bytes, max_redirects=self._max_redirects)
                lasting = is_lasting(outcome)
        if cached is not None:
            return _cached_source(cached, "stale")
        if lasting:
            self._refusals.put(candidates[0], error)
        raise error

    async def _first_reached(self, candidates: tuple[str, ...], cached: Cached | None, known: KnownPicture | None) -> Outcome:
        """What came of the first address with which a connection could be made: plain http is only for hosts that know nothing else."""
        outcome: Outcome = Failed(url=candidates[0], reason="there is no address", unreachable=True)
        for url in candidates:
            outcome = await self._fetch(url, cached, known)
            if not (isinstance(outcome, Failed) and outcome.unreachable):
                break
        return outcome

    async def _fetch(self, url: str, cached: Cached | None, known: KnownPicture | None) -> Outcome:
        """Ask for a picture as a page that shows it would: with the article's address as Referer, where we know one."""
        referer = await asyncio.to_thread(self._known.shown_by, known.url) if known is not None and self._known is not None else None
        validators = _validators(cached)
        self.fetches += 1
        outcome = await self._get(Request(url=url, kind="image", validators=validators, referer=referer))
        if referer is None and isinstance(outcome, Failed) and outcome.status in _HOTLINKED:
            self.fetches += 1
            return await self._get(Request(url=url, kind="image", validators=validators, referer=origin_of(url)))
        return outcome


def _to_cache(exchange: Exchange, now: datetime) -> Cached:
    from hashlib import sha256

    said = {"tag": sha256(exchange.body).hexdigest(), "canonical": exchange.permanent_url or exchange.url}
    said |= {name: value for name, value in (("etag", exchange.validators.etag), ("modified", exchange.validators.last_modified)) if value}
    return Cached(body=exchange.body, headers=said, kept_at=now)


def _cached_source(cached: Cached, came_from: From) -> SourceBytes:
    said = cached.headers
    return SourceBytes(body=cached.body, tag=said["tag"], came_from=came_from, canonical=said["canonical"], modified=said.get("modified"))


def _validators(cached: Cached | None) -> Validators | None:
    return Validators(etag=cached.headers.get("etag"), last_modified=cached.headers.get("modified")) if cached is not None else None
