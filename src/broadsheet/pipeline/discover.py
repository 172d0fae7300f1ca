"""Finding what can be watched at an address: its feed, a news sitemap, or at last the page itself.

The order is that of how sure each place is and how few requests it needs: the address itself, what the page states, what its platform is
known for, what it links to, the site's front page, the usual addresses, the sitemaps in robots.txt, the links of the page. Every
candidate has been fetched and read, so that what is offered works.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from broadsheet.errors import FetchError, NoFeedFound, NotAFeed, NotAPage
from broadsheet.markup.page import Page
from broadsheet.model import Candidate, Declined, Exchange, Failed, Feed, Fetched, Headers, Outcome, Request, RequestKind, Unchanged
from broadsheet.parse.charset import decode
from broadsheet.parse.feed import parse_feed
from broadsheet.parse.page import parse_page
from broadsheet.sources import read_section_page
from broadsheet.sources.links import FeedLink, body_links, sitemaps_in_robots, stated_links, well_known
from broadsheet.sources.platforms import platform_links
from broadsheet.text import collapse
from broadsheet.urls import join, normalise, origin_of, site_of

Get = Callable[[Request], Awaitable[Outcome]]
Sleep = Callable[[float], Awaitable[None]]

MAX_REQUESTS = 10
FOR_SITEMAPS = 3  # requests kept back for robots.txt and two sitemaps
STATED, LINKED, GUESSED = 4, 2, 4  # addresses of each sort that are tried at most
PAUSES = (1.0, 3.0)  # seconds before the first and the second repetition: most such failures are a restart
PATIENCE = timedelta(seconds=20)  # a server that asks for more is left alone: a person is waiting
MAX_REPEATS = 8  # over all addresses of one search
STORIES_OF_A_PAGE = 3  # a page with fewer links to stories is not worth watching

DO = "Give the address of its feed, or of a page that lists its latest stories"


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """What can be watched at *asked*: *candidates* best first, their *feeds* by the candidate's URL, and in words what was *tried*."""

    asked: str
    candidates: tuple[Candidate, ...]
    feeds: Mapping[str, Feed]
    tried: tuple[str, ...]


async def discover(url: str, get: Get, *, now: datetime, sleep: Sleep = asyncio.sleep) -> Discovery:
    """Everything at *url* that can be watched, at least one thing, asking for at most `MAX_REQUESTS` addresses.

    What fails in passing (a 503, a broken connection) is asked again after a few seconds, or the few that the server names. Raises
    NoFeedFound, saying what was tried; FetchError when the site or its feed goes on failing so (`retry` is true, `retry_after` is how long
    the server asks to wait, if it does): the caller may come back then.
    """
    search = _Search(asked=normalise(url), get=get, now=now, sleep=sleep)
    page, headers = await search.first()
    for step in (_stated, _platform, _linked, _front_page, _guessed):
        if search.has_feed:
            break
        page = await step(search, page, headers)
    if not search.has_feed and search.passing is not None:
        raise search.passing  # the best place asked us to come back: do not settle for less
    if not search.has_feed:
        await _in_robots(search)
    if not search.candidates and page is not None:
        _page_itself(search, page)
    if not search.candidates:
        raise NoFeedFound(search.asked, "has neither a feed nor a list of stories; tried: " + "; ".join(search.tried), do=DO)
    best_first = tuple(sorted(search.candidates, key=lambda candidate: candidate.is_comments))
    return Discovery(asked=search.asked, candidates=best_first, feeds=search.feeds, tried=tuple(search.tried))


