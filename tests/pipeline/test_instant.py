"""Feeds on demand: what is ready at once, the rest the next time, and no site asked twice for it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from web import FEED, Web, feed, item, page

from broadsheet.errors import FetchError, NoFeedFound, TimedOut
from broadsheet.model import Failed, Outcome, Request
from broadsheet.pipeline.instant.config import InstantSettings
from broadsheet.pipeline.instant.feeds import InstantFeeds, OnDemand

SETTINGS = InstantSettings(budget=5.0)


@pytest.fixture
def paper(web: Web) -> Web:
    web.pages[FEED] = feed(item("a"), item("b"))
    return web


def ask(web: Web, *, entries: int = 10, settings: InstantSettings = SETTINGS) -> OnDemand:
    return with_feeds(web, lambda feeds: feeds.feed(FEED, entries=entries), settings)


def with_feeds(web: Web, do: Callable[[InstantFeeds], Awaitable[OnDemand]], settings: InstantSettings = SETTINGS) -> OnDemand:
    async def asking() -> OnDemand:
        feeds = InstantFeeds(web.tools(), settings)
        try:
            return await do(feeds)
        finally:
            feeds.close()

    return asyncio.run(asking())


def texts(made: OnDemand) -> list[str]:
    return [one.article.text for one in made.collection.articles]


def test_every_entry_comes_with_its_whole_article(paper: Web) -> None:
    made = ask(paper)
    assert {one.article.title for one in made.collection.articles} == {"Story a", "Story b"}
    assert all("harbour office will close" in text for text in texts(made))
    assert made.unread == 0


def test_the_feed_of_a_site_is_found(paper: Web) -> None:
    paper.pages["https://paper.example/"] = b"<html><head><link rel=alternate type='application/rss+xml' href='/feed'></head><body>x</body></html>"
    made = with_feeds(paper, lambda feeds: feeds.feed("https://paper.example/", entries=5))
    assert made.collection.title == "The Paper"
    assert len(made.collection.articles) == 2


def test_no_more_entries_are_read_than_asked_for(paper: Web) -> None:
    made = ask(paper, entries=1)
    assert len(made.collection.articles) == 1
    assert paper.asked_for("https://paper.example/a") + paper.asked_for("https://paper.example/b") == 1


def test_a_page_that_cannot_be_had_leaves_the_feeds_own_words(paper: Web) -> None:
    del paper.pages["https://paper.example/b"]
    made = ask(paper)
    assert "Teaser …" in texts(made)
    assert made.unread == 0
    assert len(made.teasers) == 1


def test_what_is_not_read_in_time_stands_in_the_next_answer_under_the_same_id(paper: Web) -> None:
    first, second = before_and_after(paper, "https://paper.example/b")
    assert (first.unread, second.unread) == (1, 0)
    assert {one.id for one in first.collection.articles} == {one.id for one in second.collection.articles}
    assert "Teaser …" not in texts(second)


def test_an_article_that_became_whole_counts_as_changed(paper: Web) -> None:
    first, second = before_and_after(paper, "https://paper.example/b")
    late = next(one for one in first.collection.articles if one.id in first.teasers)
    now = next(one for one in second.collection.articles if one.id == late.id)
    assert now.revision > late.revision
    assert now.content_hash != late.content_hash


def test_all_who_ask_at_once_share_one_look(paper: Web) -> None:
    async def many(feeds: InstantFeeds) -> OnDemand:
        return (await asyncio.gather(*(feeds.feed(FEED, entries=10) for _ in range(8))))[0]

    with_feeds(paper, many)
    assert paper.asked_for(FEED) == 1
    assert paper.asked_for("https://paper.example/a") == 1


def test_a_feed_is_not_asked_again_within_minutes(paper: Web) -> None:
    async def later(feeds: InstantFeeds) -> OnDemand:
        await feeds.feed(FEED, entries=10)
        paper.now += timedelta(minutes=9)
        return await feeds.feed(FEED, entries=10)

    with_feeds(paper, later)
    assert paper.asked_for(FEED) == 1


def test_after_a_while_news_is_seen_and_what_was_read_is_not_read_again(paper: Web) -> None:
    async def later(feeds: InstantFeeds) -> OnDemand:
        await feeds.feed(FEED, entries=10)
        paper.now += timedelta(minutes=11)
        paper.pages[FEED] = feed(item("c"), item("a"), item("b"))
        return await feeds.feed(FEED, entries=10)

    made = with_feeds(paper, later)
    assert len(made.collection.articles) == 3
    assert paper.asked_for("https://paper.example/a") == 1


def test_a_site_without_a_feed_says_so_and_is_not_searched_again_for_the_next_who_asks(web: Web) -> None:
    web.pages["https://paper.example/"] = b"<html><body><p>Nothing here.</p></body></html>"

    async def twice(feeds: InstantFeeds) -> OnDemand:
        with pytest.raises(NoFeedFound):
            await feeds.feed("https://paper.example/", entries=5)
        asked = len(web.asked)
        with pytest.raises(NoFeedFound):
            await feeds.feed("https://paper.example/", entries=5)
        assert len(web.asked) == asked
        return OnDemand(collection=None, unread=0, teasers=frozenset())  # type: ignore[arg-type]

    with_feeds(web, twice)


def test_a_search_that_takes_too_long_goes_on_and_says_when_to_ask_again(paper: Web) -> None:
    slow = slow_page(paper, FEED)

    async def twice(feeds: InstantFeeds) -> OnDemand:
        with pytest.raises(TimedOut) as caught:
            await feeds.feed(FEED, entries=10)
        assert caught.value.retry_after is not None
        slow.set()
        await asyncio.sleep(0.05)
        return await feeds.feed(FEED, entries=10)

    assert len(with_feeds(paper, twice, replace(SETTINGS, budget=0.2)).collection.articles) == 2


def test_a_feed_that_fails_later_is_still_answered_from_what_was_read(paper: Web) -> None:
    async def later(feeds: InstantFeeds) -> OnDemand:
        await feeds.feed(FEED, entries=10)
        paper.now += timedelta(minutes=11)
        paper.pages[FEED] = Failed(url=FEED, reason="503", status=503)
        return await feeds.feed(FEED, entries=10)

    assert len(with_feeds(paper, later).collection.articles) == 2


def test_a_feed_that_cannot_be_had_says_why(web: Web) -> None:
    web.pages["https://paper.example/"] = Failed(url="https://paper.example/", reason="paper.example answered 404", status=404, retry=False)
    with pytest.raises((FetchError, NoFeedFound), match="404"):
        ask(web)


def test_the_longest_unasked_address_is_forgotten_first(paper: Web) -> None:
    other = "https://paper.example/other"
    paper.pages[other] = feed(item("c"))

    async def three(feeds: InstantFeeds) -> OnDemand:
        await feeds.feed(FEED, entries=10)
        await feeds.feed(other, entries=10)
        return await feeds.feed(FEED, entries=10)

    with_feeds(paper, three, replace(SETTINGS, feeds=1))
    assert paper.asked_for(FEED) == 2


def test_addresses_that_lead_nowhere_are_forgotten_too(web: Web) -> None:
    async def many(feeds: InstantFeeds) -> OnDemand:
        for n in range(5):
            with pytest.raises(NoFeedFound):
                await feeds.feed(f"https://nowhere{n}.example/", entries=5)
        assert len(feeds.addresses) <= 2
        return OnDemand(collection=None, unread=0, teasers=frozenset())  # type: ignore[arg-type]

    with_feeds(web, many, replace(SETTINGS, feeds=2))


def test_only_as_many_entries_are_held_as_can_be_asked_for(paper: Web) -> None:
    paper.pages[FEED] = feed(*(item(name, date=f"Sun, 01 Mar 2026 {hour:02}:00:00 GMT") for hour, name in enumerate("abc")))
    made = ask(paper, settings=replace(SETTINGS, most_entries=2))
    assert {one.article.title for one in made.collection.articles} == {"Story b", "Story c"}


def before_and_after(web: Web, url: str) -> tuple[OnDemand, OnDemand]:
    """The answer while the page at *url* is waited for, and the one once it has come."""
    slow = slow_page(web, url)

    async def twice(feeds: InstantFeeds) -> tuple[OnDemand, OnDemand]:
        first = await feeds.feed(FEED, entries=10)
        slow.set()
        await asyncio.sleep(0.05)
        return first, await feeds.feed(FEED, entries=10)

    return both(web, twice, replace(SETTINGS, budget=0.2))


def slow_page(web: Web, url: str) -> asyncio.Event:
    """*url* answers only when the event is set."""
    free, get = asyncio.Event(), web.get

    async def slowly(request: Request) -> Outcome:
        if request.url == url:
            await free.wait()
        return await get(request)

    web.get = slowly  # type: ignore[method-assign]
    web.pages.setdefault(url, page("Story"))
    return free


def both(web: Web, do: Callable[[InstantFeeds], Awaitable[tuple[OnDemand, OnDemand]]], settings: InstantSettings) -> tuple[OnDemand, OnDemand]:
    made: list[tuple[OnDemand, OnDemand]] = []

    async def keep(feeds: InstantFeeds) -> OnDemand:
        made.append(await do(feeds))
        return made[0][1]

    with_feeds(web, keep, settings)
    return made[0]
