"""Whether a visitor gets the whole story."""

from __future__ import annotations

from collections.abc import Callable

from broadsheet.extraction.access import find_access
from broadsheet.markup.page import Page

MakePage = Callable[..., Page]


def test_a_story_declared_not_free_with_little_text_is_paywalled(make_page: MakePage) -> None:
    page = make_page(ld={"@type": "NewsArticle", "isAccessibleForFree": "False"})
    assert find_access(page, body_letters=400).value == "paywalled"


def test_a_wall_that_the_whole_text_stands_behind_is_none(make_page: MakePage) -> None:
    page = make_page('<div class="paywall">Subscribe</div>', ld={"@type": "NewsArticle", "isAccessibleForFree": False})
    assert find_access(page, body_letters=6000).value == "open"


def test_a_part_that_is_not_free_makes_the_story_paywalled(make_page: MakePage) -> None:
    page = make_page(ld={"@type": "NewsArticle", "hasPart": {"@type": "WebPageElement", "isAccessibleForFree": False}})
    assert find_access(page, body_letters=400).value == "paywalled"


def test_a_box_that_is_a_wall_is_seen(make_page: MakePage) -> None:
    assert find_access(make_page('<p>Teaser</p><div class="article-paywall">Subscribe to read on</div>'), body_letters=200).value == "paywalled"


def test_a_mark_on_the_box_that_holds_the_whole_text_is_no_wall(make_page: MakePage) -> None:
    page = make_page(f'<div class="post has-paywall"><p>{"The harbour is open again. " * 40}</p></div>')
    assert find_access(page, body_letters=880).value is None


def test_less_text_than_the_page_states_is_cut(make_page: MakePage) -> None:
    page = make_page(ld={"@type": "NewsArticle", "wordCount": "900"})
    assert find_access(page, body_letters=500).value == "cut"


def test_a_story_declared_free_is_open(make_page: MakePage) -> None:
    assert find_access(make_page(ld={"@type": "NewsArticle", "isAccessibleForFree": True}), body_letters=700).value == "open"


def test_a_locked_tier_is_paywalled(make_page: MakePage) -> None:
    assert find_access(make_page(head='<meta property="article:content_tier" content="locked">'), body_letters=300).value == "paywalled"


def test_a_short_story_that_says_nothing_is_not_judged(make_page: MakePage, prose: str) -> None:
    assert find_access(make_page(prose), body_letters=500).value is None
