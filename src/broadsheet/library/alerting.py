"""Telling the operator what broke: from the incidents in the store, over the channels of the settings, each thing once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from broadsheet.alerts import TEST, Channel, Message, channels, is_stale, is_time, messages, pause_after
from broadsheet.config import Settings
from broadsheet.errors import AlertNotSent, StoreError, UsageError
from broadsheet.fetch import Client
from broadsheet.model import Incident, Source
from broadsheet.observe import Event, Listener, log, nobody
from broadsheet.publish.site import collection_place
from broadsheet.store import Store
from broadsheet.text.moments import utc_now

LOOK_EVERY = timedelta(minutes=1)
MOST_AT_ONCE = 1000
"""Incidents looked at in one round."""


@dataclass(slots=True)
class _Rest:
    """How a channel has failed lately, in this process: after a restart it is tried at once."""

    failures: int = 0
    until: datetime | None = None


class Teller:
    """Tells the operator over *ways* of what the store holds untold. Each way is told by itself: one that fails delays no other."""

    def __init__(self, store: Store, settings: Settings, ways: Sequence[Channel], *, tell: Listener = nobody) -> None:
        self._store = store
        self._settings = settings
        self._ways = ways
        self._tell = tell
        self._rests = {way.name: _Rest() for way in ways}

    async def tell_untold(self, now: datetime, *, gather: timedelta = timedelta(0)) -> None:
        """One round: what has waited for *gather* is told over each channel that is not resting after a failure."""
        if not self._ways:
            return
        untold = {one.id: one for one in self._worth_telling(now)}
        if not is_time(list(untold.values()), now=now, gather=gather):
            return
        for way in self._ways:
            resting = self._rests[way.name].until
            if resting is None or resting <= now:
                await self._tell_over(way, untold, now)

    async def test(self, now: datetime) -> Sequence[AlertNotSent | None]:
        """Send a test over every channel; for each, what was wrong, if anything. Raises UsageError where no channel is set up."""
        if not self._ways:
            raise UsageError("alerts", "nobody is told: neither a webhook nor a mail address is set", do="Set alerts.webhooks or alerts.mail_to")
        return [await self._attempt(way, TEST, now) for way in self._ways]

    def _worth_telling(self, now: datetime) -> list[Incident]:
        """What is untold, but for what is nobody's business any more, which is noted as told without a word."""
        watched = {source.id for source in self._store.sources()}
        untold: list[Incident] = []
        for one in self._store.incidents_to_tell(limit=MOST_AT_ONCE):
            is_over_in_silence = one.closed_at is not None and not self._settings.alerts.ends
            if is_over_in_silence or is_stale(one, now) or one.source_id not in watched:
                self._store.told(replace(one, alerted_at=one.alerted_at or now, alerted_end_at=now if one.closed_at else None))
            else:
                untold.append(one)
        return untold

    async def _tell_over(self, way: Channel, untold: dict[str, Incident], now: datetime) -> None:
        """Send *way* what it has not told of *untold*, and note in there, and in the store, what it has."""
        sources = {source.id: source for source in self._store.sources()}
        begun = [one for one in untold.values() if one.closed_at is None and way.name not in one.told_by]
        over = [one for one in untold.values() if one.closed_at is not None and way.name not in one.end_told_by]
        for message in messages(begun, over, sources, our_urls=self._our_urls(sources)):
            error = await self._attempt(way, message, now)
            if error is not None:
                return
            for trouble in message.troubles:
                told = self._told(untold[trouble.incident.id], way, now)
                untold[told.id] = told
                self._store.told(told)  # at once: killed after this message, it is not sent again

    async def _attempt(self, way: Channel, message: Message, now: datetime) -> AlertNotSent | None:
        rest = self._rests[way.name]
        try:
            await way.send(message, now)
        except AlertNotSent as error:
            rest.failures += 1
            rest.until = now + pause_after(rest.failures)
            log("alerts").warning("not told of %r: %s", message.subject, error)
            self._tell(Event(kind="alert-failed", source_id="", said=str(error)))
            return error
        rest.failures, rest.until = 0, None
        self._tell(Event(kind="alerted", source_id="", said=message.subject))
        return None

    def _told(self, one: Incident, way: Channel, now: datetime) -> Incident:
        """*one* as told over *way*; once all have told of it, it is told for good."""
        if one.closed_at is None:
            told_by = (*one.told_by, way.name)
            return replace(one, told_by=told_by, alerted_at=now if self._are_all(told_by) else None)
        end_told_by = (*one.end_told_by, way.name)
        done = now if self._are_all(end_told_by) else None
        return replace(one, end_told_by=end_told_by, alerted_at=one.alerted_at or done, alerted_end_at=done)

    def _are_all(self, names: Sequence[str]) -> bool:
        return all(way.name in names for way in self._ways)

    def _our_urls(self, sources: Mapping[str, Source]) -> Mapping[str, str]:
        base = self._settings.publish.base_url.rstrip("/")
        return {source_id: f"{base}/{collection_place(source_id).path}" for source_id in sources} if base else {}


@asynccontextmanager
async def teller(store: Store, settings: Settings, *, tell: Listener = nobody) -> AsyncIterator[Teller]:
    """A teller over the channels of the settings, with a client of its own. Raises ConfigError for settings that cannot work."""
    async with Client(settings.fetch, now=utc_now) as client:
        yield Teller(store, settings, channels(settings.alerts, client.post), tell=tell)


async def keep_telling(one: Teller, settings: Settings) -> None:
    """Tell the operator of what comes up, until cancelled."""
    gather = timedelta(minutes=settings.alerts.gather)
    while True:
        try:
            await one.tell_untold(utc_now(), gather=gather)
        except StoreError as error:  # whoever works on the store will meet it too, and says more
            log("alerts").error("the incidents cannot be read: %s", error)
        await asyncio.sleep(LOOK_EVERY.total_seconds())
