"""What relative addresses in a feed are relative to."""

from __future__ import annotations

from datetime import UTC, datetime

from broadsheet.model import Feed
from broadsheet.parse.feed import parse_feed

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ITEM = "<item><link>story</link><description>wet</description></item>"


def read_at(url: str, text: str, content_location: str | None = None) -> Feed:
    return parse_feed(text.encode(), url, content_location=content_location, now=NOW)


def test_links_start_from_the_feed():
    [entry] = read_at("https://paper.example/feeds/all", f"<rss><channel>{ITEM}</channel></rss>").entries
    assert entry.link == "https://paper.example/feeds/story"


def test_links_start_from_the_content_location_if_the_server_states_one():
    feed = read_at("https://paper.example/all", f"<rss><channel>{ITEM}</channel></rss>", content_location="/en/all.xml")
    assert feed.entries[0].link == "https://paper.example/en/story"
    assert feed.url == "https://paper.example/all"


def test_a_content_location_on_another_host_is_passed_over():
    feed = read_at("https://paper.example/all", f"<rss><channel>{ITEM}</channel></rss>", content_location="http://backend.internal:8080/all")
    assert feed.entries[0].link == "https://paper.example/story"


def test_a_content_location_that_is_no_address_is_passed_over():
    [entry] = read_at("https://paper.example/all", f"<rss><channel>{ITEM}</channel></rss>", content_location="mailto:x").entries
    assert entry.link == "https://paper.example/story"


def test_each_base_starts_from_the_one_around_it():
    item = '<item xml:base="c/"><link>story</link></item>'
    text = f'<rss xml:base="/a/"><channel xml:base="b/">{item}</channel></rss>'
    [entry] = read_at("https://paper.example/feed", text).entries
    assert entry.link == "https://paper.example/a/b/c/story"
    assert entry.base_url == "https://paper.example/a/b/c/"


def test_a_base_does_not_change_where_the_feed_is():
    assert (
        read_at("https://paper.example/feed", f'<rss xml:base="https://cdn.example/"><channel>{ITEM}</channel></rss>').url
        == "https://paper.example/feed"
    )


def test_html_starts_from_the_story():
    [entry] = read_at("https://paper.example/feed", f"<rss><channel>{ITEM}</channel></rss>").entries
    assert entry.base_url == "https://paper.example/story"


def test_html_of_an_entry_without_link_starts_from_the_home_page():
    [entry] = read_at("https://paper.example/feed", "<rss><channel><link>/home</link><item><title>Rain</title></item></channel></rss>").entries
    assert entry.base_url == "https://paper.example/home"


def test_a_base_of_the_content_counts_for_its_html_alone():
    text = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="story"/><content xml:base="/pictures/">wet</content></entry></feed>'
    [entry] = read_at("https://paper.example/feed", text).entries
    assert (entry.link, entry.base_url) == ("https://paper.example/story", "https://paper.example/pictures/")


def test_an_id_that_is_a_path_is_the_link_of_an_entry_without_one():
    [entry] = read_at("https://paper.example/feed", '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>/story</id></entry></feed>').entries
    assert (entry.guid, entry.link) == ("/story", "https://paper.example/story")


def test_an_id_that_is_a_word_is_no_link():
    [entry] = read_at("https://paper.example/feed", '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>story</id></entry></feed>').entries
    assert entry.link is None