@dataclass(slots=True, kw_only=True)
class _Search:
    """One search under way: what was asked, found and refused so far. Lives only within one call of `discover`."""

    asked: str
    get: Get
    now: datetime
    sleep: Sleep
    requests: int = 0
    repeats: int = 0
    seen: set[str] = field(default_factory=set)
    tried: list[str] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    feeds: dict[str, Feed] = field(default_factory=dict)
    passing: FetchError | None = None  # the first failure of a promising address that may be over soon

    @property
    def has_feed(self) -> bool:
        """Whether something better than a feed of comments was found."""
        return any(not candidate.is_comments for candidate in self.candidates)

    async def first(self) -> tuple[Page | None, Headers]:
        """The page at the address asked for. If it is a feed itself, the search is over."""
        exchange = await self.ask(self.asked, "page")
        if exchange is None:
            if self.passing is not None:
                raise self.passing
            return None, Headers()
        if feed := self.read_feed(exchange):
            await self.offer(exchange, feed, "the address itself is a feed")
            return None, exchange.headers
        page = self.read_page(exchange)
        target = _refresh_target(page) if page is not None else None
        if target is not None and (led := await self.ask(target, "page")) is not None:
            return self.read_page(led), led.headers
        return page, exchange.headers

    async def ask(self, url: str, kind: RequestKind, *, promising: bool = True) -> Exchange | None:
        """The answer from *url*, or None with the reason noted. What is asked already, or beyond the limit, is not asked."""
        if url in self.seen or self.requests >= MAX_REQUESTS:
            return None
        self.seen.add(url)
        self.requests += 1
        outcome = await self.patient_get(url, kind)
        match outcome:
            case Fetched(exchange=exchange):
                self.seen.add(exchange.final_url)
                return exchange
            case Failed() if promising and outcome.retry and self.passing is None:
                self.passing = _passing(outcome)
        self.tried.append(f"{url} ({_why(outcome)})")
        return None

    async def patient_get(self, url: str, kind: RequestKind) -> Outcome:
        """The outcome of asking for *url*, failures that may be over in seconds repeated.

        A page is asked for again as if it were a feed, which needs no robots.txt: one that cannot be had right now need not keep
        a person from having one look at the address they named.
        """
        outcome = await self.get(Request(url=url, kind=kind))
        for pause in PAUSES:
            if not isinstance(outcome, Failed) or not outcome.retry or self.repeats == MAX_REPEATS:
                break
            wait = outcome.retry_after or timedelta(seconds=pause)
            if wait > PATIENCE:
                break
            self.repeats += 1
            await self.sleep(wait.total_seconds())
            outcome = await self.get(Request(url=url, kind="feed" if kind == "page" else kind))
        return outcome

    def read_feed(self, exchange: Exchange) -> Feed | None:
        try:
            return parse_feed(exchange.body, exchange.final_url, content_type=exchange.content_type, now=self.now)
        except NotAFeed:
            return None

    def read_page(self, exchange: Exchange) -> Page | None:
        try:
            return parse_page(exchange.body, exchange.final_url, content_type=exchange.content_type)
        except NotAPage:
            self.tried.append(f"{exchange.url} (neither a feed nor a web page)")
            return None

    async def offer(self, exchange: Exchange, feed: Feed, how: str, *, page: Page | None = None, is_comments: bool = False) -> None:
        """Add *feed* to the candidates; of a sitemap index, its best sitemap instead."""
        if feed.dialect == "sitemap-index":
            await self.offer_child(feed, how, page)
            return
        url = exchange.permanent_url or exchange.url
        self.feeds[url] = feed
        self.candidates.append(
            Candidate(
                kind="sitemap" if feed.dialect == "sitemap" else "feed", url=url, title=_title(feed, page), home_url=_home(feed, page, url),
                language=feed.language or (page.html_lang if page else None), entries=len(feed.entries), how=how, is_comments=is_comments,
            )
        )  # fmt: skip

    async def offer_child(self, index: Feed, how: str, page: Page | None) -> None:
        """The sitemap in *index* that holds the news: by its name, else the one changed last."""
        child = next((url for url in index.child_urls if "news" in url.lower()), next(iter(index.child_urls), None))
        exchange = await self.ask(child, "sitemap") if child else None
        feed = self.read_feed(exchange) if exchange is not None else None
        if exchange is not None and feed is not None and feed.dialect == "sitemap" and feed.entries:
            await self.offer(exchange, feed, f"{how}, of the sitemap index {index.url}", page=page)

    async def try_link(self, link: FeedLink, page: Page | None, *, promising: bool = True) -> Page | None:
        """Ask *link*; if it is a feed with entries it becomes a candidate, if it is a web page that is given back."""
        exchange = await self.ask(link.url, "feed", promising=promising and not link.is_comments)
        if exchange is None:
            return None
        feed = self.read_feed(exchange)
        if feed is not None and feed.entries:
            await self.offer(exchange, feed, link.how, page=page, is_comments=link.is_comments)
            return None
        self.tried.append(f"{link.url} ({'an empty feed' if feed is not None else 'not a feed'})")
        return self.read_page(exchange) if feed is None else None


async def _stated(search: _Search, page: Page | None, headers: Headers) -> Page | None:
    """The feeds that the page names. Those of comments are asked for only while there is nothing better."""
    if page is not None:
        await _try_all(search, stated_links(page, headers)[:STATED], page)
    return page


async def _platform(search: _Search, page: Page | None, headers: Headers) -> Page | None:
    if page is not None:
        await _try_all(search, platform_links(page)[:LINKED], page)
    return page


