"""HTML on one line."""

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.archive.one_line import one_line

SNIPPETS = [
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<pre>",
    "</pre>",
    "<br>",
    "<img alt='a\nb'>",
    "<li>",
    "\n",
    "\r\n",
    "\u2028",
    " ",
    "word",
    "字",
    "&nbsp;",
    "<td>",
]


def test_a_line_end_between_words_becomes_a_space():
    assert one_line("<p>foo\nbar</p>") == "<p>foo bar</p>"


def test_a_line_end_between_chinese_characters_leaves_nothing():
    assert one_line("<p>渡轮\n  回来了</p>") == "<p>渡轮回来了</p>"


def test_line_ends_between_blocks_are_gone():
    assert one_line("\n<p>a</p>\n\n<ul>\n <li>b</li>\n</ul>\n") == "<p>a</p><ul><li>b</li></ul>"


def test_a_space_between_inline_elements_stays():
    assert one_line("<p><b>foo</b>\n<i>bar</i></p>") == "<p><b>foo</b> <i>bar</i></p>"


def test_pre_keeps_every_line_end_as_a_reference():
    assert one_line("<pre>a\n\n  b</pre>") == "<pre>a&#10;&#10;  b</pre>"


def test_a_pre_that_opens_with_an_empty_line_still_does():
    assert one_line("<pre>\n\na</pre>") == "<pre>&#10;&#10;a</pre>"


def test_a_pre_within_a_pre_keeps_its_empty_first_line_too():
    assert one_line("<pre><pre>\n\na</pre></pre>") == "<pre><pre>&#10;&#10;a</pre></pre>"


def test_a_line_end_in_an_attribute_becomes_a_reference():
    assert one_line('<img alt="a\nb">') == '<img alt="a&#10;b">'


def test_no_break_spaces_are_kept():
    assert one_line("<p>10\u00a0km</p>") == "<p>10\u00a0km</p>"


@given(st.lists(st.sampled_from(SNIPPETS)).map("".join))
def test_the_outcome_is_one_line_for_every_reader(html):
    assert len(one_line(html).splitlines()) <= 1


@given(st.lists(st.sampled_from(SNIPPETS)).map("".join))
def test_doing_it_twice_changes_nothing(html):
    assert one_line(one_line(html)) == one_line(html)
