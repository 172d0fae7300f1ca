"""The addresses of WebSub over HTTP: what hubs may say to us, and what anybody may ask of our own hub."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from broadsheet.config import ServeSettings, Settings
from broadsheet.fetch.config import FetchSettings
from broadsheet.model import PollState, Source, Subscription
from broadsheet.publish.config import PublishSettings
from broadsheet.store import Store, open_memory_store
from broadsheet.text.moments import utc_now
from broadsheet.websub import Offer, WebSubSettings, sign, wanted
from broadsheet.websub.hub import subscriber_id
from broadsheet.websub.subscription import asking

TOPIC = "https://paper.example/feed"
OURS = "https://news.example/feeds/paper.atom"
CALLBACK = "https://reader.example/push"
SETTINGS = Settings(
    serve=ServeSettings(port=0),
    publish=PublishSettings(base_url="https://news.example/", hub="own"),
    fetch=FetchSettings(max_feed_bytes=10_000),
    websub=WebSubSettings(max_subscribers=3, max_subscribers_per_host=2),
)


class Door:
    """A server with a paper that it watches, whose hub was asked for a subscription."""

    def __init__(self, store: Store, url: str) -> None:
        self.store, self.url = store, url

    def send(self, path: str, body: bytes = b"", method: str = "POST", **headers: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection(self.url.removeprefix("http://").rstrip("/"), timeout=20)
        try:
            connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def deliver(self, body: bytes = b"<rss/>", **headers: str) -> int:
        return self.send("/websub/token", body, **{"Content_Type": "application/rss+xml", **headers})[0]

    def verify(self, token: str = "token", **query: str) -> tuple[int, bytes]:
        said = {"mode": "subscribe", "topic": TOPIC, "challenge": "echo me", "lease_seconds": "86400"} | query
        return self.send(f"/websub/{token}?" + urlencode({f"hub.{name}": value for name, value in said.items()}, quote_via=quote), method="GET")

    def ask(self, **changes: str) -> int:
        fields = {"mode": "subscribe", "topic": OURS, "callback": CALLBACK} | changes
        return self.send("/hub", urlencode({f"hub.{name}": value for name, value in fields.items()}).encode())[0]

    @property
    def held(self) -> Subscription:
        held = self.store.subscription("paper")
        assert held is not None
        return held

    @property
    def waiting(self) -> list[bool]:
        """Of what was pushed and waits: whether it holds the feed's words."""
        return [push.exchange_id is not None for push in self.store.waiting_pushes(limit=99)]


@contextmanager
def opened(serve: Callable[..., Any], settings: Settings = SETTINGS) -> Iterator[Door]:
    with open_memory_store(now=utc_now) as store:
        source = Source(id="paper", kind="feed", url=TOPIC, title="The Paper", home_url="https://paper.example/", added_at=utc_now())
        store.add_source(source, PollState(next_due=utc_now() + timedelta(days=1)))
        offer = Offer(hub_url="https://hub.example/", topic_url=TOPIC)
        asked = asking(wanted("paper", offer, token="token", secret="secret", now=utc_now()), utc_now())
        store.change_subscription("paper", lambda _: asked)
        yield Door(store, serve(settings, store=store).url)


@pytest.fixture
def door(websub_serve: Callable[..., Any]) -> Iterator[Door]:
    with opened(websub_serve) as made:
        yield made


def test_a_verification_of_what_we_asked_is_answered_with_the_challenge(door: Door) -> None:
    assert door.verify() == (200, b"echo me")
    assert door.held.state == "active"


@pytest.mark.parametrize("wrong", [{"topic": "https://other.example/"}, {"mode": "unsubscribe"}, {"mode": ""}, {"challenge": ""}, {"token": "guess"}])
def test_no_other_verification_is_answered(door: Door, wrong: dict[str, str]) -> None:
    status, body = door.verify(**wrong)
    assert status == 404
    assert b"echo me" not in body
    assert door.held.state == "asked"


def test_a_challenge_that_was_answered_is_not_answered_again(door: Door) -> None:
    door.verify()
    assert door.verify()[0] == 404


def test_a_denial_ends_the_wait(door: Door) -> None:
    assert door.verify(mode="denied", reason="closed")[0] == 200
    assert (door.held.state, door.held.last_error) == ("given-up", "the hub refused: closed")


def test_a_signed_delivery_is_filed_before_it_is_answered(door: Door) -> None:
    assert door.deliver(X_Hub_Signature=sign(b"<rss/>", "secret")) == 202
    (push,) = door.store.waiting_pushes(limit=9)
    filed = door.store.exchange(push.exchange_id or "")
    assert filed is not None
    assert (filed.body, filed.content_type, filed.final_url) == (b"<rss/>", "application/rss+xml", TOPIC)


def test_a_forged_delivery_is_answered_alike_and_dropped(door: Door) -> None:
    assert door.deliver(X_Hub_Signature=sign(b"<rss/>", "guess")) == 202
    assert door.waiting == []


def test_unsigned_deliveries_are_one_sign_of_news(door: Door) -> None:
    door.deliver()
    door.deliver()
    assert door.waiting == [False]


def test_a_delivery_that_is_too_long_is_refused(door: Door) -> None:
    assert door.deliver(b"x" * 10_001) == 413
    assert door.waiting == []


def test_a_delivery_for_a_source_given_up_is_not_wanted_any_more(door: Door) -> None:
    door.store.remove_source("paper")
    assert door.deliver() == 410


def test_a_delivery_to_a_guessed_address_is_not_found(door: Door) -> None:
    assert door.send("/websub/guess", b"<rss/>")[0] == 404


def test_a_subscription_to_a_feed_of_ours_is_taken_to_be_verified(door: Door) -> None:
    assert door.ask() == 202
    (asked,) = door.store.due_intents(utc_now(), limit=9)
    assert (asked.mode, asked.topic_url, asked.callback_url) == ("subscribe", OURS, CALLBACK)


@pytest.mark.parametrize(
    "topic", [TOPIC, "https://news.example/", "https://news.example/feeds/none.atom", f"{OURS}?n=3", "https://news.example/articles/a.atom"]
)
def test_a_topic_that_is_no_feed_of_ours_is_not_found(door: Door, topic: str) -> None:
    assert door.ask(topic=topic) == 404
    assert door.store.due_intents(utc_now(), limit=9) == ()


def test_nothing_is_kept_of_a_request_to_end_what_never_was(door: Door) -> None:
    assert door.ask(mode="unsubscribe") == 202
    assert door.store.subscriber(subscriber_id(OURS, CALLBACK)) is None
    assert door.store.due_intents(utc_now(), limit=9) == ()


def test_one_host_has_no_more_than_its_share(door: Door) -> None:
    answers = [door.ask(callback=f"https://reader.example/{number}") for number in range(3)]
    assert answers == [202, 202, 503]


def test_in_all_there_are_no_more_than_the_operator_wants(door: Door) -> None:
    answers = [door.ask(callback=f"https://reader{number}.example/") for number in range(4)]
    assert answers == [202, 202, 202, 503]


def test_a_form_that_is_too_long_is_refused(door: Door) -> None:
    assert door.ask(secret="s" * 9000) == 413


def test_neither_address_is_there_unless_it_is_wanted(websub_serve: Callable[..., Any]) -> None:
    closed = replace(SETTINGS, publish=PublishSettings(), websub=WebSubSettings())
    with opened(websub_serve, closed) as door:
        assert (door.ask(), door.verify()[0]) == (404, 404)
