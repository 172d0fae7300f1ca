"""Reading the archive again: what the present extractor makes of the pages on file, beside what is kept.

Every page that an article rests on is filed as it was sent. So a better extractor, a new site rule, or a fuller memory of a site can
serve articles of last year too. Nothing is fetched, and nothing is written unless told.
"""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from difflib import unified_diff
from typing import Literal

from broadsheet.compare import content_hash, decide_revision
from broadsheet.config import Settings
from broadsheet.errors import ExtractionCrashed, NotAPage, UsageError
from broadsheet.extraction.site_memory import remember
from broadsheet.library.workshop import reading_room
from broadsheet.model import Article, Exchange, SiteMemory, StoredArticle
from broadsheet.pipeline.filed import as_article, exchanges_of, read_filed
from broadsheet.pipeline.keep import draft_of
from broadsheet.pipeline.pictures import kept_of, uses_of
from broadsheet.pipeline.site import KNOWN
from broadsheet.pipeline.tools import Tools
from broadsheet.store import Selection, Store
from broadsheet.text.plain import comparison_key, cut_at_word
from broadsheet.urls import host_of

MORE = 1.05
"""A text counts as fuller with a twentieth more letters, as shorter with a twentieth fewer."""

AT_ONCE = 8
"""Articles under way together: enough for the reading processes of a small machine, few enough to stop at once."""

SISTERS = 20
"""The newest articles of a source are read first where its site is not known yet: from before sites were remembered."""

SHOWN = 120
"""Characters of a field's value in a diff."""

_OF_THE_TEXT = frozenset(("text", "body", "word_count", "reading_minutes"))  # what the diff of the text shows, or cannot show

Becomes = Literal["same", "changed", "fuller", "shorter", "failed", "no page"]

WORDS: Mapping[Becomes, str] = {
    "same": "the same", "changed": "changed", "fuller": "fuller", "shorter": "shorter", "failed": "not readable", "no page": "no page on file",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which articles: of one source, first seen since a time, one by its id; the newest *limit*."""

    source_id: str | None = None
    since: datetime | None = None
    article_id: str | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """What became of one article. *after* is the new reading, None where there is none; *written* says whether it was kept.

    *held_back* gives the reason why a reading is not written: most often, that it shows much less than what is kept.
    """

    before: StoredArticle
    becomes: Becomes
    after: Article | None = None
    changed: tuple[str, ...] = ()  # names of the fields that differ
    said: str = ""
    held_back: str = ""
    written: bool = False


@dataclass(slots=True)
class Reextraction:
    """The sum: how many articles became what, by source, and how many were written or held back. Not frozen: it grows."""

    by_source: defaultdict[str, Counter[Becomes]] = field(default_factory=lambda: defaultdict(Counter))
    written: int = 0
    held_back: int = 0

    def count(self, one: Reread) -> None:
        """Take one more article in."""
        self.by_source[one.before.source_id][one.becomes] += 1
        self.written += one.written
        self.held_back += bool(one.held_back)


async def reextract(
    store: Store, settings: Settings, choice: Choice, *, write: bool = False, report: Callable[[Reread], None] | None = None
) -> Reextraction:
    """Read the chosen articles anew from the pages on file; *report* hears of each as it is done.

    With *write* the readings that differ become revisions, marked as made by re-extraction: their place in the lists and the times in
    feeds stay. One that shows much less than what is kept is held back, unless its article was asked for by id. The caller then holds
    `store.work()`. Stopped at any moment, what was written is whole. Raises UsageError for an article that is not there.
    """
    async with reading_room(store, settings) as tools:
        return await reextract_with(tools, choice, write=write, report=report)


async def reextract_with(tools: Tools, choice: Choice, *, write: bool = False, report: Callable[[Reread], None] | None = None) -> Reextraction:
    """The same with tools of the caller's."""
    total = Reextraction()
    desk = _Desk(tools, write=write, insist=choice.article_id is not None)
    async for done in _side_by_side(desk, _chosen(tools.store, choice)):
        total.count(done)
        if report is not None:
            report(done)
    return total


def differences(one: Reread) -> Iterator[str]:
    """The lines of a unified diff of the two texts, after a line for every other field that differs."""
    after = one.after
    if after is None:
        return
    before = one.before.article
    for name in one.changed:
        if name not in _OF_THE_TEXT:
            yield f"{name}: {_short(getattr(before, name))} -> {_short(getattr(after, name))}"
    yield from unified_diff(before.text.split("\n"), after.text.split("\n"), "kept", "read anew", lineterm="", n=1)


def _short(value: object) -> str:
    return cut_at_word(repr(value), SHOWN)


def _chosen(store: Store, choice: Choice) -> Iterator[StoredArticle]:
    if choice.article_id is not None:
        one = store.article(choice.article_id)
        if one is None:
            raise UsageError(choice.article_id, "is no article of this store", do="The address of its page on the reading site ends in its id.")
        yield one
        return
    if choice.source_id is not None and choice.source_id not in {source.id for source in store.sources(removed=True)}:
        store.source(choice.source_id)  # raises UnknownSource
    left = choice.limit
    for stored in store.each_article(Selection(source_id=choice.source_id)):
        if choice.since is not None and stored.first_seen < choice.since:
            continue
        if left is not None:
            if left <= 0:
                return
            left -= 1
        yield stored


async def _side_by_side(desk: _Desk, chosen: Iterator[StoredArticle]) -> AsyncIterator[Reread]:
    """Each article read anew, AT_ONCE together, as they are done."""
    under_way: set[asyncio.Task[Reread]] = set()
    try:
        for stored in chosen:
            under_way.add(asyncio.create_task(desk.reread(stored)))
            if len(under_way) >= AT_ONCE:
                done, under_way = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
                for one in done:
                    yield one.result()
        while under_way:
            done, under_way = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
            for one in done:
                yield one.result()
    finally:
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)


