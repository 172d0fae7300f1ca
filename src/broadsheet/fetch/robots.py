"""robots.txt as RFC 9309 has it: fetched once a day for each scheme and host, and obeyed for articles.

A server that has none (4xx) allows everything; one that cannot be reached or answers 5xx has not been asked yet, so we do
not go on, but may later (section 2.3.1.4). Rules we had stay in force while it cannot be reached.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from protego import Protego

from broadsheet.fetch.target import Target
from broadsheet.model import Failed, Fetched, Outcome, Request

AGENT = "Broadsheet"
MAX_CRAWL_DELAY = timedelta(seconds=30)
_FRESH = timedelta(hours=24)  # RFC 9309, section 2.4
_FRESH_FAILURE = (timedelta(seconds=4), timedelta(seconds=15), timedelta(minutes=1))
"""How long a failure stands, the first, the second, and every further one: most are over in seconds, but a host that is down is not
asked again for every one of its articles."""
_KEPT = 4096  # origins


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What one robots.txt says to us; *parsed* is None where there is none."""

    parsed: Protego | None = None

    def allows(self, url: str) -> bool:
        return self.parsed is None or self.parsed.can_fetch(url, AGENT)

    @property
    def crawl_delay(self) -> timedelta:
        """The pause it asks for, capped: some ask for hours, which would be a refusal in other words."""
        said = self.parsed.crawl_delay(AGENT) if self.parsed is not None else None
        return timedelta(seconds=min(max(said or 0.0, 0.0), MAX_CRAWL_DELAY.total_seconds()))


@dataclass(slots=True)
class _Known:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    answer: Rules | Failed | None = None
    until: datetime | None = None
    failures: int = 0  # in a row


class Robots:
    """The rules of every origin met. *fetch* is the client's own `get`, so robots.txt is guarded and queued like anything else."""

    def __init__(self, fetch: Callable[[Request], Awaitable[Outcome]], *, now: Callable[[], datetime]) -> None:
        self._fetch = fetch
        self._now = now
        self._known: dict[str, _Known] = {}

    def known(self, target: Target) -> Rules | Failed | None:
        """What `rules_for` would answer without a request, or None if it had to make one."""
        known = self._known.get(target.origin)
        return known.answer if known is not None and self._is_fresh(known) else None

    async def rules_for(self, target: Target) -> Rules | Failed:
        """The rules of *target*'s host, or the failure to get them.

        Whoever is at a host must leave it first: this may have to go there, and wait for others who go there.
        """
        known = self._of(target.origin)
        async with known.lock:
            if not self._is_fresh(known):
                outcome = await self._fetch(Request(url=f"{target.origin}robots.txt", kind="robots"))
                self._learn(known, read_rules(outcome))
        assert known.answer is not None
        return known.answer

    def _learn(self, known: _Known, answer: Rules | Failed) -> None:
        if isinstance(answer, Rules) or not isinstance(known.answer, Rules):
            known.answer = answer
        if isinstance(answer, Rules):
            known.failures, known.until = 0, self._now() + _FRESH
            return
        stands = _FRESH_FAILURE[min(known.failures, len(_FRESH_FAILURE) - 1)]
        known.failures, known.until = known.failures + 1, self._now() + min(answer.retry_after or stands, _FRESH_FAILURE[-1])

    def _is_fresh(self, known: _Known) -> bool:
        return known.until is not None and self._now() < known.until

    def _of(self, origin: str) -> _Known:
        if origin not in self._known and len(self._known) >= _KEPT:
            # The oldest goes, unless somebody is waiting for it; it can be asked for again.
            oldest = next((key for key, known in self._known.items() if not known.lock.locked()), None)
            self._known.pop(oldest or "", None)
        return self._known.setdefault(origin, _Known())


def read_rules(outcome: Outcome) -> Rules | Failed:
    """What the answer to a request for robots.txt means (RFC 9309, section 2.3.1).

    One that we declined (it redirects in circles or to a special address, or is absurdly large) counts as not there.
    """
    match outcome:
        case Fetched():
            return Rules(parsed=Protego.parse(outcome.exchange.body.decode("utf-8-sig", "replace")))
        case Failed(status=status) if status is None or status == 429 or status >= 500:
            return outcome
        case _:
            return Rules()
