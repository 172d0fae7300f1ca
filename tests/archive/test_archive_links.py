"""Markdown links that cannot break."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from broadsheet.archive.links import link, link_target, read_link
from broadsheet.text.plain import collapse, xml_text


def test_a_plain_title_is_left_as_it_is():
    assert link("普京将访问朝鲜，寻求支持", "https://a.example/b/") == "[普京将访问朝鲜，寻求支持](https://a.example/b/)"


def test_brackets_in_a_title_are_escaped():
    assert link("[Live] The vote", "https://a.example/") == r"[\[Live\] The vote](https://a.example/)"


def test_parentheses_in_an_address_are_percent_encoded():
    assert link("Rome", "https://a.example/Rome_(city)") == "[Rome](https://a.example/Rome_%28city%29)"


def test_an_underscore_within_a_word_is_left_alone():
    assert link("snake_case and _this_", "https://a.example/") == r"[snake_case and \_this\_](https://a.example/)"


def test_a_title_of_an_older_archive_that_was_never_escaped_is_read_whole():
    assert read_link("[What [we] know](so far) about it](https://a.example/x)") == ("What [we] know](so far) about it", "https://a.example/x")


def test_a_line_that_is_no_link_is_none():
    assert read_link("Just words") is None


def test_a_link_without_a_title_shows_its_address():
    assert link(" ", "https://a.example/") == "[https://a.example/](https://a.example/)"


@given(st.text(min_size=1))
def test_any_title_is_read_back_as_it_was_on_one_line(title):
    wanted = collapse(xml_text(title))
    assert read_link(link(title, "https://a.example/")) == (wanted or "https://a.example/", "https://a.example/")


@given(st.text(st.characters(codec="ascii", categories=("L", "N", "P", "S", "Zs"))))
def test_a_markdown_reader_sees_one_link_with_the_title_as_its_text(title):
    html = MarkdownIt("commonmark").renderInline(link(f"x{title}x", "https://a.example/"))
    plain = MarkdownIt("zero").renderInline(collapse(f"x{title}x"))
    assert html == f'<a href="https://a.example/">{plain}</a>'


@pytest.mark.parametrize("sign", list("() <>\\\n\t"))
def test_signs_that_end_a_link_never_stand_in_its_address(sign):
    assert sign not in link_target(f"https://a.example/{sign}x")
