"""The two ways to work: once through what is due, or for ever."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from broadsheet.config import Settings
from broadsheet.engine.embedded import Embedded
from broadsheet.library.alerting import keep_telling, teller
from broadsheet.library.workshop import workshop
from broadsheet.observe import Listener, nobody
from broadsheet.pipeline.tools import NO_REACH, Reach, Tools
from broadsheet.store import Store


async def poll_once(
    store: Store, settings: Settings, *, wait: timedelta, everything: bool = False, tell: Listener = nobody, websub: Reach = NO_REACH
) -> None:
    """Do what is due, and what falls due within *wait*, and tell the operator what broke. The caller holds `store.work()`."""
    async with workshop(store, settings, tell=tell) as tools, teller(store, settings, tell=tell) as alerts:
        await Embedded(replace(tools, websub=websub), settings.engine).run_once(wait=wait, everything=everything)
        await alerts.tell_untold(tools.now())


async def run_for_ever(tools: Tools, settings: Settings, stop: asyncio.Event) -> None:
    """Do what is due, and tell the operator what breaks, until *stop* is set. The caller holds the work of the store in *tools*."""
    async with teller(tools.store, settings, tell=tools.tell) as alerts:
        telling = asyncio.create_task(keep_telling(alerts, settings))
        try:
            await Embedded(tools, settings.engine).run(stop)
        finally:
            telling.cancel()
            await asyncio.gather(telling, return_exceptions=True)
