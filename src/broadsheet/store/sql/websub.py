"""WebSub in SQL: our subscriptions and what was pushed to us; our own hub's subscribers, and what they are still to be told."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, func, insert, select, union_all, update

from broadsheet.model import Delivery, Exchange, Intent, Ping, Push, Subscriber, Subscription
from broadsheet.store.schema import deliveries, intents, pings, pushes, sources, subscribers, subscriptions
from broadsheet.store.sql.database import SqlPart, insert_missing, upsert
from broadsheet.store.sql.exchanges import file_exchange
from broadsheet.urls import host_of


class SqlSubscriptions(SqlPart):
    """The `SubscriptionStore` part of the SQL store."""

    def subscription(self, source_id: str) -> Subscription | None:
        with self.database.read() as connection:
            return _subscription(connection, source_id)

    def subscription_by_token(self, token: str) -> Subscription | None:
        with self.database.read() as connection:
            return connection.execute(select(subscriptions.c.doc).where(subscriptions.c.token == token)).scalar()

    def change_subscription(self, source_id: str, change: Callable[[Subscription | None], Subscription | None]) -> Subscription | None:
        with self.database.write() as connection:
            before = _subscription(connection, source_id)
            after = change(before)
            if after is None:
                connection.execute(delete(subscriptions).where(subscriptions.c.source_id == source_id))
            elif after != before:
                upsert(connection, subscriptions, {"source_id": source_id, "token": after.token, "due": after.due, "doc": after})
            return after

    def subscriptions(self) -> Mapping[str, Subscription]:
        with self.database.read() as connection:
            return {row.source_id: row.doc for row in connection.execute(select(subscriptions.c.source_id, subscriptions.c.doc))}

    def due_subscriptions(self, now: datetime, *, limit: int) -> tuple[Subscription, ...]:
        query = _of_active_sources(subscriptions.c.doc).where(subscriptions.c.due <= now).order_by(subscriptions.c.due).limit(limit)
        with self.database.read() as connection:
            return tuple(connection.scalars(query))

    def keep_push(self, source_id: str, received_at: datetime, exchange: Exchange | None = None) -> None:
        row = {"source_id": source_id, "received_at": received_at, "exchange_id": exchange.id if exchange else None}
        with self.database.write() as connection:
            if exchange is not None:
                file_exchange(connection, exchange)
            elif _has_hint(connection, source_id):
                return
            connection.execute(insert(pushes).values(row))

    def waiting_pushes(self, *, limit: int) -> tuple[Push, ...]:
        with self.database.read() as connection:
            rows = connection.execute(select(pushes).order_by(pushes.c.id).limit(limit))
            return tuple(Push(id=row.id, source_id=row.source_id, received_at=row.received_at, exchange_id=row.exchange_id) for row in rows)

    def finish_push(self, push_id: int) -> None:
        with self.database.write() as connection:
            connection.execute(delete(pushes).where(pushes.c.id == push_id))

    def next_push_due(self) -> datetime | None:
        asking = _of_active_sources(func.min(subscriptions.c.due).label("due"))
        soonest = union_all(asking, select(func.min(pushes.c.received_at).label("due")))
        with self.database.read() as connection:
            return min((due for due in connection.scalars(soonest) if due), default=None)


class SqlHub(SqlPart):
    """The `HubStore` part of the SQL store."""

    def put_intent(self, intent: Intent) -> None:
        row = {"id": intent.id, "callback_host": host_of(intent.callback_url), "due": intent.due, "doc": intent}
        with self.database.write() as connection:
            upsert(connection, intents, row)

    def due_intents(self, now: datetime, *, limit: int) -> tuple[Intent, ...]:
        with self.database.read() as connection:
            return tuple(connection.scalars(select(intents.c.doc).where(intents.c.due <= now).order_by(intents.c.due).limit(limit)))

    def carry_out_intent(self, intent: Intent, *, subscriber: Subscriber | None = None) -> None:
        with self.database.write() as connection:
            connection.execute(delete(intents).where(intents.c.id == intent.id))
            if intent.mode in ("unsubscribe", "denied"):
                connection.execute(delete(subscribers).where(subscribers.c.id == intent.id))
            elif subscriber is not None:
                upsert(connection, subscribers, _subscriber_row(subscriber))

    def drop_intent(self, intent_id: str) -> None:
        with self.database.write() as connection:
            connection.execute(delete(intents).where(intents.c.id == intent_id))

    def subscriber(self, subscriber_id: str) -> Subscriber | None:
        with self.database.read() as connection:
            return connection.execute(select(subscribers.c.doc).where(subscribers.c.id == subscriber_id)).scalar()

    def subscribers(self, topic_url: str, now: datetime) -> tuple[Subscriber, ...]:
        query = select(subscribers.c.doc).where(subscribers.c.topic == _digest(topic_url), subscribers.c.lease_until > now)
        with self.database.read() as connection:
            return tuple(connection.scalars(query.order_by(subscribers.c.id)))

    def topics(self, now: datetime) -> tuple[str, ...]:
        one_each = select(func.min(subscribers.c.id)).where(subscribers.c.lease_until > now).group_by(subscribers.c.topic)
        with self.database.read() as connection:
            return tuple(sorted(one.topic_url for one in connection.scalars(select(subscribers.c.doc).where(subscribers.c.id.in_(one_each)))))

    def count_subscribers(self, callback_host: str | None = None) -> int:
        with self.database.read() as connection:
            return sum(connection.execute(_counted(table, callback_host)).scalar_one() for table in (subscribers, intents))

    def remove_subscriber(self, subscriber_id: str) -> None:
        with self.database.write() as connection:
            connection.execute(delete(subscribers).where(subscribers.c.id == subscriber_id))

    def forget_subscribers(self, now: datetime) -> int:
        with self.database.write() as connection:
            return connection.execute(delete(subscribers).where(subscribers.c.lease_until <= now)).rowcount

    def add_deliveries(self, wanted: Sequence[Delivery]) -> None:
        rows = [_delivery_row(one) for one in wanted]
        with self.database.write() as connection:
            insert_missing(connection, deliveries, rows)

    def put_off_delivery(self, delivery: Delivery) -> None:
        with self.database.write() as connection:
            mine = update(deliveries).where(deliveries.c.subscriber_id == delivery.subscriber_id)
            connection.execute(mine.values(due=delivery.due, doc=delivery))

    def due_deliveries(self, now: datetime, *, limit: int) -> tuple[Delivery, ...]:
        query = select(deliveries.c.doc).where(deliveries.c.due <= now).order_by(deliveries.c.due).limit(limit)
        with self.database.read() as connection:
            return tuple(connection.scalars(query))

    def finish_delivery(self, subscriber_id: str, *, told: str | None) -> None:
        with self.database.write() as connection:
            connection.execute(delete(deliveries).where(deliveries.c.subscriber_id == subscriber_id))
            found: Subscriber | None = connection.execute(select(subscribers.c.doc).where(subscribers.c.id == subscriber_id)).scalar()
            if found is not None:
                upsert(connection, subscribers, _subscriber_row(replace(found, told=told)))

    def ping(self, hub_url: str) -> Ping | None:
        with self.database.read() as connection:
            return connection.execute(select(pings.c.doc).where(pings.c.hub == _digest(hub_url))).scalar()

    def keep_ping(self, ping: Ping) -> None:
        with self.database.write() as connection:
            upsert(connection, pings, {"hub": _digest(ping.hub_url), "doc": ping})

    def next_hub_due(self) -> datetime | None:
        soonest = union_all(*(select(func.min(table.c.due).label("due")) for table in (intents, deliveries)))
        with self.database.read() as connection:
            return min((due for due in connection.scalars(soonest) if due), default=None)


def _subscription(connection: Connection, source_id: str) -> Subscription | None:
    return connection.execute(select(subscriptions.c.doc).where(subscriptions.c.source_id == source_id)).scalar()


def _of_active_sources(column: Any) -> Select[Any]:
    joined = subscriptions.join(sources, sources.c.id == subscriptions.c.source_id)
    return select(column).select_from(joined).where(sources.c.removed_at.is_(None), sources.c.state == "active")


def _has_hint(connection: Connection, source_id: str) -> bool:
    """Whether the source is to be polled anyway: a flood of hints is one."""
    known = select(pushes.c.id).where(pushes.c.source_id == source_id, pushes.c.exchange_id.is_(None))
    return connection.execute(known.limit(1)).first() is not None


def _subscriber_row(one: Subscriber) -> dict[str, Any]:
    return {
        "id": one.id, "topic": _digest(one.topic_url), "callback_host": host_of(one.callback_url), "lease_until": one.lease_until, "doc": one,
    }  # fmt: skip


def _delivery_row(one: Delivery) -> dict[str, Any]:
    return {"subscriber_id": one.subscriber_id, "due": one.due, "doc": one}


def _counted(table: Any, callback_host: str | None) -> Select[int]:
    counted = select(func.count()).select_from(table)
    return counted if callback_host is None else counted.where(table.c.callback_host == callback_host)


def _digest(url: str) -> str:
    return hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()
