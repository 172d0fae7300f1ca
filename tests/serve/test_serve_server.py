"""The server beside an engine: it says where it is, stops when told, and names what is in its way."""

from __future__ import annotations

import asyncio
import logging
import socket
import urllib.request

import pytest

from broadsheet.config import ServeSettings, Settings
from broadsheet.errors import ConfigError
from broadsheet.serve import build_app, run_server
from broadsheet.serve.server import listen
from broadsheet.store import Store


async def started(store: Store, settings: Settings) -> tuple[asyncio.Task[None], str]:
    told: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(run_server(build_app(store, settings), settings.serve, ready=told.set_result))
    return task, await asyncio.wait_for(told, 20)


def test_it_answers_beside_other_work_and_stops_when_cancelled(store: Store) -> None:
    async def beside() -> int:
        task, url = await started(store, Settings(serve=ServeSettings(port=0)))
        answer = await asyncio.to_thread(urllib.request.urlopen, url)
        answer.close()
        task.cancel()
        await asyncio.wait([task])
        assert task.cancelled()
        with socket.create_server(("127.0.0.1", int(url.rstrip("/").rpartition(":")[2]))):  # the port is free again
            return answer.status

    assert asyncio.run(beside()) == 200


def test_it_stops_when_the_event_is_set(store: Store) -> None:
    async def until_set() -> None:
        stop = asyncio.Event()
        settings = Settings(serve=ServeSettings(port=0))
        await asyncio.wait_for(run_server(build_app(store, settings), settings.serve, stop, ready=lambda url: stop.set()), 20)

    asyncio.run(until_set())


def test_answers_are_sent_without_waiting_for_acknowledgements() -> None:
    with listen("127.0.0.1", 0) as listener:
        assert listener.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_port_that_is_taken_is_named_with_the_remedy(store: Store) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        settings = Settings(serve=ServeSettings(port=port))
        with pytest.raises(ConfigError, match=f"serve.port = {port}.*choose another port"):
            asyncio.run(run_server(build_app(store, settings), settings.serve))


def test_a_host_that_is_not_ours_is_named(store: Store) -> None:
    settings = Settings(serve=ServeSettings(host="192.0.2.1", port=0))
    with pytest.raises(ConfigError, match=r"192\.0\.2\.1"):
        asyncio.run(run_server(build_app(store, settings), settings.serve))


def test_nobody_writes_down_who_reads_what(server, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    server.ask("/sources/harbour/")
    assert "harbour" not in caplog.text
