"""A page of links read as a feed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from broadsheet.errors import UsageError
from broadsheet.sources import read_section_page
from broadsheet.sources.section_page import check_selector

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HEADLINES = (
    "Heavy rain closes three schools in the north",
    "Council votes to keep the old library open",
    "Why the ferry no longer stops at the island",
    "Two arrested after a night of broken windows",
)
NAVIGATION = (
    '<header><a href="/">The Paper</a><nav><ul><li><a href="/section/politics">Politics and everything around it</a></li></ul></nav></header>'
    '<div class="menu"><a href="/weather-forecast-for-the-week">Weather forecast for the whole week</a></div>'
)
FOOTER = '<aside><a href="/offer-of-the-week-12345">A special offer for our readers</a></aside><footer><a href="/about">About us</a></footer>'


def links_of(page, listing):
    feed = read_section_page(page(NAVIGATION + listing + FOOTER), now=NOW)
    return [(entry.link, entry.title) for entry in feed.entries]


def wanted():
    return [(f"https://paper.example/news/{n}", headline) for n, headline in enumerate(HEADLINES)]


def test_articles_with_headings_are_found(page):
    cards = "".join(
        f'<article><h2><a href="/news/{n}">{headline}</a></h2><p>More about it on the page.</p></article>' for n, headline in enumerate(HEADLINES)
    )
    assert links_of(page, f"<main>{cards}</main>") == wanted()


def test_cards_whose_picture_and_title_are_linked_are_found_once(page):
    cards = "".join(
        f'<div class="card c{n}"><a href="/news/{n}"><img src="/{n}.jpg" alt=""></a><h3><a href="/news/{n}?utm_source=home">{headline}</a></h3></div>'
        for n, headline in enumerate(HEADLINES)
    )
    assert links_of(page, f"<main>{cards}</main>") == wanted()


def test_rows_of_a_table_are_found(page):
    rows = "".join(f'<tr><td>11-2{n}</td><td><a href="/news/{n}"><b>{headline}</b></a></td></tr>' for n, headline in enumerate(HEADLINES))
    assert links_of(page, f"<table>{rows}</table>") == wanted()


def test_chinese_headlines_are_long_although_they_are_short(page):
    titles = ["北方大雨三所学校停课", "议会投票保留旧图书馆", "渡轮为何不再停靠小岛"]
    rows = "".join(f'<li><a href="/2026/11/2{n}/{n}.html">{title}</a></li>' for n, title in enumerate(titles))
    assert [title for _, title in links_of(page, f"<ul class='list'>{rows}</ul>")] == titles


def test_other_hosts_are_left_out(page):
    rows = "".join(f'<p><a href="https://other.example/2026/11/23/story-{n}-of-theirs">{headline}</a></p>' for n, headline in enumerate(HEADLINES))
    assert links_of(page, rows) == []


def test_a_subdomain_of_the_site_is_not_another_host(page):
    rows = "".join(f'<p><a href="https://sport.paper.example/2026/11/23/story-{n}">{headline}</a></p>' for n, headline in enumerate(HEADLINES))
    assert len(links_of(page, rows)) == len(HEADLINES)


def test_lists_for_machines_count(page):
    head = (
        '<script type="application/ld+json">{"@type": "ItemList", "itemListElement": ['
        '{"@type": "ListItem", "url": "/rain-in-the-north-2026"}, '
        '{"@type": "ListItem", "item": {"@type": "NewsArticle", "url": "/x", "headline": "Ferry",'
        '"datePublished": "2026-11-22T08:00:00Z"}}]}</script>'
    )
    rain, ferry = read_section_page(page(head=head), now=NOW).entries
    assert (rain.link, ferry.link, ferry.title) == ("https://paper.example/rain-in-the-north-2026", "https://paper.example/x", "Ferry")
    assert ferry.published is not None
    assert ferry.published.at == datetime(2026, 11, 22, 8, tzinfo=UTC)


def test_entries_of_microformats_count(page):
    body = '<div class="h-entry"><a class="u-url" href="/rain">Rain</a></div>'
    assert [entry.link for entry in read_section_page(page(body), now=NOW).entries] == ["https://paper.example/rain"]


def test_what_stands_in_the_card_belongs_to_its_entry(page):
    cards = "".join(
        f'<article><img src="/{n}.jpg"><h2><a href="/news/{n}">{headline}</a></h2><p>More of story {n} on the page.</p>'
        f'<time datetime="2026-11-2{n}">x</time></article>'
        for n, headline in enumerate(HEADLINES)
    )
    first, second, *_ = read_section_page(page(cards), now=NOW).entries
    assert (first.summary_html, second.summary_html) == ("More of story 0 on the page.", "More of story 1 on the page.")
    assert second.published is not None
    assert (second.published.raw, second.enclosures[0].url) == ("2026-11-21", "https://paper.example/1.jpg")


def test_the_feed_is_named_after_the_page(page):
    feed = read_section_page(page(head='<meta property="og:site_name" content="Paper Online">'), now=NOW)
    assert (feed.dialect, feed.title, feed.home_url, feed.language, feed.entries) == ("page", "Paper Online", "https://paper.example/", "en", ())


def test_a_page_of_links_to_sections_is_no_list_of_stories(page):
    rows = "".join(f'<li><a href="/section/{name}">{name.title()}</a></li>' for name in ("politics", "world", "sport", "culture"))
    assert links_of(page, f"<ul>{rows}</ul>") == []


def test_a_page_nested_beyond_reason_is_read(page):
    read_section_page(page("<div>" * 5_000 + '<a href="/x">x</a>'), now=NOW)


def test_the_headline_of_a_card_that_is_one_link_is_its_title(page):
    cards = "".join(
        f'<a href="/2026/11/23/story-{n}"><span class="kicker">North</span><span class="card-title">{headline}</span><p>{"Teaser. " * 30}</p></a>'
        for n, headline in enumerate(HEADLINES)
    )
    assert [title for _, title in links_of(page, f"<main>{cards}</main>")] == list(HEADLINES)


def test_a_linked_teaser_is_not_taken_for_the_title(page):
    cards = "".join(
        f'<div class="card"><a href="/2026/11/23/story-{n}">{"A teaser that goes on. " * 10}</a><a href="/2026/11/23/story-{n}">{headline}</a></div>'
        for n, headline in enumerate(HEADLINES)
    )
    assert [title for _, title in links_of(page, f"<main>{cards}</main>")] == list(HEADLINES)


def test_an_operators_selector_outranks_what_links_look_like(page):
    body = '<nav><a href="/a">Ferry</a></nav><div class="latest"><a href="/x">Rain</a><a href="https://other.example/y">Wind</a></div>'
    feed = read_section_page(page(body), now=NOW, selector=".latest a")
    assert [(entry.link, entry.title) for entry in feed.entries] == [("https://paper.example/x", "Rain"), ("https://other.example/y", "Wind")]


def test_a_selector_may_pick_boxes_around_the_links(page):
    body = '<ul class="list"><li><h3><a href="/x">Rain</a></h3><p>More <a href="/x">of it</a></p></li><li><h3><a href="/y">Wind</a></h3></li></ul>'
    feed = read_section_page(page(body), now=NOW, selector=".list li")
    assert [(entry.link, entry.title) for entry in feed.entries] == [("https://paper.example/x", "Rain"), ("https://paper.example/y", "Wind")]


@pytest.mark.parametrize("selector", ["", "[[[", "a:has(", "a" * 1000])
def test_a_selector_that_is_none_is_refused(selector):
    with pytest.raises(UsageError, match="selector"):
        check_selector(selector)
