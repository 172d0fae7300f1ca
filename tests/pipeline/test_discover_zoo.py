"""A zoo of sites, one of every kind seen in the wild: the first answer is the right one, within ten requests."""

from __future__ import annotations

import asyncio
import gzip
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from broadsheet.model import Exchange, Failed, Fetched, Headers, Outcome, Request
from broadsheet.pipeline.discover import Discovery, discover
from broadsheet.pipeline.search import MAX_REQUESTS

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
P = "https://paper.example"


def rss(title: str = "The Paper", *, items: int = 2) -> bytes:
    told = "".join(f"<item><title>Story {n}</title><link>{P}/story-{n}</link></item>" for n in range(items))
    return f"<rss version='2.0'><channel><title>{title}</title>{told}</channel></rss>".encode()


ATOM = b"<feed xmlns='http://www.w3.org/2005/Atom'><title>The Paper</title><entry><id>x</id><title>Rain</title><link href='/rain'/></entry></feed>"
JSON = b'{"version":"https://jsonfeed.org/version/1.1","title":"The Paper","items":[{"id":"1","url":"https://paper.example/rain","title":"Rain"}]}'
NEWS_MAP = (
    b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url>'
    b"<loc>https://paper.example/rain</loc><news:news><news:title>Rain</news:title></news:news></url></urlset>"
)
WP_API = (
    '<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2">'
    '<link rel="alternate" type="application/json+oembed" href="/oembed?x">'
)


def page(head: str = "", body: str = "<p>News of the harbour.</p>") -> bytes:
    return f"<!doctype html><html lang='en'><head><title>The Paper</title>{head}</head><body>{body}</body></html>".encode()


def named(href: str, kind: str = "application/rss+xml", title: str = "") -> str:
    return f'<link rel="alternate" type="{kind}" title="{title}" href="{href}">'


@dataclass(frozen=True)
class Answer:
    """What an address answers, if it is more than a body."""

    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    final: str | None = None
    permanent: str | None = None
    status: int = 200


@dataclass
class Zoo:
    pages: dict[str, bytes | Answer]
    soft_404: bytes | None = None
    asked: list[str] = field(default_factory=list)

    async def get(self, request: Request) -> Outcome:
        self.asked.append(request.url)
        said = self.pages.get(request.url, self.soft_404)
        if said is None:
            return Failed(url=request.url, reason="answered 404", status=404, retry=False)
        said = Answer(said) if isinstance(said, bytes) else said
        if said.status != 200:
            return Failed(url=request.url, reason=f"answered {said.status}", status=said.status, retry=False)
        return Fetched(exchange=Exchange(
            id=request.url, url=request.url, final_url=said.final or request.url, status=200, headers=Headers.of(said.headers), body=said.body,
            fetched_at=NOW, permanent_url=said.permanent,
        ))  # fmt: skip

    def look(self, url: str) -> Discovery:
        async def at_once(_: float) -> None:
            return None

        return asyncio.run(discover(url, self.get, now=NOW, sleep=at_once))


