"""Asks a server for pictures over kept-alive connections, in a process of its own: `python load.py`.

Reads a JSON line for each task and answers with one. `urls` are asked for in turn over so many `connections`, with `headers` besides; with
`rate` so many a second, at moments drawn from a fixed seed as independent clients would come, whether or not earlier ones are answered
(what then waits for a free connection has its wait counted); without it each connection asks again when it is answered. Only answers to
whole requests count, those in the first `warm_s` seconds not at all.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any
from urllib.parse import urlsplit

NAME = "load"
GRACE_S = 0.2  # for the last answers; they do not count


@dataclass(slots=True)
class Tally:
    """What came back. Latencies in seconds, counted from the moment a request was due."""

    from_s: float
    until_s: float
    latencies: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    size_bytes: int = 0

    def add(self, due: float, status: int, size_bytes: int) -> None:
        now = time.perf_counter()
        if self.from_s <= due and now <= self.until_s:
            self.latencies.append(now - due)
            self.statuses[status] += 1
            self.size_bytes += size_bytes

    def summary(self, cpu_s: float) -> dict[str, Any]:
        seconds = self.until_s - self.from_s
        in_order = sorted(self.latencies) or [0.0]
        shares = {name: in_order[min(int(share * len(in_order)), len(in_order) - 1)] * 1000 for name, share in _SHARES.items()}
        return {
            "a_second": len(self.latencies) / seconds, "statuses": dict(self.statuses), "mb_a_second": self.size_bytes / 1e6 / seconds,
            "cpu_share": cpu_s / seconds, **shares,
        }  # fmt: skip


_SHARES = {"p50_ms": 0.5, "p90_ms": 0.9, "p99_ms": 0.99, "p999_ms": 0.999, "max_ms": 1.0}


class Connection(asyncio.Protocol):
    """One kept-alive connection: at most one request at a time. *free* is told when the answer is whole."""

    def __init__(self, tally: Tally, free: Callable[[Connection], None]) -> None:
        self._tally = tally
        self._free = free
        self._due = 0.0
        self._got = bytearray()
        self._needed = -1  # bytes of the whole answer, -1: its head is not there yet
        self._status = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport

    def ask(self, request: bytes, due: float) -> None:
        self._due = due
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._got += data
        if self._needed < 0 and (end := self._got.find(b"\r\n\r\n")) >= 0:
            self._status = int(self._got[9:12])
            self._needed = end + 4 + (0 if self._status == 304 else _length(bytes(self._got[:end])))
        if 0 <= self._needed <= len(self._got):
            self._tally.add(self._due, self._status, len(self._got))
            self._got.clear()
            self._needed = -1
            self._free(self)


def _length(head: bytes) -> int:
    _, found, rest = head.lower().partition(b"content-length:")
    assert found, f"an answer without a length: {head!r}"
    return int(rest.partition(b"\r\n")[0])


async def closed(asked: dict[str, Any], tally: Tally) -> None:
    """Each connection asks again when it is answered."""
    requests = cycle(_requests(asked))

    def again(connection: Connection) -> None:
        if (now := time.perf_counter()) < tally.until_s:
            connection.ask(next(requests), now)

    for connection in await _connected(asked, tally, again):
        again(connection)
    await asyncio.sleep(tally.until_s - time.perf_counter() + GRACE_S)


async def opened(asked: dict[str, Any], tally: Tally) -> None:
    """Requests come when they are due; those that find no free connection wait."""
    requests, rng = cycle(_requests(asked)), random.Random(1)
    waiting: deque[float] = deque()
    idle: deque[Connection] = deque()

    def send() -> None:
        while waiting and idle:
            idle.popleft().ask(next(requests), waiting.popleft())

    def free(connection: Connection) -> None:
        idle.append(connection)
        send()

    idle.extend(await _connected(asked, tally, free))
    due = time.perf_counter()
    while due < tally.until_s:
        await asyncio.sleep(max(due - time.perf_counter(), 0))
        while due <= time.perf_counter():  # the loop wakes late by up to a millisecond: whatever is due by then goes at once
            waiting.append(due)
            due += rng.expovariate(asked["rate"])
        send()
    await asyncio.sleep(GRACE_S)


def _requests(asked: dict[str, Any]) -> list[bytes]:
    further = "".join(f"{name}: {value}\r\n" for name, value in asked.get("headers", {}).items())
    parts = [urlsplit(url) for url in asked["urls"]]
    return [f"GET {one.path}{'?' * bool(one.query)}{one.query} HTTP/1.1\r\nHost: {one.netloc}\r\n{further}\r\n".encode() for one in parts]


async def _connected(asked: dict[str, Any], tally: Tally, free: Callable[[Connection], None]) -> list[Connection]:
    server = urlsplit(asked["urls"][0])
    make = asyncio.get_running_loop().create_connection
    return [(await make(lambda: Connection(tally, free), server.hostname, server.port))[1] for _ in range(asked["connections"])]


def measure(asked: dict[str, Any]) -> dict[str, Any]:
    """What came back in `seconds`."""
    began, cpu = time.perf_counter(), time.process_time()
    tally = Tally(from_s=began + asked["warm_s"], until_s=began + asked["warm_s"] + asked["seconds"])
    asyncio.run(opened(asked, tally) if asked.get("rate") else closed(asked, tally))
    whole = asked["warm_s"] + asked["seconds"]
    return tally.summary((time.process_time() - cpu) * asked["seconds"] / whole)


def main() -> None:
    print(json.dumps({"name": NAME}), flush=True)
    for line in sys.stdin:
        print(json.dumps(measure(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
