"""How long a server asks us to wait."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from broadsheet.model import Headers

MIN_WAIT = timedelta(seconds=1)
MAX_WAIT = timedelta(days=7)


def retry_after(headers: Headers, *, now: datetime) -> timedelta | None:
    """How long the server asks us to wait, or None if it does not say.

    Reads both forms of Retry-After: whole seconds and an HTTP date (RFC 9110, section 10.2.3).
    Never less than MIN_WAIT; capped at MAX_WAIT, since a misplaced year must not silence a source.
    Raises nothing: a value that cannot be read counts as absent.
    """
    said = (headers.get("retry-after") or "").strip()
    if said.isascii() and said.isdecimal():
        return _clamped(timedelta(seconds=min(int(said[:12]), MAX_WAIT.total_seconds())))
    try:
        at = parsedate_to_datetime(said)
    except (ValueError, OverflowError):
        return None
    return _clamped((at if at.tzinfo else at.replace(tzinfo=UTC)) - now)


def _clamped(wait: timedelta) -> timedelta:
    return max(MIN_WAIT, min(wait, MAX_WAIT))
