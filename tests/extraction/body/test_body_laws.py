"""Laws: any page at all, cost in proportion to size, no recursion, nothing that could run."""

from __future__ import annotations

import pytest
from effort import calls_made
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from broadsheet.extraction.body import find_body
from broadsheet.markup.blocks import MAX_DEPTH, read_blocks
from broadsheet.markup.page import Page
from broadsheet.markup.sanitize import sanitize

TAGS = st.sampled_from("div p a b li ul ol table tr td h1 h2 figure img iframe blockquote article aside span br pre x-card".split(" "))
SENTENCE = "A sentence that is long enough to be one of an article, with a comma in it."
STRUCTURES = st.sampled_from(
    (
        "<div class='pull-quote'>", "<aside class='fact-box'>", "<math>", "<mi>x</mi>", "<semantics>", "<a href='#n'>1</a>", "<p id='n'>",
        "<li id='m'>", "<a href='#m'>[2]</a>", "<div class='liveblog'>", "<time datetime='2026-05-03T14:05:00Z'>14:05</time>",
        "<img class='latex' alt='x' src='/l.png'>", "<div class='gallery'>", "<img src='/a.jpg'>", "<lite-youtube videoid='abcdefghijk'>",
        "<p><b>Why so early?</b></p>", "<figcaption>", "<blockquote class='twitter-tweet'><a href='https://x.com/a/status/1'>x</a>",
        "<iframe src='https://youtu.be/abcdefghijk'></iframe>",
    )
)  # fmt: skip
PIECES = st.one_of(
    STRUCTURES,
    st.builds("<{}>".format, TAGS),
    st.builds("</{}>".format, TAGS),
    st.text(max_size=80),
    st.just(SENTENCE),
    st.just("<script>alert(1)</script>"),
    st.just("<p class='related hidden' style='display:none' onclick='x()'>"),
)


def page(html: str) -> Page:
    return Page(url="https://e.test/", base_url="https://e.test/", tree=LexborHTMLParser(html), meta={}, links=(), json_ld=())


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_mark_up_gives_a_body_that_is_sanitised_already(html):
    body = find_body(page(html))
    assert sanitize(body.html) == body.html
    assert "<script" not in body.html


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_blocks_are_numbered_in_order_and_lie_within_their_boxes(html):
    blocks = read_blocks(LexborHTMLParser(html))
    assert [block.index for block in blocks.blocks] == list(range(len(blocks.blocks)))
    assert all(box.first <= block.index < box.last for block in blocks.blocks for box in blocks.ancestors(block))


def test_deep_nesting_is_cut_not_recursed_into():
    blocks = read_blocks(LexborHTMLParser("<div>" * 3000 + "deep"))
    assert blocks.cut
    assert len(blocks.boxes) <= MAX_DEPTH + 2  # the body and the box that was not entered


def calls(html: str) -> int:
    """How many calls it takes to find the body of *html*."""
    whole = page(html)
    return calls_made(lambda: find_body(whole))


def test_work_grows_in_proportion_to_the_page():
    part = f"<div class='a b'><p>{SENTENCE}</p><img src='/a.jpg'><a href='/x'>x</a></div>"
    find_body(page(part * 10))  # word lists are read once
    assert calls(part * 400) < 2.4 * calls(part * 200)


def test_nested_posts_and_open_inline_elements_do_not_multiply():
    part = "<b><i><blockquote class='twitter-tweet'><p>Words of a post</p>"
    find_body(page(part))
    assert calls(part * 40) < 2.6 * calls(part * 20)


def _noted(count: int) -> str:
    """An article with as many footnotes as paragraphs."""
    marks = "".join(f"<p>{SENTENCE}<a href='#n{at}'>1</a> {SENTENCE} {SENTENCE}</p>" for at in range(count))
    return marks + "<ol>" + "".join(f"<li id='n{at}'>Page {at}</li>" for at in range(count)) + "</ol>"


def _posted(count: int) -> str:
    """A live blog of many posts, each with a picture and a formula."""
    time = "<time datetime='2026-05-03T14:05:00Z'>14:05</time>"
    post = f"<div>{time}<p>{SENTENCE} <math><mrow><mi>x</mi></mrow></math> {SENTENCE}</p><img src='/{{}}.jpg'><img class='emoji' alt='🎉'></div>"
    return f"<div class='liveblog'>{''.join(post.format(at) for at in range(count))}</div>"


@pytest.mark.parametrize("article", [_noted, _posted])
def test_work_on_structures_grows_in_proportion_too(article):
    find_body(page(article(10)))
    assert calls(article(200)) < 2.4 * calls(article(100))