class _Desk:
    """Where articles are read anew, with the memory of each site made ready once."""

    def __init__(self, tools: Tools, *, write: bool, insist: bool) -> None:
        self._tools = tools
        self._write = write
        self._insist = insist
        self._memories: dict[str, asyncio.Task[SiteMemory]] = {}

    async def reread(self, stored: StoredArticle) -> Reread:
        exchanges = self._pages(stored)
        if not exchanges:
            return Reread(before=stored, becomes="no page")
        host = host_of(exchanges[0].final_url)
        memory = await self._memory(host, stored.source_id)
        owner = self._tools.store.entry_of(stored.id)
        entry = owner.entry if owner else None
        try:
            story = await read_filed(exchanges, entry, memory, self._tools)
        except (NotAPage, ExtractionCrashed) as error:
            return Reread(before=stored, becomes="failed", said=error.what)
        compared = _compared(stored, as_article(story, entry), insist=self._insist)
        return self._written(compared, exchanges) if self._write else compared

    def _pages(self, stored: StoredArticle) -> tuple[Exchange, ...]:
        latest = self._tools.store.latest_revision(stored.id)
        return exchanges_of(latest, self._tools.store) if latest else ()

    def _written(self, one: Reread, exchanges: tuple[Exchange, ...]) -> Reread:
        if one.after is None or one.becomes == "same" or one.held_back:
            return one
        owner = self._tools.store.entry_of(one.before.id)
        if owner is None:
            return replace(one, held_back="no entry of a source leads to it any more")
        pictures = uses_of(one.after, kept_of(owner.source_id, self._tools))
        draft = replace(draft_of(one.after, owner, keys=(), exchanges=exchanges, now=self._tools.now()), pictures=pictures)
        self._tools.store.keep_revision(replace(draft, made_by="re-extraction"), article_id=one.before.id)
        return replace(one, written=True)

    async def _memory(self, host: str, source_id: str) -> SiteMemory:
        if host not in self._memories:
            self._memories[host] = asyncio.create_task(self._recalled(host, source_id))
        return await self._memories[host]

    async def _recalled(self, host: str, source_id: str) -> SiteMemory:
        """What is remembered of a site; where that is little, with what its newest pages on file tell."""
        store = self._tools.store
        memory = store.site_memory(host)
        if len(memory.pages) >= KNOWN:
            return memory
        for sister in reversed(store.articles(Selection(source_id=source_id, limit=SISTERS))):
            exchanges = self._pages(sister)
            if exchanges and host_of(exchanges[0].final_url) == host:
                memory = await self._with(memory, exchanges, source_id)
        if self._write:
            memory = store.change_site_memory(host, lambda _: memory)
        return memory

    async def _with(self, memory: SiteMemory, exchanges: tuple[Exchange, ...], source_id: str) -> SiteMemory:
        try:
            story = await read_filed(exchanges, None, SiteMemory(host=memory.host), self._tools)
        except (NotAPage, ExtractionCrashed):  # it is met again, and reported, when its turn comes
            return memory
        traces = story.extraction.traces
        return remember(memory, replace(traces, source_id=source_id)) if traces else memory


def _compared(stored: StoredArticle, after: Article, *, insist: bool) -> Reread:
    before = stored.article
    changed = tuple(one.name for one in fields(Article) if getattr(before, one.name) != getattr(after, one.name))
    if content_hash(after) == stored.content_hash:
        return Reread(before=stored, becomes="same", after=after, changed=changed)
    verdict = decide_revision(after, before)
    held_back = verdict.reason if verdict.kind == "poorer" and not insist else ""
    return Reread(before=stored, becomes=_becomes(before, after), after=after, changed=changed, held_back=held_back)


def _becomes(before: Article, after: Article) -> Becomes:
    had, has = len(comparison_key(before.text)), len(comparison_key(after.text))
    if has > MORE * had:
        return "fuller"
    return "shorter" if has * MORE < had else "changed"
