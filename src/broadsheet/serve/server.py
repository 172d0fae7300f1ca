"""Shows an application to the network, inside a running event loop."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from broadsheet.config import ServeSettings
from broadsheet.errors import ConfigError

GRACE_SECONDS = 5
"""How long answers under way may take once we are asked to stop; a reader on a slow line must not hold the whole process."""

BACKLOG = 2048
"""Connections that may wait to be accepted: what uvicorn itself would ask for."""


async def run_server(app: ASGIApp, settings: ServeSettings, stop: asyncio.Event | None = None, *, ready: Callable[[str], None] | None = None) -> None:
    """Answer requests until *stop* is set or the task is cancelled, then finish those under way and give the port back.

    *ready* is told the address once connections are accepted. Signals are left to the caller, and nothing is written about
    who read what. Raises ConfigError if the address cannot be listened on.
    """
    listener = listen(settings.host, settings.port)
    logging.getLogger("uvicorn.access").disabled = True  # `access_log=False` alone gives way to any handler set later
    config = uvicorn.Config(
        app, log_config=None, access_log=False, lifespan="off", server_header=False, proxy_headers=False,
        timeout_graceful_shutdown=GRACE_SECONDS, ws="none",
    )  # fmt: skip
    server = _Server(config, started=lambda: ready(address_of(listener)) if ready else None)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    asked = asyncio.create_task((stop or asyncio.Event()).wait())
    try:
        await asyncio.wait({serving, asked}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        asked.cancel()
        server.should_exit = True
        await serving
        listener.close()


def listen(host: str, port: int) -> socket.socket:
    """A socket that accepts connections at *host* and *port* (0: any free one)."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ConfigError(
            f"serve.host = {host}, serve.port = {port}", f"cannot be listened on: {reason}",
            do="Another program may be there; choose another port, or 0 for any free one.",
        ) from error  # fmt: skip
    # Connections inherit it. asyncio would set it itself, but only on sockets made with a protocol number; without it a body waits for the
    # acknowledgement of its headers, some 40 ms on Linux.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def address_of(listener: socket.socket) -> str:
    """The URL at which *listener* is found."""
    host, port = listener.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


class _Server(uvicorn.Server):
    """uvicorn without its signal handlers (the engine beside it decides when to stop), telling when it has *started*."""

    def __init__(self, config: uvicorn.Config, *, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._tell_started = started

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._tell_started()
