"""Laws that hold for every field on every page, however broken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broadsheet.errors import NotAPage
from broadsheet.extraction.access import find_access
from broadsheet.extraction.byline import find_people
from broadsheet.extraction.canonical import find_canonical
from broadsheet.extraction.date import find_modified, find_published
from broadsheet.extraction.headline import find_headline, find_kicker
from broadsheet.extraction.language import find_language
from broadsheet.extraction.language_edition import find_editions
from broadsheet.extraction.lead_image import find_lead_image
from broadsheet.extraction.section import find_section, find_tags
from broadsheet.extraction.site_name import find_site_name
from broadsheet.extraction.standfirst import find_standfirst
from broadsheet.extraction.wants import find_wants
from broadsheet.markup.page import Page
from broadsheet.model import Decision
from broadsheet.parse.page import parse_page

NOW = datetime(2024, 7, 10, tzinfo=UTC)
FIELDS: dict[str, Callable[[Page], Any]] = {
    "headline": find_headline,
    "kicker": find_kicker,
    "standfirst": find_standfirst,
    "people": find_people,
    "published": lambda page: find_published(page, now=NOW),
    "modified": lambda page: find_modified(page, now=NOW),
    "section": find_section,
    "tags": find_tags,
    "language": lambda page: find_language(page, text="short"),
    "lead_image": find_lead_image,
    "canonical": find_canonical,
    "editions": find_editions,
    "access": lambda page: find_access(page, body_letters=100),
    "site_name": find_site_name,
}

PIECES = (
    "<h1>",
    "</h1>",
    "<h2>",
    "<p>",
    "</p>",
    "<div class='byline author'>",
    "</div>",
    "By Amara Diallo",
    "2024-07-03",
    "Updated",
    "<time datetime='2024-13-99T99:99'>",
    "<a href='?page=2'>2</a>",
    "<a rel=author href='//['>X</a>",
    "<a href='http://[::1'>in English</a>",
    "<img src='http://[' width=abc>",
    "<picture><source srcset=','>",
    "<figure>",
    "<meta property=og:image content='http://['>",
    "<meta property=og:title content='a | b'>",
    "<meta name=author content='https://x'>",
    "<link rel=canonical href='//'>",
    "<link rel=alternate hreflang=zz href=//b/c>",
    "<link rel=next href='?page=99999999999999999999'>",
    "<meta http-equiv=refresh content='0;url='>",
    "<iframe src=':'>",
    "<title>",
    "</title>",
    "图／陳",
    "記者",
    "基本",
    "\u202e",
    "\ud7ff",
    "&#0;",
    "<article>",
    "<table><td>",
    "<base href='http://['>",
)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 10**20)
    | st.floats()
    | st.sampled_from(["", "2024-07-03", "NewsArticle", "https://a.example/x", "@id", "False", "A, B"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["@type", "@id", "name", "url", "author", "image", "headline"]), inner, max_size=4)
    ),
    max_leaves=8,
)
LD = st.dictionaries(
    st.sampled_from(
        [
            "@id",
            "headline",
            "author",
            "creator",
            "datePublished",
            "dateModified",
            "image",
            "publisher",
            "keywords",
            "articleSection",
            "inLanguage",
            "hasPart",
            "isAccessibleForFree",
            "wordCount",
            "articleBody",
            "mainEntityOfPage",
            "url",
            "translationOfWork",
            "itemListElement",
            "mainEntity",
            "description",
        ]
    ),
    JSON,
    max_size=8,
)


@pytest.mark.parametrize("field", FIELDS)
def test_an_empty_page_leaves_every_field_undecided(field: str) -> None:
    assert FIELDS[field](parse_page(b"<html><body></body></html>", "https://a.example/x")).value is None


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES), max_size=40), LD)
def test_no_page_makes_a_field_fail(pieces: list[str], ld: dict[str, Any]) -> None:
    page = parse_page(("<html>" + "".join(pieces)).encode("utf-8", "replace"), "https://a.example/x")
    page = Page(
        **{
            **{name: getattr(page, name) for name in page.__dataclass_fields__},
            "json_ld": ({"@type": "NewsArticle", **ld}, {"@type": "BreadcrumbList", **ld}),
        }
    )
    decisions = [find(page) for find in FIELDS.values()]
    assert all(isinstance(decision, Decision) for decision in decisions)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40), st.integers(0, 5000))
def test_every_want_is_an_absolute_address_of_another_page(pieces: list[str], letters: int) -> None:
    try:
        page = parse_page("".join(pieces).encode("utf-8", "replace"), "https://a.example/x?page=1")
    except NotAPage:
        return
    wants = find_wants(page, body_letters=letters)
    assert all(want.url.startswith(("http://", "https://")) and want.url != page.url for want in wants)


def test_a_page_read_without_an_address_still_has_its_fields() -> None:
    page = parse_page("<h1>港口的墙在风暴中倒塌</h1><p>记者 王小明</p>".encode(), "")
    assert (find_headline(page).value, find_site_name(page).value, find_wants(page, body_letters=10)) == ("港口的墙在风暴中倒塌", None, ())
