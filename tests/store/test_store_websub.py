"""The contract of every store: our subscriptions and what was pushed, and the subscribers of our own hub."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from broadsheet.model import Delivery, Ping, Subscription
from broadsheet.websub.hub import intent, subscriber_of

TOPIC = "https://news.example/feeds/harbour.atom"
DAY = timedelta(days=1)


@pytest.fixture
def watching(store, make):
    store.add_source(make.source(), make.state())
    return store


def subscription(make, **changes):
    made = Subscription(source_id="harbour", hub_url="https://hub.example/", topic_url="https://t.example/", token="t", secret="s", due=make.noon)
    return replace(made, **changes)


def asked(make, callback="https://reader.example/1"):
    return intent("subscribe", TOPIC, callback, lease_seconds=86_400, now=make.noon)


def subscribe(store, make, callback="https://reader.example/1"):
    one = asked(make, callback)
    kept = subscriber_of(one, told="1", now=make.noon)
    store.carry_out_intent(one, subscriber=kept)
    return kept


def test_a_subscription_is_found_by_its_source_and_by_its_token(watching, make):
    watching.change_subscription("harbour", lambda _: subscription(make))
    assert watching.subscription("harbour") == watching.subscription_by_token("t") == subscription(make)


def test_a_change_to_nothing_ends_it(watching, make):
    watching.change_subscription("harbour", lambda _: subscription(make))
    watching.change_subscription("harbour", lambda _: None)
    assert watching.subscriptions() == {}


def test_subscriptions_of_paused_sources_are_not_due(watching, make):
    watching.change_subscription("harbour", lambda _: subscription(make))
    assert len(watching.due_subscriptions(make.noon, limit=9)) == 1
    watching.replace_source(make.source(state="paused"))
    assert watching.due_subscriptions(make.noon, limit=9) == ()
    assert watching.next_push_due() is None


def test_a_push_is_kept_with_its_exchange_until_it_is_finished(watching, make):
    watching.keep_push("harbour", make.noon, make.exchange("x1"))
    (push,) = watching.waiting_pushes(limit=9)
    assert watching.exchange(push.exchange_id) == make.exchange("x1")
    assert watching.next_push_due() == make.noon
    watching.finish_push(push.id)
    assert watching.waiting_pushes(limit=9) == ()


def test_signs_of_news_are_one(watching, make):
    watching.keep_push("harbour", make.noon)
    watching.keep_push("harbour", make.noon)
    assert len(watching.waiting_pushes(limit=9)) == 1


def test_what_is_confirmed_makes_a_subscriber_and_is_no_longer_due(store, make):
    store.put_intent(asked(make))
    kept = subscribe(store, make)
    assert store.subscribers(TOPIC, make.noon) == (kept,)
    assert store.topics(make.noon) == (TOPIC,)
    assert store.due_intents(make.noon, limit=9) == ()


def test_subscribers_are_counted_with_those_still_to_be_verified(store, make):
    subscribe(store, make)
    store.put_intent(asked(make, "https://reader.example/2"))
    store.put_intent(asked(make, "https://other.example/"))
    assert (store.count_subscribers(), store.count_subscribers("reader.example")) == (3, 2)


def test_a_lease_that_is_over_is_forgotten(store, make):
    subscribe(store, make)
    assert store.subscribers(TOPIC, make.noon + DAY) == ()
    assert store.forget_subscribers(make.noon + DAY) == 1


def test_there_is_one_delivery_for_each_subscriber(store, make):
    kept = subscribe(store, make)
    first = Delivery(subscriber_id=kept.id, due=make.noon, since=make.noon)
    store.add_deliveries([first])
    store.add_deliveries([replace(first, since=make.noon + DAY)])
    assert store.due_deliveries(make.noon, limit=9) == (first,)


def test_a_finished_delivery_leaves_what_was_told(store, make):
    kept = subscribe(store, make)
    store.add_deliveries([Delivery(subscriber_id=kept.id, due=make.noon, since=make.noon)])
    store.finish_delivery(kept.id, told="2")
    assert store.subscriber(kept.id) == replace(kept, told="2")
    assert store.next_hub_due() is None


def test_a_subscriber_leaves_with_its_delivery(store, make):
    kept = subscribe(store, make)
    store.add_deliveries([Delivery(subscriber_id=kept.id, due=make.noon, since=make.noon)])
    store.remove_subscriber(kept.id)
    assert store.due_deliveries(make.noon, limit=9) == ()


def test_what_an_external_hub_was_told_comes_back(store, make):
    ping = Ping(hub_url="https://hub.example/", told_until=make.noon, due=make.noon)
    store.keep_ping(ping)
    assert store.ping("https://hub.example/") == ping
