"""JSON Feed 1.1."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from broadsheet.markup.serialize import escape
from broadsheet.model import Collection, StoredArticle
from broadsheet.publish import PublishOptions, json_feed, render_json
from broadsheet.publish.item import item_of
from broadsheet.publish.plain import allowed

OPTIONS = PublishOptions(self_url="https://news.example/feeds/harbour-example.json", hub_url="https://hub.example/")


@pytest.fixture
def feed(collection: Collection) -> dict[str, Any]:
    return json.loads(render_json(collection, OPTIONS))  # type: ignore[no-any-return]


def test_the_head_names_version_and_addresses(feed: dict[str, Any]) -> None:
    assert [feed[name] for name in ("version", "home_page_url", "feed_url", "language")] == [
        "https://jsonfeed.org/version/1.1", "https://harbour.example/zh/", OPTIONS.self_url, "zh-Hans",
    ]  # fmt: skip


def test_the_hub_is_named_with_its_kind(feed: dict[str, Any]) -> None:
    assert feed["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]


def test_an_item_carries_every_field_we_know(feed: dict[str, Any]) -> None:
    assert set(feed["items"][0]) == {
        "id", "url", "title", "summary", "content_html", "date_published", "date_modified", "authors", "language", "tags", "image", "_broadsheet",
    }  # fmt: skip


def test_titles_are_plain_text(feed: dict[str, Any]) -> None:
    assert feed["items"][0]["title"] == "没有乘客的渡轮 & 一次 <实验>"


def test_what_the_format_has_no_field_for_is_in_our_extension(feed: dict[str, Any]) -> None:
    ours = feed["items"][0]["_broadsheet"]
    assert ours["contributors"] == [{"name": "林可", "role": "photographer"}, {"name": "陈一", "role": "translator"}]
    assert ours["editions"][0] == {"url": "https://harbour.example/en/2026/ferry", "language": "en", "relation": "original"}


def test_a_feed_without_articles_has_an_empty_list(collection: Collection) -> None:
    assert json.loads(render_json(replace(collection, articles=()), OPTIONS))["items"] == []


def test_summaries_alone_are_text(collection: Collection) -> None:
    item = json.loads(render_json(collection, replace(OPTIONS, content="summary")))["items"][0]
    assert "content_html" not in item
    assert item["content_text"] == item["summary"]


@pytest.mark.parametrize("odd", ["\0", "\b", "\f", "\x1f", "\x92", "\ufffe", "\uffff", "\ud800", "\\b", "\\u0000", "\x7f", "\r\n\t"])
def test_the_text_holds_the_characters_that_the_xml_formats_hold(stored: StoredArticle, odd: str) -> None:
    html = escape(f"渡轮 {odd} at six")
    item = item_of(replace(stored, article=replace(stored.article, body=html, language=None)), None, OPTIONS)
    assert allowed(html) in json.loads(json_feed.entry(item))["content_html"]
    assert odd == allowed(odd) or odd not in json.loads(json_feed.entry(item))["content_html"]
