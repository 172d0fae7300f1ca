"""Where pages say their feeds are."""

from __future__ import annotations

import pytest

from broadsheet.model import Headers
from broadsheet.sources.links import body_links, sitemaps_in_robots, stated_links, well_known
from broadsheet.sources.platforms import platform_links


def urls(links: tuple[object, ...]) -> list[str]:
    return [link.url for link in links]


def test_feeds_in_the_head_come_in_their_order(page):
    head = (
        '<link rel="alternate" type="application/rss+xml" href="/rss"><LINK REL="ALTERNATE" TYPE="application/atom+xml; charset=utf-8" HREF="atom">'
    )
    assert urls(stated_links(page(head=head))) == ["https://paper.example/rss", "https://paper.example/atom"]


def test_the_base_of_the_page_counts(page):
    head = '<base href="https://cdn.example/x/"><link rel="alternate" type="application/feed+json" href="feed.json">'
    assert urls(stated_links(page(head=head))) == ["https://cdn.example/x/feed.json"]


def test_comments_come_last(page):
    head = (
        '<link rel="alternate" type="application/rss+xml" title="Paper » Comments Feed" href="/talk">'
        '<link rel="alternate" type="application/rss+xml" href="/comments/feed/">'
        '<link rel="alternate" type="application/rss+xml" href="/feed/">'
    )
    links = stated_links(page(head=head))
    assert [link.is_comments for link in links] == [False, True, True]


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/7">',
        '<link rel="alternate" type="application/json+oembed" href="/oembed?url=x">',
        '<link rel="alternate" hreflang="de" href="/de/">',
        '<link rel="alternate stylesheet" type="text/css" href="/dark.css">',
        '<link rel="stylesheet" type="application/rss+xml" href="/feed">',
        '<link rel="alternate" type="application/rss+xml" href="mailto:x">',
    ],
)
def test_other_alternates_are_no_feeds(page, link):
    assert stated_links(page(head=link)) == ()


def test_a_vague_type_needs_an_address_that_says_feed(page):
    head = '<link rel="alternate" type="text/xml" href="/news.xml"><link rel="alternate" type="text/xml" href="/map">'
    assert urls(stated_links(page(head=head))) == ["https://paper.example/news.xml"]


def test_the_link_header_comes_first(page):
    headers = Headers.of([("Link", '</style.css>; rel=preload, </h.xml>; rel="alternate"; type="application/rss+xml"; title="a, b"')])
    head = '<link rel="alternate" type="application/rss+xml" href="/rss">'
    assert urls(stated_links(page(head=head), headers)) == ["https://paper.example/h.xml", "https://paper.example/rss"]


def test_links_in_the_body_that_smell_of_feeds_are_found(page):
    body = '<a href="/news">News</a><a href="/service">RSS</a><a href="/world/rss.xml">World</a><a href="https://feeds.elsewhere.example/paper">x</a>'
    assert urls(body_links(page(body))) == ["https://paper.example/world/rss.xml", "https://paper.example/service"]


def test_feeds_of_others_are_not_ours(page):
    assert body_links(page('<a href="https://other.example/rss.xml">Their RSS</a>')) == ()


def test_usual_addresses_are_beside_the_page_and_at_the_root():
    found = urls(well_known("https://paper.example/blog/post?x=1"))
    assert found[0] == "https://paper.example/blog/feed/"
    assert "https://paper.example/feed/" in found


def test_robots_names_sitemaps_and_those_of_news_first():
    text = "User-agent: *\nSITEMAP: /map.xml # all\nSitemap: https://paper.example/news.xml\nDisallow: /x\nsitemap:"
    assert sitemaps_in_robots(text, "https://paper.example/robots.txt") == ("https://paper.example/news.xml", "https://paper.example/map.xml")


@pytest.mark.parametrize(
    ("url", "head", "feed"),
    [
        ("https://www.youtube.com/@paper", '<link rel="canonical" href="https://www.youtube.com/channel/UC0123456789012345678901">',
         "https://www.youtube.com/feeds/videos.xml?channel_id=UC0123456789012345678901"),
        ("https://github.com/paper/press", "", "https://github.com/paper/press/releases.atom"),
        ("https://www.reddit.com/r/news/?x=1", "", "https://www.reddit.com/r/news/.rss"),
        ("https://paper.blogspot.com/2020/05/rain.html", "", "https://paper.blogspot.com/feeds/posts/default"),
        ("https://medium.com/@ann/rain-7", "", "https://medium.com/feed/@ann"),
        ("https://paper.example/news/", '<meta name="generator" content="WordPress 6.9">', "https://paper.example/feed/"),
    ],
)  # fmt: skip
def test_platforms_are_known_by_address_or_generator(page, url, head, feed):
    assert urls(platform_links(page(head=head, url=url)))[0] == feed
