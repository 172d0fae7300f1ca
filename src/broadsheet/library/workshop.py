"""Everything the steps need, opened together and closed together."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

from broadsheet.config import Settings
from broadsheet.engine.makers import MakerPool, has_libvips
from broadsheet.engine.readers import ReaderPool
from broadsheet.fetch import Client
from broadsheet.images.limits import Limits
from broadsheet.images.work import probe_picture
from broadsheet.library.rules import rules_in_force
from broadsheet.model import Declined, Exchange, Extraction, Original, Outcome, Request, Want
from broadsheet.observe import Listener, nobody
from broadsheet.pipeline.reading import Beforehand, Get, read_exchanges
from broadsheet.pipeline.ruled import rule_for
from broadsheet.pipeline.tools import Probe, Tools, by_first_bytes
from broadsheet.store import Store
from broadsheet.text.moments import utc_now


@asynccontextmanager
async def workshop(store: Store, settings: Settings, *, tell: Listener = nobody) -> AsyncIterator[Tools]:
    """The tools of the pipeline: one client, a pool of reading processes, the clock. All are closed at the end."""
    fetch = replace(settings.fetch, max_image_bytes=settings.pictures.max_bytes)
    async with (
        Client(fetch, now=utc_now, image_delay=settings.pictures.host_delay) as client,
        MakerPool(replace(settings.image_proxy, workers=1)) as makers,
        _tools(store, settings, client.get, tell) as tools,
    ):
        yield replace(tools, post=client.post, probe=_probe_in(makers, settings) if has_libvips() else by_first_bytes)


@asynccontextmanager
async def reading_room(store: Store, settings: Settings, *, tell: Listener = nobody) -> AsyncIterator[Tools]:
    """The same without the network, for what is on file already."""
    async with _tools(store, settings, _not_here, tell) as tools:
        yield tools


@asynccontextmanager
async def _tools(store: Store, settings: Settings, get: Get, tell: Listener) -> AsyncIterator[Tools]:
    rules = rules_in_force(settings)
    async with ReaderPool(settings.engine) as readers:

        async def read(first: Exchange, more: Sequence[tuple[Want, Exchange]], beforehand: Beforehand) -> Extraction:
            # Of all rules only the page's own travels to the reading process.
            rule = rule_for(rules, first.final_url, first.body, fetched_at=first.fetched_at)
            known = beforehand if rule is None else replace(beforehand, rule=rule)
            return await readers.run(first.final_url, read_exchanges, first, tuple(more), known)

        yield Tools(
            store=store, get=get, read=read, now=utc_now, pipeline=settings.pipeline, sources=settings.sources, tell=tell, pictures=settings.pictures
        )


def _probe_in(makers: MakerPool, settings: Settings) -> Probe:
    limits = Limits(max_pixels=settings.image_proxy.max_pixels, max_pages=settings.image_proxy.max_pages)

    async def probe(where: str, body: bytes) -> Original:
        return await makers.run(where, probe_picture, body, limits)

    return probe


async def _not_here(request: Request) -> Outcome:
    return Declined(url=request.url, reason="nothing is fetched while what is on file is read")
