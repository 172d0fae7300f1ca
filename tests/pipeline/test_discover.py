"""Finding what can be watched at an address."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.errors import FetchError, NoFeedFound
from broadsheet.model import Exchange, Failed, Fetched, Headers, Outcome, Request, Unchanged
from broadsheet.pipeline.discover import Discovery, discover
from broadsheet.pipeline.search import MAX_REQUESTS

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOME, FEED = "https://paper.example/", "https://paper.example/rss"
RSS = b"<rss version='2.0'><channel><title>The Paper</title><language>en</language><item><title>Rain</title><link>/rain</link></item></channel></rss>"
NO_ITEMS = b"<rss version='2.0'><channel><title>The Paper</title></channel></rss>"
NEWS_MAP = (
    b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>/rain</loc>'
    b"<news:news><news:title>Rain</news:title></news:news></url></urlset>"
)
PLAIN_MAP = b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>/about</loc></url></urlset>'
STORIES = "".join(
    f'<article><h2><a href="/2026/11/23/story-number-{n}">A headline that is long enough, number {n}</a></h2></article>' for n in range(4)
)


def answer(url: str, body: bytes, *headers: tuple[str, str], final: str | None = None, permanent: str | None = None) -> Fetched:
    return Fetched(
        exchange=Exchange(
            id=url, url=url, final_url=final or url, status=200, headers=Headers.of(headers), body=body, fetched_at=NOW, permanent_url=permanent
        )
    )  # fmt: skip


def home(*links: str, body: str = "") -> bytes:
    return f"<!doctype html><html lang='en'><head><title>The Paper Online</title>{''.join(links)}</head><body>{body}</body></html>".encode()


def link(href: str, title: str = "", kind: str = "application/rss+xml") -> str:
    return f'<link rel="alternate" type="{kind}" title="{title}" href="{href}">'


def busy(url: str, seconds: float | None = None, status: int = 503) -> Failed:
    return Failed(url=url, reason=f"answered {status}", status=status, retry_after=None if seconds is None else timedelta(seconds=seconds))


@dataclass
class Site:
    """What each address answers: bytes, an outcome, or several outcomes one after the other; 404 otherwise."""

    pages: dict[str, bytes | Outcome | list[Outcome]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)

    async def get(self, request: Request) -> Outcome:
        self.asked.append(request.url)
        said = self.pages.get(request.url, Failed(url=request.url, reason="answered 404", status=404, retry=False))
        if isinstance(said, list):
            said = said.pop(0) if len(said) > 1 else said[0]
        return answer(request.url, said) if isinstance(said, bytes) else said

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    def discover(self, url: str = HOME) -> Discovery:
        return asyncio.run(discover(url, self.get, now=NOW, sleep=self.sleep))


def test_the_feed_in_the_head_is_found_with_two_requests():
    site = Site({HOME: home(link("/rss")), FEED: RSS})
    [candidate] = site.discover().candidates
    assert (candidate.kind, candidate.url, candidate.title, candidate.home_url) == ("feed", FEED, "The Paper", HOME)
    assert (candidate.language, candidate.entries, site.asked) == ("en", 1, [HOME, FEED])


def test_what_was_read_is_handed_over_with_the_candidate():
    found = Site({HOME: home(link("/rss")), FEED: RSS}).discover()
    assert found.feeds[FEED].entries[0].link == "https://paper.example/rain"


def test_an_address_that_is_a_feed_needs_one_request():
    site = Site({FEED: RSS})
    assert site.discover(FEED).candidates[0].url == FEED
    assert site.asked == [FEED]


def test_an_address_without_a_scheme_that_is_a_page_elsewhere_is_followed():
    site = Site({HOME: answer(HOME, home(link("rss")), final="https://www.paper.example/en/"), "https://www.paper.example/en/rss": RSS})
    assert site.discover().candidates[0].url == "https://www.paper.example/en/rss"


def test_a_feed_that_has_moved_for_good_is_watched_at_its_new_address():
    site = Site({HOME: home(link("/rss")), FEED: answer(FEED, RSS, final="https://paper.example/new", permanent="https://paper.example/new")})
    assert site.discover().candidates[0].url == "https://paper.example/new"


def test_a_feed_behind_a_passing_redirect_keeps_its_address():
    site = Site({HOME: home(link("/rss")), FEED: answer(FEED, RSS, final="https://cdn.example/7")})
    assert site.discover().candidates[0].url == FEED


def test_a_feed_that_is_gone_gives_way_to_the_next():
    site = Site(
        {HOME: home(link("/old"), link("/rss")), "https://paper.example/old": Failed(url="", reason="410", status=410, retry=False), FEED: RSS}
    )
    assert site.discover().candidates[0].url == FEED


def test_comments_are_not_even_asked_for_when_there_is_news():
    site = Site({HOME: home(link("/comments/feed/", "Comments"), link("/rss")), FEED: RSS})
    assert [candidate.url for candidate in site.discover().candidates] == [FEED]
    assert site.asked == [HOME, FEED]


def test_comments_are_offered_as_such_when_there_is_nothing_else():
    site = Site({HOME: home(link("/comments/feed/")), "https://paper.example/comments/feed/": RSS})
    assert site.discover().candidates[0].is_comments


def test_an_empty_feed_is_passed_over():
    site = Site({HOME: home(link("/empty"), link("/rss")), "https://paper.example/empty": NO_ITEMS, FEED: RSS})
    assert site.discover().candidates[0].url == FEED


def test_a_web_page_where_a_feed_should_be_is_passed_over():
    site = Site({HOME: home(link("/soft404"), link("/rss")), "https://paper.example/soft404": home(), FEED: RSS})
    assert site.discover().candidates[0].url == FEED


def test_a_feed_named_in_the_link_header_is_found():
    headers = ("Link", '</rss>; rel="alternate"; type="application/rss+xml"')
    assert Site({HOME: answer(HOME, home(), headers), FEED: RSS}).discover().candidates[0].url == FEED


def test_a_link_in_the_body_is_found():
    assert Site({HOME: home(body='<a href="/rss">Our feed</a>'), FEED: RSS}).discover().candidates[0].url == FEED


def test_a_page_about_feeds_is_looked_through():
    about = home(body='<a href="/rss">World news</a>')
    assert (
        Site({HOME: home(body='<a href="/service/rss-feeds">RSS</a>'), "https://paper.example/service/rss-feeds": about, FEED: RSS})
        .discover()
        .candidates
    )


def test_the_front_page_is_asked_when_an_article_was_named():
    site = Site({"https://paper.example/2026/rain": home(), HOME: home(link("/rss")), FEED: RSS})
    assert site.discover("https://paper.example/2026/rain").candidates[0].url == FEED


def test_the_front_page_is_asked_when_a_dead_feed_was_named():
    site = Site({HOME: home(link("/rss")), FEED: RSS})
    assert site.discover("https://paper.example/old-feed.xml").candidates[0].url == FEED


def test_a_usual_address_is_tried():
    assert Site({HOME: home(), "https://paper.example/feed/": RSS}).discover().candidates[0].url == "https://paper.example/feed/"


def test_an_entrance_page_is_passed_through():
    entrance = home('<meta http-equiv="refresh" content="0; url=/en/">')
    assert Site({HOME: entrance, "https://paper.example/en/": home(link("/rss")), FEED: RSS}).discover().candidates[0].url == FEED


def test_a_news_sitemap_stands_in_for_a_feed():
    robots = b"Sitemap: https://paper.example/all.xml\nSitemap: https://paper.example/news.xml"
    site = Site({HOME: home(body=STORIES), "https://paper.example/robots.txt": robots, "https://paper.example/news.xml": NEWS_MAP})
    [candidate] = site.discover().candidates
    assert (candidate.kind, candidate.url, candidate.title, candidate.home_url) == (
        "sitemap",
        "https://paper.example/news.xml",
        "The Paper Online",
        HOME,
    )


def test_the_news_of_a_sitemap_index_is_found():
    index = b"<sitemapindex><sitemap><loc>/pages.xml</loc></sitemap><sitemap><loc>/google-news.xml</loc></sitemap></sitemapindex>"
    pages = {
        "https://paper.example/robots.txt": b"Sitemap: /map.xml",
        "https://paper.example/map.xml": index,
        "https://paper.example/google-news.xml": NEWS_MAP,
    }
    assert Site({HOME: home(), **pages}).discover().candidates[0].url == "https://paper.example/google-news.xml"


def test_a_page_of_stories_is_the_last_resort():
    site = Site({HOME: home(body=STORIES), "https://paper.example/robots.txt": b"Sitemap: /all.xml", "https://paper.example/all.xml": PLAIN_MAP})
    [candidate] = site.discover().candidates
    assert (candidate.kind, candidate.url, candidate.entries) == ("page", HOME, 4)


def test_an_article_is_no_list_of_stories_but_its_front_page_is():
    article = home('<meta property="og:type" content="article">', body=STORIES)
    site = Site({"https://paper.example/2026/rain": article, HOME: home(body=STORIES)})
    assert site.discover("https://paper.example/2026/rain").candidates[0].url == HOME


def test_never_more_than_the_limit_is_asked():
    site = Site(
        {
            "https://paper.example/a/b": home(*(link(f"/{n}") for n in range(9)), body='<a href="/x/rss">RSS</a><a href="/y/rss">RSS</a>'),
            HOME: home(),
            "https://paper.example/robots.txt": b"Sitemap: /1.xml\nSitemap: /2.xml",
        }
    )
    with pytest.raises(NoFeedFound):
        site.discover("https://paper.example/a/b")
    assert len(site.asked) == MAX_REQUESTS


def test_a_site_with_nothing_is_told_what_was_tried_and_what_to_do():
    with pytest.raises(NoFeedFound, match=r"tried: .*feed/ \(answered 404\).*Give the address of its feed"):
        Site({HOME: home()}).discover()


def test_a_busy_feed_is_waited_for():
    site = Site({HOME: home(link("/rss")), FEED: [busy(FEED, 2, 429), answer(FEED, RSS)]})
    assert site.discover().candidates[0].url == FEED
    assert site.slept == [2.0]


def test_a_flaky_site_is_asked_again():
    site = Site({HOME: [busy(HOME), busy(HOME, status=500), answer(HOME, home(link("/rss")))], FEED: [busy(FEED), answer(FEED, RSS)]})
    assert site.discover().candidates[0].url == FEED


def test_a_feed_that_asks_for_an_hour_is_not_replaced_by_something_worse():
    site = Site(
        {HOME: home(link("/rss"), link("/comments/feed/"), body=STORIES), FEED: busy(FEED, 3600), "https://paper.example/comments/feed/": RSS}
    )
    with pytest.raises(FetchError) as caught:
        site.discover()
    assert (caught.value.retry, caught.value.retry_after) == (True, timedelta(hours=1))
    assert site.slept == []


def test_a_site_that_is_down_says_so():
    with pytest.raises(FetchError, match=r"answered 500. Try again later"):
        Site({HOME: busy(HOME, status=500)}).discover()


def test_a_304_to_a_first_request_does_not_end_the_search():
    assert Site({HOME: Unchanged(url=HOME), "https://paper.example/feed/": RSS}).discover().candidates[0].url == "https://paper.example/feed/"


def test_a_feed_served_as_a_web_page_is_a_feed():
    assert Site({HOME: answer(HOME, RSS, ("Content-Type", "text/html"))}).discover().candidates[0].how == "the address itself is a feed"
