"""The tables, written once for SQLite and PostgreSQL.

Values rest as documents (column `doc`); beside them only what is searched or sorted by. A change here needs a migration in `migrations/versions`:
a test compares the two.

    source ── poll_state
       └─ entry ── task            what was seen, and what is to be done about it
            └─ article ── revision, article_url, fingerprint, fingerprint_band
    exchange ── body               what was sent, bodies once
    site_memory                    what the last pages of a host had in common
    publication, rendering         feeds of an operator's own making; entries of feeds as they were written
    incident                       what goes or went wrong with a source
    subscription, push             at the hubs of publishers, and what these sent
    subscriber ── delivery         of our own hub
    picture ── picture_use         the addresses that articles show, each with the original behind it
    original                       pictures as their publishers sent them; the bytes are files
    secret                         keys of this installation
    intent, ping                   what its callbacks are still to confirm; what an external hub has been told
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, SmallInteger, String, Table, text

from broadsheet.store.columns import CleanText, Document, RowId, UtcTime
from broadsheet.store.documents import (
    ARTICLES,
    DELIVERIES,
    ENTRIES,
    HEADERS,
    INCIDENTS,
    INTENTS,
    ORIGINALS,
    PINGS,
    POLL_STATES,
    PUBLICATIONS,
    SITE_MEMORIES,
    SOURCES,
    STATED_TIMES,
    SUBSCRIBERS,
    SUBSCRIPTIONS,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

sources = Table(
    "source",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("url", CleanText, nullable=False),
    Column("state", String(20), nullable=False),
    Column("category", CleanText),
    Column("added_at", UtcTime, nullable=False),
    Column("removed_at", UtcTime),  # given up, but its articles are still here
    Column("doc", Document(SOURCES), nullable=False),
    Index(None, "url"),
)

poll_states = Table(
    "poll_state",
    metadata,
    Column("source_id", ForeignKey(sources.c.id, ondelete="CASCADE"), primary_key=True),
    Column("next_due", UtcTime, nullable=False),
    Column("doc", Document(POLL_STATES), nullable=False),
    Index(None, "next_due"),
)

articles = Table(
    "article",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("source_id", ForeignKey(sources.c.id, ondelete="CASCADE"), nullable=False),
    Column("first_seen", UtcTime, nullable=False),
    Column("sort_at", UtcTime, nullable=False),  # fixed when first kept: a story never moves in the lists
    Column("changed_at", UtcTime, nullable=False),
    Column("checked_at", UtcTime, nullable=False),  # last looked at, changed or not
    Column("revision", Integer, nullable=False),
    Column("content_hash", String(80), nullable=False),
    Column("near_duplicate_of", String(26), index=True),
    Column("entry_guid", CleanText),
    Column("entry_published", Document(STATED_TIMES)),
    Column("rereadings", Integer),  # revisions that the publisher had no part in; None: 0
    Column("touched_at", UtcTime, index=True),  # when we last put something else in its place ourselves, None: never
    Index(None, "source_id", "sort_at", "id"),
    Index(None, "sort_at", "id"),
    Index(None, "changed_at"),
    Index(None, "first_seen"),
)

revisions = Table(
    "revision",
    metadata,
    Column("article_id", ForeignKey(articles.c.id, ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("content_hash", String(80), nullable=False),
    Column("fetched_at", UtcTime, nullable=False),
    Column("doc", Document(ARTICLES), nullable=False),
    Column("extractor", String(40)),  # None: of before it was noted, or not read from a page
    Column("made_by", String(20)),
)

revision_exchanges = Table(  # no foreign key to exchange: an imported article names exchanges that were never ours
    "revision_exchange",
    metadata,
    Column("article_id", ForeignKey(articles.c.id, ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("exchange_id", String(100), nullable=False),
    Index(None, "exchange_id"),
)

article_urls = Table(
    "article_url",
    metadata,
    Column("source_id", ForeignKey(sources.c.id, ondelete="CASCADE"), primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("article_id", ForeignKey(articles.c.id, ondelete="CASCADE"), nullable=False, index=True),
)

entries = Table(
    "entry",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("source_id", ForeignKey(sources.c.id, ondelete="CASCADE"), nullable=False),
    Column("guid", String(255)),
    Column("link", String(255)),
    Column("title", String(255)),
    Column("title_date", String(255)),
    Column("identity", String(64), nullable=False),  # all keys in one: the very same entry is never kept twice
    Column("digest", String(80), nullable=False),
    Column("published_at", UtcTime),
    Column("first_seen", UtcTime, nullable=False),
    Column("article_id", ForeignKey(articles.c.id, ondelete="SET NULL"), index=True),
    Column("doc", Document(ENTRIES), nullable=False),
    Index(None, "source_id", "identity", unique=True),
    Index(None, "source_id", "guid"),
    Index(None, "source_id", "link"),
    Index(None, "source_id", "title_date"),
    sqlite_autoincrement=True,
)

tasks = Table(
    "task",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("host", String(255), nullable=False),
    Column("due", UtcTime, nullable=False),
    Column("state", String(20), nullable=False),
    Column("lease_until", UtcTime),
    Column("tries", Integer, nullable=False),
    Column("source_id", ForeignKey(sources.c.id, ondelete="CASCADE"), nullable=False, index=True),
    Column("entry_id", ForeignKey(entries.c.id, ondelete="CASCADE"), nullable=False),
    Column("article_id", ForeignKey(articles.c.id, ondelete="CASCADE"), index=True),
    Column("last_error", CleanText),
    Index(None, "entry_id", "kind", unique=True),
    Index(None, "state", "due"),
    Index("ix_task_leased", "host", sqlite_where=text("state = 'leased'"), postgresql_where=text("state = 'leased'")),
    sqlite_autoincrement=True,  # an id is never given twice: a late worker must not finish somebody else's task
)

bodies = Table(
    "body",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("packed", LargeBinary, nullable=False),
)

exchanges = Table(
    "exchange",
    metadata,
    Column("id", String(100), primary_key=True),
    Column("url", CleanText, nullable=False),
    Column("final_url", CleanText, nullable=False),
    Column("permanent_url", CleanText),
    Column("status", Integer, nullable=False),
    Column("headers", Document(HEADERS), nullable=False),
    Column("body_hash", ForeignKey(bodies.c.hash), nullable=False, index=True),
    Column("fetched_at", UtcTime, nullable=False, index=True),
)

fingerprints = Table(
    "fingerprint",
    metadata,
    Column("article_id", ForeignKey(articles.c.id, ondelete="CASCADE"), primary_key=True),
    Column("scheme", String(40), nullable=False),
    Column("signature", LargeBinary, nullable=False),
)

fingerprint_bands = Table(
    "fingerprint_band",
    metadata,
    Column("band", String(40), primary_key=True),
    Column("article_id", ForeignKey(articles.c.id, ondelete="CASCADE"), primary_key=True, index=True),
)

site_memories = Table(
    "site_memory",
    metadata,
    Column("host", String(255), primary_key=True),
    Column("changed_since", UtcTime, index=True),  # when the change showed that is still to be seen
    Column("doc", Document(SITE_MEMORIES), nullable=False),
)

publications = Table(
    "publication",
    metadata,
    Column("name", String(200), primary_key=True),
    Column("added_at", UtcTime, nullable=False),
    Column("doc", Document(PUBLICATIONS), nullable=False),
)

renderings = Table(
    "rendering",
    metadata,
    Column("article_id", ForeignKey(articles.c.id, ondelete="CASCADE"), primary_key=True),
    Column("shape", String(40), primary_key=True),  # the format, and whatever else decides how an entry is written
    Column("state", String(100), nullable=False),  # of the article when it was written
    Column("bytes", LargeBinary, nullable=False),
)

incidents = Table(
    "incident",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("source_id", ForeignKey(sources.c.id, ondelete="CASCADE"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("opened_at", UtcTime, nullable=False),
    Column("closed_at", UtcTime),
    Column("to_tell", Boolean, nullable=False, index=True),  # whether the operator is still to be told of its beginning or its end
    Column("doc", Document(INCIDENTS), nullable=False),
    Index(None, "source_id", "opened_at"),
)

subscriptions = Table(
    "subscription",
    metadata,
    Column("source_id", ForeignKey(sources.c.id, ondelete="CASCADE"), primary_key=True),
    Column("token", String(64), nullable=False),
    Column("due", UtcTime, nullable=False, index=True),
    Column("doc", Document(SUBSCRIPTIONS), nullable=False),
    Index(None, "token", unique=True),
)

pushes = Table(
    "push",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("source_id", ForeignKey(sources.c.id, ondelete="CASCADE"), nullable=False, index=True),
    Column("received_at", UtcTime, nullable=False, index=True),
    Column("exchange_id", String(100)),  # None: only a sign that there is news
    sqlite_autoincrement=True,
)

subscribers = Table(
    "subscriber",
    metadata,
    Column("id", String(64), primary_key=True),  # made from topic and callback: who subscribes again renews
    Column("topic", String(64), nullable=False, index=True),  # a digest of the topic's URL
    Column("callback_host", String(255), nullable=False, index=True),
    Column("lease_until", UtcTime, nullable=False, index=True),
    Column("doc", Document(SUBSCRIBERS), nullable=False),
)

deliveries = Table(
    "delivery",
    metadata,
    Column("subscriber_id", ForeignKey(subscribers.c.id, ondelete="CASCADE"), primary_key=True),
    Column("due", UtcTime, nullable=False, index=True),
    Column("doc", Document(DELIVERIES), nullable=False),
)

intents = Table(
    "intent",
    metadata,
    Column("id", String(64), primary_key=True),  # that of the subscriber it would make or end: the last word counts
    Column("callback_host", String(255), nullable=False, index=True),
    Column("due", UtcTime, nullable=False, index=True),
    Column("doc", Document(INTENTS), nullable=False),
)

pings = Table(
    "ping",
    metadata,
    Column("hub", String(64), primary_key=True),  # a digest of its URL
    Column("doc", Document(PINGS), nullable=False),
)

originals = Table(
    "original",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("size_bytes", BigInteger, nullable=False),
    Column("kept_at", UtcTime, nullable=False, index=True),
    # The fingerprint, byte by byte: two that differ in 7 bits at most have one byte in common.
    *(Column(f"byte_{at}", SmallInteger, index=True) for at in range(8)),
    Column("doc", Document(ORIGINALS), nullable=False),
)

pictures = Table(
    "picture",
    metadata,
    Column("id", String(64), primary_key=True),  # a digest of the address
    Column("url", CleanText, nullable=False),
    Column("host", String(255), nullable=False),
    Column("state", String(10), nullable=False),
    Column("due", UtcTime),
    Column("tries", Integer, nullable=False),
    Column("last_error", CleanText),
    Column("fetched_at", UtcTime),
    Column("original", ForeignKey(originals.c.hash, ondelete="SET NULL"), index=True),
    Index(None, "state", "due"),
    Index(None, "state", "host", "due"),
)

picture_uses = Table(
    "picture_use",
    metadata,
    Column("article_id", ForeignKey(articles.c.id, ondelete="CASCADE"), primary_key=True),
    Column("picture_id", ForeignKey(pictures.c.id, ondelete="CASCADE"), primary_key=True, index=True),
    Column("role", String(10), nullable=False),
)

secret_values = Table(
    "secret",
    metadata,
    Column("name", String(100), primary_key=True),
    Column("value", LargeBinary, nullable=False),
)
