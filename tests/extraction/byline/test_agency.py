"""The agency a story was taken from."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from broadsheet.extraction.byline import find_agency, find_people
from broadsheet.extraction.byline.names import agencies_in
from broadsheet.markup.page import Page
from broadsheet.model import Person

MakePage = Callable[..., Page]
H1 = "<h1>Harbour wall gives way in spring flood</h1>"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Source: Reuters", "Reuters"),
        ("Quelle: ntv, mau/dpa", "dpa"),
        ("2024-07-03 来源：新华社 字号：大 中 小", "新华社"),
        ("المصدر: رويترز", "رويترز"),
        ("출처: 연합뉴스", "연합뉴스"),
    ],
)
def test_a_source_line_names_the_agency(make_page: MakePage, prose: str, line: str, expected: str) -> None:
    assert find_agency(make_page(f"{H1}<div>{line}</div>{prose}")).value == expected


@pytest.mark.parametrize(
    ("opening", "expected"),
    [("LONDON, July 3 (Reuters) - ", "Reuters"), ("PARIS (AP) — ", "AP"), ("新华社北京7月3日电 ", "新华社"), ("(서울=연합뉴스) ", "연합뉴스")],
)
def test_a_dateline_names_the_agency(make_page: MakePage, prose: str, opening: str, expected: str) -> None:
    assert find_agency(make_page(H1 + prose.replace("<p>", f"<p>{opening}", 1))).value == expected


def test_the_source_of_the_papers_own_stories_is_no_agency(make_page: MakePage, prose: str) -> None:
    assert find_agency(make_page(f"{H1}<div>来源：港湾晚报</div>{prose}")).value is None


def test_brackets_in_the_first_paragraph_are_no_dateline(make_page: MakePage, prose: str) -> None:
    assert find_agency(make_page(H1 + prose.replace("<p>", "<p>The port (closed since May) - ", 1))).value is None


def test_the_agency_stands_in_the_byline_where_nobody_is_named(make_page: MakePage, prose: str) -> None:
    assert find_people(make_page(f"{H1}<div>Source: AFP</div>{prose}")).value == (Person(name="AFP", role="agency"),)


def test_the_agency_does_not_stand_beside_a_writer(make_page: MakePage, prose: str) -> None:
    assert find_people(make_page(f"{H1}<div>By Amara Diallo</div><div>Source: AFP</div>{prose}")).value == (Person(name="Amara Diallo"),)


def test_a_given_name_spelt_like_an_agency_is_none() -> None:
    assert list(agencies_in("Sid Vance")) == []
