"""What `parse_page` makes of bytes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.errors import NotAPage
from broadsheet.markup.page import Page
from broadsheet.parse.page import parse_page

URL = "https://gazette.example/news/flood.html"


def read(html: str, **options: str) -> Page:
    return parse_page(html.encode(), URL, content_type=options.get("content_type"))


def test_the_title_is_one_line_with_entities_resolved() -> None:
    assert read("<title>\n Fish &amp;\n Ships </title>").title == "Fish & Ships"


def test_a_title_inside_a_drawing_is_not_the_pages() -> None:
    assert read("<body><svg><title>Arrow</title></svg><p>Text").title == ""


def test_meta_names_are_lower_cased_and_keep_every_content_in_order() -> None:
    page = read('<meta property="Article:Tag" content="tide"><meta property="article:tag" content="wall">')
    assert page.meta["article:tag"] == ("tide", "wall")


def test_links_become_absolute_against_the_base_element() -> None:
    page = read('<base href="https://cdn.example/a/"><link rel="Canonical" href="b.html">')
    assert (page.links[0].rel, page.links[0].href) == (("canonical",), "https://cdn.example/a/b.html")


def test_a_base_element_that_is_no_web_address_is_ignored() -> None:
    assert read('<base href="javascript:alert(1)"><p>Text').base_url == URL


def test_style_sheets_are_no_links() -> None:
    assert read('<link rel="stylesheet" href="a.css"><p>Text').links == ()


def test_the_language_is_read_from_the_root_element() -> None:
    assert read('<html lang="pt-BR"><p>Texto').html_lang == "pt-BR"


def test_json_ld_graphs_are_taken_apart() -> None:
    block = json.dumps({"@graph": [{"@type": "WebSite"}, {"@type": "NewsArticle"}]})
    assert [thing["@type"] for thing in read(f'<script type="application/ld+json">{block}</script>').json_ld] == ["WebSite", "NewsArticle"]


@pytest.mark.parametrize(
    "block",
    [
        '<!-- {"@type": "NewsArticle", "headline": "Flood"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "Flood"}\n//]]>',
        '{"@type": "NewsArticle", "headline": "Flood",}',
        '{"@type": "NewsArticle", "articleBody": "one\ntwo", "headline": "Flood"}',
        '{"@type": "NewsArticle", "headline": "Flood"};',
        "{&quot;@type&quot;: &quot;NewsArticle&quot;, &quot;headline&quot;: &quot;Flood&quot;}",
        r'{"@type": "NewsArticle", "description": "it\'s", "headline": "Flood"}',
    ],
    ids=["comment", "cdata", "trailing comma", "line end in string", "semicolon", "entities", "bad escape"],
)
def test_broken_json_ld_is_mended(block: str) -> None:
    assert read(f'<script type="application/ld+json">{block}</script>').json_ld[0]["headline"] == "Flood"


def test_json_ld_beyond_repair_is_left_out() -> None:
    assert read('<script type="application/ld+json">{"headline": </script><p>Text').json_ld == ()


def test_two_documents_in_one_json_ld_block_are_both_read() -> None:
    assert len(read('<script type="application/ld+json">{"a": 1}\n{"b": 2}</script>').json_ld) == 2


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", "text/html"),
        (b"  \n ", None),
        (b"%PDF-1.7 <html>", "text/html"),
        (b"<html><p>x", "application/json"),
        (b"just words", "text/plain"),
        (b'<?xml version="1.0"?><rss version="2.0"></rss>', "text/xml"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom"></feed>', None),
    ],
    ids=["empty", "white space", "pdf", "json by type", "plain text", "rss", "atom"],
)
def test_what_is_no_page_is_refused(body: bytes, content_type: str | None) -> None:
    with pytest.raises(NotAPage):
        parse_page(body, URL, content_type=content_type)


def test_xhtml_sent_as_xml_is_a_page() -> None:
    body = b'<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>Tide</title></head></html>'
    assert parse_page(body, URL, content_type="application/xhtml+xml").title == "Tide"


def test_a_hundred_thousand_nested_elements_are_a_page_that_says_it_was_cut() -> None:
    page = read("<title>Deep</title>" + "<div>" * 100_000 + "bottom")
    assert (page.title, page.truncated) == ("Deep", True)


def test_nested_elements_left_out_leave_their_words() -> None:
    page = read("<body>" + "<div>" * 30_000 + "bottom")
    assert "bottom" in page.tree.body.text(deep=True)  # type: ignore[union-attr]


def test_a_tag_with_a_hundred_thousand_attributes_loses_them() -> None:
    page = read("<p " + " ".join(f"a{number}=1" for number in range(100_000)) + ">Text")
    assert (page.truncated, page.tree.css_first("p").attributes) == (True, {})


def test_a_long_attribute_with_data_in_it_stays() -> None:
    page = read(f"<p data-story='{'x' * 60_000}'>Text")
    assert not page.truncated


def test_thousands_of_comments_before_the_page_are_read_at_once() -> None:
    assert read("<!---->" * 5_000 + "<title>Tide</title>").title == "Tide"


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b"", b"\0\0"], ids=["with a mark", "as it came", "after NULs"])
def test_utf8_is_parsed_as_it_is_meant(before: bytes) -> None:
    page = parse_page(before + "<title>Flut \ufffd Größe</title>".encode(), URL)
    assert page.title == "Flut \ufffd Größe"


def test_words_in_another_encoding_reach_the_tree() -> None:
    page = parse_page("<title>Größe</title><p>Überflutung".encode("windows-1252"), URL, content_type="text/html; charset=iso-8859-1")
    assert (page.title, page.tree.css_first("p").text()) == ("Größe", "Überflutung")


def test_titles_and_links_in_the_body_are_read_too() -> None:
    page = read("<p>Text</p><link rel=canonical href=/b><meta name=author content=Amara><title>Late</title>")
    assert (page.links[0].href, page.meta["author"], page.title) == ("https://gazette.example/b", ("Amara",), "Late")


def test_json_ld_full_of_blanks_is_read_at_once() -> None:
    assert read('<script type="application/ld+json">{' + " " * 500_000 + "x</script><title>Tide</title>").title == "Tide"


def test_deep_json_ld_is_left_out() -> None:
    assert read('<script type="application/ld+json">' + "[" * 100_000 + "</script>").json_ld == ()


def test_the_story_is_the_article_that_bears_the_pages_address() -> None:
    ld = json.dumps(
        [{"@type": "NewsArticle", "headline": "Other", "url": "https://gazette.example/b"}, {"@type": "NewsArticle", "url": URL, "headline": "Flood"}]
    )
    assert read(f'<script type="application/ld+json">{ld}</script>').story["headline"] == "Flood"


def test_references_in_the_story_are_resolved() -> None:
    ld = json.dumps(
        {"@graph": [{"@type": "Person", "@id": "#amara", "name": "Amara Diallo"}, {"@type": "NewsArticle", "author": [{"@id": "#amara"}]}]}
    )
    assert read(f'<script type="application/ld+json">{ld}</script>').story["author"][0]["name"] == "Amara Diallo"


def test_references_that_lead_in_a_circle_end() -> None:
    ld = json.dumps({"@graph": [{"@type": "NewsArticle", "@id": "#a", "isPartOf": {"@id": "#a"}, "headline": "Flood"}]})
    assert read(f'<script type="application/ld+json">{ld}</script>').story["headline"] == "Flood"


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([None, "text/html", "text/html; charset=gbk", "text/html; charset=utf-7", "application/xhtml+xml"]))
def test_any_bytes_are_a_page_or_not_a_page(body: bytes, content_type: str | None) -> None:
    try:
        page = parse_page(b"<html>" + body, URL, content_type=content_type)
    except NotAPage:
        return
    assert (type(page.story), page.blocks.cut) == (dict, False)


_MARKUP = st.lists(
    st.sampled_from(
        [
            "<html>",
            "<head>",
            "<title>",
            "<meta name=a content=b>",
            "<link rel=x href=//a>",
            "<p>",
            "</p>",
            "<div",
            ">",
            "<!--",
            "<table>",
            "<svg>",
            "<script type=application/ld+json>",
            "</script>",
            '{"@graph":[',
            "]}",
            "text",
            "\x00",
            "&amp",
            "<base href=x>",
            "<b>",
            "<td>",
            "<select>",
        ]
    ),
    max_size=60,
)


@settings(max_examples=300, deadline=None)
@given(_MARKUP)
def test_any_tangle_of_markup_is_a_page_or_not_a_page(pieces: list[str]) -> None:
    try:
        page = parse_page("".join(pieces).encode(), URL)
    except NotAPage:
        return
    assert (page.url, page.blocks.cut) == (URL, False)
