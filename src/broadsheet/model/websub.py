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
class Push:
    """What a hub sent us, not yet taken in: the exchange it was filed as, or None where it only proves that there is news."""

    id: int
    source_id: str
    received_at: datetime
    exchange_id: str | None = None


IntentMode = Literal["subscribe", "unsubscribe", "denied"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """What somebody asked of our own hub, until their callback has confirmed it; or that we deny it, until it has been told."""

    id: str  # that of the subscriber they are, or would be
    mode: IntentMode
    topic_url: str
    callback_url: str
    secret: str | None = field(default=None, repr=False)
    lease_seconds: int = 0
    reason: str = ""  # of a denial
    due: datetime
    tries: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ping:
    """What an external hub has been told: every change until *told_until*."""

    hub_url: str
    told_until: datetime
    due: datetime
    tries: int = 0
    last_error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """Somebody to whom our own hub delivers *topic_url*. *told* is the state of the feed that they have."""

    id: str
    topic_url: str
    callback_url: str
    secret: str | None = field(default=None, repr=False)
    added_at: datetime
    lease_until: datetime
    told: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A topic's news on its way to a subscriber; one at most for each subscriber, since a feed tells its whole state."""

    subscriber_id: str
    due: datetime
    since: datetime  # when it was first to be delivered
    tries: int = 0
    last_error: str | None = None
