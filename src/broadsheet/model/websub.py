"""Both ends of WebSub: our subscriptions at publishers' hubs, and the subscribers of our own hub."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

SubscriptionState = Literal["wanted", "asked", "active", "given-up"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """What a hub is to tell us. *token* is the unguessable end of our callback's address, *due* when the next step falls due."""

    source_id: str
    hub_url: str
    topic_url: str
    token: str = field(repr=False)
    secret: str = field(repr=False)
    state: SubscriptionState = "wanted"
    due: datetime
    asked_at: datetime | None = None
    lease_until: datetime | None = None
    pushed_at: datetime | None = None  # the last delivery that was genuine
    missed: int = 0  # backup polls in a row that found what the hub had not pushed
    tries: int = 0
    last_error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """Somebody to whom our own hub delivers *topic_url*."""

    id: str
    topic_url: str
    callback_url: str
    secret: str | None = field(default=None, repr=False)
    added_at: datetime
    lease_until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A topic's news on its way to a subscriber; one at most for each subscriber, since a feed tells its whole state."""

    subscriber_id: str
    due: datetime
    since: datetime  # when it was first to be delivered
    tries: int = 0
    last_error: str | None = None
