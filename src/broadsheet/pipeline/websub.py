"""The steps of WebSub that are due: taking in what hubs pushed, asking hubs, and whatever our own subscribers are to be told.

A step is one piece of work at one host, done by whoever runs the engine; what is due is asked from the store, so that a kill loses nothing. What
our own feeds' subscribers are concerned with is in `telling.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import islice

from broadsheet.errors import NotAFeed, UnknownSource
from broadsheet.fetch import retry_after
from broadsheet.model import Exchange, Posted, Push, Source, Subscription
from broadsheet.observe import log
from broadsheet.pipeline.poll import take_in_push
from broadsheet.pipeline.schedule import ask_again
from broadsheet.pipeline.step import Step
from broadsheet.pipeline.telling import Telling
from broadsheet.pipeline.tools import Tools
from broadsheet.urls import host_of
from broadsheet.websub.hub import FORM
from broadsheet.websub.subscription import asking, given_up, is_hopeless, pushed, subscription_form

CALLBACK_PATH = "websub/"
LOOK_EVERY = timedelta(seconds=2)
"""While hubs push to us or we to others, this often for what the server's process has left in the store."""
_MAY_PASS = frozenset({408, 425, 429})  # of the 4xx, those that say nothing of the request


class WebSub:
    """What is due of WebSub. One for each engine: it remembers what of our own feeds was looked at."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._telling = Telling(tools)

    def due(self, *, limit: int) -> Iterator[Step]:
        """The steps that are due, at most *limit*; several may be at one host, and are then to be done one after the other."""
        yield from islice(self._due(limit), limit)

    def next_due(self) -> datetime | None:
        """When the next step falls due, None when none does."""
        dues = [self._telling.next_due(), self._tools.store.next_push_due() if self._tools.websub.callback_base else None]
        return min((due for due in dues if due), default=None)

    @property
    def patience(self) -> timedelta | None:
        """How long the engine may sleep at most, None: as long as it likes."""
        return LOOK_EVERY if self._tools.websub.is_on else None

    def _due(self, limit: int) -> Iterator[Step]:
        tools = self._tools
        if tools.websub.callback_base is not None:
            for push in tools.store.waiting_pushes(limit=limit):
                take, leave = partial(take_push, push, tools), partial(_leave_push, push, tools)
                yield Step(name=f"push {push.id}", host=_host_of(push, tools), carry_out=take, put_off=leave)
            for due in tools.store.due_subscriptions(tools.now(), limit=limit):
                ask, rest = partial(ask_hub, due, tools), partial(_rest, due, tools)
                yield Step(name=f"hub of {due.source_id}", host=host_of(due.hub_url), carry_out=ask, put_off=rest)
        yield from self._telling.due(limit=limit)


async def take_push(push: Push, tools: Tools) -> None:
    """Take in what a hub sent; where that is no feed after all, or was only a sign, ask the source itself.

    Done twice it changes nothing: the entries are known then.
    """
    source = _watched(push.source_id, tools)
    if source is not None and source.state == "active":
        exchange = tools.store.exchange(push.exchange_id) if push.exchange_id else None
        if exchange is not None and _is_taken(source, exchange, tools):
            tools.store.change_subscription(source.id, lambda known: known and pushed(known, push.received_at))
        else:
            ask_again(source.id, tools.store, tools.now())
    tools.store.finish_push(push.id)


async def ask_hub(due: Subscription, tools: Tools) -> None:
    """Ask a hub for a subscription, or for a longer one; its verification comes to the server by itself."""
    asked = tools.store.change_subscription(due.source_id, partial(_asked, due, tools.now()))
    base = tools.websub.callback_base
    if asked is None or base is None or asked.asked_at is None or asked.token != due.token:
        return
    form = subscription_form(asked, f"{base}{CALLBACK_PATH}{asked.token}")
    outcome = await tools.post(asked.hub_url, form, media_type=FORM)
    if isinstance(outcome, Posted):
        if outcome.is_success:
            return
        reason, wait = f"{host_of(asked.hub_url)} answered {outcome.status}", retry_after(outcome.headers, now=tools.now())
        is_final = 400 <= outcome.status < 500 and outcome.status not in _MAY_PASS
    else:
        reason, wait, is_final = outcome.reason, getattr(outcome, "retry_after", None), False
    log("websub").info("the hub of %s: %s", due.source_id, reason)
    tools.store.change_subscription(due.source_id, partial(_refused, asked.token, reason, wait, is_final, tools.now()))


def _leave_push(push: Push, tools: Tools) -> None:
    """What cannot be taken in is polled instead."""
    if _watched(push.source_id, tools) is not None:
        ask_again(push.source_id, tools.store, tools.now())
    tools.store.finish_push(push.id)


def _rest(due: Subscription, tools: Tools) -> None:
    later = tools.now() + timedelta(hours=1)
    tools.store.change_subscription(due.source_id, lambda known: known and replace(known, due=max(known.due, later)))


def _asked(due: Subscription, now: datetime, known: Subscription | None) -> Subscription | None:
    """The subscription as it is while it is asked for; given up where that was in vain too often."""
    if known is None or known.token != due.token or known.due > now:
        return known
    if is_hopeless(known):
        return given_up(known, known.last_error or "the hub never verified the subscription", now)
    return asking(known, now)


def _refused(token: str, reason: str, wait: timedelta | None, is_final: bool, now: datetime, known: Subscription | None) -> Subscription | None:
    """The subscription after the hub said no. A running one is used until its lease ends."""
    if known is None or known.token != token or known.asked_at is None:
        return known
    if is_final and known.state != "active":
        return given_up(known, reason, now)
    return replace(known, last_error=reason, due=max(known.due, now + wait) if wait else known.due)


def _is_taken(source: Source, exchange: Exchange, tools: Tools) -> bool:
    try:
        take_in_push(source, exchange, tools)
    except NotAFeed as error:
        log("websub").info("what the hub of %s sent is not a feed: %s", source.id, error.what)
        return False
    return True


def _watched(source_id: str, tools: Tools) -> Source | None:
    try:
        return tools.store.source(source_id)
    except UnknownSource:
        return None


def _host_of(push: Push, tools: Tools) -> str:
    """Where no other visit may be while it is taken in: a poll of the same source writes the same rows."""
    source = _watched(push.source_id, tools)
    return host_of(source.url) if source else push.source_id
