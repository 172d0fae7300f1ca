"""The section and the tags of a story."""

from __future__ import annotations

from collections.abc import Callable

from broadsheet.extraction.section import find_section, find_tags
from broadsheet.markup.page import Page

MakePage = Callable[..., Page]


def test_the_section_is_what_the_head_says(make_page: MakePage) -> None:
    assert find_section(make_page(head='<meta property="article:section" content="Harbour &amp; Sea">')).value == "Harbour & Sea"


def test_the_last_crumb_before_the_story_is_its_section(make_page: MakePage) -> None:
    crumbs = [{"@type": "ListItem", "name": name} for name in ("Home", "Harbour", "Wall gives way")]
    page = make_page(head="<title>Wall gives way</title>", ld={"@type": "BreadcrumbList", "itemListElement": crumbs})
    assert find_section(page).value == "Harbour"


def test_an_address_is_no_section(make_page: MakePage) -> None:
    assert find_section(make_page(head='<meta property="article:section" content="https://a.example/news">')).value is None


def test_tags_keep_their_order_and_stand_once(make_page: MakePage) -> None:
    head = '<meta property="article:tag" content="tide"><meta property="article:tag" content="Wall"><meta property="article:tag" content="TIDE">'
    assert find_tags(make_page(head=head)).value == ("tide", "Wall")


def test_a_list_in_one_string_is_taken_apart(make_page: MakePage) -> None:
    assert find_tags(make_page(ld={"@type": "NewsArticle", "keywords": "港口、风暴, type:story"})).value == ("港口", "风暴")


def test_a_page_without_tags_has_none(make_page: MakePage) -> None:
    assert find_tags(make_page()).value is None
