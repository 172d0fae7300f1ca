"""The step from a task to an article: fetch the page of an entry, read it, keep what it says.

Every way it can end leaves something readable: when a page cannot be had, the feed's own words are kept as a teaser.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urlsplit

from broadsheet.errors import ExtractionCrashed, NotAPage
from broadsheet.model import Declined, Exchange, Failed, Fetched, Request, Source, StoredArticle, Task, Unchanged, Validators
from broadsheet.observe import Event
from broadsheet.pipeline.decide import retry_due, revisit_due
from broadsheet.pipeline.entry_article import article_from_entry
from broadsheet.pipeline.filed import as_article
from broadsheet.pipeline.keep import keep
from broadsheet.pipeline.reading import Beforehand, hints_of, read_story
from broadsheet.pipeline.ruled import worth_telling
from broadsheet.pipeline.site import as_the_publisher_changed_it, is_little_known, memory_for, remember_page, settle
from broadsheet.pipeline.tools import Tools
from broadsheet.store import StoredEntry
from broadsheet.urls import site_of

TEASER_AFTER_TRIES = 3
"""From this failed attempt on, readers get the feed's words while we go on trying: a quarter of an hour is long enough to wait."""


async def collect(task: Task, tools: Tools) -> None:
    """Do *task*: afterwards it is done, due again, or dead with its reason; never lost."""
    if task.kind == "settle":
        await settle(task, tools)
        return
    entry = tools.store.entry(task.entry_id)
    link = entry.entry.link
    if link is None:
        keep(article_from_entry(entry.entry, url=tools.store.source(entry.source_id).home_url), entry, tools, task=task)
        return
    have = _stored(task, entry, tools)
    source = tools.store.source(entry.source_id)
    match await tools.get(Request(url=link, kind="page", validators=_validators(have, link, tools), headers=own_headers(source, link))):
        case Fetched(exchange=exchange) if led_home(link, exchange.final_url):
            _give_up(task, entry, have, f"leads to the home page {exchange.final_url}", tools)
        case Fetched(exchange=exchange):
            await _read(task, entry, have, exchange, tools)
        case Unchanged() if have is not None:
            now = tools.now()
            again = revisit_due(first_seen=entry.first_seen, now=now, days=tools.pipeline.revisit_days)
            tools.store.keep_unchanged(have.id, now, task=task, revisit_due=again)
            tools.said(Event(kind="unchanged", source_id=entry.source_id, where=link))
        case Unchanged():
            _try_again(task, entry, have, "answered 304 to a first request", tools)
        case Declined(reason=reason):
            _give_up(task, entry, have, reason, tools)
        case Failed(reason=reason, retry=True, retry_after=retry_after):
            _try_again(task, entry, have, reason, tools, retry_after=retry_after)
        case Failed(reason=reason):
            _give_up(task, entry, have, reason, tools)


def put_off(task: Task, reason: str, tools: Tools) -> None:
    """Record that *task* failed for *reason*, and try it again later; after the last try the feed's own words are kept."""
    entry = tools.store.entry(task.entry_id)
    _try_again(task, entry, _stored(task, entry, tools), reason, tools)


async def _read(task: Task, entry: StoredEntry, have: StoredArticle | None, exchange: Exchange, tools: Tools) -> None:
    tools.store.file_exchange(exchange)
    memory = memory_for(exchange.final_url, tools)
    beforehand = Beforehand(now=tools.now(), hints=hints_of(entry.entry), memory=memory)
    try:
        story = await read_story(
            exchange, beforehand, get=tools.get, read=tools.read, file=tools.store.file_exchange, max_parts=tools.pipeline.max_parts
        )
    except (NotAPage, ExtractionCrashed) as error:
        _give_up(task, entry, have, error.what, tools)
        return
    if stale := worth_telling(story.extraction.rule_report):
        tools.said(Event(kind="rule-stale", source_id=entry.source_id, where=exchange.final_url, said=stale))
    remember_page(story, entry, tools)  # before the article: killed in between, the page is fetched and remembered again
    article = as_article(story, entry.entry)
    if have is not None:
        article = await as_the_publisher_changed_it(article, story, have, task, tools)
    keep(article, entry, tools, task=task, exchanges=story.exchanges, settle=is_little_known(memory))


def _try_again(
    task: Task, entry: StoredEntry, have: StoredArticle | None, reason: str, tools: Tools, *, retry_after: timedelta | None = None
) -> None:
    due = retry_due(tries=task.tries, now=tools.now(), retry_after=retry_after, limit=tools.pipeline.tries)
    if due is None:
        _give_up(task, entry, have, reason, tools)
        return
    if have is None and task.tries >= TEASER_AFTER_TRIES:
        keep(article_from_entry(entry.entry, url=entry.entry.link or ""), entry, tools, task=None)
    tools.store.retry(task, due, reason)
    tools.said(Event(kind="retry", source_id=entry.source_id, where=entry.entry.link or "", said=reason))


def _give_up(task: Task, entry: StoredEntry, have: StoredArticle | None, reason: str, tools: Tools) -> None:
    """The page will not be had: keep the feed's words if we have nothing better, and the task as dead, with its reason."""
    if have is None:
        keep(article_from_entry(entry.entry, url=entry.entry.link or ""), entry, tools, task=None)
    tools.store.bury(task, reason)
    tools.said(Event(kind="given-up", source_id=entry.source_id, where=entry.entry.link or "", said=reason))


def own_headers(source: Source, url: str) -> tuple[tuple[str, str], ...]:
    """The operator's headers for *source* (the cookie of a subscription), but only for its own site: a feed may link to anybody."""
    return source.headers if site_of(url) == site_of(source.url) else ()


def _stored(task: Task, entry: StoredEntry, tools: Tools) -> StoredArticle | None:
    article_id = task.article_id or entry.article_id
    return tools.store.article(article_id) if article_id else None


def _validators(have: StoredArticle | None, link: str, tools: Tools) -> Validators | None:
    """The validators of the page we have, when the whole article stands on that page and is complete."""
    if have is None or have.article.completeness == "teaser":
        return None
    ids: Sequence[str] = tools.store.revisions(have.id)[-1].exchange_ids
    exchange = tools.store.exchange(ids[0]) if len(ids) == 1 else None
    return exchange.validators if exchange is not None and link in (exchange.url, exchange.final_url) else None


def led_home(link: str, final_url: str) -> bool:
    """Whether an article's address was redirected to a front page: what many sites do with stories they have removed.

    Evidence: seen with deleted items of news sites on several content systems; no article lives at the bare root of a host
    other than the one that its own link names.
    """
    asked, got = urlsplit(link), urlsplit(final_url)
    return got.path in ("", "/") and not got.query and asked.path not in ("", "/")
