"""Text that is only in a script's data, and text spread over several pages."""

from __future__ import annotations

import json

from broadsheet.extraction.body import Head, find_body
from broadsheet.extraction.parts import read_parts
from broadsheet.model import Want
from broadsheet.parse.page import parse_page


def shell(script: str):
    html = f"<html><head><title>First ferry leaves</title></head><body><div id='root'></div>{script}</body></html>"
    return parse_page(html.encode(), "https://news.example/2026/ferry", content_type="text/html; charset=utf-8")


def test_the_body_is_taken_from_json_ld_when_the_page_shows_none(sentences):
    story = json.dumps({"@type": "NewsArticle", "headline": "First ferry leaves", "articleBody": "\n\n".join(sentences)})
    body = find_body(shell(f"<script type='application/ld+json'>{story}</script>"))
    assert (body.origin, body.text) == ("json-ld", "\n".join(sentences))


def test_the_body_is_taken_from_the_state_a_script_would_build_the_page_from(sentences):
    state = {"props": {"page": {"blocks": [{"type": "paragraph", "text": sentence} for sentence in sentences]}}}
    body = find_body(shell(f"<script id='__NEXT_DATA__' type='application/json'>{json.dumps(state)}</script>"))
    assert (body.origin, body.text) == ("hydration", "\n".join(sentences))


def test_html_in_an_assigned_state_is_read_like_a_page(prose, sentences):
    state = json.dumps({"article": {"id": "0" * 40, "contentHtml": prose + "<figure><img src='/a.jpg'><figcaption>At dawn</figcaption></figure>"}})
    body = find_body(shell(f"<script>window.__STATE__ = {state};</script>"))
    assert body.text == "\n".join(sentences)


def test_data_is_not_preferred_to_text_that_stands_on_the_page(page_of, prose):
    longer = json.dumps({"@type": "NewsArticle", "articleBody": "Another text altogether, and a much longer one than that. " * 40})
    page = page_of(prose, head=f"<title>First ferry leaves</title><script type='application/ld+json'>{longer}</script>")
    assert find_body(page).origin == "page"


def test_a_box_that_says_nothing_of_what_is_announced_yields_to_the_data_that_does(page_of, sentences):
    told = [*sentences, *(s.replace("ferry", "boat") for s in sentences), *(s.replace("the ", "that ") for s in sentences)]
    state = json.dumps({"blocks": [{"text": sentence} for sentence in told]})
    head = f"<title>First ferry leaves northern channel</title><meta name=description content='{sentences[0]} {sentences[1]}'>"
    box = "".join(f"<p>Unemployment among teachers fell by {n} per cent in the third quarter, the agency reported.</p>" for n in range(5))
    page = page_of(f"{box}<script type='application/json'>{state}</script>", head=head)
    body = find_body(page)
    assert (body.origin, "Unemployment" in body.text) == ("hydration", False)


def test_tags_in_data_are_never_shown_as_words(sentences):
    state = json.dumps({"text": " ".join(sentences) + "<a href='/ad'><img src='/ad.png'></a>"})
    assert "href" not in find_body(shell(f"<script type='application/json'>{state}</script>")).text


def test_next_pages_are_joined_without_what_they_repeat(page_of, prose, sentences):
    second = page_of(f"<p>{sentences[0]}</p>" + "".join(f"<p>{sentence.replace('the', 'that')}</p>" for sentence in sentences[1:]))
    body, _ = read_parts(page_of(prose), None, [(Want(kind="next-page", url="https://news.example/2"), second)], Head())
    assert body.text.count(sentences[0]) == 1
    assert sentences[1].replace("the", "that") in body.text


def test_a_fuller_form_of_the_page_is_used_instead(page_of, prose, sentences):
    want = Want(kind="amp", url="https://news.example/amp")
    body, _ = read_parts(page_of(f"<p>{sentences[0]}</p><p>{sentences[1]}</p>"), None, [(want, page_of(prose))], Head())
    assert body.text == "\n".join(sentences)


def test_a_poorer_form_of_the_page_is_not(page_of, prose, sentences):
    want = Want(kind="amp", url="https://news.example/amp")
    body, _ = read_parts(page_of(prose), None, [(want, page_of(f"<p>{sentences[0]}</p>"))], Head())
    assert body.text == "\n".join(sentences)