SITES: dict[str, tuple[dict[str, bytes | Answer], str, str]] = {
    "link in the head, absolute": ({f"{P}/": page(named(f"{P}/news.rss")), f"{P}/news.rss": rss()}, f"{P}/", f"{P}/news.rss"),
    "link in the head, relative": ({f"{P}/": page(named("news.rss")), f"{P}/news.rss": rss()}, f"{P}/", f"{P}/news.rss"),
    "link in the head, with a base": (
        {f"{P}/": page(f'<base href="{P}/static/">' + named("news.rss")), f"{P}/static/news.rss": rss()},
        f"{P}/",
        f"{P}/static/news.rss",
    ),
    "JSON Feed": ({f"{P}/": page(named("/feed.json", "application/feed+json")), f"{P}/feed.json": JSON}, f"{P}/", f"{P}/feed.json"),
    "odd mark-up": (
        {f"{P}/": b"<html><HEAD><LINK HREF=/a.atom TYPE='application/atom+xml; charset=utf-8' REL='Alternate Home'></HEAD>x", f"{P}/a.atom": ATOM},
        f"{P}/",
        f"{P}/a.atom",
    ),
    "Link header": (
        {f"{P}/": Answer(page(), (("Link", '</all.rss>; rel="alternate"; type="application/rss+xml"'),)), f"{P}/all.rss": rss()},
        f"{P}/",
        f"{P}/all.rss",
    ),
    "WordPress that names no feed": ({f"{P}/": page('<meta name="generator" content="WordPress 6.8">'), f"{P}/feed/": rss()}, f"{P}/", f"{P}/feed/"),
    "/rss.xml and nothing that says so": ({f"{P}/": page(), f"{P}/rss.xml": rss()}, f"{P}/", f"{P}/rss.xml"),
    "index.xml beside a section": ({f"{P}/blog/": page(), f"{P}/": page(), f"{P}/blog/index.xml": rss()}, f"{P}/blog/", f"{P}/blog/index.xml"),
    "a link in the body": ({f"{P}/": page(body='<a href="/out/news.xml">RSS</a>'), f"{P}/out/news.xml": rss()}, f"{P}/", f"{P}/out/news.xml"),
    "a page of feeds, two hops away": (
        {
            f"{P}/": page(body='<footer><a href="/service/rss-feeds">RSS</a></footer>'),
            f"{P}/service/rss-feeds": page(body='<ul><li><a href="/xml/top.xml">Top</a><li><a href="/xml/sport.xml">Sport</a></ul>'),
            f"{P}/xml/top.xml": rss("Top"),
            f"{P}/xml/sport.xml": rss("Sport"),
        },
        f"{P}/",
        f"{P}/xml/top.xml",
    ),
    "an article's page": (
        {f"{P}/2026/rain": page('<meta property="og:type" content="article">'), f"{P}/": page(named("/news.rss")), f"{P}/news.rss": rss()},
        f"{P}/2026/rain",
        f"{P}/news.rss",
    ),
    "comments named first": (
        {f"{P}/": page(named("/comments/feed/", title="Comments") + named("/feed/")), f"{P}/comments/feed/": rss("Comments"), f"{P}/feed/": rss()},
        f"{P}/",
        f"{P}/feed/",
    ),
    "the address is the feed": ({f"{P}/feed": rss()}, f"{P}/feed", f"{P}/feed"),
    "only an API and oEmbed are named": ({f"{P}/": page(WP_API), f"{P}/feed/": rss()}, f"{P}/", f"{P}/feed/"),
    "a news sitemap in robots.txt": (
        {f"{P}/": page(), f"{P}/robots.txt": f"User-agent: *\nSitemap: {P}/news-map.xml\n".encode(), f"{P}/news-map.xml": NEWS_MAP},
        f"{P}/",
        f"{P}/news-map.xml",
    ),
    "a YouTube channel": (
        {
            "https://www.youtube.com/@harbour": page('<link rel="canonical" href="https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv">'),
            "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv": ATOM,
        },
        "https://www.youtube.com/@harbour",
        "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv",
    ),
    "a YouTube playlist": (
        {
            "https://www.youtube.com/playlist?list=PL12345": page(),
            "https://www.youtube.com/feeds/videos.xml?playlist_id=PL12345": ATOM,
        },
        "https://www.youtube.com/playlist?list=PL12345",
        "https://www.youtube.com/feeds/videos.xml?playlist_id=PL12345",
    ),
    "a GitHub repository": (
        {"https://github.com/harbour/ferry": page(), "https://github.com/harbour/ferry/releases.atom": ATOM},
        "https://github.com/harbour/ferry",
        "https://github.com/harbour/ferry/releases.atom",
    ),
    "a subreddit": (
        {"https://www.reddit.com/r/harbour/": page(), "https://www.reddit.com/r/harbour/.rss": ATOM},
        "https://www.reddit.com/r/harbour/",
        "https://www.reddit.com/r/harbour/.rss",
    ),
    "Blogger": (
        {"https://harbour.blogspot.com/": page(), "https://harbour.blogspot.com/feeds/posts/default": ATOM},
        "https://harbour.blogspot.com/",
        "https://harbour.blogspot.com/feeds/posts/default",
    ),
    "Tumblr": (
        {"https://harbour.tumblr.com/": page(), "https://harbour.tumblr.com/rss": rss()},
        "https://harbour.tumblr.com/",
        "https://harbour.tumblr.com/rss",
    ),
    "Medium": (
        {"https://medium.com/@harbour": page(), "https://medium.com/feed/@harbour": rss()},
        "https://medium.com/@harbour",
        "https://medium.com/feed/@harbour",
    ),
    "Substack": (
        {"https://harbour.substack.com/": page(), "https://harbour.substack.com/feed": rss()},
        "https://harbour.substack.com/",
        "https://harbour.substack.com/feed",
    ),
    "Ghost": ({f"{P}/": page('<meta name="generator" content="Ghost 6.2">'), f"{P}/rss/": rss()}, f"{P}/", f"{P}/rss/"),
    "a Mastodon profile": (
        {"https://social.example/@harbour": page('<meta name="application-name" content="Mastodon">'), "https://social.example/@harbour.rss": rss()},
        "https://social.example/@harbour",
        "https://social.example/@harbour.rss",
    ),
    "Discourse": ({f"{P}/": page('<meta name="generator" content="Discourse 3.4">'), f"{P}/latest.rss": rss()}, f"{P}/", f"{P}/latest.rss"),
    "Drupal": ({f"{P}/": page('<meta name="Generator" content="Drupal 11">'), f"{P}/rss.xml": rss()}, f"{P}/", f"{P}/rss.xml"),
    "a section whose feed is named after the paper's": (
        {
            f"{P}/world/": page(
                named("/rss/all.xml", title="The Paper") + named("/rss/world.xml", title="The Paper: World") + "<title>World</title>"
            ),
            f"{P}/rss/all.xml": rss("The Paper"),
            f"{P}/rss/world.xml": rss("The Paper: World"),
        },
        f"{P}/world/",
        f"{P}/rss/world.xml",
    ),
    "a section whose feed is found by its path": (
        {
            f"{P}/world/": page(named("/feed.xml") + named("/world/feed.xml")),
            f"{P}/feed.xml": rss(),
            f"{P}/world/feed.xml": rss("World"),
        },
        f"{P}/world/",
        f"{P}/world/feed.xml",
    ),
    "an edition in another language": (
        {
            f"{P}/de/": page(named("/en/feed.xml", title="English") + named("/de/feed.xml", title="Deutsch")).replace(b"lang='en'", b"lang='de'"),
            f"{P}/en/feed.xml": rss("English"),
            f"{P}/de/feed.xml": rss("Deutsch"),
        },
        f"{P}/de/",
        f"{P}/de/feed.xml",
    ),
    "http that leads to https and www": (
        {
            "http://paper.example/": Answer(page(named("/feed")), final="https://www.paper.example/", permanent="https://www.paper.example/"),
            "https://www.paper.example/feed": rss(),
        },
        "http://paper.example/",
        "https://www.paper.example/feed",
    ),
    "an entrance that refreshes": (
        {f"{P}/": page('<meta http-equiv="refresh" content="0; url=/home">'), f"{P}/home": page(named("/f.rss")), f"{P}/f.rss": rss()},
        f"{P}/",
        f"{P}/f.rss",
    ),
    "a feed called a web page": ({f"{P}/feed": Answer(rss(), (("Content-Type", "text/html"),))}, f"{P}/feed", f"{P}/feed"),
    "a feed in a gzip file": ({f"{P}/": page(named("/feed.xml.gz")), f"{P}/feed.xml.gz": gzip.compress(rss(), mtime=0)}, f"{P}/", f"{P}/feed.xml.gz"),
    "feed: before the address": ({f"{P}/feed": rss()}, "feed:https://paper.example/feed", f"{P}/feed"),
    "feed:// before the name": ({f"{P}/feed": rss()}, "feed://paper.example/feed", f"{P}/feed"),
    "view-source: before the address": ({f"{P}/": page(named("/feed")), f"{P}/feed": rss()}, f"view-source:{P}/", f"{P}/feed"),
    "a feed that is named but forbidden": (
        {f"{P}/": page(named("/closed.rss") + named("/open.rss")), f"{P}/closed.rss": Answer(status=403), f"{P}/open.rss": rss()},
        f"{P}/",
        f"{P}/open.rss",
    ),
    "an AMP page": (
        {
            f"{P}/amp/rain": page(f'<link rel="canonical" href="{P}/rain"><meta property="og:type" content="article">'),
            f"{P}/": page(named("/f")),
            f"{P}/f": rss(),
        },
        f"{P}/amp/rain",
        f"{P}/f",
    ),
    "a podcast beside the news": (
        {
            f"{P}/": page(named("/podcast.rss", title="The Paper Podcast") + named("/news.rss", title="The Paper")),
            f"{P}/podcast.rss": rss("Podcast"),
            f"{P}/news.rss": rss(),
        },
        f"{P}/",
        f"{P}/news.rss",
    ),
    "a feed of one tag named first": (
        {
            f"{P}/": page(named("/tag/sport/feed/", title="Sport") + named("/feed/", title="The Paper")),
            f"{P}/tag/sport/feed/": rss("Sport"),
            f"{P}/feed/": rss(),
        },
        f"{P}/",
        f"{P}/feed/",
    ),
}


@pytest.mark.parametrize("site", SITES)
def test_the_first_answer_is_the_right_one(site: str) -> None:
    pages, asked, right = SITES[site]
    zoo = Zoo(pages)
    assert zoo.look(asked).candidates[0].url == right
    assert len(zoo.asked) <= MAX_REQUESTS


def test_a_site_that_answers_everything_with_its_front_page_is_no_feed_but_its_sitemap_is_found() -> None:
    front = page(body="<p>Nothing of interest.</p>")
    zoo = Zoo({f"{P}/robots.txt": f"Sitemap: {P}/news-map.xml".encode(), f"{P}/news-map.xml": NEWS_MAP}, soft_404=front)
    assert zoo.look(f"{P}/").candidates[0].url == f"{P}/news-map.xml"
    assert len(zoo.asked) <= MAX_REQUESTS
