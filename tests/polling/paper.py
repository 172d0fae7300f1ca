"""A paper on the loopback, and whoever polls it by a clock that only moves when told."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from broadsheet.model import Exchange, Extraction, PollState, Source
from broadsheet.observe import Event
from broadsheet.pipeline.config import PipelineSettings
from broadsheet.pipeline.poll import poll_source
from broadsheet.pipeline.reading import Beforehand
from broadsheet.pipeline.tools import Tools
from broadsheet.sources import SourcesSettings
from broadsheet.store import Store

FEED_TYPE = "application/rss+xml"


def rss(*items: str, more: str = "", language: str = "en") -> bytes:
    head = f"<title>The Paper</title><link>https://paper.example/</link><description>News</description><language>{language}</language>{more}"
    spaces = "xmlns:atom='http://www.w3.org/2005/Atom' xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'"
    return f"<?xml version='1.0'?><rss version='2.0' {spaces}><channel>{head}{''.join(items)}</channel></rss>".encode()


def item(name: str, date: datetime | None = None, *, site: str = "https://paper.example", title: str | None = None) -> str:
    stated = f"<pubDate>{date:%a, %d %b %Y %H:%M:%S} GMT</pubDate>" if date else ""
    return f"<item><guid isPermaLink='false'>{site}/{name}</guid><link>{site}/{name}</link><title>{title or 'Story ' + name}</title>{stated}</item>"


@dataclass
class Paper:
    """One source at `/feed` of *site*, and its store."""

    site: Any  # the scripted server of tests/fetch
    store: Store
    settings: SourcesSettings = field(default_factory=SourcesSettings)
    fetching: dict[str, Any] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)

    def watch(self, source_id: str = "paper", path: str = "/feed", host: str = "a.test", **values: Any) -> None:
        source = Source(
            id=source_id, kind="feed", url=self.site.url(path, host), title="", home_url=self.site.url("/", host), added_at=self.now, **values
        )
        self.store.add_source(source, PollState(next_due=self.now))

    @property
    def now(self) -> datetime:
        now: datetime = self.site.clock.time
        return now

    @property
    def state(self) -> PollState:
        return self.store.poll_state("paper")

    @property
    def pause(self) -> timedelta:
        """How long until the next poll."""
        return self.state.next_due - self.now

    @property
    def requests(self) -> list[Any]:
        """What was asked of `/feed`."""
        return [seen for seen in self.site.seen if seen.path == "/feed"]

    def news(self, *gaps: timedelta, more: str = "", **headers: str) -> None:
        """`/feed` answers from now on with an entry for each of *gaps* before now, and *headers*."""
        items = (item(str(n), self.now - gap) for n, gap in enumerate(gaps))
        self.site.script.pop("/feed", None)
        self.site.says("/feed", body=rss(*items, more=more), headers={"Content-Type": FEED_TYPE, **headers})

    def says(self, **reply: Any) -> None:
        """`/feed` answers so from now on."""
        self.site.script.pop("/feed", None)
        self.site.says("/feed", **{"body": b"", **reply})

    def after(self, **span: float) -> None:
        self.site.clock.pass_(**span)

    def poll(self, source_id: str = "paper", **after: float) -> bool:
        """Ask now, or *after* a while."""
        self.after(**after)
        return self.work(lambda tools: poll_source(self.store.source(source_id), tools))

    def poll_when_due(self) -> None:
        self.site.clock.time = self.state.next_due
        self.poll()

    def work(self, step: Callable[[Tools], Awaitable[Any]]) -> Any:
        return self.site.run(lambda client: step(self.tools(client.get)), **self.fetching)

    def tools(self, get: Any) -> Tools:
        return Tools(
            store=self.store, get=get, read=_nobody_reads, now=self.site.clock.now, pipeline=PipelineSettings(), sources=self.settings,
            tell=self.events.append,
        )  # fmt: skip


async def _nobody_reads(first: Exchange, more: object, beforehand: Beforehand) -> Extraction:
    await asyncio.sleep(0)
    raise AssertionError(f"{first.url} is read, but only feeds are asked for here")
