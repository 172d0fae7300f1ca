"""Adding sources: from whatever a person names (a site, a feed, an OPML file) to something watched."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from broadsheet.config import Settings
from broadsheet.errors import BroadsheetError, FetchError, NoFeedFound, SourceExists, UsageError
from broadsheet.library.visiting import ask_page
from broadsheet.library.workshop import workshop
from broadsheet.model import Article, Candidate, Fetched, Outcome, PollState, Request, Source
from broadsheet.observe import Listener, log, nobody
from broadsheet.parse.opml import parse_opml
from broadsheet.parse.page import parse_page
from broadsheet.pipeline.discover import Discovery, discover
from broadsheet.pipeline.reading import Beforehand, Get, hints_of, read_story
from broadsheet.pipeline.tools import Tools
from broadsheet.sources import read_section_page
from broadsheet.sources.naming import source_id
from broadsheet.sources.section_page import check_selector
from broadsheet.store import Store
from broadsheet.urls import host_of, is_http, normalise, site_of, typed_address

AT_ONCE = 24
"""Sites looked at simultaneously; each host still sees one request at a time."""

Pairs = tuple[tuple[str, str], ...]

Choose = Callable[[list[Candidate]], Candidate]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One thing to add: an address, and what the person or the OPML file said about it.

    *links* is CSS: which links of the page are its stories; then the page itself is watched, whatever feeds it has. *headers* go with every
    request to the source's own site: the cookie of a subscription, a user name and password.
    """

    url: str
    title: str | None = None
    category: str | None = None
    links: str | None = None
    headers: Pairs = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of one address: a source (new or known already), or the error that says why not."""

    asked: str
    source: Source | None = None
    new: bool = False
    entries: int = 0
    how: str = ""
    others: tuple[Candidate, ...] = ()  # what else could have been watched
    preview: Article | None = None
    error: BroadsheetError | None = None


async def add_sources(
    places: list[str],
    store: Store,
    settings: Settings,
    *,
    choose: Choose,
    category: str | None = None,
    links: str | None = None,
    headers: Pairs = (),
    preview: bool = True,
    tell: Listener = nobody,
    report: Callable[[Added], None] | None = None,
) -> list[Added]:
    """Watch each of *places*: addresses of sites or feeds, addresses or paths of OPML files.

    *choose* is asked when several feeds fit; with *links*, each place is a page, and what this CSS picks there are its stories. Each result
    is passed to *report* as soon as it is known. One that fails does not stop the others: its error is in the result.
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
                named = Wanted(url=place, category=category, links=links, headers=headers)
                wanted = await _wanted(named, at_hand[place], tools)
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


async def _wanted(named: Wanted, data: bytes | None, tools: Tools) -> list[Wanted]:
    """What is *named*: itself, or everything in the OPML file (*data*, or at its address) that it is. Headers are for one paper only."""
    if data is None and not named.url.lower().partition("?")[0].endswith(".opml"):
        return [replace(named, headers=(*named.headers, *_login(named.url)))]
    outlines = parse_opml(data if data is not None else await _fetched(normalise(named.url), tools), named.url)
    return [Wanted(url=one.feed_url, title=one.title, category=named.category or one.category) for one in outlines if one.feed_url]


def _login(url: str) -> Pairs:
    """The user name and password in an address, as the header that a browser would send (RFC 7617)."""
    parts = urlsplit(url if is_http(url) else "")
    if not parts.username:
        return ()
    pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return (("Authorization", "Basic " + b64encode(pair.encode()).decode()),)


def _knowing(get: Get, headers: Pairs, url: str) -> Get:
    """*get*, which shows *headers* to the site of *url* and to no other."""

    async def known(request: Request) -> Outcome:
        return await get(replace(request, headers=headers) if site_of(request.url) == site_of(url) else request)

    return known if headers else get


