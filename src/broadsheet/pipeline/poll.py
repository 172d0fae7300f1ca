"""The step from a due source to entries to follow: ask, read, compare, and file it all at once."""

from __future__ import annotations

from dataclasses import replace

from broadsheet import __version__
from broadsheet.compare import entry_keys, hold_moved, match_entries, newest_date
from broadsheet.errors import FetchError, NotAFeed
from broadsheet.model import (
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
    Validators,
)
from broadsheet.observe import Event
from broadsheet.pipeline.health import check_source, open_incident
from broadsheet.pipeline.read_source import read_source, read_whole_source
from broadsheet.pipeline.replacement import look_for_replacement
from broadsheet.pipeline.schedule import rest_host
from broadsheet.pipeline.subscribing import hub_pushes, weigh_hub, weigh_silence
from broadsheet.pipeline.tools import Tools
from broadsheet.sources import asks_for_all, body_hash, is_gone, moved_to, next_poll

ASKED_AS: dict[str, RequestKind] = {"feed": "feed", "sitemap": "sitemap", "page": "page"}
"""A section page is a page like any other to its publisher: robots.txt counts. Feeds and sitemaps are made for machines."""

ENTRIES_COMPARED = 100
"""Entries that were seen last, among which the newest is looked for."""

NOTHING_FOUND = Matches()

HELD = "{} old entries of this feed appeared anew at once, as after a move to another system. They are known, but not shown as news."
LET_IN = "Whoever runs this feed can let them in: `broadsheet sources announce {}`."


async def poll_source(source: Source, tools: Tools) -> bool:
    """Ask *source* what is new, and file entries, their tasks and the next due time together. True if it answered usably.

    A kill at any point leaves either nothing or everything of this poll: the validators move only with the entries.
    """
    answered = await _ask(source, tools)
    check_source(source.id, tools)
    return answered


def take_in_push(source: Source, exchange: Exchange, tools: Tools) -> Matches:
    """Take in what a hub delivered for *source* as *exchange*, as a poll's answer is; its entries by what they are to us.

    A delivery says nothing of the source's own server: validators, redirects and due time stay as they are. Raises NotAFeed.
    """
    feed = read_source(exchange, source, now=tools.now())
    matches, after = _held(source, tools.store.poll_state(source.id), _matches(source, feed, tools), tools)
    tools.store.keep_poll(source.id, after, new=matches.new, changed=(*matches.changed, *matches.moved), exchange=exchange)
    _tell_taken(source, feed, matches, tools)
    return matches


def put_off_poll(source: Source, reason: str, tools: Tools) -> None:
    """Record that polling *source* failed for *reason*, and when it is asked again."""
    failed = Failed(url=source.url, reason=reason)
    after = _after(source, tools.store.poll_state(source.id), failed, tools)
    tools.store.keep_poll(source.id, after)
    check_source(source.id, tools)
    _tell(source, failed, after, tools)


def read_as(source: Source) -> str:
    """What reads the answers of *source*: an answer that was read with something else is read again."""
    return " ".join(part for part in (__version__, source.kind, source.links_selector) if part)


async def _ask(source: Source, tools: Tools) -> bool:
    state = tools.store.poll_state(source.id)
    outcome = await tools.get(_request(source, state, tools))
    if isinstance(outcome, Fetched) and _is_other(outcome.exchange, source, state):
        return await _take_in(source, state, outcome.exchange, tools)
    weigh_silence(source, state.last_checked, tools)
    after = _after(source, state, outcome, tools)
    _file(source, after, tools)
    rest_host(source, outcome, after, tools)
    if is_gone(outcome):
        tools.store.replace_source(replace(source, state="gone"))
    _tell(source, outcome, after, tools)
    return isinstance(outcome, Fetched | Unchanged)


def _request(source: Source, state: PollState, tools: Tools) -> Request:
    for_all = asks_for_all(state, read_as=read_as(source), now=tools.now())
    return Request(
        url=source.url,
        kind=ASKED_AS[source.kind],
        validators=Validators() if for_all else state.validators,
        validators_url=None if for_all else state.validators_url,
        headers=source.headers,
        feed_id=source.id,
    )


def _is_other(exchange: Exchange, source: Source, state: PollState) -> bool:
    return body_hash(exchange.body) != state.body_hash or state.read_as != read_as(source)


