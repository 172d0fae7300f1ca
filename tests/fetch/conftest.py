"""A scripted web server on the loopback, a clock that only moves when somebody sleeps, and a CONNECT proxy."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from broadsheet.fetch import Client, FetchSettings
from broadsheet.model import Outcome, Request


@dataclass(frozen=True)
class Reply:
    """What to answer. *raw* is sent as it is instead of a proper answer; *hang* keeps the line open afterwards; *endless* never stops."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b"hello"
    raw: bytes | None = None
    hang: bool = False
    endless: bool = False

    def encoded(self) -> bytes:
        if self.raw is not None:
            return self.raw
        length = () if self.endless or self.status == 304 else (("Content-Length", str(len(self.body))),)
        head = "".join(f"{name}: {value}\r\n" for name, value in (*self.headers.items(), *length))
        return f"HTTP/1.1 {self.status} Words\r\n{head}\r\n".encode() + self.body


@dataclass(frozen=True)
class Seen:
    """A request as it arrived."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""

    def get(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


Script = list[Reply] | Callable[[Seen], dict[str, Any]]


class Clock:
    """Time stands still until someone sleeps."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 1, 12, tzinfo=UTC)
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += timedelta(seconds=seconds)
        await asyncio.sleep(0)

    def pass_(self, **amount: float) -> None:
        self.time += timedelta(**amount)


@dataclass
class Site:
    """A server on 127.0.0.1 that answers by *script*; every name under .test leads to it.

    Paths not in the script answer 404.
    """

    listener: socket.socket
    script: dict[str, Script] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    clock: Clock = field(default_factory=Clock)
    connections: int = 0
    at_once: dict[str, int] = field(default_factory=dict)  # requests being answered, by Host
    most_at_once: int = 0
    tls: ssl.SSLContext | None = None
    hosts: tuple[str, ...] = ("a.test", "b.test")  # those that may be reached

    @property
    def port(self) -> int:
        return int(self.listener.getsockname()[1])

    @property
    def paths(self) -> list[str]:
        return [seen.path for seen in self.seen]

    def url(self, path: str, host: str = "a.test") -> str:
        return f"http{'s' if self.tls else ''}://{host}:{self.port}{path}"

    def says(self, path: str, **reply: Any) -> None:
        """What to answer at *path*. Said again, it is the next answer; the last one stays."""
        said = self.script.setdefault(path, [])
        assert isinstance(said, list)
        said.append(Reply(**reply))

    def redirects(self, path: str, location: str, status: int = 302, **headers: str) -> None:
        self.says(path, status=status, headers={"Location": location, **headers}, body=b"")

    def fetch(self, path: str, *, host: str = "a.test", settings: dict[str, Any] | None = None, **request: Any) -> Outcome:
        """What a fresh client gets for *path*."""
        return self.run(lambda client: client.get(Request(url=self.url(path, host), **{"kind": "feed", **request})), **(settings or {}))

    def run(self, action: Callable[[Client], Awaitable[Any]], **settings: Any) -> Any:
        """What *action* makes of a client, while the server is up."""

        async def scene() -> Any:
            async with self.up(), self.client(**settings) as client:
                return await action(client)

        return asyncio.run(scene())

    def client(self, **settings: Any) -> Client:
        chosen = FetchSettings(**{"private_hosts": self.hosts, "host_delay": 0.0, **settings})
        return Client(chosen, now=self.clock.now, sleep=self.clock.sleep, lookup=look_up_here)

    @asynccontextmanager
    async def up(self) -> AsyncIterator[None]:
        visits: set[asyncio.Task[None]] = set()

        async def visit(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            visits.add(task)
            await self.serve(reader, writer)

        server = await asyncio.start_server(visit, sock=self.listener.dup(), ssl=self.tls)
        try:
            yield
        finally:
            server.close()
            await server.wait_closed()
            await asyncio.gather(*visits)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while seen := await read_head(reader):
                self.seen.append(seen)
                await self.answer(seen, reader, writer)
        except (ConnectionError, ssl.SSLError):
            pass  # the client has gone, as many of these tests want it to
        finally:
            writer.close()

    async def answer(self, seen: Seen, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = seen.get("host") or ""
        self.at_once[host] = self.at_once.get(host, 0) + 1
        self.most_at_once = max(self.most_at_once, self.at_once[host])
        reply = self.reply(seen)
        writer.write(reply.encoded())
        await writer.drain()
        while reply.endless:
            writer.write(b"x" * 10_000)
            await writer.drain()
        await asyncio.sleep(0)
        self.at_once[host] -= 1
        if reply.hang:
            await reader.read()
        if reply.raw is not None:
            raise ConnectionResetError

    def reply(self, seen: Seen) -> Reply:
        found = self.script.get(seen.path) or [Reply(404)]
        if isinstance(found, list):
            return found.pop(0) if len(found) > 1 else found[0]
        return Reply(**found(seen))


@dataclass
class Proxy:
    """A forward proxy: CONNECT leads to *site* whatever the name, absolute addresses are answered by its script."""

    site: Site
    listener: socket.socket
    asked: list[Seen] = field(default_factory=list)
    status: int = 200

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def fetch(self, url: str, *, proxy: str = "", **settings: Any) -> Outcome:
        """What a client gets for *url* through this proxy."""

        async def scene() -> Outcome:
            async with AsyncExitStack() as stack:
                await stack.enter_async_context(self.site.up())
                server = await asyncio.start_server(self.serve, sock=self.listener.dup())
                stack.callback(server.close)
                client = self.site.client(**{"proxy": proxy or self.url, "private_hosts": (), **settings})
                await stack.enter_async_context(client)
                return await client.get(Request(url=url, kind="feed"))

        return asyncio.run(scene())

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while seen := await read_head(reader):
                self.asked.append(seen)
                if seen.method == "CONNECT":
                    await self.connect(reader, writer)
                    break
                writer.write(self.site.reply(seen).encoded())
                await writer.drain()
        finally:
            writer.close()

    async def connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(f"HTTP/1.1 {self.status} Words\r\n\r\n".encode())
        if self.status == 200:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.site.port)
            await asyncio.gather(pass_on(reader, far_writer), pass_on(far_reader, writer))


async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while some := await reader.read(65_536):
            writer.write(some)
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()


async def read_head(reader: asyncio.StreamReader) -> Seen | None:
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    first, *lines = head.strip().split("\r\n")
    method, path, _ = first.split(" ")
    seen = Seen(method, path, tuple((name, value.strip()) for name, _, value in (line.partition(":") for line in lines)))
    return replace(seen, body=await reader.readexactly(int(seen.get("content-length") or 0)))


async def look_up_here(host: str, port: int) -> tuple[str, ...]:
    """Every .test name is on the loopback; no other exists."""
    if host.endswith(".test"):
        return ("127.0.0.1",)
    raise socket.gaierror(socket.EAI_NONAME, "no such name")


def listen() -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    return listener


@pytest.fixture
def site() -> Iterator[Site]:
    with listen() as listener:
        yield Site(listener)


@pytest.fixture
def proxy(site: Site) -> Iterator[Proxy]:
    with listen() as listener:
        yield Proxy(site, listener)
