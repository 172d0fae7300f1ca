"""The embedded engine: one process, the truth in the store, plain asyncio to hand out visits.

A *visit* is one poll of a source or one task, at one host; no host has two at once. What is due is asked from the store, so a killed
process loses nothing: the next start finds the same rows due.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any

from broadsheet.engine.config import EngineSettings
from broadsheet.errors import StoreError, UnknownSource
from broadsheet.model import Source, Task
from broadsheet.observe import Event, log
from broadsheet.pipeline.collect import collect, put_off
from broadsheet.pipeline.health import check_articles
from broadsheet.pipeline.pictures import Pictures
from broadsheet.pipeline.poll import poll_source, put_off_poll
from broadsheet.pipeline.schedule import spread_overdue
from broadsheet.pipeline.step import Step
from broadsheet.pipeline.tools import Tools
from broadsheet.pipeline.websub import WebSub
from broadsheet.store import KeepingRule
from broadsheet.urls import host_of

LONGEST_SLEEP = timedelta(seconds=30)
"""Sources added by another command are noticed within this time."""

ASLEEP = timedelta(minutes=5)
"""Nobody was at work for longer than this: the machine was off, or slept. What fell due meanwhile is not asked all at once."""

TIDY_EVERY = timedelta(hours=6)

MOST_AT_ONCE = 100_000
"""Second looks brought forward by one call; nobody asks for more by hand."""

Sleep = Callable[[float], Coroutine[Any, Any, None]]


class Embedded:
    """Runs what is due. One instance at a time works on a store: callers hold `store.work()`."""

    def __init__(self, tools: Tools, settings: EngineSettings, *, sleep: Sleep = asyncio.sleep) -> None:
        self._tools = tools
        self._settings = settings
        self._sleep = sleep
        self._visits: dict[asyncio.Task[None], str] = {}  # the visit under way, and its host
        self._answered: set[str] = set()  # sources that answered in a single run, so that none is asked twice
        self._collected: set[str] = set()  # sources of which articles came in since their last poll
        self._websub = WebSub(tools)
        self._pictures = Pictures(tools)
        self._tidy_at = tools.now()
        self._awake_at: datetime | None = None
        self._waiting: list[Source] = []  # sources to be asked whatever their schedule says

    async def run_once(self, *, wait: timedelta, everything: bool = False) -> None:
        """Do all that is due, and what falls due within *wait* of there being nothing else to do; then return.

        With *everything*, every active source is asked and every recent article looked at again, whatever the schedule says.
        A source that has answered is not asked again.
        """
        if everything:
            self._waiting = [source for source in self._tools.store.sources() if source.state == "active"]
            self._look_again()
        try:
            while True:
                self._start_visits(once=True)
                if self._visits:
                    await self._until_one_ends()
                    continue
                pause = self._pause(once=True)
                if pause is None or pause > wait:
                    break
                self._tools.said(Event(kind="waiting", source_id="", said=f"{pause.total_seconds():.0f} seconds until the next request is due"))
                await self._sleep(max(0.05, pause.total_seconds()))
        finally:
            await self._stop()
        for source_id in tuple(self._collected):
            self._look_at_articles(source_id)
        await self._tidy()

    async def run(self, stop: asyncio.Event) -> None:
        """Do what is due, for ever, until *stop* is set; what is under way then is given back."""
        stopping = asyncio.ensure_future(stop.wait())
        try:
            while not stop.is_set():
                self._spread_after_sleep()
                self._start_visits(once=False)
                if self._tools.now() >= self._tidy_at:
                    await self._tidy()
                longest = self._websub.patience or LONGEST_SLEEP
                pause = min(self._pause(once=False) or longest, longest)
                timeout = max(0.05, pause.total_seconds()) if not self._visits else min(1.0, max(0.05, pause.total_seconds()))
                await asyncio.wait({stopping, *self._visits}, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
                self._collect_ended()
        finally:
            stopping.cancel()
            await self._stop()

    def _spread_after_sleep(self) -> None:
        now = self._tools.now()
        if self._awake_at is None or now - self._awake_at > ASLEEP:
            spread_overdue(self._tools)
        self._awake_at = now

    def _start_visits(self, *, once: bool) -> None:
        now = self._tools.now()
        for source in self._due(now, once=once):
            host = host_of(source.url)
            if len(self._visits) >= self._settings.visits or host in self._visits.values():
                continue
            self._waiting = [other for other in self._waiting if other.id != source.id]
            self._start(self._poll(source), host, source.id)
        free = self._settings.visits - len(self._visits)
        if free > 0:
            lease = timedelta(seconds=self._settings.lease)
            for task in self._tools.store.claim(now, lease=lease, limit=free, skip_hosts=tuple(self._visits.values())):
                self._start(self._collect(task), task.host, task.source_id)
        for step in self._websub.due(limit=self._settings.visits):
            if len(self._visits) < self._settings.visits and step.host not in self._visits.values():
                self._start(self._carry_out(step), step.host, step.name)
        self._start_pictures()

    def _start_pictures(self) -> None:
        """Pictures take the visits that the news leaves, and half of them at most."""
        free = max(self._settings.visits // 2, 1) - len(self._visits)
        for step in self._pictures.due(limit=free, skip_hosts=tuple(self._visits.values())):
            self._start(self._carry_out(step), step.host, step.name)

    def _due(self, now: datetime, *, once: bool) -> list[Source]:
        due = [source for source in self._tools.store.due_sources(now) if not (once and source.id in self._answered)]
        known = {source.id for source in due}
        return due + [source for source in self._waiting if source.id not in known]

    async def _poll(self, source: Source) -> None:
        try:
            if await poll_source(source, self._tools):
                self._answered.add(source.id)
        except UnknownSource:
            log("engine").info("%s was removed while it was asked", source.id)
            return
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001  # a task's outermost edge: one source must not stop all others
            log("engine").exception("a fault while polling %s", source.id)
            put_off_poll(source, f"a fault of ours: {error!r}", self._tools)
        self._look_at_articles(source.id)

    async def _collect(self, task: Task) -> None:
        try:
            await collect(task, self._tools)
            self._collected.add(task.source_id)
        except asyncio.CancelledError:
            self._tools.store.release(task)
            raise
        except StoreError:  # nothing can be recorded where the store itself fails
            raise
        except Exception as error:  # noqa: BLE001  # a task's outermost edge: one page must not stop all others
            log("engine").exception("a fault while collecting entry %d of %s", task.entry_id, task.source_id)
            put_off(task, f"a fault of ours: {error!r}", self._tools)

    def _look_at_articles(self, source_id: str) -> None:
        """See whether a source's articles come out as they used to, if some were collected since the last time."""
        if source_id not in self._collected:
            return
        self._collected.discard(source_id)
        try:
            check_articles(source_id, self._tools)
        except UnknownSource:
            log("engine").info("%s was removed while its articles came in", source_id)
        except StoreError:
            raise
        except Exception:  # noqa: BLE001  # a judgement's outermost edge: it must not stop the work that it judges
            log("engine").exception("a fault while looking at the articles of %s", source_id)

    async def _carry_out(self, step: Step) -> None:
        try:
            await step.carry_out()
        except StoreError:
            raise
        except Exception:  # noqa: BLE001  # a step's outermost edge: one hub must not stop everything
            log("engine").exception("a fault at %s", step.name)
            step.put_off()

    def _start(self, work: Coroutine[Any, Any, object], host: str, source_id: str) -> None:
        async def visit() -> None:
            await work

        self._visits[asyncio.create_task(visit(), name=f"{source_id} at {host}")] = host

    async def _until_one_ends(self) -> None:
        await asyncio.wait(set(self._visits), timeout=1.0, return_when=asyncio.FIRST_COMPLETED)
        self._collect_ended()

    def _collect_ended(self) -> None:
        for visit in [visit for visit in self._visits if visit.done()]:
            del self._visits[visit]
            if not visit.cancelled() and (error := visit.exception()):
                raise error

    def _pause(self, *, once: bool) -> timedelta | None:
        """How long until something is due, None when nothing is."""
        now = self._tools.now()
        due = self._tools.store.next_due(skip_sources=self._answered) if once else self._tools.store.next_due()
        soonest = min((one for one in (due, self._websub.next_due(), self._next_picture(now)) if one), default=None)
        return None if soonest is None else max(soonest - now, timedelta(0))

    def _next_picture(self, now: datetime) -> datetime | None:
        """When the next picture can be fetched. One that is due and was not begun waits for a visit to end, and that wakes us anyway."""
        due = self._pictures.next_due()
        return None if due is not None and due <= now and self._visits else due

    def _look_again(self) -> None:
        """Bring forward every planned second look, and plan one where none is: retries keep the pause their server asked for."""
        store, now = self._tools.store, self._tools.now()
        for task in store.tasks("due", limit=MOST_AT_ONCE):
            if task.kind == "revisit":
                store.add_task("revisit", task.entry_id, now, article_id=task.article_id)
        within = timedelta(days=self._tools.pipeline.revisit_days)
        for article in store.recent_for_revisit(now, within=within, unchecked_for=timedelta(0), limit=MOST_AT_ONCE):
            entry = store.entry_of(article.id)
            if entry is not None:
                store.add_task("revisit", entry.id, now, article_id=article.id)

    async def _tidy(self) -> None:
        """Forget the answers of polls after a while: asked hourly, they would outgrow the articles. And pictures, as the operator's rules say."""
        now = self._tools.now()
        self._tools.store.forget_exchanges(now - timedelta(days=self._tools.pipeline.keep_exchanges))
        await asyncio.to_thread(self._drop_pictures, now)  # looks through a folder of many files
        self._tidy_at = now + TIDY_EVERY

    def _drop_pictures(self, now: datetime) -> None:
        """Let go of the originals that the operator's rules let go."""
        rules = self._tools.pictures
        before = now - timedelta(days=rules.keep_days) if rules.keep_days else None
        self._tools.store.drop_originals(KeepingRule(before=before, max_bytes=rules.keep_bytes or None))

    async def _stop(self) -> None:
        for visit in self._visits:
            visit.cancel()
        for outcome in await asyncio.gather(*self._visits, return_exceptions=True):
            if isinstance(outcome, Exception):
                log("engine").error("a visit ended badly while stopping: %s", outcome)
        self._visits.clear()