async def _take_in(source: Source, state: PollState, exchange: Exchange, tools: Tools) -> bool:
    outcome = Fetched(exchange=exchange)
    try:
        feed = await read_whole_source(exchange, source, tools.get, now=tools.now())
    except FetchError as error:
        failed = Failed(url=error.where, reason=error.what, retry_after=error.retry_after)
        after = _after(source, state, failed, tools)
        tools.store.keep_poll(source.id, after)
        _tell(source, failed, after, tools)
        return False
    except NotAFeed as error:
        after = _after(source, state, outcome, tools, problem=error.what)
        tools.store.keep_poll(source.id, after)
        tools.said(Event(kind="poll-failed", source_id=source.id, where=source.url, said=error.what))
        await look_for_replacement(source, after, tools)
        return False
    matches, state = _held(source, state, _matches(source, feed, tools), tools)
    weigh_hub(source, feed, exchange, [new.entry for new in matches.new if new.fetch], tools)
    after = _after(source, state, outcome, tools, feed=feed, fresh=len(matches.new))
    _file(source, after, tools, matches=matches, exchange=exchange)
    _tell_taken(source, feed, matches, tools)
    return True


def _matches(source: Source, feed: Feed, tools: Tools) -> Matches:
    known = tools.store.known_entries(source.id, [entry_keys(entry) for entry in feed.entries])
    return match_entries(feed.entries, known)


def _held(source: Source, state: PollState, matches: Matches, tools: Tools) -> tuple[Matches, PollState]:
    """*matches* with those that are not to be fetched: old entries that all look new at once, and whatever becomes of them until they are let in."""
    if matches.new:
        lately = (stored.entry for stored in tools.store.entries(source.id, limit=ENTRIES_COMPARED))
        matches, held = hold_moved(matches, newest_known=newest_date(lately, now=tools.now()), last_success=state.last_success)
        state = replace(state, held_since=state.held_since or tools.now()) if held else state
    if state.held_since is None:
        return matches, state
    before = {stored.id for stored in tools.store.held_entries(source.id)}
    changed = tuple(replace(one, fetch=one.fetch and one.id not in before) for one in matches.changed)
    return replace(matches, changed=changed), state


def _after(
    source: Source,
    state: PollState,
    outcome: Outcome,
    tools: Tools,
    *,
    feed: Feed | None = None,
    problem: str | None = None,
    fresh: int | None = None,
) -> PollState:
    now = tools.now()
    pushed = hub_pushes(source, tools)
    return next_poll(
        state,
        feed,
        outcome,
        now,
        tools.sources,
        source_id=source.id,
        problem=problem,
        fresh=fresh,
        pushed=pushed,
        read_as=read_as(source),
    )


def _file(source: Source, after: PollState, tools: Tools, *, matches: Matches = NOTHING_FOUND, exchange: Exchange | None = None) -> None:
    """Keep what a poll brought; and a new address, once a permanent redirect has stood long enough.

    The source's id, and so our feed, stays. What was told by the old address is not shown to the new one. Where that is watched already, the
    source that has it goes on, and this one rests.
    """
    target = moved_to(after)
    if target is not None:
        after = replace(after, validators=Validators(), validators_url=None)
    tools.store.keep_poll(source.id, after, new=matches.new, changed=(*matches.changed, *matches.moved), exchange=exchange)
    if target is None:
        return
    there = tools.store.source_by_url(target)
    if there is None:
        tools.store.replace_source(replace(source, url=target))
    elif there.id != source.id:
        tools.store.replace_source(replace(source, state="paused", merged_into=there.id))


def _tell_taken(source: Source, feed: Feed, matches: Matches, tools: Tools) -> None:
    held = sum(not new.fetch for new in matches.new)
    if held:
        open_incident(source.id, "moved", said=HELD.format(held), do=LET_IN.format(source.id), tools=tools)
    said = f"{len(matches.new)} new and {len(matches.changed)} changed of {len(feed.entries)} entries"
    said += f"; {held} of them look old and are held, see `broadsheet sources show {source.id}`" if held else ""
    said += f"; broken feed: {feed.broken}" if feed.broken else ""
    tools.said(Event(kind="polled", source_id=source.id, where=source.url, said=said))


def _tell(source: Source, outcome: Outcome, after: PollState, tools: Tools) -> None:
    match outcome:
        case Fetched() | Unchanged():
            tools.said(Event(kind="unmoved", source_id=source.id, where=source.url))
        case Failed(reason=reason) | Declined(reason=reason):
            due = after.next_due.strftime("%Y-%m-%d %H:%M:%S UTC")
            tools.said(Event(kind="poll-failed", source_id=source.id, where=source.url, said=f"{reason}; asking again at {due}"))
