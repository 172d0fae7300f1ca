"""The cost of finding a body, counted in calls while the page doubles: no busy machine disturbs it, no lucky one hides a square."""

from __future__ import annotations

import pytest
from effort import calls_made
from selectolax.lexbor import LexborHTMLParser

from broadsheet.extraction.body.choose import choose
from broadsheet.extraction.body.ground import survey
from broadsheet.extraction.body.spots import spots_of
from broadsheet.markup.page import Page

LINE = "A sentence that is long enough to be one of an article, with a comma in it, and one more."
SHAPES = {
    "paragraphs": f"<p>{LINE}</p>",
    "paragraphs in boxes of their own": f"<div class='box'><div class='text'><p>{LINE}</p></div></div>",
    "links": "<li><a href='/x'>Storm closes the bridge</a></li>",
    "lines that are all alike": "<p>Advertisement</p>",
    "headings": f"<h1>Storm closes the bridge</h1><p>{LINE}</p>",
    "forms": f"<form><p>{LINE}</p><button>Send</button></form>",
    "rows of a table": "<table><tr><td>12</td><td>Storm</td></tr></table>",
    "boxes never closed": f"<div class='a'><p>{LINE}",
    "quotations in quotations": f"<blockquote><p>{LINE}</p>",
    "pictures": "<figure><img src='/a.jpg'><figcaption>Photo: Reuters</figcaption></figure>",
    "phrases": "<p>Read also: sign up to our newsletter</p>",
}


def visits(html: str) -> int:
    """Python and C calls made from the flat list to the choices."""
    page = Page(url="https://e.test/", base_url="https://e.test/", tree=LexborHTMLParser(html), meta={}, links=(), json_ld=())
    flat = page.blocks
    return calls_made(lambda: choose(spots_of(survey(page, flat, None))))


@pytest.mark.parametrize("part", SHAPES.values(), ids=SHAPES.keys())
def test_twice_the_page_is_at_most_twice_the_work(part):
    visits(part * 3)  # word lists are read once
    assert visits(part * 120) < 2.2 * visits(part * 60)


def test_class_names_that_are_all_different_cost_no_more_than_twice():
    part = "<div class='{0}a {0}b {0}c'><p class='{0}d'>" + LINE + "</p></div>"
    names = ["".join(chr(97 + digit) for digit in (at // 676, at // 26 % 26, at % 26)) for at in range(240)]
    visits("<p>a")
    assert visits("".join(map(part.format, names))) < 2.2 * visits("".join(map(part.format, names[:120])))
