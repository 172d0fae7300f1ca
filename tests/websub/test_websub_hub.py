"""What our own hub takes, how it asks back, and what it says with a delivery."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.model import Headers, Intent
from broadsheet.websub import Refusal, WebSubSettings, callback_base, delivery_headers, hub_links, read_request, sign, subscriber_of, verification_url
from broadsheet.websub.hub import intent, lease_seconds, ping_form, retry_due
from broadsheet.websub.offer import linked

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
TOPIC = "https://news.example/feeds/paper.atom"
CALLBACK = "https://reader.example/push?id=1"


def form(**changes: str) -> bytes:
    usual = {"mode": "subscribe", "topic": TOPIC, "callback": CALLBACK}
    return urlencode({f"hub.{name}": value for name, value in (usual | changes).items()}).encode()


def read(**changes: str) -> Intent | Refusal:
    return read_request(form(**changes), now=NOON)


def taken(**changes: str) -> Intent:
    asked = read(**changes)
    assert isinstance(asked, Intent)
    return asked


def test_a_subscription_is_taken_with_its_topic_callback_and_secret() -> None:
    asked = taken(secret="s")
    assert (asked.mode, asked.topic_url, asked.callback_url, asked.secret, asked.due) == ("subscribe", TOPIC, CALLBACK, "s", NOON)


@pytest.mark.parametrize(
    "wrong",
    [
        {"mode": "publish"}, {"mode": ""}, {"topic": ""}, {"topic": "ftp://news.example/"}, {"callback": ""}, {"callback": "javascript:alert(1)"},
        {"callback": "https://reader.example/#here"}, {"callback": "https://user:password@reader.example/"},
        {"callback": "https://reader.example/a b"},
        {"callback": "https://reader.example/" + "a" * 3000}, {"callback": "https://reader.example/\r\nX: y"}, {"secret": "s" * 200},
        {"secret": "é" * 100},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_with_400(wrong: dict[str, str]) -> None:
    refused = read(**wrong)
    assert isinstance(refused, Refusal)
    assert refused.status == 400


def test_a_secret_of_199_bytes_is_taken() -> None:
    assert taken(secret="s" * 199).secret == "s" * 199


@given(st.binary(max_size=500))
def test_no_bytes_break_the_reading_of_a_form(body: bytes) -> None:
    assert isinstance(read_request(body, now=NOON), Refusal | Intent)


def test_a_form_of_very_many_fields_is_refused() -> None:
    assert isinstance(read_request(form() + b"&a=1" * 100, now=NOON), Refusal)


@pytest.mark.parametrize(
    ("asked", "granted"), [("", 10), ("soon", 10), ("-1", 10), ("1", 1), ("432000", 5), ("99999999", 15), ("9" * 50, 10), ("²", 10)]
)
def test_a_lease_lies_between_one_day_and_fifteen(asked: str, granted: int) -> None:
    assert lease_seconds(asked) == granted * 86_400


def test_who_subscribes_again_is_the_same_subscriber() -> None:
    assert taken().id == taken(secret="another").id


def test_another_topic_makes_another_subscriber() -> None:
    assert taken().id != taken(topic="https://news.example/feeds/hill.atom").id


def test_the_callback_is_asked_with_its_own_query_in_front() -> None:
    asked = parse_qsl(urlsplit(verification_url(taken(), "challenge")).query)
    assert asked == [("id", "1"), ("hub.mode", "subscribe"), ("hub.topic", TOPIC), ("hub.challenge", "challenge"), ("hub.lease_seconds", "864000")]


def test_a_denial_bears_its_reason_and_no_challenge() -> None:
    asked = intent("denied", TOPIC, CALLBACK, reason="no more", now=NOON)
    said = parse_qs(urlsplit(verification_url(asked, "challenge")).query)
    assert said["hub.reason"] == ["no more"]
    assert "hub.challenge" not in said


def test_a_confirmed_subscriber_is_kept_for_its_lease() -> None:
    kept = subscriber_of(taken(lease_seconds="172800"), told="state", now=NOON)
    assert (kept.lease_until, kept.told) == (NOON + timedelta(days=2), "state")


def test_a_delivery_names_hub_and_feed_and_is_signed() -> None:
    kept = subscriber_of(taken(secret="s"), told=None, now=NOON)
    headers = delivery_headers(kept, b"<feed/>", hub_url="https://news.example/hub")
    assert headers == {
        "Link": '<https://news.example/hub>; rel="hub", <https://news.example/feeds/paper.atom>; rel="self"',
        "X-Hub-Signature": sign(b"<feed/>", "s"),
    }


def test_without_a_secret_nothing_is_signed() -> None:
    kept = subscriber_of(taken(), told=None, now=NOON)
    assert "X-Hub-Signature" not in delivery_headers(kept, b"<feed/>", hub_url="https://news.example/hub")


def test_we_read_the_links_that_we_write() -> None:
    said = Headers.of([("Link", hub_links("https://news.example/hub", TOPIC))])
    assert linked(said, "hub", url=TOPIC) == ("https://news.example/hub",)
    assert linked(said, "self", url=TOPIC) == (TOPIC,)


def test_nothing_breaks_out_of_a_link() -> None:
    assert hub_links('https://news.example/hub>; rel="x\r\nSet-Cookie: a', TOPIC).count(">;") == 2


def test_a_ping_names_each_feed_that_changed() -> None:
    assert parse_qs(ping_form((TOPIC, CALLBACK)).decode()) == {"hub.mode": ["publish"], "hub.url": [TOPIC, CALLBACK]}


def test_a_failed_delivery_is_tried_again_ever_later() -> None:
    first, second = (retry_due(tries=tries, since=NOON, now=NOON) for tries in (1, 2))
    assert first is not None
    assert second is not None
    assert NOON < first < second


def test_a_failed_delivery_waits_as_long_as_it_is_asked_to() -> None:
    assert retry_due(tries=1, since=NOON, now=NOON, retry_after=timedelta(hours=3)) == NOON + timedelta(hours=3)


def test_after_a_day_a_delivery_is_given_up() -> None:
    assert retry_due(tries=9, since=NOON, now=NOON + timedelta(hours=23)) is None


@pytest.mark.parametrize(
    "base", ["", "http://localhost:8000/", "http://127.0.0.1:8000/", "http://[::1]/", "http://192.168.1.5/", "http://nas/", "http://nas.lan/"]
)
def test_no_hub_is_asked_to_call_where_it_cannot_reach_us(base: str) -> None:
    assert callback_base(WebSubSettings(), base) is None


def test_a_public_address_is_where_hubs_reach_us() -> None:
    assert callback_base(WebSubSettings(), "https://news.example/sub") == "https://news.example/sub/"


def test_what_the_operator_says_is_taken_as_it_is() -> None:
    assert callback_base(WebSubSettings(callback_base="http://127.0.0.1:9"), "https://news.example/") == "http://127.0.0.1:9/"


def test_who_does_not_want_to_be_told_is_not() -> None:
    assert callback_base(WebSubSettings(subscribe=False), "https://news.example/") is None
