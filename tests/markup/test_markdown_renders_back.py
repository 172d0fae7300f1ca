"""Laws: Markdown that a CommonMark renderer turns back into the same words."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from broadsheet.markup.markdown import escape_markdown, to_markdown
from broadsheet.markup.sanitize import sanitize
from broadsheet.markup.serialize import escape, to_text
from broadsheet.text import collapse

_RENDERER = MarkdownIt("commonmark").enable("table").enable("strikethrough")
marks = st.text(alphabet="*_`[]()<>#+-=~|!\\&;.:1 a中。“é\n", max_size=25)
words = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("C",)), max_size=25) | marks
inline = st.recursive(
    words.map(escape),
    lambda inner: st.builds("{}<{}>{}</{}>".format, inner, tag := st.shared(st.sampled_from(["em", "strong", "sub", "code", "s"])), inner, tag),
    max_leaves=4,
)
blocks = st.recursive(
    st.builds("<p>{}</p>".format, inline) | st.builds("<h3>{}</h3>".format, inline) | st.builds("<pre>{}</pre>".format, words.map(escape)),
    lambda inner: (
        st.builds("<blockquote>{}</blockquote>".format, inner)
        | st.builds("<ul><li>{}</li><li>{}</li></ul>".format, inner, inline)
        | st.builds('<ol start="7"><li>{}</li><li>{}</li></ol>'.format, inline, inner)
        | st.builds("<table><tr><th>{}</th></tr><tr><td>{}</td></tr></table>".format, inline, inline)
        | st.builds("{}{}".format, inner, inner)
    ),
    max_leaves=4,
)


def rendered_text(markdown: str) -> list[str]:
    return to_text(sanitize(_RENDERER.render(markdown))).split()


@settings(max_examples=300, deadline=None, derandomize=True)
@given(blocks)
def test_rendering_our_markdown_gives_the_same_words(html: str) -> None:
    clean = sanitize(html)
    assert rendered_text(to_markdown(clean)) == to_text(clean).split()


@settings(max_examples=200, deadline=None)
@given(words)
def test_an_escaped_title_renders_as_itself(title: str) -> None:
    assert rendered_text(escape_markdown(title)) == to_text(escape(collapse(title))).split()
