"""Whether a feed names a hub, and under which address the hub knows it."""

from __future__ import annotations

from broadsheet.model import Feed, Headers
from broadsheet.websub import Offer, offered

URL = "https://paper.example/feed"


def feed(*hubs: str, self_url: str | None = None) -> Feed:
    return Feed(url=URL, dialect="atom", hub_urls=hubs, self_url=self_url)


def link(*values: str) -> Headers:
    return Headers.of(("Link", value) for value in values)


def test_a_feed_without_a_hub_offers_nothing() -> None:
    assert offered(feed(), Headers(), url=URL) is None


def test_a_hub_in_the_feed_is_found_with_the_feeds_own_name_for_itself() -> None:
    offer = offered(feed("https://hub.example/", self_url="https://paper.example/atom"), Headers(), url=URL)
    assert offer == Offer(hub_url="https://hub.example/", topic_url="https://paper.example/atom")


def test_the_link_header_outranks_the_feed() -> None:
    said = link('<https://other.example/hub>; rel="hub"', "<https://paper.example/one>; rel=self")
    offer = offered(feed("https://hub.example/", self_url="https://paper.example/atom"), said, url=URL)
    assert offer == Offer(hub_url="https://other.example/hub", topic_url="https://paper.example/one")


def test_one_header_may_name_both() -> None:
    said = link('<https://hub.example/>; rel="hub", <https://paper.example/one>; rel="self"; type="application/atom+xml"')
    assert offered(feed(), said, url=URL) == Offer(hub_url="https://hub.example/", topic_url="https://paper.example/one")


def test_a_hub_in_the_header_goes_with_the_self_link_of_the_feed() -> None:
    offer = offered(feed(self_url="https://paper.example/atom"), link("<https://hub.example/>; rel=hub"), url=URL)
    assert offer == Offer(hub_url="https://hub.example/", topic_url="https://paper.example/atom")


def test_a_feed_that_does_not_name_itself_goes_by_its_address() -> None:
    offer = offered(feed("https://hub.example/"), Headers(), url=URL)
    assert offer is not None
    assert offer.topic_url == URL


def test_relative_addresses_are_made_absolute() -> None:
    assert offered(feed(), link("</hub>; rel=hub, </feed.xml>; rel=self"), url=URL) == Offer(
        hub_url="https://paper.example/hub", topic_url="https://paper.example/feed.xml"
    )


def test_a_relation_may_be_one_of_several_and_in_capitals() -> None:
    offer = offered(feed(), link('<https://hub.example/>; REL="nofollow HUB"'), url=URL)
    assert offer is not None
    assert offer.hub_url == "https://hub.example/"


def test_of_two_hubs_the_one_that_is_asked_over_tls_is_taken() -> None:
    offer = offered(feed("http://old.example/", "https://new.example/"), Headers(), url=URL)
    assert offer is not None
    assert offer.hub_url == "https://new.example/"


def test_a_hub_that_is_no_web_address_is_none() -> None:
    assert offered(feed("javascript:alert(1)", "mailto:hub@paper.example"), Headers(), url=URL) is None


def test_a_long_header_of_nothing_is_read_quickly_and_names_no_hub() -> None:
    assert offered(feed(), link("<" * 50_000, "<a>;" + "x;" * 50_000), url=URL) is None
