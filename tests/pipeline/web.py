"""A web of a few pages, and the tools of the pipeline around it: a store in memory, a clock that only moves when told."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from broadsheet.engine.config import EngineSettings
from broadsheet.engine.embedded import Embedded
from broadsheet.model import Exchange, Extraction, Failed, Fetched, Headers, Outcome, PollState, Request, Source, Unchanged, Validators, Want
from broadsheet.observe import Event
from broadsheet.pipeline.config import PipelineSettings
from broadsheet.pipeline.reading import Beforehand, read_exchanges
from broadsheet.pipeline.tools import Tools
from broadsheet.sources.config import SourcesSettings
from broadsheet.store import Store, open_memory_store

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
FEED = "https://paper.example/feed"
SENTENCES = (
    "The harbour office will close at noon on Friday, the council said.",
    "Fishing boats may still land their catch at the north pier until the evening.",
    "“We have waited for these repairs for eleven years,” the harbour master told reporters.",
    "The work will cost some four million crowns and is to last until the autumn.",
    "Residents of the old town fear noise, since piles are driven from six in the morning.",
    "A public meeting is planned for next Tuesday in the town hall.",
)


def page(title: str, *, extra: str = "", paragraphs: Sequence[str] = SENTENCES) -> bytes:
    body = "".join(f"<p>{one} {title} is what this sentence names.</p>" for one in paragraphs)
    return (
        f"<!doctype html><html lang='en'><head><title>{title}</title><meta property='og:title' content='{title}'></head>"
        f"<body><nav><a href='/'>Home</a> <a href='/sport'>Sport</a></nav><main><article><h1>{title}</h1>{body}{extra}</article></main>"
        f"<footer>Copyright</footer></body></html>"
    ).encode()


def item(
    name: str,
    *,
    title: str | None = None,
    guid: str | None = None,
    link: str | None = None,
    date: str | None = "Sun, 01 Mar 2026 10:00:00 GMT",
    text: str = "Teaser …",
) -> str:
    link = link if link is not None else f"https://paper.example/{name}"
    stated = [f"<title>{title or 'Story ' + name}</title>", f"<link>{link}</link>" if link else "", f"<description>{text}</description>"]
    stated += [f"<guid isPermaLink='false'>{guid}</guid>"] if guid else []
    stated += [f"<pubDate>{date}</pubDate>"] if date else []
    return f"<item>{''.join(stated)}</item>"


def feed(*items: str) -> bytes:
    head = "<title>The Paper</title><link>https://paper.example/</link><description>News</description>"
    return f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel>{head}{''.join(items)}</channel></rss>".encode()


@dataclass
class Web:
    """What each address answers now, and what was asked."""

    pages: dict[str, bytes | Outcome] = field(default_factory=dict)
    asked: list[Request] = field(default_factory=list)
    now: datetime = START
    store: Store = field(init=False)
    events: list[Event] = field(default_factory=list)
    _number: itertools.count[int] = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        self.store = open_memory_store(now=lambda: self.now)
        source = Source(id="paper", kind="feed", url=FEED, title="The Paper", home_url="https://paper.example/", added_at=START)
        self.store.add_source(source, PollState(next_due=START))

    async def get(self, request: Request) -> Outcome:
        self.asked.append(request)
        answer = self.pages.get(request.url, Failed(url=request.url, reason="404 Not Found", status=404, retry=False))
        if not isinstance(answer, bytes):
            return answer
        etag = f'"{hash(answer)}"'
        if request.validators == Validators(etag=etag):
            return Unchanged(url=request.url)
        exchange = Exchange(
            id=f"x{next(self._number)}",
            url=request.url,
            final_url=request.url,
            status=200,
            headers=Headers.of([("ETag", etag)]),
            body=answer,
            fetched_at=self.now,
        )
        return Fetched(exchange=exchange)

    async def read(self, first: Exchange, more: Sequence[tuple[Want, Exchange]], beforehand: Beforehand) -> Extraction:
        return read_exchanges(first, more, beforehand)

    def poll(self, *items: str, everything: bool = True) -> None:
        """The feed now holds *items*; do everything there is to do."""
        if items:
            self.pages[FEED] = feed(*items)
        self.run(everything=everything)

    def run(self, *, everything: bool = False, wait: timedelta = timedelta(seconds=60)) -> None:
        asyncio.run(Embedded(self.tools(), EngineSettings(), sleep=self._sleep).run_once(wait=wait, everything=everything))

    def tools(self) -> Tools:
        return Tools(
            store=self.store,
            get=self.get,
            read=self.read,
            now=lambda: self.now,
            pipeline=PipelineSettings(),
            sources=SourcesSettings(),
            tell=self.events.append,
        )

    async def _sleep(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def titles(self) -> list[str]:
        return sorted(stored.article.title for stored in self.store.articles())

    def asked_for(self, url: str) -> int:
        return sum(request.url == url for request in self.asked)
