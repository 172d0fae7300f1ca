"""Laws that hold for any HTML at all."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.markup.sanitize import sanitize
from broadsheet.markup.tree import read_fragment
from broadsheet.markup.vocabulary import ELEMENTS

_TAGS = (
    "p div a b i em span table tr td th caption ul ol li dl dt dd h1 h2 section figure figcaption img br hr pre blockquote q video audio source "
    "picture math mi mo msup mtable mtd semantics annotation svg mtext mglyph style script title textarea template noscript select option "
    "button form input iframe ruby rt rp col colgroup "
    "details summary nobr font center article marquee object plaintext xmp foreignObject desc annotation-xml frameset body html head"
).split()
_ATTRIBUTES = (
    "", ' href="x"', " href=javascript:x", " src=/a", " src=data:x", ' class="embed foo"', ' style="display:none"', " hidden", " lang=en", " width=1",
    " dir=rtl", " onclick=x", ' srcset="a, b 2x"', " title=\"<b>'&quot;\"", ' alt="--><img src=x onerror=1>"', " id=x", " encoding=text/html",
    " id=fn-a-1", " href=#fn-a-1", ' alttext="<b>"', " display=block",
)  # fmt: skip
_TEXTS = ("x", " ", "\n", "&nbsp;", "<!--", "-->", "<![CDATA[", "]]>", "<", '"', "&lt;", "&", "\u200b", "<?x", "/>", "\x00", "é中", "\ud800", "&#xb;")
_OPENED = st.builds("<{}{}>".format, st.sampled_from(_TAGS), st.sampled_from(_ATTRIBUTES))
_CLOSED = st.builds("</{}>".format, st.sampled_from(_TAGS))
html_soup = st.lists(st.one_of(_OPENED, _CLOSED, st.sampled_from(_TEXTS)), max_size=16).map("".join)


@settings(max_examples=300, deadline=None)
@given(html_soup)
def test_sanitising_twice_is_sanitising_once(soup: str) -> None:
    once = sanitize(soup, base_url="https://paper.example/a/")
    assert sanitize(once) == once


@settings(max_examples=200, deadline=None)
@given(html_soup)
def test_only_elements_of_the_vocabulary_come_out(soup: str) -> None:
    found = {element.tag for element in read_fragment(sanitize(soup)).find(*ELEMENTS, *_TAGS)}
    assert found <= ELEMENTS


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_any_text_is_sanitised_without_an_error(text: str) -> None:
    assert sanitize(sanitize(text)) == sanitize(text)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.characters(categories=("L", "N"))))
def test_words_in_a_paragraph_are_never_lost(words: str) -> None:
    assert words in sanitize(f"<p>{words}</p>")
