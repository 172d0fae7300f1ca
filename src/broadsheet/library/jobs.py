"""The two ways to work: once through what is due, or for ever."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from broadsheet.config import Settings
from broadsheet.engine.embedded import Embedded
from broadsheet.library.workshop import workshop
from broadsheet.observe import Listener, nobody
from broadsheet.store import Store


async def poll_once(store: Store, settings: Settings, *, wait: timedelta, everything: bool = False, tell: Listener = nobody) -> None:
    """Do what is due, and what falls due within *wait*. The caller holds `store.work()`."""
    async with workshop(store, settings, tell=tell) as tools:
        await Embedded(tools, settings.engine).run_once(wait=wait, everything=everything)


async def run_for_ever(store: Store, settings: Settings, stop: asyncio.Event, *, tell: Listener = nobody) -> None:
    """Do what is due until *stop* is set. The caller holds `store.work()`."""
    async with workshop(store, settings, tell=tell) as tools:
        await Embedded(tools, settings.engine).run(stop)
