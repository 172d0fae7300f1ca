"""Ids of articles: time-ordered, so that new ones sort last and rows of one time lie together; independent of host and source."""

from __future__ import annotations

import secrets
from datetime import datetime

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32, lower case: no i, l, o, u to misread
_TIME_BITS = 48  # milliseconds since 1970: enough for eight thousand years
_RANDOM_BITS = 80
LENGTH = 26


def is_id(text: str) -> bool:
    """Whether *text* has the form of our ids: one from an archive may have been edited by anyone."""
    return len(text) == LENGTH and set(text) <= set(_ALPHABET)


def new_id(now: datetime) -> str:
    """26 characters in the form of a ULID: ten for the millisecond, sixteen of chance."""
    milliseconds = int(now.timestamp() * 1000) & ((1 << _TIME_BITS) - 1)
    number = (milliseconds << _RANDOM_BITS) | secrets.randbits(_RANDOM_BITS)
    return "".join(_ALPHABET[(number >> shift) & 31] for shift in range(5 * (LENGTH - 1), -1, -5))
