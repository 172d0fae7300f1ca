"""Ids of articles: time-ordered, so that new ones sort last and rows of one time lie together; independent of host and source."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32, lower case: no i, l, o, u to misread
_TIME_BITS = 48  # milliseconds since 1970: enough for eight thousand years
_RANDOM_BITS = 80
LENGTH = 26


def is_id(text: str) -> bool:
    """Whether *text* has the form of our ids: one from an archive may have been edited by anyone."""
    return len(text) == LENGTH and set(text) <= set(_ALPHABET)


def new_id(now: datetime) -> str:
    """26 characters in the form of a ULID: ten for the millisecond, sixteen of chance."""
    return _written(now, secrets.randbits(_RANDOM_BITS))


def first_id(at: datetime) -> str:
    """The first of all ids that can be made at this moment or later."""
    return _written(at, 0)


def moment_of(article_id: str) -> datetime:
    """When an id was made, to the millisecond."""
    milliseconds = 0
    for character in article_id[: LENGTH - _RANDOM_BITS // 5]:
        milliseconds = (milliseconds << 5) | _ALPHABET.index(character)
    return datetime.fromtimestamp(milliseconds / 1000, tz=UTC)


def _written(at: datetime, chance: int) -> str:
    milliseconds = int(at.timestamp() * 1000) & ((1 << _TIME_BITS) - 1)
    number = (milliseconds << _RANDOM_BITS) | chance
    return "".join(_ALPHABET[(number >> shift) & 31] for shift in range(5 * (LENGTH - 1), -1, -5))
