"""One request at a time to each host (or a few, where a person waits), with a pause between them, and silence for as long as the host asked for it.

Different hosts do not wait for one another. Counted by host name without port: a host is somebody's machine.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import TracebackType

_NOTHING = timedelta(0)
# A host left alone for this long owes us no pause: settings allow an hour at most.
_FORGET_AFTER = timedelta(hours=1)
_FORGET_FROM = 4096  # hosts; below, remembering them costs nothing


@dataclass(slots=True)
class _Host:
    places: asyncio.Semaphore
    visitors: int = 0  # in and waiting
    left_at: datetime | None = None
    held_until: datetime | None = None

    def pause(self, delay: timedelta, now: datetime) -> timedelta:
        """How long to wait so that *delay* lies between the last visit and the next.

        Never more than *delay*, whatever the clock does: one that is set back must not silence us for the difference.
        """
        return _NOTHING if self.left_at is None else max(_NOTHING, min(delay, self.left_at + delay - now))

    def rest(self, now: datetime) -> timedelta | None:
        """How much longer the host wants to hear nothing, or None."""
        return self.held_until - now if self.held_until is not None and self.held_until > now else None

    def is_forgettable(self, now: datetime) -> bool:
        return self.visitors == 0 and self.rest(now) is None and (self.left_at is None or now - self.left_at > _FORGET_AFTER)


class Hosts:
    """The queues of all hosts. *sleep* takes seconds; *at_once* are let in at one host at the same time."""

    def __init__(self, *, now: Callable[[], datetime], sleep: Callable[[float], Awaitable[None]], at_once: int = 1) -> None:
        self._at_once = at_once
        self._now = now
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}
        self._forget_at = _FORGET_FROM

    def visit(self) -> Visit:
        """A visitor, not yet at any host; to be used in `async with`, so that it leaves in the end."""
        return Visit(self)

    def hold(self, host: str, wait: timedelta) -> None:
        """Keep away from *host* for *wait*; never shortens a longer hold."""
        known = self._of(host)
        until = self._now() + wait
        known.held_until = max(until, known.held_until or until)

    def rest(self, host: str) -> timedelta | None:
        """How much longer *host* wants to hear nothing, or None."""
        return self._of(host).rest(self._now())

    async def enter(self, host: str, delay: timedelta) -> timedelta | None:
        """Wait for our turn; `Visit.enter` says what comes back."""
        known = self._of(host)
        known.visitors += 1
        try:
            if (rest := known.rest(self._now())) is not None:
                return self._turned_away(known, rest)
            await known.places.acquire()
        except asyncio.CancelledError:
            known.visitors -= 1
            raise
        try:
            # The visitor before us may have been told to keep away.
            if (rest := known.rest(self._now())) is None:
                await self._pause(known, delay)
                return None
        except asyncio.CancelledError:
            self._let_go(known)
            raise
        self._let_go(known)
        return rest

    def leave(self, host: str) -> None:
        known = self._of(host)
        known.left_at = self._now()
        self._let_go(known)

    async def _pause(self, known: _Host, delay: timedelta) -> None:
        if pause := known.pause(delay, self._now()):
            await self._sleep(pause.total_seconds())

    def _turned_away(self, known: _Host, rest: timedelta) -> timedelta:
        known.visitors -= 1
        return rest

    def _let_go(self, known: _Host) -> None:
        known.places.release()
        known.visitors -= 1

    def _of(self, host: str) -> _Host:
        if host not in self._hosts and len(self._hosts) >= self._forget_at:
            self._forget()
        return self._hosts.setdefault(host, _Host(places=asyncio.Semaphore(self._at_once)))

    def _forget(self) -> None:
        now = self._now()
        self._hosts = {host: known for host, known in self._hosts.items() if not known.is_forgettable(now)}
        self._forget_at = max(_FORGET_FROM, 2 * len(self._hosts))  # else a full table would be searched at every call


class Visit:
    """One request on its way, at one host at most: entering the next one leaves the last, so no two visits can wait for each other."""

    def __init__(self, hosts: Hosts) -> None:
        self._hosts = hosts
        self._at: str | None = None

    async def enter(self, host: str, delay: timedelta) -> timedelta | None:
        """Wait until it is our turn at *host*, *delay* after the last visitor left.

        Returns None once we are in, or at once how much longer the host wants to hear nothing; then we are not in.
        A host we are at already is not left: a redirect within it is part of the same visit.
        """
        if self._at == host:
            return None
        self.leave()
        rest = await self._hosts.enter(host, delay)
        if rest is None:
            self._at = host
        return rest

    def leave(self) -> None:
        """Let the next visitor in; harmless when we are nowhere."""
        if self._at is not None:
            self._hosts.leave(self._at)
            self._at = None

    async def __aenter__(self) -> Visit:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.leave()
