"""Signed links."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.images.query import read_query
from broadsheet.images.sign import CHARS, is_signed, signed

KEY, OTHER = b"k" * 32, b"o" * 32
QUERY = "url=https%3A%2F%2Fpictures.example%2Fa.jpg&w=800"
TEXT = st.text(st.characters(codec="utf-8"), max_size=80)
KEYS = st.binary(min_size=16, max_size=32)


@given(TEXT, KEYS)
def test_what_was_signed_is_signed(query: str, key: bytes) -> None:
    assert is_signed(signed(query, key), (key,))


@given(TEXT, KEYS, KEYS)
def test_another_key_did_not_sign_it(query: str, key: bytes, other: bytes) -> None:
    assert is_signed(signed(query, key), (other,)) is (key == other)


@given(TEXT, TEXT)
def test_a_signature_is_of_one_query_only(query: str, other: str) -> None:
    signature = signed(query, KEY)[-CHARS:]
    assert is_signed(f"{other}&sig={signature}", (KEY,)) is (query == other)


@given(TEXT)
def test_nothing_can_be_added_behind_a_signature(more: str) -> None:
    assert is_signed(signed(QUERY, KEY) + more, (KEY,)) is (more == "")


@given(st.integers(0, CHARS - 2), st.sampled_from("ABCabc019-_"))
def test_every_character_of_a_signature_counts(at: int, char: str) -> None:
    whole = signed(QUERY, KEY)
    place = len(whole) - CHARS + at
    changed = whole[:place] + char + whole[place + 1 :]
    assert is_signed(changed, (KEY,)) is (changed == whole)


def test_any_of_several_keys_will_do() -> None:
    assert is_signed(signed(QUERY, KEY), (OTHER, KEY))


def test_without_keys_nothing_is_signed() -> None:
    assert not is_signed(signed(QUERY, KEY), ())


@pytest.mark.parametrize("query", ["", QUERY, f"{QUERY}&sig=", f"{QUERY}&sig=é", f"sig={'A' * CHARS}"])
def test_a_query_without_a_signature_is_not_signed(query: str) -> None:
    assert not is_signed(query, (KEY,))


def test_a_signature_is_22_characters_that_need_no_encoding() -> None:
    signature = signed(QUERY, KEY).removeprefix(f"{QUERY}&sig=")
    assert len(signature) == 22
    assert signature.replace("-", "a").replace("_", "a").isalnum()


def test_a_signature_changes_nothing_of_what_a_link_asks_for() -> None:
    assert read_query(signed(QUERY, KEY)) == read_query(QUERY)
