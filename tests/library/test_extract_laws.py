"""Laws of the public door: whatever comes in, what comes out is safe, of one piece, and the same every time."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser, LexborNode

from broadsheet import Hints, NotAPage, Reading, extract
from broadsheet.library.explaining import as_page, as_values, in_words
from broadsheet.markup.sanitize import sanitize
from broadsheet.markup.serialize import to_text
from broadsheet.text.plain import comparison_key

URL = "https://paper.example/harbour"
NOW = datetime(2026, 6, 1, tzinfo=UTC)
EXAMPLES = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])

FORBIDDEN = frozenset("script style iframe frame object embed applet form input base meta link svg template noscript annotation-xml maction".split())
STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")  # what moves a terminal's cursor, or turns its text round
PLACES = frozenset(("href", "src", "srcset", "poster", "cite", "action", "formaction", "background", "data", "xlink:href"))

SENTENCE = "The harbour office closes at noon on Monday, the council said, and opens again on the day after that."
SENTENCES = (
    SENTENCE, "港务处星期一中午关门，市议会说，因为五名职员中有两名已经退休，至今没有人申请他们的职位，居民表示不满。",
    "يغلق مكتب الميناء ظهر يوم الاثنين، كما قال المجلس، لأن اثنين من موظفيه الخمسة قد تقاعدا ولم يتقدم أحد لشغل مكانيهما.",
    "Контора порта закрывается в полдень в понедельник, сообщил совет, потому что двое из пяти служащих ушли на пенсию.",
)  # fmt: skip
PAYLOADS = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "javascript:alert(1)", "JaVa\tScript:alert(1)", '"><svg onload=alert(1)>',
    "data:text/html,<script>alert(1)</script>", "</title><script>alert(1)</script>", "]]><script>alert(1)</script>", "vbscript:msgbox",
    "[x](javascript:alert(1))", "`<script>alert(1)</script>`", "&lt;script&gt;alert(1)&lt;/script&gt;", "--><script>alert(1)</script>",
    "\x1b[31m", "\ud800", "\u202e", "", "%00", "\x00",
)  # fmt: skip
LINKED_DATA = '{{"@type":"NewsArticle","headline":"{}","author":{{"name":"{}","url":"{}"}},"image":"{}","articleBody":"{}"}}'
HOLES = (
    "<title>{}</title>", '<meta property="og:title" content="{}">', '<meta property="og:image" content="{}">',
    '<meta name="author" content="{}">', '<meta name="description" content="{}">', '<link rel="canonical" href="{}">',
    '<link rel="alternate" hreflang="{}" href="{}">', '<base href="{}">', '<html lang="{}">', "<h1>{}</h1>", '<p class="byline">By {}</p>',
    '<a href="{}">{}</a>', '<img src="{}" alt="{}" width="600">', '<iframe src="{}"></iframe>', '<video poster="{}" src="{}"></video>',
    '<figure><img data-src="{}" srcset="{} 2x" alt="{}"><figcaption>{}</figcaption></figure>', '<svg><a xlink:href="{}">{}</a></svg>',
    "<math><mtext>{}</mtext></math>", "<pre><code>{}</code></pre>", '<blockquote cite="{}"><p>{}</p></blockquote>',
    "<table><tr><td>{}</td><td>{}</td></tr></table>", '<time datetime="{}">{}</time>', "<noscript>{}</noscript>", "<!-- {} -->",
    f'<script type="application/ld+json">{LINKED_DATA}</script>', "<ul><li>{}</li><li>{}</li></ul>", "<p>Correction: {}</p>",
    '<script id="__NEXT_DATA__" type="application/json">{{"body":[{{"text":"{}"}}]}}</script>', '<p lang="{}" dir="{}">{}</p>',
    '<div class="{}" id="{}" style="{}" onclick="{}">{}</div>', "{}",
)  # fmt: skip


@st.composite
def pages(draw: st.DrawFn) -> str:
    """A story of some sentences, with anything hostile anywhere between them."""
    parts = draw(st.lists(st.sampled_from(HOLES), max_size=8))
    fillings = st.sampled_from(PAYLOADS) | st.sampled_from(SENTENCES) | st.text(max_size=12)
    filled = [part.format(*(draw(fillings) for _ in range(part.count("{}")))) for part in parts]
    prose = [f"<p>{draw(st.sampled_from(SENTENCES))}</p>" for _ in range(draw(st.integers(0, 5)))]
    mixed = draw(st.permutations(filled + prose))
    return f"<!doctype html><html><body><article>{''.join(mixed)}</article></body></html>"


def is_harmless(html: str) -> bool:
    """Whether a browser that is given *html* would run nothing and load nothing but pictures and media from the web."""
    return all(_is_harmless_element(node) for node in LexborHTMLParser(f"<body>{html}</body>").body.traverse())  # type: ignore[union-attr]


def _is_harmless_element(node: LexborNode) -> bool:
    named = {name: (value or "").strip().lower() for name, value in node.attributes.items()}
    addresses = [value for name, value in named.items() if name in PLACES]
    return (
        node.tag not in FORBIDDEN
        and not any(name.startswith("on") or name == "style" for name in named)
        and all(address.startswith(("http://", "https://", "mailto:", "#fn")) for address in addresses)
    )


def rendered(markdown: str) -> str:
    """Markdown as a careless reader renders it: raw HTML let through."""
    return str(MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown))


def forms(reading: Reading) -> tuple[str, ...]:
    """Everything that may be shown as HTML."""
    return reading.html, reading.to_html(), rendered(reading.markdown), rendered(reading.to_markdown()), reading.to_dict()["html"]


BYTES = st.binary(max_size=400) | st.binary(max_size=200).map(lambda junk: b"<html><p>" + junk + b"</p>")
TYPES = st.sampled_from([None, "text/html; charset=x", "text/html; charset=utf-16", "text/html; charset=gb2312"])


@EXAMPLES
@given(BYTES, TYPES)
def test_any_bytes_give_a_reading_or_not_a_page(html: bytes, content_type: str | None) -> None:
    with suppress(NotAPage):  # any other exception fails
        assert extract(html, URL, content_type=content_type, now=NOW).to_json()


@EXAMPLES
@given(pages())
def test_no_script_handler_or_foreign_frame_comes_out_in_any_form(page: str) -> None:
    reading = extract(page, URL, now=NOW)
    assert [form for form in forms(reading) if not is_harmless(form)] == []


@EXAMPLES
@given(st.sampled_from(PAYLOADS), st.sampled_from(PAYLOADS))
def test_what_a_feed_says_is_no_more_trusted_than_the_page(title: str, html: str) -> None:
    hints = Hints(title=title, summary=html, content_html=html, authors=(title,), language=title, image_url=html)
    reading = extract(f"<html><body><p>{SENTENCE}</p></body></html>", URL, hints=hints, now=NOW)
    assert [form for form in forms(reading) if not is_harmless(form)] == []


@EXAMPLES
@given(pages())
def test_every_form_can_be_written_to_a_file(page: str) -> None:
    reading = extract(page, URL, now=NOW)
    texts = (*forms(reading), reading.text, reading.to_text(), reading.to_markdown(front_matter=True), reading.to_json())
    assert all(text.encode("utf-8") is not None for text in texts)


@EXAMPLES
@given(pages())
def test_the_text_says_what_the_html_says(page: str) -> None:
    reading = extract(page, URL, now=NOW)
    assert comparison_key(reading.text) == comparison_key(to_text(sanitize(reading.html)))


@EXAMPLES
@given(pages())
def test_the_markdown_says_what_the_html_says(page: str) -> None:
    reading = extract(page, URL, now=NOW)
    assert words_of(rendered(reading.markdown)) == words_of(reading.html)


def words_of(html: str) -> str:
    body = LexborHTMLParser(f"<body>{html}</body>").body
    return comparison_key(body.text(deep=True)) if body else ""


@EXAMPLES
@given(pages())
def test_the_json_reads_back_as_the_dictionary(page: str) -> None:
    reading = extract(page, URL, now=NOW)
    assert json.loads(reading.to_json()) == reading.to_dict()


@EXAMPLES
@given(pages())
def test_the_same_page_gives_the_same_reading(page: str) -> None:
    assert extract(page, URL, now=NOW).to_json() == extract(page, URL, now=NOW).to_json()


@EXAMPLES
@given(pages())
def test_the_evidence_can_be_shown_for_any_page_and_is_harmless(page: str) -> None:
    extraction = extract(page, URL, now=NOW).extraction
    shown = LexborHTMLParser(as_page(extraction))
    assert shown.css("script, img, iframe, svg, video, object, [onclick], [onerror], [onload], [style]") == []
    assert json.dumps(as_values(extraction))
    assert not STEERING.search("".join(in_words(extraction)))


COSTLY = {
    "nested": "<div>" * 20_000 + SENTENCE,
    "unclosed": "<p>" * 30_000 + SENTENCE,
    "long": f"<p>{SENTENCE}</p>" * 5_000,
    "attributes": "<a " + "b=1 " * 50_000 + ">x</a>",
    "tables": "<table>" * 3_000 + SENTENCE,
}


@pytest.mark.parametrize("page", COSTLY.values(), ids=COSTLY.keys())
def test_a_page_made_to_cost_time_still_gives_a_reading_no_larger_than_itself(page: str) -> None:
    reading = extract(f"<html><body>{page}</body></html>", URL, now=NOW)
    assert len(reading.text) <= len(page)
