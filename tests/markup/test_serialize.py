"""Clean HTML as plain text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.markup.sanitize import sanitize
from broadsheet.markup.serialize import escape, to_text
from broadsheet.model import SafeHtml


def text_of(html: str) -> str:
    return to_text(sanitize(html))


def test_each_block_is_a_line() -> None:
    assert text_of("<h2>a</h2><p>b <em>c</em>\n d</p><ul><li>e</li><li>f</li></ul>") == "a\nb c d\ne\nf"


def test_captions_are_left_out() -> None:
    assert text_of('<p>a</p><figure><img src="https://p.example/a.jpg"><figcaption>b <cite>c</cite></figcaption></figure><p>d</p>') == "a\nd"


def test_embeds_are_left_out_and_what_follows_them_is_not() -> None:
    embed = '<figure class="embed"><blockquote><p>theirs</p></blockquote><a href="https://x.example/">X</a></figure>'
    assert text_of(f"<p>a</p>{embed}<p>b</p>") == "a\nb"


def test_a_figure_within_an_embed_does_not_end_it() -> None:
    assert text_of('<p>a</p><figure class="embed"><figure><p>b</p></figure><p>c</p></figure><p>d</p>') == "a\nd"


def test_times_of_posts_and_arrows_back_from_notes_are_left_out() -> None:
    assert text_of('<p class="when">12:05</p><p>a <a href="#fnref-x-1">↩</a></p>') == "a"


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


_TAGS = ("p", "b", "figure", 'figure class="embed"', "figcaption", "td", "br", 'p class="when"', 'a href="#fnref-x-1"', "ul", "li", "q")
_PARTS = st.one_of(st.sampled_from(_TAGS).map("<{}>".format), st.sampled_from(_TAGS).map(lambda tag: f"</{tag.split()[0]}>"), st.text(max_size=4))


@given(st.lists(_PARTS, max_size=20).map("".join))
def test_reading_tags_in_order_gives_what_a_tree_gives(html: str) -> None:
    clean = sanitize(html)
    ruby = "<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>"  # makes the tree the way to read it
    assert to_text(SafeHtml(f"{clean}<p>{ruby}</p>")) == "\n".join(filter(None, (to_text(clean), "漢(かん)")))
