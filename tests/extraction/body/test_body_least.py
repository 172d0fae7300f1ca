"""A report of one sentence is a report."""

from __future__ import annotations

from broadsheet.extraction.body import find_body

FRAME = (
    "<nav><a href='/'>Home</a> <a href='/sea'>Sea</a></nav><h1>Ferry runs again</h1>{}"
    "<footer><p>The Gazette has come out daily since 1890.</p></footer>"
)


def test_a_page_of_one_short_sentence_is_not_empty(page_of):
    assert find_body(page_of(FRAME.format("<p>The ferry runs again from Monday.</p>"))).text == "The ferry runs again from Monday."


def test_a_sentence_in_a_plain_box_is_found_too(page_of):
    assert find_body(page_of(FRAME.format("<div>The ferry runs again from Monday.</div>"))).text == "The ferry runs again from Monday."


def test_a_lone_notice_does_not_become_an_article(page_of):
    assert find_body(page_of(FRAME.format("<p>Subscribe to our newsletter today.</p>"))).text == ""


def test_a_byline_is_no_sentence(page_of):
    assert find_body(page_of(FRAME.format("<p>By Amara Diallo, Northport</p>"))).text == ""
