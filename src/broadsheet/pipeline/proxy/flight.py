"""Single flight: who asks for what is just being made waits for it instead of making it again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Flights(Generic[T]):
    """Work under way, by key. A client that leaves does not end it for the others."""

    def __init__(self) -> None:
        self._under_way: dict[str, asyncio.Task[T]] = {}

    def __len__(self) -> int:
        return len(self._under_way)

    def __contains__(self, key: str) -> bool:
        return key in self._under_way

    async def join(self, key: str, work: Callable[[], Awaitable[T]]) -> T:
        """The result of the work under *key*: that under way, or else *work*, begun now."""
        task = self._under_way.get(key)
        if task is None:
            task = self._under_way[key] = asyncio.create_task(_run(work), name=key)
            task.add_done_callback(lambda done: self._landed(key, done))
        return await asyncio.shield(task)

    def cancel(self) -> None:
        """End everything: nobody waits any more."""
        for task in self._under_way.values():
            task.cancel()

    def _landed(self, key: str, done: asyncio.Task[T]) -> None:
        self._under_way.pop(key, None)
        if not done.cancelled():
            done.exception()  # told to those who waited; if all of them left, nobody needs to hear of it


async def _run(work: Callable[[], Awaitable[T]]) -> T:
    return await work()
