"""What every store can do for published feeds: incidents, feeds of an operator's own making, entries as written, and both ends of WebSub.

The rules are those of `port`: each method is one transaction, and may be done twice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from broadsheet.model import (
    ArticleState,
    Delivery,
    Entry,
    Exchange,
    Incident,
    IncidentKind,
    Intent,
    Ping,
    PollState,
    Publication,
    Push,
    Source,
    StoredArticle,
    Subscriber,
    Subscription,
)
from broadsheet.store.values import EVERYTHING, Rendering, Selection


class IncidentStore(Protocol):
    """What is or was wrong with sources, and of what the operator is still to be told."""

    def open_incident(
        self, source_id: str, kind: IncidentKind, *, said: str, do: str = "", detail: str = "", usual_chars: int | None = None
    ) -> Incident:
        """The source's open incident of this kind: the one there is, as it is, or else one that begins now. Raises UnknownSource."""

    def close_incident(self, source_id: str, kind: IncidentKind, *, over: str) -> Incident | None:
        """End the source's open incident of this kind; None if there is none."""

    def incidents(
        self, source_id: str | None = None, *, kind: IncidentKind | None = None, open_only: bool = False, since: datetime | None = None
    ) -> tuple[Incident, ...]:
        """Incidents, the last one first; with *since*, those that began or ended at that time or later."""

    def incidents_to_tell(self, *, limit: int) -> tuple[Incident, ...]:
        """Incidents of whose beginning or end the operator is still to be told, the last one first."""

    def told(self, incident: Incident) -> None:
        """Keep what *incident* says about who was told of it; all else stays as it is."""

    def active_states(self, *, limit: int) -> tuple[tuple[Source, PollState], ...]:
        """Active sources, by id, with what their last polls left behind."""


class PublicationStore(Protocol):
    """Feeds of an operator's own making, and what they need to know of articles."""

    def publications(self) -> tuple[Publication, ...]:
        """All of them, the first made first."""

    def publication(self, name: str) -> Publication:
        """The one with this name; raises UnknownPublication."""

    def keep_publication(self, publication: Publication) -> None:
        """Keep it, in the place of one with the same name."""

    def remove_publication(self, name: str) -> None:
        """Forget it; no article goes with it. Raises UnknownPublication."""

    def near_duplicates(self, article_ids: Sequence[str]) -> Mapping[str, str]:
        """Of every article that tells the same text as one of these, and is not the first to, the one that it is a near-duplicate of."""


class RenderingStore(Protocol):
    """What the writers of feeds need: articles without their texts, and entries as they were written before."""

    def article_states(self, selection: Selection = EVERYTHING) -> tuple[ArticleState, ...]:
        """What `articles` gives, without the texts."""

    def arrivals(self, selection: Selection = EVERYTHING, *, since: datetime | None = None) -> Mapping[str, int]:
        """How many of the articles were first kept in each month ("2026-11", UTC), the first month first; with *since*, of that month on.

        By their ids, in which the moment stands: an order to which later articles are only ever added at the end.
        """

    def arrived(self, month: str, selection: Selection = EVERYTHING, *, offset: int, limit: int) -> tuple[ArticleState, ...]:
        """The articles first kept in a month in the order they were, from the place *offset* on."""

    def articles_by_id(self, article_ids: Sequence[str]) -> Mapping[str, StoredArticle]:
        """Those of the articles that the store has, in their latest revisions."""

    def stated_entries(self, article_ids: Sequence[str]) -> Mapping[str, Entry]:
        """What the publisher's feed last said of each of these articles; imported ones are missing."""

    def renderings(self, article_ids: Sequence[str], shape: str) -> Mapping[str, Rendering]:
        """The articles' entries as they were last kept in this *shape* (format, and whatever else decides how they are written)."""

    def keep_renderings(self, shape: str, written: Mapping[str, Rendering]) -> None:
        """Keep entries by their articles' ids, in the place of earlier ones. Nothing is lost with them: they can be written again."""

    def forget_renderings(self, shapes: Collection[str], *, newest: int) -> int:
        """Delete all but those in one of *shapes* that belong to the *newest* articles of their source; how many."""

    def change_mark(self) -> int | None:
        """A number that is another one once anybody has changed anything, in some microseconds and without waiting; None: not known now."""


