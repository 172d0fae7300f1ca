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
    """Runs pure functions in child processes, each with one call at a time.

    `await pool.run(where, function, …)` gives the function's result or raises what it raised; for a process that dies or runs out of time
    the errors of its bounds, naming *where*. What happens to one process is nothing to the others. They start when they are needed and end
    with the pool, or at once when this process is killed.
    """

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._slots = asyncio.Semaphore(bounds.processes or os.cpu_count() or 1)
        self._idle: list[ProcessPoolExecutor] = []
        self._busy: set[ProcessPoolExecutor] = set()
        self._closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._closed = True
        for process in (*self._idle, *self._busy):
            _end(process)
        self._idle.clear()
        self._busy.clear()

    async def run(self, where: str, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """The result of *function*, computed in a child process."""
        async with self._slots:
            try:
                return await self._in_one(self._idle.pop() if self._idle else self._start(), where, function, *args, **kwargs)
            except BrokenProcessPool as error:
                if self._closed:
                    raise self._bounds.died(where) from error
                # It may have been dead before, for want of memory elsewhere: whether this input did it shows in a fresh one.
                log("engine").warning("a process died near %s; trying that again", where)
            try:
                return await self._in_one(self._start(), where, function, *args, **kwargs)
            except BrokenProcessPool as error:
                raise self._bounds.died(where) from error

    async def _in_one(self, process: ProcessPoolExecutor, where: str, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """The call in *process*, which is used again unless it died, or is busy still when nobody waits any more."""
        self._busy.add(process)
        spent = False
        try:
            return await asyncio.wait_for(asyncio.wrap_future(process.submit(function, *args, **kwargs)), self._bounds.seconds)
        except TimeoutError as error:
            spent = True
            raise self._bounds.overtime(where, self._bounds.seconds) from error
        except (BrokenProcessPool, asyncio.CancelledError):
            spent = True
            raise
        finally:
            self._busy.discard(process)
            if spent:
                _end(process)
            else:
                self._idle.append(process)

    def _start(self) -> ProcessPoolExecutor:
        # "spawn": a fork of a process with threads and open sockets may deadlock, and would keep the network's file handles.
        return ProcessPoolExecutor(
            1,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_prepare,
            initargs=(self._bounds.memory_bytes, self._bounds.module),
            max_tasks_per_child=CALLS_A_PROCESS,
        )


def _end(pool: ProcessPoolExecutor) -> None:
    """End a process, whatever it is at."""
    processes = list((getattr(pool, "_processes", None) or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.kill()
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
