"""Finding what can be watched at an address: its feed, a news sitemap, or at last the page itself.

The order is that of how sure each place is and how few requests it needs: the address itself, what the page states, what its platform is
known for, what it links to, the site's front page, the usual addresses, the sitemaps in robots.txt, the links of the page. Every
candidate has been fetched and read, so that what is offered works.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from broadsheet.errors import NoFeedFound
from broadsheet.markup.page import Page
from broadsheet.model import Candidate, Feed, Headers
from broadsheet.parse.charset import decode
from broadsheet.pipeline.search import MAX_REQUESTS, Get, Search, Sleep
from broadsheet.sources import read_section_page
from broadsheet.sources.fitting import best_first
from broadsheet.sources.links import FeedLink, body_links, sitemaps_in_robots, stated_links, well_known
from broadsheet.sources.platforms import platform_links
from broadsheet.urls import origin_of, typed_address

FOR_SITEMAPS = 3  # requests kept back for robots.txt and two sitemaps
STATED, LINKED, GUESSED = 4, 2, 5  # addresses of each sort that are tried at most
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
    search = Search(asked=typed_address(url), get=get, now=now, sleep=sleep)
    page, headers = await search.first()
    for step in (_stated, _platform, _linked, _front_page, _guessed):
        if search.has_feed:
            break
        page = await step(search, page, headers)
    if not search.has_feed and search.passing is not None:
        raise search.passing  # the best place asked us to come back: do not settle for less
    if not search.has_feed:
        await _in_robots(search, page)
    if not search.candidates and page is not None:
        _page_itself(search, page)
    if not search.candidates:
        raise NoFeedFound(search.asked, "has neither a feed nor a list of stories; tried: " + "; ".join(search.tried), do=DO)
    best_first = tuple(sorted(search.candidates, key=lambda candidate: candidate.is_comments))
    return Discovery(asked=search.asked, candidates=best_first, feeds=search.feeds, tried=tuple(search.tried))


async def _stated(search: Search, page: Page | None, headers: Headers) -> Page | None:
    """The feeds that the page names. Those of comments are asked for only while there is nothing better."""
    if page is not None:
        await _try_all(search, best_first(stated_links(page, headers), page)[:STATED], page)
    return page


async def _platform(search: Search, page: Page | None, headers: Headers) -> Page | None:
    if page is not None:
        await _try_all(search, platform_links(page)[:LINKED], page)
    return page


async def _linked(search: Search, page: Page | None, headers: Headers) -> Page | None:
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


async def _front_page(search: Search, page: Page | None, headers: Headers) -> Page | None:
    """The root of the site, when it was another page (an article, a section, a dead feed) that was asked for."""
    root = origin_of(page.url if page is not None else search.asked)
    exchange = await search.ask(root, "page") if root not in search.seen else None
    front = search.read_page(exchange) if exchange is not None else None
    if exchange is None or front is None:
        return page
    stated = best_first(stated_links(front, exchange.headers), front)[:STATED]
    await _try_all(search, (*stated, *platform_links(front)[:1], *body_links(front)[:1]), front)
    return front if page is None or _is_article(page) else page


async def _guessed(search: Search, page: Page | None, headers: Headers) -> Page | None:
    links = [link for link in well_known(page.url if page is not None else search.asked) if link.url not in search.seen]
    for link in links[:GUESSED]:
        if search.has_feed or search.requests >= MAX_REQUESTS - FOR_SITEMAPS:
            break
        await search.try_link(link, page, promising=False)
    return page


async def _try_all(search: Search, links: Iterable[FeedLink], page: Page) -> None:
    for link in links:
        if not (link.is_comments and search.has_feed):
            await search.try_link(link, page)


async def _in_robots(search: Search, page: Page | None) -> None:
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
            await search.offer(found, feed, f"a news sitemap named in {root}robots.txt", page=page)
        elif found is not None:
            search.tried.append(f"{address} (not a news sitemap)")


def _page_itself(search: Search, page: Page) -> None:
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


def _is_article(page: Page) -> bool:
    """Whether *page* calls itself a story: its links lead to related ones, it is no list of the latest."""
    return (page.first_meta("og:type") or "").lower() == "article"


def _is_news(feed: Feed) -> bool:
    return any(entry.title or entry.published for entry in feed.entries)
