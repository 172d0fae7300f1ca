"""Answers for any address: what is ready within the time that a reader waits, and the rest the next time."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from broadsheet.errors import BroadsheetError, ExtractionCrashed, FetchError, NotAPage, TimedOut
from broadsheet.model import Collection, Declined, Exchange, Failed, Fetched, Request, Unchanged
from broadsheet.observe import log
from broadsheet.pipeline.collect import led_home
from broadsheet.pipeline.discover import discover
from broadsheet.pipeline.entry_article import article_from_entry
from broadsheet.pipeline.filed import as_article
from broadsheet.pipeline.instant.config import InstantSettings
from broadsheet.pipeline.instant.shelf import Reading, Shelf, stored
from broadsheet.pipeline.poll import ASKED_AS
from broadsheet.pipeline.read_source import read_whole_source
from broadsheet.pipeline.reading import Beforehand, hints_of, read_story
from broadsheet.pipeline.site import memory_for
from broadsheet.pipeline.tools import Tools
from broadsheet.urls import normalise

ERROR_STANDS = timedelta(minutes=1)  # a site that could not be read is not searched again for each who asks
FAILED_AGAIN = timedelta(minutes=30)  # a page that could not be had is tried again after this long
READ_AGAIN = timedelta(hours=12)  # a page that was read is read again: news is corrected mostly within the day
ASK_SOON = timedelta(seconds=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDemand:
    """An answer: *collection* holds every entry asked for, *unread* of them in the feed's own words because their pages are not read yet."""

    collection: Collection
    unread: int
    teasers: frozenset[str]  # ids of the articles that are no more than the feed's words


