"""Adding sources: from whatever a person names (a site, a feed, an OPML file) to something watched."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from broadsheet.config import Settings
from broadsheet.errors import BroadsheetError, FetchError, SourceExists, UsageError
from broadsheet.library.workshop import workshop
from broadsheet.model import Article, Candidate, Fetched, PollState, Request, Source
from broadsheet.observe import Listener, log, nobody
from broadsheet.parse.opml import parse_opml
from broadsheet.pipeline.discover import Discovery, discover
from broadsheet.pipeline.reading import hints_of, read_story
from broadsheet.pipeline.tools import Tools
from broadsheet.sources.naming import source_id
from broadsheet.store import Store
from broadsheet.urls import normalise

AT_ONCE = 24
"""Sites looked at simultaneously; each host still sees one request at a time."""

RETRIES = (timedelta(seconds=2), timedelta(seconds=5), timedelta(seconds=15))
"""Pauses before looking again at a site that answered badly: many a first 503 or dropped connection is over in seconds."""

LONGEST_WAIT = timedelta(seconds=90)
"""A server that asks for more patience than this is left to a later call."""

Choose = Callable[[list[Candidate]], Candidate]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One thing to add: an address, and what the person or the OPML file said about it."""

    url: str
    title: str | None = None
    category: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of one address: a source (new or known already), or the error that says why not."""

    asked: str
    source: Source | None = None
    new: bool = False
    entries: int = 0
    how: str = ""
    preview: Article | None = None
    error: BroadsheetError | None = None


async def add_sources(
    places: list[str],
    store: Store,
    settings: Settings,
    *,
    choose: Choose,
    category: str | None = None,
    preview: bool = True,
    tell: Listener = nobody,
    report: Callable[[Added], None] | None = None,
) -> list[Added]:
    """Watch each of *places*: addresses of sites or feeds, addresses or paths of OPML files.

    *choose* is asked when several feeds fit. Each result is passed to *report* as soon as it is known. One that fails does not stop
    the others: its error is in the result.
    """
    room = asyncio.Semaphore(AT_ONCE)
    async with workshop(store, settings, tell=tell) as tools:

        async def one(wanted: Wanted) -> Added:
            async with room:
                added = await _add(wanted, tools, choose, preview=preview)
            if report is not None:
                report(added)
            return added

        groups = await asyncio.gather(*(_wanted(place, category, tools) for place in places))
        return list(await asyncio.gather(*(one(wanted) for group in groups for wanted in group)))


async def _wanted(place: str, category: str | None, tools: Tools) -> list[Wanted]:
    """What *place* names: itself, or everything in the OPML file that it is."""
    path = Path(place)
    if "://" not in place and path.is_file():
        data, where = path.read_bytes(), str(path)
    elif place.lower().partition("?")[0].endswith(".opml"):
        data, where = await _fetched(normalise(place), tools), place
    else:
        return [Wanted(url=place, category=category)]
    return [
        Wanted(url=outline.feed_url, title=outline.title, category=category or outline.category)
        for outline in parse_opml(data, where)
        if outline.feed_url
    ]


async def _fetched(url: str, tools: Tools) -> bytes:
    match await tools.get(Request(url=url, kind="feed")):
        case Fetched(exchange=exchange):
            return exchange.body
        case other:
            raise FetchError(url, getattr(other, "reason", "gave nothing usable"))


async def _add(wanted: Wanted, tools: Tools, choose: Choose, *, preview: bool) -> Added:
    try:
        url = normalise(wanted.url if "://" in wanted.url else f"https://{wanted.url}")
        found = await _discover(url, tools)
        candidate = choose(list(found.candidates))
        source, new = _watch(candidate, wanted, tools)
        article = await _preview(found, candidate, tools) if preview and new else None
    except UsageError as error:
        return Added(
            asked=wanted.url, error=UsageError(wanted.url, error.what, do="Give the address of a news site or feed, e.g. https://paper.example/")
        )
    except BroadsheetError as error:
        return Added(asked=wanted.url, error=error)
    return Added(asked=wanted.url, source=source, new=new, entries=candidate.entries, how=candidate.how, preview=article)


async def _discover(url: str, tools: Tools) -> Discovery:
    """What can be watched at *url*; a site that answers badly is given a few more chances, or the time it asks for."""
    for pause in RETRIES:
        try:
            return await discover(url, tools.get, now=tools.now())
        except FetchError as error:
            wait = max(pause, error.retry_after or timedelta(0))
            if not error.retry or wait > LONGEST_WAIT:
                raise
            log("library").info("%s; looking again in %d seconds", error, wait.total_seconds())
            await asyncio.sleep(wait.total_seconds())
    return await discover(url, tools.get, now=tools.now())


def _watch(candidate: Candidate, wanted: Wanted, tools: Tools) -> tuple[Source, bool]:
    """The source for *candidate*, added to the store unless it is there already; and whether it is new."""
    known = tools.store.source_by_url(candidate.url)
    if known is not None:
        return known, False
    taken = {source.id for source in tools.store.sources(removed=True)}
    title = wanted.title or candidate.title or candidate.home_url
    source = Source(
        id=source_id(title, candidate.home_url, taken), kind=candidate.kind, url=candidate.url, title=title, home_url=candidate.home_url,
        language=candidate.language, category=wanted.category, added_at=tools.now(),
    )  # fmt: skip
    try:
        tools.store.add_source(source, PollState(next_due=tools.now()))
    except SourceExists:
        return tools.store.source_by_url(candidate.url) or source, False
    return source, True


async def _preview(found: Discovery, candidate: Candidate, tools: Tools) -> Article | None:
    """The first article of the chosen candidate as it will come out; None when it cannot be had just now."""
    feed = found.feeds.get(candidate.url)
    entry = next((entry for entry in feed.entries if entry.link), None) if feed else None
    if entry is None or entry.link is None:
        return None
    match await tools.get(Request(url=entry.link, kind="page")):
        case Fetched(exchange=exchange):
            try:
                story = await read_story(
                    exchange,
                    hints_of(entry),
                    get=tools.get,
                    read=tools.read,
                    file=lambda _: None,
                    now=tools.now(),
                    max_parts=tools.pipeline.max_parts,
                )
            except BroadsheetError as error:
                log("library").info("no preview of %s: %s", entry.link, error)
                return None
            return story.extraction.article
        case _:
            return None
