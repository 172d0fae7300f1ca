"""Microdata and RDFa."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from broadsheet.extraction.byline import find_people
from broadsheet.extraction.date import find_published
from broadsheet.extraction.section import find_section
from broadsheet.extraction.structured import structured_of
from broadsheet.markup.page import Page

MakePage = Callable[..., Page]

MICRODATA = """
<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">The wall stands again</h1>
<span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">Amara Diallo</span></span>
<meta itemprop="articleSection" content="Harbour"><span itemprop="datePublished" content="2024-07-03T10:00:00Z">yesterday</span></div>
"""


def test_microdata_names_author_section_and_date(make_page: MakePage, prose: str, now: datetime) -> None:
    page = make_page(MICRODATA + prose)
    found = find_published(page, now=now).value
    assert [person.name for person in find_people(page).value or ()] == ["Amara Diallo"]
    assert find_section(page).value == "Harbour"
    assert found is not None
    assert found.at == datetime(2024, 7, 3, 10, tzinfo=UTC)


def test_rdfa_says_the_same(make_page: MakePage, prose: str) -> None:
    body = '<div typeof="schema:NewsArticle"><h1 property="schema:headline">The wall</h1><b property="schema:author">Amara Diallo</b></div>'
    assert structured_of(make_page(body + prose)) == {"headline": ("The wall",), "author": ("Amara Diallo",)}


def test_the_author_of_a_comment_is_not_the_storys(make_page: MakePage, prose: str) -> None:
    body = '<div itemscope itemtype="https://schema.org/Comment"><b itemprop="author">Jonas Vogt</b></div>'
    assert structured_of(make_page(body + prose)) == {}


def test_only_the_first_of_several_articles_speaks(make_page: MakePage, prose: str) -> None:
    one = '<div itemscope itemtype="https://schema.org/Article"><b itemprop="author">{}</b></div>'
    assert structured_of(make_page(one.format("Amara Diallo") + prose + one.format("Jonas Vogt")))["author"] == ("Amara Diallo",)


def test_json_ld_makes_the_search_unnecessary(make_page: MakePage) -> None:
    ld = {"@type": "NewsArticle", "author": "Amara Diallo", "datePublished": "2024-07-03"}
    assert structured_of(make_page(MICRODATA, ld=ld)) == {}


def test_a_label_for_previews_names_the_writer(make_page: MakePage, prose: str) -> None:
    head = '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Amara Diallo">'
    assert [person.name for person in find_people(make_page(prose, head=head)).value or ()] == ["Amara Diallo"]
