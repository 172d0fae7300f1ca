"""Remembering sites: each page read leaves its trace, and articles read before their site was known are read once more.

A source's first pages are read when nothing is known of its site, the tenth with nine others at hand. So that the order of reading does
not show, each article kept that early gets a task of its own, which reads its pages again from file when the round is over: the same
bytes, the same extractor, a fuller memory. What comes out takes the place of what was kept minutes ago; it is no revision, since
nobody changed anything. It happens once for each revision, whatever the memory learns later.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from broadsheet.compare import content_hash
from broadsheet.errors import ExtractionCrashed, NotAPage
from broadsheet.extraction import EXTRACTOR
from broadsheet.extraction.site_memory import remember
from broadsheet.model import Article, Revision, SiteMemory, StoredArticle, Task
from broadsheet.observe import Event, log
from broadsheet.pipeline.filed import as_article, exchanges_of, read_filed
from broadsheet.pipeline.keep import draft_of
from broadsheet.pipeline.pictures import kept_of, uses_of
from broadsheet.pipeline.reading import Story
from broadsheet.pipeline.tools import Tools
from broadsheet.store import StoredEntry
from broadsheet.urls import host_of

KNOWN = 10
"""A site of which so many other pages were at hand is known: what the next ones add is little, and is not waited for."""

ROUND = timedelta(minutes=2)
"""Pages of a host that are due within this time belong to the round: a first failure is tried again after 5, 20 and 120 seconds."""

WAITS = 5
"""So often the end of a round is waited for, twice as long each time, a minute in all: a large site's pages never end."""


def memory_for(url: str, tools: Tools) -> SiteMemory:
    """What is remembered of the site of *url*."""
    return tools.store.site_memory(host_of(url))


def is_little_known(memory: SiteMemory) -> bool:
    """Whether an article read with this memory should be read once more when the round is over."""
    return len(memory.pages) < KNOWN


def remember_page(story: Story, entry: StoredEntry, tools: Tools) -> None:
    """Put the trace of *story* into its site's memory, and tell when the site is seen to have changed. Doing it twice changes nothing."""
    if story.extraction.traces is None:
        return
    host, trace = host_of(story.exchanges[0].final_url), replace(story.extraction.traces, source_id=entry.source_id)
    before = tools.store.site_memory(host).change
    after = tools.store.change_site_memory(host, lambda memory: remember(memory, trace)).change
    if after is not None and (before is None or before.kind != after.kind):
        tools.said(Event(kind="site-changed", source_id=entry.source_id, where=host, said=after.in_words))


async def settle(task: Task, tools: Tools) -> None:
    """Do a "settle" task: read the article's pages again from file, with what is known of the site by now, once."""
    wait_until = tools.store.last_page_due(task.host, tools.now() + ROUND)
    if wait_until is not None and task.tries <= WAITS:
        pause = timedelta(seconds=2**task.tries)
        tools.store.retry(task, max(wait_until, tools.now() + pause), "waits until the other pages of this round are read")
        return
    latest = tools.store.latest_revision(task.article_id) if task.article_id else None
    if latest is None or latest.extractor != EXTRACTOR:  # removed meanwhile; or we were upgraded, and more than the memory would differ
        tools.store.finish(task)
        return
    entry = tools.store.entry(task.entry_id)
    article = await _again(latest, entry, tools)
    if article is None or content_hash(article) == latest.content_hash:
        tools.store.finish(task)
        return
    pictures = uses_of(article, kept_of(entry.source_id, tools))
    draft = replace(draft_of(article, entry, keys=(), exchanges=(), now=tools.now()), extractor=EXTRACTOR, pictures=pictures)
    tools.store.settle(draft, article_id=latest.article_id, number=latest.number, task=task)
    tools.said(Event(kind="settled", source_id=entry.source_id, where=article.url, said=article.title))


async def as_the_publisher_changed_it(article: Article, story: Story, have: StoredArticle, task: Task, tools: Tools) -> Article:
    """*article*, without what differs from what we *have* by nothing that the publisher did.

    If the pages on file, read again as *article* was, say the same as it does, then what changed since is what we know of the site, or
    the extractor: the text stays as it is kept. Most pages differ at every fetch in some byte that nobody sees, so the bytes cannot tell.
    A feed that states its entry anew may still change what is said above the text, or the text itself where it is the feed's own.
    """
    entry = tools.store.entry(task.entry_id)
    latest = tools.store.latest_revision(have.id)
    if latest is None or content_hash(article) == have.content_hash or not await _say_the_same(latest, article, entry, tools):
        return article
    if task.kind == "revisit":
        return have.article
    if article.body != story.extraction.article.body:
        return article
    kept = have.article
    return replace(article, body=kept.body, text=kept.text, pictures=kept.pictures, notes=kept.notes, word_count=kept.word_count)


async def _say_the_same(revision: Revision, article: Article, entry: StoredEntry, tools: Tools) -> bool:
    """Whether the pages that *revision* rests on are read today as *article*."""
    again = await _again(revision, entry, tools)
    return again is not None and content_hash(again) == content_hash(article)


async def _again(revision: Revision, entry: StoredEntry, tools: Tools) -> Article | None:
    """The article that a revision's pages give by now; None when they are not on file or cannot be read."""
    exchanges = exchanges_of(revision, tools.store)
    if not exchanges:
        return None
    try:
        story = await read_filed(exchanges, entry.entry, memory_for(exchanges[0].final_url, tools), tools)
    except (NotAPage, ExtractionCrashed) as error:
        log("pipeline").warning("article %s cannot be read again: %s", revision.article_id, error)
        return None
    return as_article(story, entry.entry)
