"""How many conditional feed requests a second one server process answers with 304, beside nginx with a file where nginx is installed.

    python benchmarks/serve_304.py [--seconds 5] [--connections 16] [--articles 50] [--writes 5]

Serves a store of made-up articles from a process of its own, and asks for its feed over kept-alive connections on loopback, with the tag
it gave. The client takes a core of its own: on a machine with one the figures are about half. With --writes, something in the store
changes so many times a second meanwhile, as when the engine is at work.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from urllib.parse import urlsplit

from broadsheet.config import ServeSettings, Settings
from broadsheet.model import Article, PollState, SafeHtml, Source
from broadsheet.serve import build_app, run_server
from broadsheet.store import Draft, Store, open_store
from broadsheet.text.moments import utc_now

FEED = "feeds/daily.rss"

NGINX = """daemon off; error_log stderr crit; pid {folder}/nginx.pid; worker_processes 1;
events {{ worker_connections 512; }}
http {{
  access_log off; keepalive_requests 100000000; client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5; server {{ listen 127.0.0.1:{port}; root {folder}; }}
}}
"""


def fill(folder: Path, articles: int) -> None:
    """A store with so many articles of some 8 kB."""
    with open_store(folder, now=utc_now) as store:
        store.add_source(_source(), PollState(next_due=utc_now()))
        for number in range(articles):
            text = f"<p>{'The ferry left the harbour four minutes before its time, and nobody was on board. ' * 95}</p>"
            article = Article(url=f"https://daily.example/{number}", title=f"Ferry {number}", body=SafeHtml(text), text="The ferry left.")
            at = utc_now() - timedelta(hours=number)
            store.keep_revision(Draft(source_id="daily", article=article, content_hash=f"1:{number}", fetched_at=at, sort_at=at))


def _source() -> Source:
    home = "https://daily.example/"
    return Source(id="daily", kind="feed", url=f"{home}feed", title="Daily", home_url=home, added_at=utc_now())


def serve(folder: Path, told: Connection) -> None:
    """The server's process: one loop, one store."""
    settings = Settings(serve=ServeSettings(port=0))
    with open_store(folder, now=utc_now) as store:
        asyncio.run(run_server(build_app(store, settings), settings.serve, ready=told.send))


@contextmanager
def ours(folder: Path) -> Iterator[str]:
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(folder, there))
    process.start()
    try:
        yield here.recv() + FEED
    finally:
        process.terminate()
        process.join()


@contextmanager
def nginx(folder: Path, body: bytes, program: str) -> Iterator[str]:
    folder.chmod(0o755)  # nginx gives up its rights where it was started with all of them
    (folder / "daily.rss").write_bytes(body)
    port = _free_port()
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port))
    process = subprocess.Popen([program, "-p", str(folder), "-c", str(folder / "nginx.conf")])
    try:
        time.sleep(0.5)
        yield f"http://127.0.0.1:{port}/daily.rss"
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def writing(folder: Path, times_a_second: float) -> Iterator[None]:
    """Something in the store changes again and again."""
    stop = threading.Event()

    def write(store: Store) -> None:
        state = store.poll_state("daily")
        while not stop.wait(1 / times_a_second):
            store.keep_poll("daily", replace(state, last_checked=utc_now()))

    with open_store(folder, now=utc_now) as store:
        thread = threading.Thread(target=write, args=(store,))
        if times_a_second:
            thread.start()
        try:
            yield
        finally:
            stop.set()
            if times_a_second:
                thread.join()


async def ask(url: str, headers: str = "") -> tuple[str, bytes]:
    """One answer as (head, body)."""
    reader, writer = await _connected(url)
    writer.write(_request(url, f"Connection: close\r\n{headers}"))
    head, _, body = (await reader.read()).partition(b"\r\n\r\n")
    writer.close()
    return head.decode("latin-1"), body


async def unchanged_a_second(url: str, *, connections: int, seconds: float) -> float:
    """How many 304 come in a second over so many connections, each asking again when it is answered."""
    head, _ = await ask(url)
    tag = next(line.partition(": ")[2] for line in head.split("\r\n") if line.lower().startswith("etag:"))
    request = _request(url, f"If-None-Match: {tag}\r\n")
    until = time.perf_counter() + seconds
    counts = await asyncio.gather(*(_hammer(url, request, until) for _ in range(connections)))
    return sum(counts) / seconds


async def _hammer(url: str, request: bytes, until: float) -> int:
    reader, writer = await _connected(url)
    count = 0
    while time.perf_counter() < until:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 304"), head
        count += 1
    writer.close()
    return count


async def _connected(url: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    parts = urlsplit(url)
    return await asyncio.open_connection(parts.hostname, parts.port, limit=2**24)


def _request(url: str, headers: str) -> bytes:
    parts = urlsplit(url)
    return f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nUser-Agent: benchmark\r\n{headers}\r\n".encode()


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--seconds", type=float, default=5)
    arguments.add_argument("--connections", type=int, default=16)
    arguments.add_argument("--articles", type=int, default=50)
    arguments.add_argument("--writes", type=float, default=5, help="changes a second in the second run")
    chosen = arguments.parse_args()
    how = {"connections": chosen.connections, "seconds": chosen.seconds}
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder) / "store", chosen.articles)
        with ours(Path(folder) / "store") as url:
            _, body = asyncio.run(ask(url))
            print(f"a feed of {len(body):,} bytes, {chosen.connections} connections")
            print(f"ours, at rest: {asyncio.run(unchanged_a_second(url, **how)):,.0f} answers of 304 a second")
            with writing(Path(folder) / "store", chosen.writes):
                print(f"ours, the store changing {chosen.writes:g} times a second: {asyncio.run(unchanged_a_second(url, **how)):,.0f}")
        if program := shutil.which("nginx"):
            with nginx(Path(folder), body, program) as url:
                print(f"nginx, one worker, the same bytes as a file: {asyncio.run(unchanged_a_second(url, **how)):,.0f}")
        else:
            print("nginx is not installed here: nothing to compare with")


if __name__ == "__main__":
    main()
