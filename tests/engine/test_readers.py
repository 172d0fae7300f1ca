"""Reading processes: what a page does to one harms nothing else."""

from __future__ import annotations

import asyncio
import os
import signal
import time

import pytest

from broadsheet.engine.config import EngineSettings
from broadsheet.engine.readers import ReaderPool
from broadsheet.errors import ExtractionCrashed

SETTINGS = EngineSettings(readers=1)


def kill_itself() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def sleep_long() -> None:
    time.sleep(60)


def refuse(words: str) -> None:
    raise ExtractionCrashed("https://paper.example/", words)


async def in_pool(settings: EngineSettings, *calls: tuple[object, ...]) -> list[object]:
    async with ReaderPool(settings) as pool:
        return [await pool.run("https://paper.example/", *call) for call in calls]  # type: ignore[arg-type]


def test_a_function_runs_in_another_process() -> None:
    assert asyncio.run(in_pool(SETTINGS, (os.getpid,))) != [os.getpid()]


def test_what_the_function_raises_comes_back() -> None:
    with pytest.raises(ExtractionCrashed, match="too deep"):
        asyncio.run(in_pool(SETTINGS, (refuse, "too deep")))


def test_a_page_that_kills_its_process_fails_alone_and_by_name() -> None:
    with pytest.raises(ExtractionCrashed, match=r"paper\.example.*died"):
        asyncio.run(in_pool(SETTINGS, (kill_itself,)))


def test_after_a_killed_process_the_next_page_is_read() -> None:
    async def both() -> int:
        async with ReaderPool(SETTINGS) as pool:
            with pytest.raises(ExtractionCrashed):
                await pool.run("https://paper.example/bad", kill_itself)
            return await pool.run("https://paper.example/good", abs, -7)

    assert asyncio.run(both()) == 7


def test_a_page_that_takes_too_long_is_ended() -> None:
    with pytest.raises(ExtractionCrashed, match="longer than 1 seconds"):
        asyncio.run(in_pool(EngineSettings(readers=1, reader_seconds=1.0), (sleep_long,)))
