"""The list of feeds."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

from broadsheet.model import Collection, Source
from broadsheet.publish import render_opml


def body_of(*collections: Collection) -> ET.Element:
    found = ET.fromstring(render_opml(collections, title="All", feed_url=lambda each: f"https://news.example/{each.slug}.rss")).find("body")
    assert found is not None
    return found


def test_a_feed_is_an_outline_with_text_and_address(collection: Collection) -> None:
    outline = body_of(collection).find(".//outline[@type='rss']")
    assert outline is not None
    assert (outline.get("text"), outline.get("xmlUrl")) == ("港口日报", "https://news.example/harbour-example.rss")


def test_sources_of_one_category_share_a_folder(collection: Collection) -> None:
    folder = body_of(collection, replace(collection, slug="other")).find("outline[@text='World']")
    assert folder is not None
    assert len(folder) == 2


def test_a_merged_collection_stands_outside_the_folders(collection: Collection, source: Source) -> None:
    merged = replace(collection, slug="merged/all", sources=(source, source))
    assert body_of(merged)[0].get("xmlUrl") == "https://news.example/merged/all.rss"


def test_a_category_with_a_slash_is_a_folder_but_no_path(collection: Collection, source: Source) -> None:
    outline = body_of(replace(collection, sources=(replace(source, category="a/b"),))).find("outline/outline")
    assert outline is not None
    assert outline.get("category") is None


def test_no_feeds_are_a_list_all_the_same() -> None:
    assert len(body_of()) == 0
