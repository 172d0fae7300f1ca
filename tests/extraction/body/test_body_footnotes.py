"""Footnotes and the way to them and back."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from broadsheet.extraction.body import find_body

NOTES = "<ol><li id='fn1'>Harbour log, page 12. <a href='#r1'>↩</a></li><li id='fn2'><a href='https://council.example/minutes'>Minutes</a></li></ol>"


@pytest.fixture
def noted(prose) -> str:
    """The prose with two marks in it, and the notes below."""
    marked = prose.replace("Monday", "Monday<sup id='r1'><a href='#fn1'>1</a></sup>").replace("early", "early<a href='#fn2'>[2]</a>", 1)
    return marked + NOTES


def test_a_mark_leads_to_its_note_and_the_note_back(page_of, noted):
    html = find_body(page_of(noted)).html
    key = re.search(r'<sup><a href="#fn-(\w+)-1" id="fnref-\1-1"', html)[1]
    assert f'<li id="fn-{key}-1">Harbour log, page 12. <a href="#fnref-{key}-1" rel="noopener noreferrer">↩</a></li>' in html


def test_a_note_that_is_only_a_link_is_kept_and_given_a_way_back(page_of, noted):
    html = find_body(page_of(noted)).html
    assert re.search(r'<li id="fn-(\w+)-2"><a href="https://council\.example/minutes"[^>]*>Minutes</a> <a href="#fnref-\1-2"[^>]*>↩</a></li>', html)


def test_the_list_of_notes_says_that_it_is_one(page_of, noted):
    assert '<ol class="footnotes">' in find_body(page_of(noted)).html


def test_arrows_back_are_not_in_the_text(page_of, noted):
    assert find_body(page_of(noted)).text.endswith("Harbour log, page 12.\nMinutes")


def test_a_note_in_a_paragraph_of_its_own_is_found_by_the_name_of_its_link(page_of, prose):
    marked = prose.replace("Monday", "Monday<a href='#_ftn1' name='_ftnref1'>[1]</a>")
    html = find_body(page_of(marked + "<p><a href='#_ftnref1' name='_ftn1'>[1]</a> Harbour log, page 12.</p>")).html
    assert re.search(r'<p id="fn-(\w+)-1"><a href="#fnref-\1-1"', html)


def test_two_articles_never_share_an_id(page_of, noted):
    page = page_of(noted)
    one, other = find_body(page).html, find_body(replace(page, url="https://news.example/2026/boat")).html
    assert set(re.findall(r' id="([^"]*)"', one)).isdisjoint(re.findall(r' id="([^"]*)"', other))


def test_a_mark_in_arabic_digits_is_a_mark(page_of, prose):
    html = find_body(page_of(prose.replace("Monday", "Monday<a href='#n'>[١]</a>") + "<p id='n'>١ سجل الميناء، الصفحة ١٢</p>")).html
    assert 'id="fn-' in html


def test_a_table_of_contents_is_no_list_of_notes(page_of, prose):
    contents = "<ul><li><a href='#way'>The way back</a></li></ul>"
    assert 'id="' not in find_body(page_of(contents + prose + f"<div id='way'>{prose.replace('ferry', 'boat')}</div>")).html


def test_a_number_that_leads_to_a_short_section_is_no_mark(page_of, prose):
    page = page_of(prose.replace("Monday", "Monday<a href='#s'>1</a>") + "<div id='s'><h2>The way back</h2><p>She went home at dawn.</p></div>")
    assert 'id="' not in find_body(page).html


def test_a_link_to_the_top_of_the_page_leads_nowhere(page_of, prose):
    assert "#" not in find_body(page_of(prose.replace("Monday", "<a href='#top'>Monday</a>"))).html
