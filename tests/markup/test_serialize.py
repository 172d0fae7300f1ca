"""Clean HTML as plain text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.markup.sanitize import sanitize
from broadsheet.markup.serialize import escape, to_text


def text_of(html: str) -> str:
    return to_text(sanitize(html))


def test_each_block_is_a_line() -> None:
    assert text_of("<h2>a</h2><p>b <em>c</em>\n d</p><ul><li>e</li><li>f</li></ul>") == "a\nb c d\ne\nf"


def test_captions_are_left_out() -> None:
    assert text_of('<p>a</p><figure><img src="https://p.example/a.jpg"><figcaption>b <cite>c</cite></figcaption></figure><p>d</p>') == "a\nd"


def test_a_line_break_breaks_the_line() -> None:
    assert text_of("<p>a<br>b</p>") == "a\nb"


def test_a_row_of_a_table_is_a_line() -> None:
    assert text_of("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>") == "a b\nc"


def test_preformatted_text_keeps_spaces_and_lines() -> None:
    assert text_of("<p>x</p><pre>a  b\n  c</pre>") == "x\na  b\n  c"


def test_inline_elements_do_not_part_words() -> None:
    assert text_of("<p>un<b>believ</b>able H<sub>2</sub>O</p>") == "unbelievable H2O"


def test_a_reading_in_brackets_follows_its_word() -> None:
    assert text_of("<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>字</p>") == "漢(かん)字"


def test_a_reading_without_brackets_is_not_run_into_its_word() -> None:
    assert text_of("<p><ruby>漢<rt>かん</rt></ruby>字</p>") == "漢字"


def test_no_break_spaces_are_spaces() -> None:
    assert text_of("<p>a&nbsp;&nbsp;b</p>") == "a b"


def test_nothing_is_no_text() -> None:
    assert text_of("") == ""


@pytest.mark.parametrize(("text", "html"), [("a < b & c", "a &lt; b &amp; c"), ('"q"', '"q"'), ("<script>", "&lt;script&gt;")])
def test_escaped_text_shows_exactly_itself(text: str, html: str) -> None:
    assert escape(text) == html


@given(st.text(alphabet=st.characters(exclude_categories=("C", "Z")), min_size=1))
def test_escaping_and_reading_text_gives_it_back(text: str) -> None:
    assert to_text(escape(f"x{text}x")) == f"x{text}x"
