"""A story's own address."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from broadsheet.extraction.canonical import find_canonical
from broadsheet.markup.page import Page

MakePage = Callable[..., Page]
URL = "https://www.harbour-gazette.example/news/2024/flood-wall-48213"


def canonical(href: str) -> str:
    return f'<link rel="canonical" href="{href}">'


def test_the_link_is_believed_and_loses_its_tracking(make_page: MakePage) -> None:
    assert find_canonical(make_page(head=canonical(f"{URL}?utm_source=feed"))).value == URL


@pytest.mark.parametrize(
    "href", ["/", "https://www.harbour-gazette.example", "https://other.example/", "https://www.harbour-gazette.example/index.html", "/en/"]
)
def test_a_home_page_is_not_believed(make_page: MakePage, href: str) -> None:
    assert find_canonical(make_page(head=canonical(href))).value is None


def test_another_story_of_the_site_is_not_believed(make_page: MakePage) -> None:
    assert find_canonical(make_page(head=canonical("/sports/regatta-results-90210"))).value is None


def test_the_same_story_under_another_path_is_believed(make_page: MakePage) -> None:
    page = make_page(head=canonical("/story/flood-wall-48213.html"))
    assert find_canonical(page).value == "https://www.harbour-gazette.example/story/flood-wall-48213.html"


def test_the_original_of_a_syndicated_story_is_believed(make_page: MakePage) -> None:
    assert find_canonical(make_page(head=canonical("https://agency.example/wall-falls"))).value == "https://agency.example/wall-falls"


def test_where_the_link_leads_home_the_head_may_still_say_it(make_page: MakePage) -> None:
    page = make_page(head=canonical("/") + f'<meta property="og:url" content="{URL}">', url=f"{URL}?ref=rss")
    assert find_canonical(page).value == URL


def test_a_page_that_states_none_has_none(make_page: MakePage) -> None:
    assert find_canonical(make_page()).value is None
