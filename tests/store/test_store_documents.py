"""Values as they rest: what goes in comes out, in later versions too."""

from __future__ import annotations

from datetime import UTC

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.errors import StoreError, StoreTooNew
from broadsheet.model import Article, Entry, Headers, Person, SafeHtml, StatedTime
from broadsheet.store.documents import ARTICLES, ENTRIES, HEADERS, Codec, pack, storable, unpack

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
times = st.builds(StatedTime, raw=words, at=st.none() | st.datetimes(timezones=st.just(UTC)))
articles = st.builds(
    Article,
    url=words,
    title=words,
    people=st.lists(st.builds(Person, name=words), max_size=3).map(tuple),
    published=st.none() | times,
    body=words.map(SafeHtml),
    text=words,
)


@given(articles)
def test_an_article_comes_back_as_it_went_in(article):
    assert ARTICLES.decode(ARTICLES.encode(article)) == article


@given(st.builds(Entry, guid=st.none() | words, content_html=st.none() | words, published=st.none() | times))
def test_an_entry_comes_back_as_it_went_in(entry):
    assert ENTRIES.decode(ENTRIES.encode(entry)) == entry


@given(st.lists(st.tuples(words, words), max_size=5))
def test_headers_come_back_in_their_order(pairs):
    assert HEADERS.decode(HEADERS.encode(Headers.of(pairs))) == Headers.of(pairs)


@given(st.text())
def test_any_text_can_be_made_storable_and_then_stays_as_it_is(text):
    clean = storable(text)
    assert clean.encode().decode() == clean == storable(clean)


@given(st.binary())
def test_bytes_that_are_no_document_raise_nothing_but_a_store_error(noise):
    with pytest.raises(StoreError):
        ARTICLES.decode(noise)


def test_a_document_of_an_older_version_is_lifted_step_by_step():
    first = Codec(kind=Person)
    lifts = {1: lambda plain: {**plain, "name": plain["name"].title()}, 2: lambda plain: {**plain, "role": "editor"}}
    third = Codec(kind=Person, version=3, lifts=lifts)
    assert third.decode(first.encode(Person(name="amara diallo"))) == Person(name="Amara Diallo", role="editor")


def test_a_document_of_a_newer_version_is_refused():
    with pytest.raises(StoreTooNew, match="Upgrade"):
        Codec(kind=Person).decode(Codec(kind=Person, version=2).encode(Person(name="x")))


def test_a_document_without_a_field_added_later_gets_its_default():
    packed = pack(msgspec.json.encode({"v": 1, "doc": {"name": "Amara Diallo"}}))
    assert Codec(kind=Person).decode(packed) == Person(name="Amara Diallo")


def test_a_document_with_fields_of_a_later_day_is_read_without_them():
    packed = pack(msgspec.json.encode({"v": 1, "doc": {"name": "Amara Diallo", "pronoun": "she"}}))
    assert Codec(kind=Person).decode(packed) == Person(name="Amara Diallo")


def test_a_body_that_claims_to_be_huge_is_not_unpacked(monkeypatch):
    packed = pack(b"0" * 5000)
    monkeypatch.setattr("broadsheet.store.documents.MAX_BYTES", 4999)
    with pytest.raises(StoreError, match="larger"):
        unpack(packed)