async def _linked(search: _Search, page: Page | None, headers: Headers) -> Page | None:
    """Links of the page that smell of feeds; where one leads to a page about feeds, the links of that one too."""
    if page is None:
        return None
    for link in body_links(page)[:LINKED]:
        about = await search.try_link(link, page, promising=False)
        if about is not None and not search.has_feed:
            await _try_all(search, (*stated_links(about), *body_links(about))[:LINKED], page)
        if search.has_feed:
            break
    return page


async def _front_page(search: _Search, page: Page | None, headers: Headers) -> Page | None:
    """The root of the site, when it was another page (an article, a section, a dead feed) that was asked for."""
    root = origin_of(page.url if page is not None else search.asked)
    exchange = await search.ask(root, "page") if root not in search.seen else None
    front = search.read_page(exchange) if exchange is not None else None
    if exchange is None or front is None:
        return page
    await _try_all(search, (*stated_links(front, exchange.headers)[:STATED], *platform_links(front)[:1], *body_links(front)[:1]), front)
    return page if page is not None else front


async def _guessed(search: _Search, page: Page | None, headers: Headers) -> Page | None:
    links = [link for link in well_known(page.url if page is not None else search.asked) if link.url not in search.seen]
    for link in links[:GUESSED]:
        if search.has_feed or search.requests >= MAX_REQUESTS - FOR_SITEMAPS:
            break
        await search.try_link(link, page, promising=False)
    return page


async def _try_all(search: _Search, links: Iterable[FeedLink], page: Page) -> None:
    for link in links:
        if not (link.is_comments and search.has_feed):
            await search.try_link(link, page)


async def _in_robots(search: _Search) -> None:
    """News sitemaps that robots.txt announces. Sitemaps of everything are no list of news and are passed over."""
    root = origin_of(search.asked)
    exchange = await search.ask(root + "robots.txt", "robots", promising=False)
    if exchange is None:
        return
    text, _ = decode(exchange.body, content_type=exchange.content_type, kind="html")
    addresses = sitemaps_in_robots(text, exchange.final_url)
    if not addresses:
        search.tried.append(f"{root}robots.txt (names no sitemap)")
    for address in addresses[: FOR_SITEMAPS - 1]:
        if search.has_feed:
            return
        found = await search.ask(address, "sitemap", promising=False)
        feed = search.read_feed(found) if found is not None else None
        if found is not None and feed is not None and (feed.dialect == "sitemap-index" or _is_news(feed)):
            await search.offer(found, feed, f"a news sitemap named in {root}robots.txt")
        elif found is not None:
            search.tried.append(f"{address} (not a news sitemap)")


def _page_itself(search: _Search, page: Page) -> None:
    feed = read_section_page(page, now=search.now)
    if len(feed.entries) < STORIES_OF_A_PAGE:
        search.tried.append(f"{page.url} (links to fewer than {STORIES_OF_A_PAGE} stories)")
        return
    search.feeds[page.url] = feed
    search.candidates.append(
        Candidate(
            kind="page",
            url=page.url,
            title=feed.title,
            home_url=page.url,
            language=feed.language,
            entries=len(feed.entries),
            how="the links of the page itself",
        )
    )


def _is_news(feed: Feed) -> bool:
    return any(entry.title or entry.published for entry in feed.entries)


def _title(feed: Feed, page: Page | None) -> str | None:
    return feed.title or (page.first_meta("og:site_name") or collapse(page.title) or None if page is not None else None)


def _home(feed: Feed, page: Page | None, url: str) -> str:
    """The site that the feed is of: as the feed says if that is where we found it, else where we found it."""
    place = page.url if page is not None else url
    if feed.home_url and (page is None or site_of(feed.home_url) == site_of(place)):
        return feed.home_url
    return origin_of(place)


def _refresh_target(page: Page) -> str | None:
    """Where `<meta http-equiv="refresh">` leads at once: entrance pages that choose a language do so."""
    delay, _, rest = (page.first_meta("refresh") or "").partition(";")
    _, equals, address = rest.partition("=")
    if not equals or not delay.strip().isdecimal() or int(delay) > 5:
        return None
    target = join(page.base_url, address.strip().strip("'\""))
    return target if target != page.url else None


def _passing(failed: Failed) -> FetchError:
    """A failure that may be over soon, with how long the server asks to wait."""
    error = FetchError(failed.url, failed.reason, do=_when(failed.retry_after))
    error.retry_after = failed.retry_after
    return error


def _when(wait: timedelta | None) -> str:
    return f"Try again in {round(wait.total_seconds())} seconds" if wait is not None else "Try again later"


def _why(outcome: Outcome) -> str:
    match outcome:
        case Failed(reason=reason) | Declined(reason=reason):
            return reason
        case Unchanged():
            return "answered 304 to a first request"
        case Fetched():
            return "nothing usable"
