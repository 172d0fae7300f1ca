"""Both ends together: our subscriber at our own hub, over TLS and over sockets, from the first poll to a delivery."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from certificates import Authority
from starlette.types import ASGIApp, Receive, Scope, Send

from broadsheet.config import Settings
from broadsheet.engine.config import EngineSettings
from broadsheet.engine.embedded import Embedded
from broadsheet.fetch import Client, FetchSettings
from broadsheet.model import Article, Exchange, Extraction, PollState, SafeHtml, Source, Want
from broadsheet.pipeline.config import PipelineSettings
from broadsheet.pipeline.reading import Beforehand
from broadsheet.pipeline.tools import Tools
from broadsheet.publish.config import PublishSettings
from broadsheet.serve import build_app, reach_of
from broadsheet.serve.server import listen
from broadsheet.sources.config import SourcesSettings
from broadsheet.store import Draft, Store, open_memory_store
from broadsheet.text.moments import utc_now
from broadsheet.websub import WebSubSettings


async def only_loopback(host: str, port: int) -> tuple[str, ...]:
    if host == "127.0.0.1":
        return (host,)
    raise socket.gaierror(socket.EAI_NONAME, "no such name")


async def never_read(first: Exchange, more: Sequence[tuple[Want, Exchange]], beforehand: Beforehand) -> Extraction:
    raise AssertionError("no page can be had here")


@dataclass
class Instance:
    """A Broadsheet of its own: a store, a server, and an engine that runs when told."""

    store: Store
    settings: Settings
    app: ASGIApp
    client: Client
    asked: list[str] = field(default_factory=list)

    async def work(self) -> None:
        tools = Tools(
            store=self.store, get=self.client.get, read=never_read, now=utc_now, pipeline=PipelineSettings(), sources=SourcesSettings(),
            post=self.client.post, websub=reach_of(self.app, self.store, self.settings),
        )  # fmt: skip
        await Embedded(tools, EngineSettings()).run_once(wait=timedelta(0))

    async def serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked.append(f"{scope['method']} {scope['path']}")
        await self.app(scope, receive, send)

    def watch(self, url: str) -> None:
        source = Source(id="paper", kind="feed", url=url, title="The Paper", home_url="https://paper.example/", added_at=utc_now())
        self.store.add_source(source, PollState(next_due=utc_now()))

    def publish(self, name: str) -> None:
        url = f"https://paper.example/{name}"
        article = Article(url=url, title=f"Story {name}", body=SafeHtml("<p>The office will close.</p>"), text="The office will close.")
        self.store.keep_revision(Draft(source_id="paper", article=article, content_hash=name, fetched_at=utc_now(), url_keys=(url,)))

    @property
    def titles(self) -> list[str | None]:
        return [stored.entry.title for stored in self.store.entries("paper")]


@asynccontextmanager
async def instance(settings: dict[str, Any], fetch: FetchSettings, *, certificate: str | None = None) -> AsyncIterator[Instance]:
    """A running one. *settings* are made with its own address filled in for {}."""
    with listen("127.0.0.1", 0) as listener, open_memory_store(now=utc_now) as store:
        base = f"http{'s' if certificate else ''}://127.0.0.1:{listener.getsockname()[1]}/"
        chosen = Settings(**{room: kind(**{name: value.format(base) for name, value in values.items()}) for room, (kind, values) in settings.items()})
        async with Client(fetch, now=utc_now, lookup=only_loopback) as client:
            one = Instance(store, chosen, build_app(store, chosen), client)
            config = uvicorn.Config(
                one.serve, log_config=None, lifespan="off", ws="none", interface="asgi3", ssl_certfile=certificate, ssl_keyfile=certificate
            )
            server = uvicorn.Server(config)
            serving = asyncio.create_task(server._serve(sockets=[listener]))
            try:
                yield one
            finally:
                server.should_exit = True
                await serving


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@asynccontextmanager
async def paper_and_reader(authority: Authority, *, tls: bool = True) -> AsyncIterator[tuple[Instance, Instance]]:
    """A paper with a hub of its own and one story, and a reader that watches its feed."""
    authority.server("127.0.0.1")
    fetch = FetchSettings(private_hosts=("127.0.0.1",), host_delay=0.0, ca_file=authority.file)
    async with AsyncExitStack() as stack:
        own_hub = {"publish": (PublishSettings, {"base_url": "{}", "hub": "own"})}
        paper = await stack.enter_async_context(instance(own_hub, fetch, certificate=str(authority.folder / "server.pem") if tls else None))
        reader = await stack.enter_async_context(instance({"websub": (WebSubSettings, {"callback_base": "{}"})}, fetch))
        paper.watch("https://paper.example/feed")
        paper.store.keep_poll("paper", PollState(next_due=utc_now() + timedelta(days=1)))
        paper.publish("a")
        reader.watch(f"{paper.settings.publish.base_url}feeds/paper.atom")
        yield paper, reader


async def subscribed(paper: Instance, reader: Instance) -> None:
    await reader.work()  # polls, finds the hub, asks it
    await paper.work()  # asks back


def test_news_reaches_the_reader_signed_and_without_a_poll(authority: Authority) -> None:
    async def scene() -> tuple[list[str | None], list[str], bool]:
        async with paper_and_reader(authority) as (paper, reader):
            await subscribed(paper, reader)
            paper.publish("b")
            paper.asked.clear()
            await paper.work()
            await reader.work()
            held = reader.store.subscription("paper")
            return reader.titles, paper.asked, held is not None and held.state == "active" and held.pushed_at is not None

    titles, asked, is_relied_on = asyncio.run(scene())
    assert titles == ["Story b", "Story a"]
    assert asked == []
    assert is_relied_on


def test_over_plain_http_a_push_has_the_feed_polled(authority: Authority) -> None:
    async def scene() -> tuple[list[str | None], list[str]]:
        async with paper_and_reader(authority, tls=False) as (paper, reader):
            await subscribed(paper, reader)
            reader.store.keep_poll("paper", PollState(next_due=utc_now() + timedelta(days=1)))
            paper.publish("b")
            await paper.work()
            await reader.work()
            return reader.titles, paper.asked

    titles, asked = asyncio.run(scene())
    assert titles == ["Story b", "Story a"]
    assert asked == ["GET /feeds/paper.atom", "POST /hub", "GET /feeds/paper.atom"]


def test_a_reader_who_stops_watching_is_sent_one_delivery_more_and_is_then_forgotten(authority: Authority) -> None:
    async def scene() -> tuple[int, int]:
        async with paper_and_reader(authority) as (paper, reader):
            await subscribed(paper, reader)
            before = paper.store.count_subscribers()
            reader.store.remove_source("paper")
            paper.publish("b")
            await paper.work()
            return before, paper.store.count_subscribers()

    assert asyncio.run(scene()) == (1, 0)
