"""The clock, in one place: every pure function takes `now` as an argument, and this is what the doors pass."""

from __future__ import annotations

from datetime import UTC, datetime


def utc_now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)
