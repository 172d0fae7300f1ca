"""Adding sources: from whatever a person names (a site, a feed, an OPML file) to something watched."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
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
    at_hand = {place: _opml_on_disk(place) for place in places}
    async with workshop(store, settings, tell=tell) as tools:

        async def one(wanted: Wanted) -> Added:
            async with room:
                added = await _add(wanted, tools, choose, preview=preview)
            if report is not None:
                report(added)
            return added

        async def all_of(place: str) -> list[Added]:
            try:
                wanted = await _wanted(place, at_hand[place], category, tools)
            except BroadsheetError as error:
                failed = Added(asked=place, error=error)
                if report is not None:
                    report(failed)
                return [failed]
            return list(await asyncio.gather(*(one(each) for each in wanted)))

        return [added for group in await asyncio.gather(*(all_of(place) for place in places)) for added in group]


def _opml_on_disk(place: str) -> bytes | None:
    """The bytes of the file that *place* names, None when it names none."""
    path = Path(place)
    return path.read_bytes() if "://" not in place and path.is_file() else None


async def _wanted(place: str, data: bytes | None, category: str | None, tools: Tools) -> list[Wanted]:
    """What *place* names: itself, or everything in the OPML file (*data*, or at its address) that it is."""
    if data is None and not place.lower().partition("?")[0].endswith(".opml"):
        return [Wanted(url=place, category=category)]
    outlines = parse_opml(data if data is not None else await _fetched(normalise(place), tools), place)
    return [Wanted(url=one.feed_url, title=one.title, category=category or one.category) for one in outlines if one.feed_url]


async def _fetched(url: str, tools: Tools) -> bytes:
    match await tools.get(Request(url=url, kind="feed")):
        case Fetched(exchange=exchange):
            return exchange.body
        case other:
            raise FetchError(url, getattr(other, "reason", "gave nothing usable"))


async def _add(wanted: Wanted, tools: Tools, choose: Choose, *, preview: bool) -> Added:
    try:
        url = normalise(wanted.url if "://" in wanted.url else f"https://{wanted.url}")
        found = await discover(url, tools.get, now=tools.now())
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
