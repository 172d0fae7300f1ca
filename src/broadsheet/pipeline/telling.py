"""Telling others of what is new in our own feeds: the subscribers of our own hub, or an external hub.

Nobody is sent a feed who has not confirmed that they asked for it. What each subscriber has been told is kept with them, so that what is
still to be told follows from the store: a kill between an article and its delivery loses neither.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from broadsheet.fetch import retry_after
from broadsheet.model import Delivery, Fetched, Intent, Outcome, Ping, Posted, PostOutcome, Request, Subscriber
from broadsheet.observe import log
from broadsheet.pipeline.step import Step
from broadsheet.pipeline.tools import PublishedFeed, Tools
from broadsheet.store import Selection
from broadsheet.urls import host_of
from broadsheet.websub import hub
from broadsheet.websub.hub import delivery_headers, intent, ping_form, subscriber_of, verification_url

LOOK_EVERY = timedelta(seconds=10)  # at our feeds after a change: articles come in groups, and one delivery tells of all
LOOK_ANYWAY = timedelta(minutes=10)  # for what changes a feed and is no article
MOST_CHANGES = 1000  # beyond as many changed articles, every feed counts as changed
TOPICS_A_PING = 20
HERE = "our own feeds"  # the "host" of looking at them
_NO_MORE = 410


class Telling:
    """What is due towards subscribers. It remembers the last change that all of them are, or are to be, told of."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._seen: datetime | None = None
        self._mark: int | None = None
        self._checked_at: datetime | None = None
        self._looked_at: datetime | None = None

    def due(self, *, limit: int) -> Iterator[Step]:
        """The steps that are due."""
        tools, now = self._tools, self._tools.now()
        if tools.websub.published is None:
            return
        if self._look_due(now) <= now:
            yield Step(name="changes", host=HERE, carry_out=self.look, put_off=self._looked)
        if not tools.websub.is_own:
            return
        for asked in tools.store.due_intents(now, limit=limit):
            ask, drop = partial(verify, asked, tools), partial(tools.store.drop_intent, asked.id)
            yield Step(name=f"intent {asked.id}", host=host_of(asked.callback_url), carry_out=ask, put_off=drop)
        for delivery in tools.store.due_deliveries(now, limit=limit):
            subscriber = tools.store.subscriber(delivery.subscriber_id)
            if subscriber is not None:
                send, later = partial(deliver, delivery, subscriber, tools), replace(delivery, due=now + timedelta(hours=1))
                put_off = partial(tools.store.put_off_delivery, later)
                yield Step(name=f"delivery {subscriber.id}", host=host_of(subscriber.callback_url), carry_out=send, put_off=put_off)

    def next_due(self) -> datetime | None:
        """When the next step falls due."""
        if self._tools.websub.published is None:
            return None
        telling = self._tools.store.next_hub_due() if self._tools.websub.is_own else None
        look_due = self._look_due(self._tools.now())
        return min(telling or look_due, look_due)

    async def look(self) -> None:
        """See whether our feeds have changed, and have everybody told who follows them."""
        tools, now = self._tools, self._tools.now()
        change = tools.store.newest_change()
        if change != self._seen or now >= (self._looked_at or now) + LOOK_ANYWAY or self._looked_at is None:
            if tools.websub.is_own:
                tools.store.forget_subscribers(now)
                for topic in tools.store.topics(now):
                    await self._look_at(topic, now)
            elif change is not None:
                await ping_hub(change, tools)
            self._seen, self._looked_at = change, now
        self._looked()

    def _looked(self) -> None:
        """Note that we looked; a change that came meanwhile is left to be seen."""
        self._checked_at = self._tools.now()
        self._looked_at = self._looked_at or self._checked_at
        mark = self._tools.store.change_mark()
        if self._tools.store.newest_change() == self._seen:
            self._mark = mark

    async def _look_at(self, topic: str, now: datetime) -> None:
        feed = await _published(topic, self._tools)
        followers = self._tools.store.subscribers(topic, now)
        if feed is None:
            for one in followers:
                self._tools.store.put_intent(intent("denied", topic, one.callback_url, reason="this feed is no more", now=now))
        else:
            late = [Delivery(subscriber_id=one.id, due=now, since=now) for one in followers if one.told != feed.state]
            self._tools.store.add_deliveries(late)

    def _look_due(self, now: datetime) -> datetime:
        """When to look at our feeds: at once if we never did, soon after anything was written, now and then in any case."""
        if self._checked_at is None or self._looked_at is None:
            return now
        mark = self._tools.store.change_mark()
        return self._looked_at + LOOK_ANYWAY if mark is not None and mark == self._mark else self._checked_at + LOOK_EVERY