class InstantFeeds:
    """Makes feeds on demand, and remembers what it read for the next who asks. Lives inside one event loop; `close` it."""

    def __init__(self, tools: Tools, settings: InstantSettings) -> None:
        self._tools = tools
        self._settings = settings
        self._shelves: OrderedDict[str, Shelf] = OrderedDict()
        self._at_once = asyncio.Semaphore(settings.at_once)

    async def feed(self, url: str, *, entries: int) -> OnDemand:
        """The newest *entries* of the feed at, or of, *url*, as far as they are read within `instant.budget`.

        Raises UsageError for what is no address, NoFeedFound, RefusedAddress and FetchError (TimedOut when the search for a feed has not
        ended; it goes on, and a later call finds it done).
        """
        end = asyncio.get_running_loop().time() + self._settings.budget
        shelf = self._shelf(normalise(url))
        self._forget_oldest(keep=shelf)
        await self._looked(shelf, end)
        wanted = dict(islice(shelf.readings.items(), entries))
        for reading in wanted.values():
            self._start(reading, shelf)
        await _until([reading.work for reading in wanted.values() if reading.work], end)
        return _answer(shelf, wanted)

    @property
    def addresses(self) -> tuple[str, ...]:
        """What is remembered, the longest unasked first."""
        return tuple(self._shelves)

    def close(self) -> None:
        """End all work under way."""
        for shelf in self._shelves.values():
            shelf.stop()
        self._shelves.clear()

    def _shelf(self, url: str) -> Shelf:
        shelf = self._shelves.setdefault(url, Shelf(url=url))
        self._shelves.move_to_end(url)
        return shelf

    async def _looked(self, shelf: Shelf, end: float) -> None:
        """Have the feed of *shelf* current, or say why it is not. All who wait share one look."""
        if shelf.looking is None and self._is_due(shelf):
            shelf.looking = asyncio.create_task(self._look(shelf), name=f"instant feed of {shelf.url}")
        if shelf.looking is not None:
            await _until([shelf.looking], end)
        if shelf.feed is not None:
            return
        if shelf.error is not None:
            raise shelf.error
        raise _still_looking(shelf.url)

    def _is_due(self, shelf: Shelf) -> bool:
        pause = ERROR_STANDS if shelf.error is not None else timedelta(minutes=self._settings.refresh)
        return shelf.checked_at is None or self._tools.now() - shelf.checked_at >= pause

    async def _look(self, shelf: Shelf) -> None:
        """Find the feed, or ask it again; what goes wrong is kept with the shelf, and a feed that was had before stays."""
        try:
            await (self._find(shelf) if shelf.feed_url is None else self._refresh(shelf))
            shelf.error = None
        except BroadsheetError as error:
            shelf.error = error
        finally:
            shelf.checked_at, shelf.looking = self._tools.now(), None

    async def _find(self, shelf: Shelf) -> None:
        found = await discover(shelf.url, self._tools.get, now=self._tools.now())
        best = found.candidates[0]
        shelf.kind, shelf.feed_url = best.kind, best.url
        shelf.take(found.feeds[best.url], self._tools.now(), most=self._settings.most_entries)

    async def _refresh(self, shelf: Shelf) -> None:
        assert shelf.feed_url is not None
        match await self._tools.get(Request(url=shelf.feed_url, kind=ASKED_AS[shelf.kind], validators=shelf.validators)):
            case Fetched(exchange=exchange):
                await self._take(shelf, exchange)
            case Unchanged():
                pass
            case Failed(reason=reason, retry_after=wait):
                error = FetchError(shelf.feed_url, reason)
                error.retry_after = wait
                raise error
            case Declined(reason=reason):
                raise FetchError(shelf.feed_url, reason)

    async def _take(self, shelf: Shelf, exchange: Exchange) -> None:
        feed = await read_whole_source(exchange, shelf.source(), self._tools.get, now=self._tools.now())
        shelf.take(feed, self._tools.now(), most=self._settings.most_entries)
        shelf.validators = exchange.validators

    def _start(self, reading: Reading, shelf: Shelf) -> None:
        """Have a page read that was not, or not for a long time. One reading at a time, whoever asks."""
        if reading.work is not None and not reading.work.done():
            return
        pause = FAILED_AGAIN if reading.failed is not None else READ_AGAIN
        if reading.read_at is None or self._tools.now() - reading.read_at >= pause:
            reading.work = asyncio.create_task(self._read(reading, shelf), name=f"instant reading of {reading.entry.link}")

    async def _read(self, reading: Reading, shelf: Shelf) -> None:
        """Read the page of an entry. A page that cannot be had leaves what there was: an earlier reading, else the feed's words."""
        link = reading.entry.link
        if link is None:
            reading.settle(article_from_entry(reading.entry, url=shelf.url), None, self._tools.now())
            return
        async with self._at_once:
            match await self._tools.get(Request(url=link, kind="page")):
                case Fetched(exchange=exchange) if led_home(link, exchange.final_url):
                    failed: str | None = "leads to the home page"
                case Fetched(exchange=exchange):
                    failed = await self._read_page(reading, exchange)
                case Failed(reason=reason) | Declined(reason=reason):
                    failed = reason
                case Unchanged():
                    failed = "answered 304 to a first request"
        if failed is not None:
            log("instant").info("%s: %s", link, failed)
            reading.settle(reading.article, failed, self._tools.now())

    async def _read_page(self, reading: Reading, exchange: Exchange) -> str | None:
        """Read *exchange*; why it cannot be read, if so."""
        tools = self._tools
        beforehand = Beforehand(now=tools.now(), hints=hints_of(reading.entry), memory=memory_for(exchange.final_url, tools))
        try:
            story = await read_story(exchange, beforehand, get=tools.get, read=tools.read, file=_unfiled, max_parts=tools.pipeline.max_parts)
        except (NotAPage, ExtractionCrashed) as error:
            return error.what
        reading.settle(as_article(story, reading.entry), None, tools.now())
        return None

    def _forget_oldest(self, *, keep: Shelf) -> None:
        """Stay within the limits on addresses and memory, before anything more is taken in; addresses that lead nowhere count too."""
        held = sum(shelf.size for shelf in self._shelves.values())
        while len(self._shelves) > self._settings.feeds or (held > self._settings.max_bytes and len(self._shelves) > 1):
            url, oldest = next(iter(self._shelves.items()))
            if oldest is keep:
                self._shelves.move_to_end(url)
                continue
            held -= oldest.size
            oldest.stop()
            del self._shelves[url]


def _answer(shelf: Shelf, wanted: dict[str, Reading]) -> OnDemand:
    assert shelf.feed is not None
    source = shelf.source()
    made = {key: stored(reading, key, shelf) for key, reading in wanted.items()}
    articles = sorted(made.values(), key=lambda one: (one.sort_at, one.id), reverse=True)
    collection = Collection(
        slug="instant", title=source.title, home_url=source.home_url, description=shelf.feed.description or "", language=source.language,
        articles=articles, sources=(source,), updated=max((one.changed_at for one in articles), default=shelf.checked_at),
    )  # fmt: skip
    return OnDemand(
        collection=collection,
        unread=sum(not reading.is_settled for reading in wanted.values()),
        teasers=frozenset(made[key].id for key, reading in wanted.items() if reading.article is None),
    )


async def _until(work: Iterable[asyncio.Task[None]], end: float) -> None:
    """Wait for *work* until the loop's clock says *end*; what is not done goes on. A fault of ours in it is raised."""
    waiting = set(work)
    left = max(end - asyncio.get_running_loop().time(), 0)
    if not waiting:
        return
    done, _ = await asyncio.wait(waiting, timeout=left)
    for task in done:
        if not task.cancelled():
            task.result()


def _still_looking(url: str) -> FetchError:
    error = TimedOut(url, "the search for its feed has not ended yet", do="Ask again in a few seconds: it goes on meanwhile")
    error.retry_after = ASK_SOON
    return error


def _unfiled(exchange: Exchange) -> None:
    """Nothing is filed for feeds on demand."""
