"""The walk of a request for a picture."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol

from broadsheet.errors import ImageError
from broadsheet.images import messages
from broadsheet.images.cache import Cached, PictureCache
from broadsheet.images.config import ImageProxySettings
from broadsheet.images.limits import Limits
from broadsheet.images.wish import Asked
from broadsheet.images.work import make_picture
from broadsheet.pipeline.proxy.flight import Flights
from broadsheet.pipeline.proxy.refusals import Refusals
from broadsheet.pipeline.proxy.sources import SourceBytes, Sources

Outcome = Literal["hit", "miss", "stale", "archived"]

MOST_WAITING = 200
"""Pictures being fetched and made at the same time; beyond it clients are asked to come back."""

COME_BACK_SECONDS = 5


class Run(Protocol):
    """Runs a pure function in a process of its own, as `engine.makers.MakerPool.run` does."""

    async def __call__(self, where: str, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any: ...


Admit = Callable[[], None]
"""Called before work is begun for a client; raises ImageError (429) where it has asked for too much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A picture as it is to be sent. *etag* is strong; *modified* is the publisher's own Last-Modified, if it said one."""

    body: bytes = field(repr=False)
    media_type: str
    extension: str
    etag: str
    canonical: str
    outcome: Outcome
    upstream_bytes: int
    modified: str | None = None


@dataclass(slots=True)
class ProxyCounts:
    """What the proxy did since the process began."""

    served: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("hit", "miss", "stale", "archived"), 0))
    refused: dict[int, int] = field(default_factory=dict)  # by status
    made: int = 0
    making_seconds: float = 0.0


class ImageProxy:
    """Gives pictures as links ask for them. Use it within one event loop."""

    def __init__(self, *, sources: Sources, cache: PictureCache, run: Run, settings: ImageProxySettings, now: Callable[[], datetime]) -> None:
        self.sources = sources
        self.cache = cache
        self._run = run
        self._settings = settings
        self._limits = Limits(max_pixels=settings.max_pixels, max_pages=settings.max_pages, avif_effort=settings.avif_effort)
        self._now = now
        self._flights: Flights[Served] = Flights()
        self._refusals = Refusals(now)
        self.counts = ProxyCounts()

    async def picture(self, asked: Asked, *, accepts: frozenset[str] = frozenset(), admit: Admit = lambda: None) -> Served:
        """The picture that *asked* means, in a format of *accepts* where it names none. Raises ImageError."""
        try:
            served = await self._picture(asked, accepts if asked.wish.output is None else frozenset(), admit)
        except ImageError as error:
            self.counts.refused[error.status] = self.counts.refused.get(error.status, 0) + 1
            raise
        self.counts.served[served.outcome] += 1
        return served

    async def is_known(self, asked: Asked) -> bool:
        """Whether one of our articles shows this picture."""
        return await self.sources.known(asked.candidates) is not None

    def close(self) -> None:
        self._flights.cancel()
        self.sources.close()

    async def _picture(self, asked: Asked, accepts: frozenset[str], admit: Admit) -> Served:
        key = f"made {asked.candidates} {asked.wish} {sorted(accepts)}"
        cached = await asyncio.to_thread(self.cache.get, key)
        if cached is not None and self._now() - cached.kept_at < timedelta(days=self._settings.fresh_days):
            return _served(cached, "archived" if cached.headers["from"] == "archived" else "hit")
        if (error := self._refusals.get(key)) is not None:
            raise error
        if key not in self._flights:
            admit()
            if len(self._flights) >= MOST_WAITING:
                raise messages.too_often(COME_BACK_SECONDS)
        return await self._flights.join(key, lambda: self._make(key, asked, accepts, cached))

    async def _make(self, key: str, asked: Asked, accepts: frozenset[str], cached: Cached | None) -> Served:
        source = await self.sources.get(asked.candidates)
        if cached is not None and cached.headers["source"] == source.tag:
            made = Cached(body=cached.body, headers={**cached.headers, "from": source.came_from}, kept_at=self._now())
        else:
            made = await self._made(key, asked, accepts, source)
        if source.came_from != "stale":
            await asyncio.to_thread(self.cache.put, key, made)
        return _served(made, {"origin": "miss", "cached": "miss", "stale": "stale"}.get(source.came_from, "archived"))  # type: ignore[arg-type]

    async def _made(self, key: str, asked: Asked, accepts: frozenset[str], source: SourceBytes) -> Cached:
        """Have the picture made. What its bytes are to blame for is remembered; a time-out or a lack of memory is, too."""
        begun = asyncio.get_running_loop().time()
        try:
            made = await self._run(asked.candidates[0], make_picture, source.body, asked.wish, self._limits, accepts)
        except ImageError as error:
            self._refusals.put(key, error)
            raise
        self.counts.made += 1
        self.counts.making_seconds += asyncio.get_running_loop().time() - begun
        said = {
            "type": made.media_type, "extension": made.extension, "etag": _etag(made.body), "source": source.tag, "from": source.came_from,
            "canonical": source.canonical, "upstream": str(len(source.body)), **({"modified": source.modified} if source.modified else {}),
        }  # fmt: skip
        return Cached(body=made.body, headers=said, kept_at=self._now())


def _served(made: Cached, outcome: Outcome) -> Served:
    said = made.headers
    return Served(
        body=made.body,
        media_type=said["type"],
        extension=said["extension"],
        etag=said["etag"],
        canonical=said["canonical"],
        outcome=outcome,
        upstream_bytes=int(said["upstream"]),
        modified=said.get("modified"),
    )


def _etag(body: bytes) -> str:
    return f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
