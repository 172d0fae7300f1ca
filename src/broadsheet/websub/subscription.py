"""How a subscription of ours at a hub lives: wanted, asked for, confirmed, renewed, and given up when the hub is of no use.

A hub is trusted little, since hubs go silently dead: polls go on as usual until its first genuine delivery, then at least once in a day, and
a hub that keeps to itself what three polls in a row find out is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import urlencode

from broadsheet.model import Entry, Subscription, SubscriptionState
from broadsheet.websub.offer import Offer
from broadsheet.websub.signature import is_genuine

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

ASKED_LEASE = 10 * DAY
LONGEST_LEASE = 14 * DAY  # whatever the hub grants: one that died after granting a year would be trusted for a year
RENEW_AFTER = 0.8  # of the lease
NOT_SOONER = HOUR  # a lease of a minute must not have us ask every minute
ASK_AGAIN = (HOUR, 6 * HOUR, DAY, 2 * DAY)  # after a request that nothing came of; the first three fit into the last fifth of a lease
MOST_TRIES = 5
CONFIRM_WITHIN = DAY  # a hub that verifies later than this verifies something else
REST = 30 * DAY  # before a hub given up is tried once more

BACKUP = DAY  # the longest time between two polls while a hub pushes
MOST_MISSED = 3  # backup polls in a row that find what the hub had not pushed
GRACE = timedelta(minutes=10)  # news younger than this may still be on its way through the hub

Verdict = Literal["news", "hint", "forged"]
"""What a delivery is: the feed's own words; only a sign that there is news; nothing that our hub has said."""


def wanted(source_id: str, offer: Offer, *, token: str, secret: str, now: datetime) -> Subscription:
    """A subscription to ask for. *secret* is told only over TLS (WebSub, section 5.1); without one, deliveries are no more than hints."""
    told = secret if offer.hub_url.startswith("https:") else ""
    return Subscription(source_id=source_id, hub_url=offer.hub_url, topic_url=offer.topic_url, token=token, secret=told, due=now)


def is_for(subscription: Subscription, offer: Offer) -> bool:
    """Whether it is the same hub and topic."""
    return (subscription.hub_url, subscription.topic_url) == (offer.hub_url, offer.topic_url)


def subscription_form(subscription: Subscription, callback_url: str) -> bytes:
    """The request to the hub, as a form."""
    fields = {
        "hub.mode": "subscribe", "hub.topic": subscription.topic_url, "hub.callback": callback_url,
        "hub.lease_seconds": str(int(ASKED_LEASE.total_seconds())),
    }  # fmt: skip
    return urlencode(fields | ({"hub.secret": subscription.secret} if subscription.secret else {})).encode()


def asking(subscription: Subscription, now: datetime) -> Subscription:
    """As it stands once the hub is being asked: noted before, since some hubs verify before they answer."""
    tries = 0 if subscription.state == "given-up" else subscription.tries
    state: SubscriptionState = "active" if subscription.state == "active" and _is_leased(subscription, now) else "asked"
    return replace(subscription, state=state, asked_at=now, tries=tries + 1, due=now + ASK_AGAIN[min(tries, len(ASK_AGAIN) - 1)])


def is_hopeless(subscription: Subscription) -> bool:
    """Whether the hub was asked often enough in vain."""
    return subscription.state != "given-up" and subscription.tries >= MOST_TRIES


def confirmed(subscription: Subscription, *, topic: str, lease_seconds: int | None, now: datetime) -> Subscription | None:
    """As it stands once the hub has verified that we want it; None if this is not what we asked for, or we asked for nothing."""
    if subscription.asked_at is None or now - subscription.asked_at > CONFIRM_WITHIN or topic != subscription.topic_url:
        return None
    lease = _lease(lease_seconds)
    due = now + max(RENEW_AFTER * lease, NOT_SOONER)
    return replace(subscription, state="active", asked_at=None, lease_until=now + lease, due=due, tries=0, last_error=None)


def given_up(subscription: Subscription, why: str, now: datetime) -> Subscription:
    """As it stands once the hub is left alone, for a month; the feed is polled as if it had none."""
    return replace(subscription, state="given-up", asked_at=None, lease_until=None, missed=0, tries=0, due=now + REST, last_error=why)


def is_pushed(subscription: Subscription | None, now: datetime) -> bool:
    """Whether the hub can be relied on for now: it has confirmed, has delivered before, and its lease runs."""
    return subscription is not None and subscription.state == "active" and _is_leased(subscription, now) and subscription.pushed_at is not None


def judge_push(subscription: Subscription, *, body: bytes, signature: str | None, content_type: str, self_urls: Sequence[str]) -> Verdict:
    """What to make of a delivery.

    A wrong signature is somebody else's. What is not signed, holds nothing or a page, or is said to be of another topic, proves no more
    than that something happened: then the feed itself is asked.
    """
    if subscription.secret and signature and not is_genuine(signature, body, subscription.secret):
        return "forged"
    is_page = content_type.partition(";")[0].strip().lower() in ("text/html", "application/xhtml+xml")
    is_other = bool(self_urls) and subscription.topic_url not in self_urls
    return "hint" if not (subscription.secret and signature) or not body.strip() or is_page or is_other else "news"


def pushed(subscription: Subscription, at: datetime) -> Subscription:
    """As it stands after a genuine delivery."""
    return replace(subscription, pushed_at=at)


def polled(subscription: Subscription, new: Sequence[Entry], *, last_checked: datetime | None, now: datetime) -> Subscription:
    """As it stands after a poll that found *new*, when the one before was at *last_checked*.

    Polls that find nothing say nothing about the hub, unless it delivered in between: then all was delivered.
    """
    if subscription.state != "active" or not _is_leased(subscription, now):
        return subscription
    if any(_is_overdue(entry, now) for entry in new):
        missed = subscription.missed + 1
        if missed >= MOST_MISSED:
            return given_up(subscription, f"{missed} polls in a row found news that the hub had not pushed", now)
        return replace(subscription, missed=missed)
    has_delivered = subscription.pushed_at is not None and (last_checked is None or subscription.pushed_at > last_checked)
    return replace(subscription, missed=0) if has_delivered else subscription


def _is_overdue(entry: Entry, now: datetime) -> bool:
    """Whether a hub that works would have pushed it by now; what bears no date was not pushed either."""
    stated = entry.published or entry.updated
    return stated is None or stated.at is None or now - stated.at > GRACE


def _is_leased(subscription: Subscription, now: datetime) -> bool:
    return subscription.lease_until is not None and subscription.lease_until > now


def _lease(seconds: int | None) -> timedelta:
    """What the hub granted, 14 days at most; hubs of the protocol's first years say nothing, and mean what was asked for."""
    return ASKED_LEASE if seconds is None or seconds <= 0 else timedelta(seconds=min(seconds, int(LONGEST_LEASE.total_seconds())))
