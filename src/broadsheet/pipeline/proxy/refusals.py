"""Why there is no picture: from what a fetch came to, to what a client is told; and for how long that is remembered."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta

from broadsheet.errors import ImageError
from broadsheet.images import messages
from broadsheet.model import Declined, Failed

REMEMBERED = timedelta(minutes=15)
"""As weserv's public service does; errors that may pass in a moment (429, 5xx, time-outs) are not remembered at all."""

MOST = 10_000

_PASSING = frozenset({408, 425, 429})


def refusal(outcome: Declined | Failed, *, max_bytes: int, max_redirects: int) -> ImageError:
    """The error for an answer that brought no picture."""
    match outcome:
        case Declined(cause="too-large"):
            return messages.too_large(max_bytes)
        case Declined(cause="redirects"):
            return messages.redirects(max_redirects)
        case Declined(cause="bad-url"):
            return messages.bad_address()
        case Failed(status=int(status)) if status not in (408, 504):
            return messages.origin_answered(status)
        case Failed(unreachable=False):
            return messages.timed_out()
    return messages.unresolvable()


def is_lasting(outcome: Declined | Failed) -> bool:
    """Whether asking again within minutes would be noise."""
    if isinstance(outcome, Declined):
        return True
    return outcome.status is not None and 400 <= outcome.status < 500 and outcome.status not in _PASSING


class Refusals:
    """The errors of a quarter of an hour, by key. *now* is the clock."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._kept: OrderedDict[str, tuple[datetime, ImageError]] = OrderedDict()

    def get(self, key: str) -> ImageError | None:
        found = self._kept.get(key)
        return found[1] if found and self._now() < found[0] else None

    def put(self, key: str, error: ImageError) -> None:
        self._kept.pop(key, None)
        self._kept[key] = (self._now() + REMEMBERED, error)
        while len(self._kept) > MOST:
            self._kept.popitem(last=False)
