"""The walk's work grows with the page, whatever its shape; what lies beyond a limit is said to be missing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from effort import calls_made
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.extraction import extract_article
from broadsheet.markup.blocks import MASS_OF_CJK, MAX_DEPTH, MAX_NODES, read_blocks, text_mass
from broadsheet.markup.limits import parsed
from broadsheet.markup.page import Page
from broadsheet.model import Want
from broadsheet.parse.page import parse_page

URL = "https://gazette.example/a"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
PROSE = "<p>The harbour wall fell in the storm, and the council met on Tuesday to decide who pays for a new one.</p>" * 8
SHAPES = {
    "nested": lambda count: "<div>words" * count,
    "wide": lambda count: "".join(f"<p class=c{number}>words <a href=/{number}>more</a></p>" for number in range(count)),
    "unclosed": lambda count: "<ul><li><b>words<table><tr><td>more" * count,
    "open in every block": lambda count: "<b><i><a href=/x>" + "<div>words</div>" * count,
    "full of attributes": lambda count: f"<div {' '.join(f'data-a{n}=1' for n in range(40))} style='color: red'>words</div>" * count,
    "one long line": lambda count: "<p>" + "<i>words</i> " * count,
    "line breaks": lambda count: "words<br><br>" * count,
    "pictures": lambda count: "<a href=/x><img src=/a.jpg></a>" * count,
    "comments": lambda count: "<!-- words -->" * count,
}


def work(html: str, do: Callable[[str], object]) -> int:
    """How many calls it takes to *do* something with *html*."""
    return calls_made(lambda: do(html))


def walk(html: str) -> None:
    read_blocks(parsed(html.encode())[0])


def read(html: str) -> None:
    parse_page(b"<html>" + html.encode(), URL)


def completeness(html: str) -> str:
    return extract_article(parse_page(html.encode(), URL), now=NOW).article.completeness


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_twice_the_page_is_twice_the_walk(shape: Callable[[int], str]) -> None:
    walk(shape(10))
    assert work(shape(1_400), walk) < 2.2 * work(shape(700), walk)


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_twice_the_page_is_twice_the_parsing(shape: Callable[[int], str]) -> None:
    read(shape(10))
    assert work(shape(1_400), read) < 2.2 * work(shape(700), read)


def test_twice_a_page_of_very_many_tags_is_twice_the_parsing() -> None:
    unclosed = SHAPES["unclosed"]
    assert work(unclosed(8_000), read) < 2.2 * work(unclosed(4_000), read)


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_no_word_is_gathered_twice(shape: Callable[[int], str]) -> None:
    blocks = read_blocks(parsed(shape(3_000).encode())[0])
    assert sum(len(re.findall("words|more", block.text)) for block in blocks.blocks) <= 6_000


def test_pieces_of_a_page_with_thousands_of_open_elements_stay_few() -> None:
    blocks = read_blocks(parsed(("<b>" * 200 + "<div>words</div>" * 300).encode())[0])
    assert sum(len(block.pieces) for block in blocks.blocks) < 300 * 40


def test_a_page_within_the_limits_is_full() -> None:
    assert completeness(PROSE) == "full"


def test_a_page_with_too_many_nodes_is_partial() -> None:
    assert completeness(PROSE + "<!---->" * (MAX_NODES + 1)) == "partial"


def test_a_page_with_words_too_deep_inside_is_partial() -> None:
    assert completeness(PROSE + "<div>" * (MAX_DEPTH + 1) + "words") == "partial"


def test_a_page_thinned_before_it_was_parsed_is_partial() -> None:
    assert completeness(PROSE + "<p " + " ".join(f"a{number}=1" for number in range(10_000)) + ">") == "partial"


def test_a_next_page_that_was_cut_makes_the_article_partial() -> None:
    following: Page = parse_page((PROSE.replace("harbour", "sea") + "<!---->" * (MAX_NODES + 1)).encode(), URL + "?page=2")
    want = Want(kind="next-page", url=URL + "?page=2", reason="rel=next")
    assert extract_article(parse_page(PROSE.encode(), URL), None, [(want, following)], now=NOW).article.completeness == "partial"


@given(st.text(st.sampled_from("aé 港のか한.、?\u3000—я\U00020000"), max_size=40))
def test_the_mass_is_the_sum_of_its_letters(text: str) -> None:
    cjk = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")
    assert text_mass(text) == sum(MASS_OF_CJK if cjk.match(letter) else 1 for letter in text if letter != " ")


def test_elements_nobody_knows_are_boxes_each_under_its_own_name() -> None:
    blocks = read_blocks(parsed(b"<x-card>one</x-card><y-card>two</y-card><x-card>three</x-card>")[0])
    assert [blocks.boxes[block.box].tag for block in blocks.blocks] == ["x-card", "y-card", "x-card"]


def test_a_link_around_a_picture_counts_for_the_words_that_follow() -> None:
    blocks = read_blocks(parsed(b"<div><a href=/x><img src=/a.jpg></a><p>Caption</p></div>")[0])
    assert blocks.blocks[-1].links == 1
