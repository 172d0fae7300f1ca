"""The contract of every store: exchanges are kept as they were sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta


def test_an_exchange_comes_back_with_every_header_in_order(store, make):
    store.file_exchange(make.exchange())
    assert store.exchange("x1") == make.exchange()


def test_an_exchange_that_is_not_there_is_none(store):
    assert store.exchange("x1") is None


def test_a_filed_exchange_never_changes(store, make):
    store.file_exchange(make.exchange())
    store.file_exchange(replace(make.exchange(), body=b"something else", status=500))
    assert store.exchange("x1") == make.exchange()


def test_two_exchanges_may_share_a_body(store, make):
    store.file_exchange(make.exchange("x1"))
    store.file_exchange(make.exchange("x2"))
    assert store.exchange("x1").body == store.exchange("x2").body == make.exchange().body


def test_an_empty_body_stays_empty(store, make):
    store.file_exchange(make.exchange(body=b""))
    assert store.exchange("x1").body == b""


def test_old_exchanges_are_forgotten_with_their_bodies(store, make):
    store.file_exchange(make.exchange("old", b"old", make.noon - timedelta(days=9)))
    store.file_exchange(make.exchange("new", b"new"))
    assert store.forget_exchanges(make.noon) == 1
    assert (store.exchange("old"), store.exchange("new")) == (None, make.exchange("new", b"new"))


def test_an_exchange_that_a_revision_rests_on_is_not_forgotten(desk, make):
    desk.watch()
    desk.store.file_exchange(make.exchange("evidence"))
    desk.collect(exchange_ids=("evidence",))
    assert desk.store.forget_exchanges(make.noon + timedelta(days=999)) == 0
    assert desk.store.exchange("evidence") is not None


def test_a_body_shared_with_a_younger_exchange_is_not_forgotten(store, make):
    store.file_exchange(make.exchange("old", fetched_at=make.noon - timedelta(days=9)))
    store.file_exchange(make.exchange("new"))
    store.forget_exchanges(make.noon)
    assert store.exchange("new") == make.exchange("new")
