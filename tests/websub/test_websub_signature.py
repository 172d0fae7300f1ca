"""Whether a delivery comes from the hub that knows our secret."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.websub import is_genuine, sign


@given(st.binary(), st.text(min_size=1))
def test_what_we_sign_is_genuine(body: bytes, secret: str) -> None:
    assert is_genuine(sign(body, secret), body, secret)


@given(st.binary(), st.binary())
def test_a_signature_is_only_good_for_its_own_body(body: bytes, other: bytes) -> None:
    assert is_genuine(sign(body, "s"), other, "s") == (body == other)


@given(st.text())
def test_no_text_at_all_breaks_the_check(text: str) -> None:
    assert not is_genuine(text, b"body", "secret")


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_every_method_of_the_recommendation_is_read(method: str) -> None:
    said = hmac.new(b"secret", b"body", getattr(hashlib, method)).hexdigest()
    assert is_genuine(f"{method}={said}", b"body", "secret")


def test_a_signature_may_be_in_capitals() -> None:
    assert is_genuine(sign(b"body", "secret").upper(), b"body", "secret")


def test_md5_is_not_taken() -> None:
    said = hmac.new(b"secret", b"body", hashlib.md5).hexdigest()
    assert not is_genuine(f"md5={said}", b"body", "secret")


def test_another_secret_is_not_ours() -> None:
    assert not is_genuine(sign(b"body", "theirs"), b"body", "ours")


def test_we_sign_with_sha256() -> None:
    assert sign(b"body", "secret").startswith("sha256=")
