"""Pages that an article asks for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from broadsheet.extraction.wants import find_wants
from broadsheet.markup.page import Page

MakePage = Callable[..., Page]
SITE = "https://www.harbour-gazette.example"
URL = f"{SITE}/news/2024/flood-wall-48213"
WHOLE = 4000


def asked(page: Page, body_letters: int = WHOLE) -> list[tuple[str, str]]:
    return [(want.kind, want.url) for want in find_wants(page, body_letters=body_letters)]


def test_a_whole_story_wants_nothing(make_page: MakePage, prose: str) -> None:
    assert asked(make_page(prose, head='<link rel="amphtml" href="/amp/48213">')) == []


def test_an_empty_page_that_refreshes_wants_where_it_leads(make_page: MakePage) -> None:
    page = make_page(head='<meta http-equiv="refresh" content="0; url=/news/real-story">')
    assert asked(page, 0) == [("redirect", f"{SITE}/news/real-story")]


def test_a_page_with_text_that_reloads_itself_wants_nothing(make_page: MakePage, prose: str) -> None:
    assert asked(make_page(prose, head='<meta http-equiv="refresh" content="300; url=/news/other">')) == []


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "gopher://a.example/"])
def test_a_refresh_to_something_else_than_the_web_is_not_wanted(make_page: MakePage, url: str) -> None:
    assert asked(make_page(head=f'<meta http-equiv="refresh" content="0;url={url}">'), 0) == []


@pytest.mark.parametrize(
    ("url", "next_url"),
    [
        (URL, f"{URL}?page=2"),
        (URL, f"{URL}/2"),
        (f"{URL}.html", f"{URL}_2.html"),
        (f"{URL}?page=2", f"{URL}?page=3"),
        (f"{URL}/page/2/", f"{URL}/page/3/"),
    ],
)
def test_the_next_page_of_the_story_is_wanted(make_page: MakePage, prose: str, url: str, next_url: str) -> None:
    assert asked(make_page(prose, head=f'<link rel="next" href="{next_url}">', url=url)) == [("next-page", next_url)]


def test_a_numbered_link_is_a_next_page(make_page: MakePage, prose: str) -> None:
    page = make_page(f'{prose}<div><b>1</b> <a href="{URL}?page=2">2</a> <a href="{URL}?page=3">3</a></div>')
    assert asked(page) == [("next-page", f"{URL}?page=2")]


def test_a_chinese_link_to_the_next_page_is_understood(make_page: MakePage, prose: str) -> None:
    assert asked(make_page(f'{prose}<a href="{URL}/2">下一页</a>')) == [("next-page", f"{URL}/2")]


def test_the_next_story_of_a_blog_is_not_a_next_page(make_page: MakePage, prose: str) -> None:
    assert asked(make_page(prose, head=f'<link rel="next" href="{SITE}/news/2024/regatta-48214">')) == []


def test_the_pages_of_a_section_are_no_pages_of_the_story(make_page: MakePage, prose: str) -> None:
    assert asked(make_page(f'{prose}<a href="/news?page=2">2</a>')) == []


def test_one_page_with_everything_makes_its_parts_unnecessary(make_page: MakePage, prose: str) -> None:
    page = make_page(f'{prose}<a href="{URL}?page=2">2</a> <a href="{URL}?singlepage=1">View as single page</a>')
    assert asked(page) == [("single-page", f"{URL}?singlepage=1")]


def test_a_page_that_is_nearly_empty_wants_its_amp_form(make_page: MakePage) -> None:
    assert asked(make_page(head='<link rel="amphtml" href="/amp/48213">'), 200) == [("amp", f"{SITE}/amp/48213")]


def test_a_page_that_is_cut_wants_its_amp_form(make_page: MakePage) -> None:
    page = make_page(head='<link rel="amphtml" href="/amp/48213">', ld={"@type": "NewsArticle", "wordCount": 2000})
    assert asked(page, 1500) == [("amp", f"{SITE}/amp/48213")]


def test_an_empty_page_wants_the_frame_that_holds_its_text(make_page: MakePage) -> None:
    page = make_page('<iframe src="/ads/banner.html"></iframe><iframe src="/body/48213.html"></iframe>')
    assert asked(page, 0) == [("frame", f"{SITE}/body/48213.html")]


def test_the_frame_of_another_site_is_not_wanted(make_page: MakePage) -> None:
    assert asked(make_page('<iframe src="https://tube.example/embed/1"></iframe>'), 0) == []


def test_every_want_says_why(make_page: MakePage) -> None:
    wants = find_wants(make_page(head='<link rel="amphtml" href="/amp/48213">'), body_letters=200)
    assert wants[0].reason == "the page holds only 200 letters"
