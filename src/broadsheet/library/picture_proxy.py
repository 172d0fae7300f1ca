"""The image proxy with everything it needs, opened together and closed together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from broadsheet.config import Settings
from broadsheet.engine.makers import MakerPool, has_libvips
from broadsheet.fetch import Client
from broadsheet.images.cache import PictureCache
from broadsheet.pipeline.proxy import ImageProxy, Known, Sources
from broadsheet.text.moments import utc_now

CACHE = "cache/images"
"""Below the data folder: may be deleted at any time."""

FETCH_SECONDS = 15.0
CONNECT_SECONDS = 5.0
MAX_REDIRECTS = 10


@asynccontextmanager
async def image_proxy(known: Known | None, settings: Settings, folder: Path) -> AsyncIterator[ImageProxy | None]:
    """The proxy over what *known* knows, with its cache below the data *folder*; None where libvips is not installed.

    Its client is one of its own: where a person waits for a page's pictures, a pause of a second between any two would be no manners but an
    absence of pictures. A few at a time to one host, as browsers ask, and never after 429.
    """
    if not has_libvips():
        yield None
        return
    proxy = settings.image_proxy
    fetch = replace(
        settings.fetch, host_delay=0.0, timeout=FETCH_SECONDS, connect_timeout=min(CONNECT_SECONDS, settings.fetch.connect_timeout),
        max_image_bytes=proxy.max_bytes, max_redirects=MAX_REDIRECTS,
    )  # fmt: skip
    cache = PictureCache(folder / CACHE, limit_bytes=proxy.cache_bytes)
    async with Client(fetch, now=utc_now, per_host=proxy.per_host) as client, MakerPool(proxy) as makers:
        sources = Sources(get=client.get, cache=cache, known=known, settings=proxy, max_redirects=MAX_REDIRECTS, now=utc_now)
        service = ImageProxy(sources=sources, cache=cache, run=makers.run, settings=proxy, now=utc_now)
        try:
            yield service
        finally:
            service.close()
