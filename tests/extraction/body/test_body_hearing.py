"""Signals are asked no more often than need be, and that changes no answer."""

from __future__ import annotations

import gc
import gzip
import json
import weakref
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from broadsheet.extraction.body import find_body, hearing
from broadsheet.extraction.body.choose import LIMIT, ballot, choose
from broadsheet.extraction.body.ground import survey
from broadsheet.extraction.body.spots import Spot, spots_of
from broadsheet.extraction.body.weights import WEIGHTS
from broadsheet.markup.page import Page
from broadsheet.parse.page import parse_page

TAGS = "div p a b em li ul table td h1 h2 h3 figure figcaption img blockquote article aside header form span br".split(" ")
TEXTS = (
    "The council opened the bridge again on Monday, eleven weeks after the storm, and three days early.",
    "Read also: ", "Sign up to our newsletter", "Photo: Reuters", "By Amara Diallo", "12.05.2026 12:30", "© 2026", "Read more…", "Why now:",
    "码头边的商店仍然关着门，只有几个孩子跑到岸边向渔船挥手，船员们也向他们致意。", "相关阅读", "Storm closes the bridge",
)  # fmt: skip
CLASSES = ("related", "comments", "newsletter", "teaser card", "text", "sr-only")
PIECES = st.one_of(
    st.builds("<{}>".format, st.sampled_from(TAGS)),
    st.builds("</{}>".format, st.sampled_from(TAGS)),
    st.builds("<{} class='{}'>".format, st.sampled_from(TAGS), st.sampled_from(CLASSES)),
    st.sampled_from(TEXTS),
    st.just("<a href='/x'>Storm closes the bridge</a>"),
)
HEAD = (
    "<title>Storm closes the bridge</title><meta property='og:title' content='Storm closes the bridge'>"
    f"<meta name='description' content='{TEXTS[0]}'>"
)


def spots(html: str, *, news: bool = False) -> list[Spot]:
    head = HEAD + "<meta name='news_keywords' content='bridge'>" * news
    page = parse_page(f"<html><head>{head}</head><body>{html}".encode(), "https://e.example/", content_type="text/html; charset=utf-8")
    return spots_of(survey(page, page.blocks, None))


def plainly(spot: Spot) -> float:
    """What all signals and class words say, each asked of this spot."""
    return -LIMIT if spot.far else hearing.tables_of(news=spot.ground.news).bias + sum(weight for _, weight in ballot(spot))


@settings(max_examples=150)
@given(st.lists(PIECES, min_size=1, max_size=60).map("".join), st.booleans())
def test_what_is_heard_is_what_every_signal_would_say(html, news):
    choices = choose(spots(html, news=news))
    assert [choice.spot.odds for choice in choices] == pytest.approx([plainly(choice.spot) for choice in choices], abs=1e-9)


@pytest.mark.parametrize("corpus", ["fundus-dev", "zh-dev", "wcxb-dev"])
def test_what_is_heard_is_what_every_signal_would_say_on_real_pages(test_data, corpus):
    choices = [choice for page in pages(test_data / "corpora" / corpus, 5) for choice in choose(spots_of(survey(page, page.blocks, None)))]
    assert [choice.spot.odds for choice in choices] == pytest.approx([plainly(choice.spot) for choice in choices], abs=1e-9)


def pages(folder, count: int) -> list[Page]:
    with gzip.open(folder / "gold.jsonl.gz", "rt", encoding="utf-8") as lines:
        entries = list(islice(map(json.loads, lines), count))
    found = [gzip.decompress((folder / "html" / f"{entry['id']}.html.gz").read_bytes()) for entry in entries]
    return [parse_page(html, "https://e.example/", content_type="text/html; charset=utf-8") for html in found]


def test_no_signal_is_listed_twice():
    listed = [signal for table in (hearing.SHARED, hearing.ONLY_IF) for signals in table.values() for signal in signals]
    assert len(listed) == len(set(listed))


def test_every_listed_signal_has_a_weight():
    listed = {signal for table in (hearing.SHARED, hearing.ONLY_IF) for signals in table.values() for signal in signals}
    assert listed <= WEIGHTS.keys()


def test_class_words_are_heard_once_however_many_boxes_bear_them(sentences):
    once = spots(f"<div class='newsletter'><p>{sentences[0]}</p></div>" + f"<p>{sentences[1]}</p>" * 9)
    twice = spots(f"<div class='newsletter'><p class='newsletter'>{sentences[0]}</p></div>" + f"<p>{sentences[1]}</p>" * 9)
    assert hearing._names(twice)[0] == hearing._names(once)[0] != 0


def test_spots_know_their_neighbours(sentences):
    first, second = spots("".join(f"<p>{sentence}</p>" for sentence in sentences[:2]))
    assert (first.before, first.after, second.before, second.after) == (None, second, first, None)


def test_a_body_leaves_nothing_for_the_garbage_collector(page_of, prose):
    page = page_of(prose + "<h2>Heading</h2><ul><li><a href='/a'>Storm closes the bridge</a></li></ul>")
    find_body(page)  # word lists are read once
    gc.collect()
    gc.disable()
    try:
        find_body(page)
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_spots_die_with_the_list_that_holds_them(sentences):
    found = spots("".join(f"<p>{sentence}</p>" for sentence in sentences))
    spot = weakref.ref(found[1])
    gc.disable()
    try:
        found.clear()
        assert spot() is None
    finally:
        gc.enable()


def test_a_page_of_frames_has_an_empty_body():
    tree = LexborHTMLParser("<frameset><frame src='/a'></frameset>")
    page = Page(url="https://e.example/", base_url="https://e.example/", tree=tree, meta={}, links=(), json_ld=())
    assert find_body(page).text == ""
