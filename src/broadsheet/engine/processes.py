"""Child processes in which what comes from the open network is handled, within limits on time and memory.

A page or picture may crash its parser, loop or eat memory. In a process of its own it takes down that process and fails one piece of work,
with its reason, and nothing else.
"""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import wait
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

from broadsheet.errors import BroadsheetError
from broadsheet.observe import log

P = ParamSpec("P")
R = TypeVar("R")

CALLS_A_PROCESS = 2000  # then a process is replaced, so that what a parser leaks is given back


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How many processes (0: one for each processor), and what a call may take. *module* is imported before the first call; *died* and
    *overtime* make the error for a call, named by where its input came from, that took its process down or ran too long."""

    processes: int
    seconds: float
    memory_bytes: int
    module: str
    died: Callable[[str], BroadsheetError]
    overtime: Callable[[str, float], BroadsheetError]


class ProcessPool:
    """Runs pure functions in child processes.

    `await pool.run(where, function, …)` gives the function's result or raises what it raised; for a process that dies or runs out of time
    the errors of its bounds, naming *where*. The processes start with the first call and end with the pool, or at once when this process
    is killed.
    """

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._size = bounds.processes or os.cpu_count() or 1
        self._pool: ProcessPoolExecutor | None = None
        self._slots = asyncio.Semaphore(self._size)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._end(self._pool)
        self._pool = None

    async def run(self, where: str, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """The result of *function*, computed in a child process."""
        async with self._slots:
            pool = self._pool = self._pool or self._start(self._size)
            try:
                return await self._within_time(pool, where, function, *args, **kwargs)
            except BrokenProcessPool:
                # Some input killed a process, and with it every call in flight. Which one it was shows when each is run alone.
                log("engine").warning("a process died near %s; trying that alone", where)
                if self._pool is pool:
                    self._pool = None
        return await self._alone(where, function, *args, **kwargs)

    async def _alone(self, where: str, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        pool = self._start(1)
        try:
            return await self._within_time(pool, where, function, *args, **kwargs)
        except BrokenProcessPool as error:
            raise self._bounds.died(where) from error
        finally:
            self._end(pool)

    async def _within_time(self, pool: ProcessPoolExecutor, where: str, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        call = asyncio.wrap_future(pool.submit(function, *args, **kwargs))
        try:
            return await asyncio.wait_for(call, self._bounds.seconds)
        except TimeoutError as error:
            if self._pool is pool:
                self._pool = None
            self._end(pool)
            raise self._bounds.overtime(where, self._bounds.seconds) from error

    def _start(self, size: int) -> ProcessPoolExecutor:
        # "spawn": a fork of a process with threads and open sockets may deadlock, and would keep the network's file handles.
        return ProcessPoolExecutor(
            size,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_prepare,
            initargs=(self._bounds.memory_bytes, self._bounds.module),
            max_tasks_per_child=CALLS_A_PROCESS,
        )

    @staticmethod
    def _end(pool: ProcessPoolExecutor | None) -> None:
        if pool is None:
            return
        processes = list((getattr(pool, "_processes", None) or {}).values())
        pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()
        for process in processes:
            process.join(timeout=5)


def _prepare(memory_bytes: int, module: str) -> None:
    """Set a child process up: its memory limit, and its end when the parent ends, however that comes about."""
    try:
        import resource  # not on every platform

        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    except (ImportError, ValueError, OSError) as error:
        log("engine").info("no memory limit for processes here: %s", error)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # What the modules hold never goes away; looking through it again for every page cost a tenth of the time.
    import_module(module)
    gc.collect()
    gc.freeze()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
