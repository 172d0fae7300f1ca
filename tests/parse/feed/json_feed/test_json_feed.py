"""JSON Feed, as specified and as met."""

from __future__ import annotations

import json

import pytest

from broadsheet.errors import NotAFeed


@pytest.fixture
def json_feed(read):
    """Reads a JSON Feed with this one item and these values of the feed."""
    return lambda item, **feed: read(json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Paper", **feed, "items": [item]}))


def test_an_item_is_read_whole(json_feed):
    [entry] = json_feed({
        "id": "7", "url": "/rain", "title": "Rain", "summary": "a < b", "content_html": "<p>Wet</p>", "date_published": "2020-05-25T04:45:26Z",
        "authors": [{"name": "Ann Ode"}], "tags": ["Weather"], "image": "/a.jpg", "language": "en",
    }).entries  # fmt: skip
    assert (entry.guid, entry.link, entry.title, entry.summary_html, entry.content_html) == (
        "7",
        "https://paper.example/rain",
        "Rain",
        "a &lt; b",
        "<p>Wet</p>",
    )
    assert (entry.authors, entry.categories, entry.language) == (("Ann Ode",), ("Weather",), "en")
    assert [(e.url, e.medium) for e in entry.enclosures] == [("https://paper.example/a.jpg", "image")]


def test_numbers_and_strings_where_others_belong_are_taken_as_meant(json_feed):
    [entry] = json_feed({"id": 7, "url": "/rain", "author": "Ann Ode", "date_published": 1590381926}).entries
    assert (entry.guid, entry.authors) == ("7", ("Ann Ode",))


def test_values_of_impossible_types_count_as_absent(json_feed):
    [entry] = json_feed({"id": {}, "url": [], "title": True, "authors": [None, [], {"name": {}}], "tags": "x", "attachments": 5, "image": {}}).entries
    assert (entry.guid, entry.link, entry.title, entry.authors, entry.categories, entry.enclosures) == (None, None, None, (), (), ())


def test_plain_text_becomes_html(json_feed):
    [entry] = json_feed({"id": "1", "content_text": "a < b"}).entries
    assert entry.content_html == "a &lt; b"


def test_characters_that_xml_forbids_are_left_out(json_feed):
    [entry] = json_feed({"id": "1", "title": "Ra\x0bin\ud800"}).entries
    assert entry.title == "Rain"


def test_the_feed_says_where_it_goes_on(json_feed):
    feed = json_feed({"id": "1"}, next_url="?page=2", hubs=[{"type": "WebSub", "url": "https://hub.example/"}], home_page_url="/", language="en")
    assert (feed.dialect, feed.title, feed.home_url) == ("json", "Paper", "https://paper.example/")
    assert (feed.next_url, feed.hub_urls) == ("https://paper.example/feeds/all.xml?page=2", ("https://hub.example/",))


@pytest.mark.parametrize("text", ["{}", '{"items": 5}', '{"items": [{"name": "x"}]}', '{"items": [', '{"a":' * 50_000, "[1]"])
def test_other_json_is_no_feed(read, text):
    with pytest.raises(NotAFeed):
        read(text)
