"""Cached pictures a second: the real server in a process of its own, asked by another process, beside nginx with the same files."""

from __future__ import annotations

import sys
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from image_server import ImageServer, image_server, origin
from images.cpu import cpu_s_of
from images.nginx import PROGRAM, nginx
from sides import Side, started

LOAD = str(Path(__file__).parent / "load.py")
CONNECTIONS = 64
RATE = 1_500  # a second: the goal
WARM_S = 0.5  # at most; a tenth of the time otherwise


@dataclass(frozen=True, slots=True)
class Asked:
    """A server under test: pictures' addresses, the process whose CPU time counts, a tag it gave."""

    name: str
    urls: Sequence[str]
    pid: int
    tag: str


def cached(photos: Sequence[Path], work: Path, *, seconds: float, width: int) -> Iterator[str]:
    """The table: so many pictures a second, as fast as they come and at a fixed rate; answers of 304; from memory and from disk.

    The last columns: CPU time for an answer, the server's and that of the process that asks.
    """
    bodies = {f"/{photo.name}": photo.read_bytes() for photo in photos}
    yield _line(
        f"{len(photos)} cached pictures, {CONNECTIONS} connections", ["a second", "p50 ms", "p99 ms", "p99.9 ms", "max ms", "server µs", "load µs"]
    )
    with origin(bodies) as at, started(sys.executable, LOAD) as load:
        with image_server(work / "memory", origin=at) as server:
            asked = _ours("ours", server, [f"http://{at}{path}" for path in bodies], width)
            made = {f"/{number}.webp": _get(url).body for number, url in enumerate(asked.urls)}
            yield from _rows(asked, load, seconds)
        with image_server(work / "disk", origin=at, IMAGE_PROXY_MEMORY_BYTES=0) as server:
            yield from _rows(_ours("ours from disk", server, [f"http://{at}{path}" for path in bodies], width), load, seconds)
        if PROGRAM:
            yield from _beside(made, work, load, seconds)
        else:
            yield "  nginx is not installed here: nothing to compare with"


def _ours(name: str, server: ImageServer, pictures: Sequence[str], width: int) -> Asked:
    urls = [server.link(picture, w=width, output="webp") for picture in pictures]
    tags = [_get(url).tag for url in urls]  # asked for once, they are made and cached
    return Asked(name, urls, server.pid, tags[0])


def _beside(made: Mapping[str, bytes], work: Path, load: Side, seconds: float) -> Iterator[str]:
    """nginx, giving the same bytes from files."""
    root, state = work / "files", work / "nginx"
    for folder in (root, state):
        folder.mkdir()
    for path, body in made.items():
        (root / path[1:]).write_bytes(body)
    with ExitStack() as stack:
        running = stack.enter_context(nginx(root, state))
        urls = [running.url + path[1:] for path in made]
        yield from _rows(Asked("nginx, one process, the same as files", urls, running.pid, _get(urls[0]).tag), load, seconds)


def _rows(asked: Asked, load: Side, seconds: float) -> Iterator[str]:
    ways: dict[str, dict[str, Any]] = {
        "as fast as they come": {},
        f"{RATE:,} a second": {"rate": RATE},
        "304, as fast as they come": {"urls": asked.urls[:1], "headers": {"If-None-Match": asked.tag}},
    }
    yield f"  {asked.name}"
    for label, way in ways.items():
        before, warm_s = cpu_s_of(asked.pid), min(WARM_S, seconds / 10)
        took = load.ask(**{"urls": asked.urls, "connections": CONNECTIONS, "seconds": seconds, "warm_s": warm_s, **way})
        share = (cpu_s_of(asked.pid) - before) / (seconds + warm_s)
        times = [f"{took[name]:.1f}" for name in ("p50_ms", "p99_ms", "p999_ms", "max_ms")]
        each = [f"{used / max(took['a_second'], 1e-9) * 1e6:.0f}" for used in (share, took["cpu_share"])]
        yield _line(f"    {label}", [f"{took['a_second']:,.0f}", *times, *each])
        if set(took["statuses"]) - {"304" if label.startswith("304") else "200"}:
            yield f"      unexpected: {took['statuses']}"


@dataclass(frozen=True, slots=True)
class Got:
    body: bytes
    tag: str


def _get(url: str) -> Got:
    with urllib.request.urlopen(url) as answer:
        return Got(answer.read(), answer.headers.get("ETag", ""))


def _line(label: str, cells: Sequence[str]) -> str:
    return label.ljust(42) + "".join(cell.rjust(12) for cell in cells)
