"""What a publication calls itself."""

from __future__ import annotations

from collections.abc import Callable

from broadsheet.extraction.site_name import find_site_name
from broadsheet.markup.page import Page

MakePage = Callable[..., Page]


def test_the_head_says_it(make_page: MakePage) -> None:
    assert find_site_name(make_page(head='<meta property="og:site_name" content="Harbour Gazette">')).value == "Harbour Gazette"


def test_the_publisher_says_it(make_page: MakePage) -> None:
    assert (
        find_site_name(make_page(ld={"@type": "NewsArticle", "publisher": {"@type": "Organization", "name": "Harbour Gazette"}})).value
        == "Harbour Gazette"
    )


def test_the_end_of_the_title_says_it_when_the_host_agrees(make_page: MakePage) -> None:
    assert (
        find_site_name(make_page(head="<title>Wall gives way | Harbour Gazette</title>", url="https://harbourgazette.example/a")).value
        == "Harbour Gazette"
    )


def test_the_end_of_a_title_that_the_host_knows_nothing_of_is_no_name(make_page: MakePage) -> None:
    assert find_site_name(make_page(head="<title>Wall gives way | A long night</title>")).value is None


def test_an_account_name_is_no_name(make_page: MakePage) -> None:
    assert find_site_name(make_page(head='<meta property="og:site_name" content="@gazette">')).value is None
