"""Subscription lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.errors import ParseError
from broadsheet.parse.opml import OpmlOutline, parse_opml


def opml(body: str) -> bytes:
    return f'<?xml version="1.0"?><opml version="2.0"><head><title>mine</title></head><body>{body}</body></opml>'.encode()


def test_a_subscription_is_read_whole():
    [outline] = parse_opml(
        opml('<outline type="rss" text="Paper" xmlUrl="https://paper.example/rss" htmlUrl="https://paper.example/" category="/World/Asia,/x"/>')
    )
    assert outline == OpmlOutline(title="Paper", feed_url="https://paper.example/rss", home_url="https://paper.example/", category="World/Asia")


def test_folders_make_the_category():
    nested = '<outline text="World"><outline title="Asia" type="rss"><outline xmlUrl="https://paper.example/rss"/></outline></outline>'
    [outline] = parse_opml(opml(nested))
    assert (outline.title, outline.category) == (None, "World/Asia")


def test_a_feed_named_twice_is_one():
    once = '<outline text="Paper" xmlUrl="https://paper.example/rss"/>'
    assert len(parse_opml(opml(once + once))) == 1


def test_names_of_attributes_are_taken_in_any_case():
    assert parse_opml(opml('<outline TEXT="Paper" xmlurl="https://paper.example/rss"/>'))[0].title == "Paper"


def test_bare_ampersands_are_text():
    [outline] = parse_opml(opml('<outline text="R&D" xmlUrl="https://paper.example/rss?a=1&b=2"/>'))
    assert (outline.title, outline.feed_url) == ("R&D", "https://paper.example/rss?a=1&b=2")


def test_feed_addresses_are_web_addresses():
    assert parse_opml(opml('<outline xmlUrl="feed://paper.example/rss"/>'))[0].feed_url == "http://paper.example/rss"


def test_relative_addresses_start_from_the_list():
    assert parse_opml(opml('<outline xmlUrl="rss"/>'), "https://paper.example/lists/mine.opml")[0].feed_url == "https://paper.example/lists/rss"


def test_what_is_no_list_is_refused():
    with pytest.raises(ParseError, match="is not OPML"):
        parse_opml(b"<rss/>", "mine.opml")


def test_entities_of_a_doctype_are_never_expanded():
    bomb = (
        b'<!DOCTYPE opml [<!ENTITY a SYSTEM "file:///etc/passwd">]><opml><body><outline text="&a;" xmlUrl="https://paper.example/rss"/></body></opml>'
    )
    assert "root" not in (parse_opml(bomb)[0].title or "")


@given(st.binary(max_size=200))
def test_any_bytes_are_a_list_or_not(data: bytes):
    try:
        parse_opml(b"<opml>" + data)
    except ParseError:
        return
