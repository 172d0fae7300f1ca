"""What is thinned before the parser sees it, and what stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.markup.limits import MAX_COPIES, MAX_FORMATTING, parsed, tame

PIECES = st.lists(st.sampled_from(["<p>", "<b>", "<i class=x>", "</b>", "<div id='a'>", "words ", "<", "<!--", "-->", "<script>", "é"]), max_size=80)


def elements(html: str) -> int:
    tree, _ = parsed(html.encode())
    assert tree.root is not None
    return sum(1 for _ in tree.root.traverse())


def unclosed_formatting(count: int) -> str:
    return "".join(f"<p><i id=x{number}>words " for number in range(count))


@given(PIECES.map("".join))
def test_an_ordinary_page_is_parsed_as_it_came(html: str) -> None:
    assert tame(html.encode()) == (html.encode(), False)


def test_formatting_that_is_never_closed_does_not_multiply_with_every_paragraph() -> None:
    assert elements(unclosed_formatting(2_000)) < 2.2 * elements(unclosed_formatting(1_000))


def test_formatting_that_is_never_closed_adds_no_more_elements_on_a_larger_page() -> None:
    assert elements(unclosed_formatting(6_000)) < MAX_COPIES


def test_formatting_beyond_the_limit_keeps_its_words() -> None:
    tree, cut = parsed(unclosed_formatting(MAX_FORMATTING + 1).encode())
    assert tree.body is not None
    assert (cut, tree.body.text().count("words")) == (False, MAX_FORMATTING + 1)


def test_the_same_formatting_over_and_over_is_no_excess() -> None:
    html = b"<p><b class='name'>Amara</b></p>" * (MAX_FORMATTING + 1)
    assert tame(html) == (html, False)


def test_the_parser_copies_no_chosen_option() -> None:
    tree, _ = parsed(b"<select><button><selectedcontent></selectedcontent></button><option>tide</option></select>")
    assert [chosen.text() for chosen in tree.css("selectedcontent")] == [""]


def test_every_overlong_tag_is_shortened_and_what_stands_between_stays() -> None:
    attributes = " ".join(f"a{number}=1" for number in range(5_000))
    html, cut = tame(f"<p {attributes}>one</p><p class=x>two</p><div {attributes}>three".encode())
    assert (html, cut) == (b"<p>one</p><p class=x>two</p><div>three", True)


@pytest.mark.parametrize("start", ["<script>", "<p>", "</p>"], ids=["script", "text in an element", "text after one"])
def test_a_long_piece_that_is_no_list_of_attributes_stays(start: str) -> None:
    html = start.encode() + b"x = 1; " * 10_000 + b"<b>after</b>"
    assert tame(html) == (html, False)
