"""What a poll has to do with the hub of its source: finding one, relying on it, and noticing when it is of no use."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from broadsheet.model import Entry, Exchange, Feed, Source, Subscription
from broadsheet.pipeline.tools import Tools
from broadsheet.websub import is_pushed, offered, wanted
from broadsheet.websub.subscription import is_for, polled

TOKEN_BYTES, SECRET_BYTES = 32, 48  # 256 bits cannot be guessed; in text the secret has 64 characters of the 199 allowed


def hub_pushes(source: Source, tools: Tools) -> bool:
    """Whether a hub tells us of *source*'s news, so that it need be polled for safety only."""
    return tools.websub.callback_base is not None and is_pushed(tools.store.subscription(source.id), tools.now())


def weigh_hub(source: Source, feed: Feed, exchange: Exchange, new: Sequence[Entry], tools: Tools) -> None:
    """After a poll of *source* found *new* in *feed*: want the hub that it names, drop one that it names no more, and count against the
    one that pushes if it had kept these from us. To be called before the poll is kept."""
    if tools.websub.callback_base is None or source.kind != "feed":
        return
    offer, now = offered(feed, exchange.headers, url=exchange.final_url), tools.now()
    last_checked = tools.store.poll_state(source.id).last_checked
    token, secret = secrets.token_urlsafe(TOKEN_BYTES), secrets.token_urlsafe(SECRET_BYTES)

    def change(known: Subscription | None) -> Subscription | None:
        if offer is None:
            return None
        if known is None or not is_for(known, offer):
            return wanted(source.id, offer, token=token, secret=secret, now=now)
        return polled(known, new, last_checked=last_checked, now=now)

    tools.store.change_subscription(source.id, change)


def weigh_silence(source: Source, last_checked: datetime | None, tools: Tools) -> None:
    """After a poll of *source* found nothing that had changed since *last_checked*."""
    if tools.websub.callback_base is None:
        return
    known = tools.store.subscription(source.id)
    if known is not None and known.missed:
        now = tools.now()
        tools.store.change_subscription(source.id, lambda held: held and polled(held, (), last_checked=last_checked, now=now))