class SubscriptionStore(Protocol):
    """Our subscriptions at the hubs of publishers, and what these sent."""

    def subscription(self, source_id: str) -> Subscription | None:
        """How a source's subscription stands, None if there is none."""

    def subscription_by_token(self, token: str) -> Subscription | None:
        """The subscription whose callback ends in *token*."""

    def subscriptions(self) -> Mapping[str, Subscription]:
        """All subscriptions, by source id."""

    def change_subscription(self, source_id: str, change: Callable[[Subscription | None], Subscription | None]) -> Subscription | None:
        """Put what *change* makes of a subscription in its place (None: there is none), and return that. *change* must be pure."""

    def due_subscriptions(self, now: datetime, *, limit: int) -> tuple[Subscription, ...]:
        """Subscriptions of active sources whose next step is due, longest due first."""

    def keep_push(self, source_id: str, received_at: datetime, exchange: Exchange | None = None) -> None:
        """Keep what a hub sent until it is taken in: its exchange is filed with it. Without one it is a sign that there is news; one
        such sign is enough."""

    def waiting_pushes(self, *, limit: int) -> tuple[Push, ...]:
        """What was pushed and is not yet taken in, the first first."""

    def finish_push(self, push_id: int) -> None:
        """It is taken in."""

    def next_push_due(self) -> datetime | None:
        """When something that was pushed is to be taken in, or a hub to be asked; None if neither."""


class HubStore(Protocol):
    """The subscribers of our own hub, and what they, or an external hub, are still to be told."""

    def put_intent(self, intent: Intent) -> None:
        """Keep a request until its callback has confirmed it; a later one of the same callback for the same topic takes its place."""

    def due_intents(self, now: datetime, *, limit: int) -> tuple[Intent, ...]:
        """Requests that are to be verified, longest due first."""

    def carry_out_intent(self, intent: Intent, *, subscriber: Subscriber | None = None) -> None:
        """It is confirmed, or its denial told: *subscriber* is kept in place of an earlier one, or the one there is ends."""

    def drop_intent(self, intent_id: str) -> None:
        """It was not confirmed: nothing comes of it."""

    def subscriber(self, subscriber_id: str) -> Subscriber | None:
        """A subscriber by id."""

    def subscribers(self, topic_url: str, now: datetime) -> tuple[Subscriber, ...]:
        """Those whose lease for a topic still runs."""

    def topics(self, now: datetime) -> tuple[str, ...]:
        """The topics that anybody is subscribed to."""

    def count_subscribers(self, callback_host: str | None = None) -> int:
        """How many there are, unverified requests included; of one host of callbacks, or in all."""

    def remove_subscriber(self, subscriber_id: str) -> None:
        """End a subscription, with its delivery."""

    def forget_subscribers(self, now: datetime) -> int:
        """End the subscriptions whose lease is over; how many."""

    def add_deliveries(self, wanted: Sequence[Delivery]) -> None:
        """Have subscribers told; whoever is to be told already stays as they are."""

    def put_off_delivery(self, delivery: Delivery) -> None:
        """Try a delivery again when it says."""

    def due_deliveries(self, now: datetime, *, limit: int) -> tuple[Delivery, ...]:
        """Deliveries that are due, longest due first."""

    def finish_delivery(self, subscriber_id: str, *, told: str | None) -> None:
        """A delivery is done, or given up: its subscriber counts as *told* that state of the feed."""

    def ping(self, hub_url: str) -> Ping | None:
        """What an external hub has been told."""

    def keep_ping(self, ping: Ping) -> None:
        """Note what an external hub has been told."""

    def next_hub_due(self) -> datetime | None:
        """When the next verification or delivery is due; None if there is none."""
