"""Whether a second reading says something new."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from broadsheet.compare import content_hash, decide_revision
from broadsheet.model import Article, Note, Person, Picture, SafeHtml, StatedTime

BODY = '<p>The ferry was <a href="https://h.example/b?id=7">late</a>.</p><figure><img src="https://i1.h.example/640/ship.jpg?sig=1"></figure>'
FERRY = Article(
    url="https://h.example/a",
    title="Ferry late",
    standfirst="By an hour",
    people=(Person(name="Amara Diallo"),),
    lead_image=Picture(url="https://i1.h.example/640/lead.jpg?sig=1", caption="The ferry"),
    body=SafeHtml(BODY),
    text="The ferry was late.",
    word_count=400,
)


@pytest.mark.parametrize(
    "noise",
    [
        {"url": "https://h.example/a?utm_source=x"},
        {"tags": ("sea",)},
        {"modified": StatedTime(raw="now", at=datetime(2026, 1, 1, tzinfo=UTC))},
        {"body": SafeHtml(BODY.replace("?id=7", "?id=7&amp;utm_medium=feed"))},
        {"body": SafeHtml(BODY.replace("i1.h.example/640/ship.jpg?sig=1", "i2.h.example/1200/ship.jpg?sig=2"))},
        {"body": SafeHtml(BODY.replace("The ferry", "The\n  ferry"))},
        {"lead_image": replace(FERRY.lead_image, url="https://i2.h.example/1200/lead.jpg", width_px=1200)},
    ],
)
def test_what_readers_do_not_see_is_no_revision(noise):
    assert decide_revision(replace(FERRY, **noise), FERRY).kind == "unchanged"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"title": "Ferry very late"}, "headline"),
        ({"standfirst": "By two hours"}, "standfirst"),
        ({"people": (Person(name="Amara Diallo"), Person(name="Li Wei", role="translator"))}, "byline"),
        ({"lead_image": Picture(url="https://h.example/other.jpg")}, "lead image"),
        ({"body": SafeHtml(BODY.replace("late", "punctual")), "text": "The ferry was punctual."}, "text"),
        ({"body": SafeHtml(BODY.replace("<p>", "<h2>").replace("</p>", "</h2>"))}, "form"),
        ({"body": SafeHtml(BODY.replace("?id=7", "?id=8"))}, "form"),
        ({"notes": (Note(kind="correction", html=SafeHtml("<p>It was two hours.</p>")),)}, "form"),
    ],
)
def test_what_readers_see_is_a_revision_and_is_named(change, named):
    verdict = decide_revision(replace(FERRY, **change), FERRY)
    assert (verdict.kind, verdict.reason) == ("revised", named)


def test_the_first_reading_is_the_first():
    assert decide_revision(FERRY, None).kind == "first"


def test_a_teaser_where_the_whole_story_was_is_poorer():
    verdict = decide_revision(replace(FERRY, completeness="teaser", body=SafeHtml("<p>Subscribe</p>")), FERRY)
    assert (verdict.kind, verdict.reason) == ("poorer", "only teaser now, full before")


def test_a_page_that_lost_most_of_its_words_is_poorer():
    verdict = decide_revision(replace(FERRY, body=SafeHtml("<p>Server error</p>"), word_count=100), FERRY)
    assert (verdict.kind, verdict.reason) == ("poorer", "100 words now, 400 before")


def test_the_whole_story_where_a_teaser_was_is_a_revision():
    assert decide_revision(FERRY, replace(FERRY, completeness="teaser", body=SafeHtml("<p>Soon</p>"))).kind == "revised"


def test_a_short_story_may_become_much_shorter():
    brief = replace(FERRY, word_count=60)
    assert decide_revision(replace(brief, word_count=10, body=SafeHtml("<p>It came.</p>")), brief).kind == "revised"


def test_moving_an_element_into_another_is_seen():
    inside, beside = (replace(FERRY, body=SafeHtml(html)) for html in ("<ul><li>a<ul><li>b</li></ul></li></ul>", "<ul><li>a</li><li>b</li></ul>"))
    assert content_hash(inside) != content_hash(beside)


def test_a_hash_says_in_what_form_it_was_made():
    assert content_hash(FERRY).startswith("1:")
    assert len(content_hash(FERRY)) <= 80


def test_an_article_with_nothing_in_it_has_a_hash_too():
    assert content_hash(Article(url="", title="")) != content_hash(FERRY)
