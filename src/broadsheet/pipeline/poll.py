"""The step from a due source to entries to follow: ask, read, compare, and file it all at once."""

from __future__ import annotations

from dataclasses import replace

from broadsheet.compare import entry_keys, match_entries
from broadsheet.errors import NotAFeed
from broadsheet.model import (
    ChangedEntry,
    Declined,
    Exchange,
    Failed,
    Feed,
    Fetched,
    Matches,
    Outcome,
    PollState,
    Request,
    RequestKind,
    Source,
    Unchanged,
)
from broadsheet.observe import Event
from broadsheet.pipeline.read_source import read_source
from broadsheet.pipeline.tools import Tools
from broadsheet.sources import is_gone, moved_to, next_poll
from broadsheet.sources.due import body_hash

ASKED_AS: dict[str, RequestKind] = {"feed": "feed", "sitemap": "sitemap", "page": "page"}
"""A section page is a page like any other to its publisher: robots.txt counts. Feeds and sitemaps are made for machines."""


async def poll_source(source: Source, tools: Tools) -> bool:
    """Ask *source* what is new, and file entries, their tasks and the next due time together. True if it answered usably.

    A kill at any point leaves either nothing or everything of this poll: the validators move only with the entries.
    """
    state = tools.store.poll_state(source.id)
    request = Request(
        url=source.url, kind=ASKED_AS[source.kind], validators=state.validators, validators_url=state.validators_url, headers=source.headers
    )
    outcome = await tools.get(request)
    if isinstance(outcome, Fetched) and body_hash(outcome.exchange.body) != state.body_hash:
        return _take_in(source, state, outcome.exchange, tools)
    after = _after(source, state, outcome, tools)
    tools.store.keep_poll(source.id, after)
    if is_gone(outcome):
        tools.store.replace_source(replace(source, state="gone"))
    _tell(source, outcome, after, tools)
    return isinstance(outcome, Fetched | Unchanged)


def put_off_poll(source: Source, reason: str, tools: Tools) -> None:
    """Record that polling *source* failed for *reason*, and when it is asked again."""
    failed = Failed(url=source.url, reason=reason)
    after = _after(source, tools.store.poll_state(source.id), failed, tools)
    tools.store.keep_poll(source.id, after)
    _tell(source, failed, after, tools)


def _take_in(source: Source, state: PollState, exchange: Exchange, tools: Tools) -> bool:
    outcome = Fetched(exchange=exchange)
    try:
        feed = read_source(exchange, source, now=tools.now())
    except NotAFeed as error:
        after = _after(source, state, outcome, tools, problem=error.what)
        tools.store.keep_poll(source.id, after)
        tools.said(Event(kind="poll-failed", source_id=source.id, where=source.url, said=error.what))
        return False
    matches = _matches(source, feed, tools)
    after = _after(source, state, outcome, tools, feed=feed)
    changed: tuple[ChangedEntry, ...] = (*matches.changed, *matches.moved)
    tools.store.keep_poll(source.id, after, new=matches.new, changed=changed, exchange=exchange)
    _follow_move(source, after, tools)
    said = f"{len(matches.new)} new and {len(matches.changed)} changed of {len(feed.entries)} entries" + (
        f"; broken feed: {feed.broken}" if feed.broken else ""
    )
    tools.said(Event(kind="polled", source_id=source.id, where=source.url, said=said))
    return True


def _matches(source: Source, feed: Feed, tools: Tools) -> Matches:
    known = tools.store.known_entries(source.id, [entry_keys(entry) for entry in feed.entries])
    return match_entries(feed.entries, known)


def _after(source: Source, state: PollState, outcome: Outcome, tools: Tools, *, feed: Feed | None = None, problem: str | None = None) -> PollState:
    return next_poll(state, feed, outcome, tools.now(), tools.sources, source_id=source.id, problem=problem)


def _follow_move(source: Source, after: PollState, tools: Tools) -> None:
    """A permanent redirect that has stood long enough becomes the source's address; its id, and so our feed, stays."""
    target = moved_to(after)
    if target is not None and tools.store.source_by_url(target) is None:
        tools.store.replace_source(replace(source, url=target))


def _tell(source: Source, outcome: Outcome, after: PollState, tools: Tools) -> None:
    match outcome:
        case Fetched() | Unchanged():
            tools.said(Event(kind="unmoved", source_id=source.id, where=source.url))
        case Failed(reason=reason) | Declined(reason=reason):
            due = after.next_due.strftime("%Y-%m-%d %H:%M:%S UTC")
            tools.said(Event(kind="poll-failed", source_id=source.id, where=source.url, said=f"{reason}; asking again at {due}"))
