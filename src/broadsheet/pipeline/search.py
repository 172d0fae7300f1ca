"""One search for something to watch: what is asked, patiently and within limits, and what comes of it.

`discover` tells where to look and in which order; this is how.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from broadsheet.errors import FetchError, NotAFeed, NotAPage, RefusedAddress
from broadsheet.markup.page import Page
from broadsheet.model import Candidate, Declined, Exchange, Failed, Feed, Fetched, Headers, Outcome, Request, RequestKind, Unchanged
from broadsheet.parse.page import parse_page
from broadsheet.pipeline.read_source import read_feed
from broadsheet.sources.links import FeedLink, is_succeeded, newest_part
from broadsheet.text import collapse
from broadsheet.urls import join, origin_of, site_of

Get = Callable[[Request], Awaitable[Outcome]]
Sleep = Callable[[float], Awaitable[None]]

MAX_REQUESTS = 10
PAUSES = (1.0, 3.0, 6.0)  # seconds before each repetition: most such failures are a restart
PATIENCE = timedelta(seconds=20)  # a server that asks for more is left alone: a person is waiting
MAX_REPEATS = 10  # over all addresses of one search


@dataclass(slots=True, kw_only=True)
class Search:
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
        outcome = await (self.patient_get(url, kind) if promising else self.get(Request(url=url, kind=kind)))
        match outcome:
            case Fetched(exchange=exchange):
                self.seen.add(exchange.final_url)
                return exchange
            case Declined(cause="address") if url == self.asked:
                raise RefusedAddress(url, outcome.reason)
            case Failed() if promising and outcome.retry and self.passing is None:
                self.passing = _passing(outcome)
        self.tried.append(f"{url} ({_why(outcome)})")
        return None

    async def patient_get(self, url: str, kind: RequestKind) -> Outcome:
        """The outcome of asking for *url*, failures that may be over in seconds repeated.

        A page is asked for again as if it were a feed, which needs no robots.txt: one that cannot be had right now need not keep
        a person from having one look at the address they named.
        """
        clock = asyncio.get_running_loop().time
        began = clock()
        outcome = await self.get(Request(url=url, kind=kind))
        for pause in PAUSES:
            slow = clock() - began > PATIENCE.total_seconds()  # whoever takes so long to fail is not asked to do it again
            if not isinstance(outcome, Failed) or not outcome.retry or self.repeats == MAX_REPEATS or slow:
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
            return read_feed(exchange, now=self.now)
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
        """The sitemap in *index* that holds the news, or the index itself where that sitemap is one of a series."""
        child = newest_part(index.child_urls)
        exchange = await self.ask(child, "sitemap") if child else None
        feed = self.read_feed(exchange) if exchange is not None else None
        if child is None or exchange is None or feed is None or feed.dialect != "sitemap" or not feed.entries:
            return
        if is_succeeded(child):
            exchange = replace(exchange, url=index.url, permanent_url=None)
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