async def _fetched(url: str, tools: Tools) -> bytes:
    match await tools.get(Request(url=url, kind="feed")):
        case Fetched(exchange=exchange):
            return exchange.body
        case other:
            raise FetchError(url, getattr(other, "reason", "gave nothing usable"))


async def _add(wanted: Wanted, tools: Tools, choose: Choose, *, preview: bool) -> Added:
    try:
        url = typed_address(wanted.url)
        tools = replace(tools, get=_knowing(tools.get, wanted.headers, url))
        found = await (discover(url, tools.get, now=tools.now()) if wanted.links is None else _as_page(url, wanted.links, tools))
        candidate = choose(list(found.candidates))
        source, new = _watch(candidate, wanted, tools)
        article = await _preview(found, candidate, tools) if preview and new else None
    except UsageError as error:
        return Added(
            asked=wanted.url,
            error=UsageError(wanted.url, error.what, do=error.do or "Give the address of a news site or feed, e.g. https://paper.example/"),
        )
    except BroadsheetError as error:
        return Added(asked=wanted.url, error=error)
    others = tuple(other for other in found.candidates if other.url != candidate.url)
    return Added(asked=wanted.url, source=source, new=new, entries=candidate.entries, how=candidate.how, others=others, preview=article)


async def _as_page(url: str, selector: str, tools: Tools) -> Discovery:
    """The page at *url* as the one thing to watch there. Raises FetchError, NotAPage, UsageError for a selector that is none, and NoFeedFound
    for one that picks nothing."""
    check_selector(selector)
    exchange = await ask_page(url, tools.get)
    page = parse_page(exchange.body, exchange.final_url, content_type=exchange.content_type)
    feed = read_section_page(page, now=tools.now(), selector=selector)
    if not feed.entries:
        raise NoFeedFound(url, f"has no links at {selector}", do="Look at the page's source: what is drawn by a script is not there")
    how = f"the links at {selector}"
    only = Candidate(
        kind="page", url=page.url, title=feed.title, home_url=page.url, language=feed.language, entries=len(feed.entries), how=how
    )  # fmt: skip
    return Discovery(asked=url, candidates=(only,), feeds={page.url: feed}, tried=())


def _watch(candidate: Candidate, wanted: Wanted, tools: Tools) -> tuple[Source, bool]:
    """The source for *candidate*, added to the store unless it is there already; and whether it is new."""
    known = tools.store.source_by_url(candidate.url)
    if known is not None:
        return known, False
    title = wanted.title or candidate.title or candidate.home_url
    imported = _imported(candidate, tools)
    if imported is not None:
        going_on = replace(imported, kind=candidate.kind, url=candidate.url, title=title, state="active", headers=wanted.headers)
        tools.store.replace_source(going_on)
        return going_on, True
    taken = {source.id for source in tools.store.sources(removed=True)}
    source = Source(
        id=source_id(title, candidate.home_url, taken), kind=candidate.kind, url=candidate.url, title=title, home_url=candidate.home_url,
        language=candidate.language, category=wanted.category, links_selector=wanted.links, added_at=tools.now(), headers=wanted.headers,
    )  # fmt: skip
    try:
        tools.store.add_source(source, PollState(next_due=tools.now()))
    except SourceExists:
        return tools.store.source_by_url(candidate.url) or source, False
    return source, True


def _imported(candidate: Candidate, tools: Tools) -> Source | None:
    """The source that an archive of this very site was taken in as, and that nobody ever asked: it goes on, and stories meet."""
    for source in tools.store.sources():
        idle = source.state == "paused" and tools.store.poll_state(source.id).last_checked is None
        if idle and host_of(source.home_url) == host_of(candidate.home_url):
            return source
    return None


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
                    Beforehand(now=tools.now(), hints=hints_of(entry)),
                    get=tools.get,
                    read=tools.read,
                    file=lambda _: None,
                    max_parts=tools.pipeline.max_parts,
                )
            except BroadsheetError as error:
                log("library").info("no preview of %s: %s", entry.link, error)
                return None
            return story.extraction.article
        case _:
            return None
