"""Signed links: whoever holds the key said that this picture may be had, in this size.

A signature is no guard against special addresses: whatever stands in a feed gets signed (GHSA-xwh2-742g-w3wp), so the guard of the one
client checks signed addresses as all others.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Sequence

CHARS = 22
"""Of the signature in base64url: 132 bits."""

MARK = "&sig="


def signed(query: str, key: bytes) -> str:
    """*query* with its signature behind it."""
    return f"{query}{MARK}{_signature(query, key)}"


def is_signed(query: str, keys: Sequence[bytes]) -> bool:
    """Whether *query* ends in a signature that one of *keys* made of everything before it. All are tried, so that time tells nothing."""
    before, mark, signature = query.rpartition(MARK)
    if not mark or not signature.isascii():
        return False
    return sum(hmac.compare_digest(_signature(before, key), signature) for key in keys) > 0


def _signature(query: str, key: bytes) -> str:
    digest = hmac.digest(key, query.encode("utf-8", "surrogatepass"), "sha256")
    return urlsafe_b64encode(digest).decode()[:CHARS]
