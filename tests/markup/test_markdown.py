"""Clean HTML as Markdown that renders as the same text."""

from __future__ import annotations

import pytest

from broadsheet.markup.markdown import escape_markdown
from broadsheet.markup.sanitize import sanitize
from broadsheet.markup.serialize import to_markdown


def markdown(html: str) -> str:
    return to_markdown(sanitize(html))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("<h2>a</h2><h3>b</h3>", "## a\n\n### b"),
        ("<p>a <em>b</em> <strong>c</strong> <del>d</del></p>", "a *b* **c** ~~d~~"),
        ('<p><a href="https://x.example/a">b</a></p>', "[b](https://x.example/a)"),
        ('<p><a href="https://x.example/a(b)">c</a></p>', "[c](<https://x.example/a(b)>)"),
        ("<p>a<br>b</p>", "a\\\nb"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ('<ol start="3"><li>a</li><li>b</li></ol>', "3. a\n4. b"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "- a\n  - b"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "- a\n\n  b"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<pre>a\n  b</pre>", "```\na\n  b\n```"),
        ("<pre>```</pre>", "````\n```\n````"),
        ("<p><code>a`b</code></p>", "``a`b``"),
        ("<hr>", "---"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "**a**\n\nb"),
        ("<p>H<sub>2</sub>O</p>", "H<sub>2</sub>O"),
        ('<aside class="factbox"><p>a</p></aside>', '<aside class="factbox">\n\na\n\n</aside>'),
        ("<table><tr><th>a</th><th>b|c</th></tr><tr><td>1</td></tr></table>", "| a | b\\|c |\n| --- | --- |\n| 1 |  |"),
        ("loose <p>a</p> tail", "loose\n\na\n\ntail"),
    ],
)  # fmt: skip
def test_each_form_has_its_markdown(html: str, expected: str) -> None:
    assert markdown(html) == expected


def test_a_figure_is_its_picture_and_its_caption_in_italics() -> None:
    html = '<figure><img src="https://p.example/a.jpg" alt="A [b]"><figcaption>Caption</figcaption></figure>'
    assert markdown(html) == "![A \\[b\\]](https://p.example/a.jpg)\n\n*Caption*"


def test_a_table_with_joined_cells_stays_html() -> None:
    assert markdown('<table><tr><td colspan="2">a</td></tr></table>') == '<table><tbody><tr><td colspan="2">a</td></tr></tbody></table>'


def test_a_table_that_stays_html_stays_on_one_line() -> None:
    assert "\n" not in markdown("<table><tr><td><pre>a\n\nb</pre></td></tr></table>")


def test_a_pipe_in_code_divides_no_cells() -> None:
    assert markdown("<table><tr><td><code>a|b</code></td></tr></table>").startswith("<table>")


def test_emphasis_beside_punctuation_is_written_as_a_tag() -> None:
    assert markdown("<p>他说<strong>“好。”</strong>然后走了</p>") == "他说<strong>“好。”</strong>然后走了"


@pytest.mark.parametrize("text", ["# a", "1. a", "1) a", "- a", "+ a", "> a", "=== a", "*a*", "_a_", "`a`", "[a](b)", "&amp;amp;", "~~a~~", "\\*"])
def test_text_never_turns_into_markup(text: str) -> None:
    assert "\\" in markdown(f"<p>{text}</p>")


def test_marks_that_mean_something_are_escaped_in_running_text() -> None:
    assert markdown("<p>AT&amp;T and 3 &lt; 4</p>") == "AT\\&T and 3 \\< 4"


def test_a_title_is_escaped_for_one_line() -> None:
    assert escape_markdown("1. [a]\n(b)") == "1\\. \\[a\\] (b)"


def test_a_line_break_at_the_end_of_bold_text_stays_outside_its_marks() -> None:
    assert markdown("<p><strong>Ferry<br></strong>leaves</p>") == "**Ferry**\\\nleaves"


def test_a_line_break_at_the_end_of_a_link_stays_outside_its_brackets() -> None:
    assert markdown('<p><a href="https://a.example/">Ferry<br></a>leaves</p>') == "[Ferry](https://a.example/)\\\nleaves"