async def verify(asked: Intent, tools: Tools) -> None:
    """Ask a callback whether it wants what was asked in its name; or tell it that we deny it."""
    challenge = secrets.token_urlsafe(24)
    outcome = await tools.get(Request(url=verification_url(asked, challenge), kind="callback"))
    if asked.mode == "denied" or _is_echo(outcome, challenge):
        feed = await _published(asked.topic_url, tools) if asked.mode == "subscribe" else None
        kept = subscriber_of(asked, told=feed.state, now=tools.now()) if feed else None
        tools.store.carry_out_intent(asked, subscriber=kept)
    elif _may_pass(outcome) and asked.tries + 1 < hub.VERIFY_TRIES:
        tools.store.put_intent(replace(asked, tries=asked.tries + 1, due=tools.now() + hub.RETRY[asked.tries]))
    else:
        tools.store.drop_intent(asked.id)


async def deliver(delivery: Delivery, subscriber: Subscriber, tools: Tools) -> None:
    """Send a subscriber the feed as it is now."""
    feed, now = await _published(subscriber.topic_url, tools), tools.now()
    if feed is None or feed.state == subscriber.told or subscriber.lease_until <= now:
        tools.store.finish_delivery(subscriber.id, told=subscriber.told)
        return
    headers = delivery_headers(subscriber, feed.body, hub_url=tools.websub.hub_url or "")
    outcome = await tools.post(subscriber.callback_url, feed.body, media_type=feed.media_type, headers=tuple(headers.items()))
    if isinstance(outcome, Posted) and outcome.is_success:
        tools.store.finish_delivery(subscriber.id, told=feed.state)
    elif isinstance(outcome, Posted) and outcome.status == _NO_MORE:
        tools.store.remove_subscriber(subscriber.id)
    else:
        _put_off(delivery, feed, outcome, tools)


def _put_off(delivery: Delivery, feed: PublishedFeed, outcome: PostOutcome, tools: Tools) -> None:
    """Try again later, for a day at most; then the subscriber is told of the next change only."""
    now, tries = tools.now(), delivery.tries + 1
    due = hub.retry_due(tries=tries, since=delivery.since, now=now, retry_after=_asked_wait(outcome, now))
    if due is None:
        log("websub").info("given up after %d attempts: %s", tries, _reason(outcome))
        tools.store.finish_delivery(delivery.subscriber_id, told=feed.state)
    else:
        tools.store.put_off_delivery(replace(delivery, due=due, tries=tries, last_error=_reason(outcome)))


async def ping_hub(change: datetime, tools: Tools) -> None:
    """Tell an external hub which of our feeds have changed until *change*; a new hub is told of what comes from now on."""
    hub_url, published, now = tools.websub.hub_url, tools.websub.published, tools.now()
    if hub_url is None or published is None:
        return
    known = tools.store.ping(hub_url)
    if known is None:
        tools.store.keep_ping(Ping(hub_url=hub_url, told_until=change, due=now))
    elif change > known.told_until and known.due <= now:
        topics = await published.topics(_changed_sources(known.told_until, tools))
        for start in range(0, len(topics), TOPICS_A_PING):
            outcome = await tools.post(hub_url, ping_form(topics[start : start + TOPICS_A_PING]), media_type=hub.FORM)
            if not (isinstance(outcome, Posted) and outcome.is_success):
                wait = max(hub.RETRY[min(known.tries, len(hub.RETRY) - 1)], _asked_wait(outcome, now) or timedelta(0))
                tools.store.keep_ping(replace(known, due=now + wait, tries=known.tries + 1, last_error=_reason(outcome)))
                return
        tools.store.keep_ping(Ping(hub_url=hub_url, told_until=change, due=now))


def _changed_sources(since: datetime, tools: Tools) -> frozenset[str] | None:
    """The sources with articles that changed since; None: too many to tell."""
    changed = tools.store.articles(Selection(changed_since=since, limit=MOST_CHANGES))
    return frozenset(one.source_id for one in changed) if len(changed) < MOST_CHANGES else None


async def _published(topic: str, tools: Tools) -> PublishedFeed | None:
    return await tools.websub.published.feed(topic) if tools.websub.published else None


def _is_echo(outcome: Outcome, challenge: str) -> bool:
    return isinstance(outcome, Fetched) and outcome.exchange.body.strip() == challenge.encode()


def _may_pass(outcome: Outcome) -> bool:
    """Whether the callback could not be asked, rather than said no: an answer, whatever it is, is an answer."""
    status = getattr(outcome, "status", None)
    return not isinstance(outcome, Fetched) and getattr(outcome, "retry", False) and (status is None or status >= 500 or status == 429)


def _asked_wait(outcome: PostOutcome, now: datetime) -> timedelta | None:
    return retry_after(outcome.headers, now=now) if isinstance(outcome, Posted) else getattr(outcome, "retry_after", None)


def _reason(outcome: PostOutcome) -> str:
    return f"answered {outcome.status}" if isinstance(outcome, Posted) else outcome.reason
