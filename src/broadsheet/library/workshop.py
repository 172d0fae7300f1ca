"""Everything the steps need, opened together and closed together."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

from broadsheet.config import Settings
from broadsheet.engine.readers import ReaderPool
from broadsheet.fetch import Client
from broadsheet.model import Exchange, Extraction, Hints, Want
from broadsheet.observe import Listener, nobody
from broadsheet.pipeline.reading import read_exchanges
from broadsheet.pipeline.tools import Tools
from broadsheet.store import Store
from broadsheet.text.moments import utc_now


@asynccontextmanager
async def workshop(store: Store, settings: Settings, *, tell: Listener = nobody) -> AsyncIterator[Tools]:
    """The tools of the pipeline: one client, a pool of reading processes, the clock. All are closed at the end."""
    async with Client(settings.fetch, now=utc_now) as client, ReaderPool(settings.engine) as readers:

        async def read(first: Exchange, more: Sequence[tuple[Want, Exchange]], hints: Hints | None, now: datetime) -> Extraction:
            return await readers.run(first.final_url, read_exchanges, first, tuple(more), hints, now)

        yield Tools(store=store, get=client.get, read=read, now=utc_now, pipeline=settings.pipeline, sources=settings.sources, tell=tell)
