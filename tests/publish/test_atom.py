"""Atom 1.0 by RFC 4287."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from broadsheet.model import Collection, LanguageEdition
from broadsheet.publish import PublishOptions, render_atom

A = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"
OPTIONS = PublishOptions(self_url="https://news.example/feeds/harbour-example.atom")


@pytest.fixture
def feed(collection: Collection) -> ET.Element:
    return ET.fromstring(render_atom(collection, OPTIONS))


@pytest.fixture
def entry(feed: ET.Element) -> ET.Element:
    found = feed.find(f"{A}entry")
    assert found is not None
    return found


def links(entry: ET.Element, rel: str) -> list[tuple[str | None, str | None]]:
    return [(link.get("href"), link.get("hreflang")) for link in entry.findall(f"{A}link") if link.get("rel") == rel]


def test_the_feed_has_id_title_date_and_author(feed: ET.Element) -> None:
    assert [feed.findtext(f"{A}{name}") for name in ("id", "title", "updated", "author/{http://www.w3.org/2005/Atom}name")] == [
        "tag:broadsheet.invalid,2026:collection/harbour-example", "港口日报", "2026-03-15T09:00:05Z", "港口日报",
    ]  # fmt: skip


def test_the_feed_says_where_it_is_and_what_it_belongs_to(feed: ET.Element) -> None:
    assert links(feed, "self") == [(OPTIONS.self_url, None)]
    assert links(feed, "alternate") == [("https://harbour.example/zh/", None)]


def test_an_entry_names_its_language_so_that_it_is_written_the_same_in_every_feed(feed: ET.Element, entry: ET.Element) -> None:
    assert (feed.get(f"{XML}lang"), entry.get(f"{XML}lang")) == ("zh-Hans", "zh-Hans")


def test_an_entry_in_another_language_says_so(collection: Collection) -> None:
    feed = ET.fromstring(render_atom(replace(collection, language="en"), OPTIONS))
    assert feed.find(f"{A}entry[@{XML}lang='zh-Hans']") is not None


def test_the_first_alternate_is_the_article_itself(entry: ET.Element) -> None:
    assert links(entry, "alternate")[0] == ("https://harbour.example/zh/2026/ferry", "zh-Hans")


def test_the_original_of_a_translation_is_related(entry: ET.Element) -> None:
    assert links(entry, "related") == [("https://harbour.example/en/2026/ferry", "en")]


def test_no_two_alternates_share_a_language(collection: Collection) -> None:
    editions = (LanguageEdition(url="https://p.example/1", language="ar"), LanguageEdition(url="https://p.example/2", language="ar"))
    stored = collection.articles[0]
    feed = ET.fromstring(render_atom(replace(collection, articles=(replace(stored, article=replace(stored.article, editions=editions)),)), OPTIONS))
    assert [language for _, language in links(feed[-1], "alternate")] == ["zh-Hans", "ar"]


def test_where_it_was_read_is_told_when_it_differs(entry: ET.Element) -> None:
    assert links(entry, "via") == [("https://harbour.example/zh/2026/ferry?utm_source=feed", None)]


def test_the_lead_image_is_enclosed(entry: ET.Element) -> None:
    assert links(entry, "enclosure") == [("https://pictures.example/ferry.jpg?w=1200", None)]


def test_publication_and_change_are_two_dates(entry: ET.Element) -> None:
    assert (entry.findtext(f"{A}published"), entry.findtext(f"{A}updated")) == ("2026-03-14T06:30:00Z", "2026-03-15T09:00:05Z")


def test_authors_and_contributors_are_kept_apart(entry: ET.Element) -> None:
    assert [each.text for each in entry.findall(f"{A}author/{A}name")] == ["Ada Okonkwo"]
    assert [each.text for each in entry.findall(f"{A}contributor/{A}name")] == ["林可", "陈一"]


def test_an_author_has_a_page(entry: ET.Element) -> None:
    assert entry.findtext(f"{A}author/{A}uri") == "https://harbour.example/people/ada-okonkwo"


def test_the_full_text_is_html_and_the_summary_is_text(entry: ET.Element) -> None:
    content, summary = entry.find(f"{A}content"), entry.find(f"{A}summary")
    assert content is not None
    assert summary is not None
    assert (content.get("type"), summary.get("type")) == ("html", None)


def test_the_publishers_feed_is_named_as_source(entry: ET.Element) -> None:
    assert entry.findtext(f"{A}source/{A}id") == "https://harbour.example/zh/feed.xml"


def test_a_source_that_was_renamed_goes_by_its_new_name(collection: Collection) -> None:
    render_atom(collection, OPTIONS)
    renamed = replace(collection, sources=(replace(collection.sources[0], title="Tide & Times"),))
    assert ET.fromstring(render_atom(renamed, OPTIONS)).findtext(f"{A}entry/{A}source/{A}title") == "Tide & Times"
