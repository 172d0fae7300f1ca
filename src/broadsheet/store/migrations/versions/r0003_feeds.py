"""Chosen feeds, written entries, incidents, and both ends of WebSub."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _published_feeds()
    _incidents()
    _at_the_hubs_of_publishers()
    _of_our_own_hub()


def _published_feeds() -> None:
    op.create_index("ix_article_near_duplicate_of", "article", ["near_duplicate_of"])
    op.create_table(
        "publication",
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("added_at", TIME, nullable=False),
        sa.Column("doc", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_publication"),
    )
    op.create_table(
        "rendering",
        sa.Column("article_id", sa.String(26), nullable=False),
        sa.Column("shape", sa.String(40), nullable=False),
        sa.Column("state", sa.String(100), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "shape", name="pk_rendering"),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_rendering_article_id_article", ondelete="CASCADE"),
    )


def _incidents() -> None:
    op.create_table(
        "incident",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("source_id", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("opened_at", TIME, nullable=False),
        sa.Column("closed_at", TIME, nullable=True),
        sa.Column("to_tell", sa.Boolean(), nullable=False),
        sa.Column("doc", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_incident"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_incident_source_id_source", ondelete="CASCADE"),
    )
    op.create_index("ix_incident_source_id_opened_at", "incident", ["source_id", "opened_at"])
    op.create_index("ix_incident_to_tell", "incident", ["to_tell"])


def _at_the_hubs_of_publishers() -> None:
    op.create_table(
        "subscription",
        sa.Column("source_id", sa.String(200), nullable=False),
        sa.Column("token", sa.String(64), nullable=False),
        sa.Column("due", TIME, nullable=False),
        sa.Column("doc", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("source_id", name="pk_subscription"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_subscription_source_id_source", ondelete="CASCADE"),
    )
    op.create_index("ix_subscription_token", "subscription", ["token"], unique=True)
    op.create_index("ix_subscription_due", "subscription", ["due"])
    op.create_table(
        "push",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("source_id", sa.String(200), nullable=False),
        sa.Column("received_at", TIME, nullable=False),
        sa.Column("exchange_id", sa.String(100), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_push"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_push_source_id_source", ondelete="CASCADE"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_push_source_id", "push", ["source_id"])
    op.create_index("ix_push_received_at", "push", ["received_at"])


def _of_our_own_hub() -> None:
    op.create_table(
        "subscriber",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("topic", sa.String(64), nullable=False),
        sa.Column("callback_host", sa.String(255), nullable=False),
        sa.Column("lease_until", TIME, nullable=False),
        sa.Column("doc", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_subscriber"),
    )
    op.create_index("ix_subscriber_topic", "subscriber", ["topic"])
    op.create_index("ix_subscriber_callback_host", "subscriber", ["callback_host"])
    op.create_index("ix_subscriber_lease_until", "subscriber", ["lease_until"])
    op.create_table(
        "delivery",
        sa.Column("subscriber_id", sa.String(64), nullable=False),
        sa.Column("due", TIME, nullable=False),
        sa.Column("doc", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("subscriber_id", name="pk_delivery"),
        sa.ForeignKeyConstraint(["subscriber_id"], ["subscriber.id"], name="fk_delivery_subscriber_id_subscriber", ondelete="CASCADE"),
    )
    op.create_index("ix_delivery_due", "delivery", ["due"])
    op.create_table(
        "intent",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("callback_host", sa.String(255), nullable=False),
        sa.Column("due", TIME, nullable=False),
        sa.Column("doc", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_intent"),
    )
    op.create_index("ix_intent_callback_host", "intent", ["callback_host"])
    op.create_index("ix_intent_due", "intent", ["due"])
    op.create_table(
        "ping",
        sa.Column("hub", sa.String(64), nullable=False),
        sa.Column("doc", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("hub", name="pk_ping"),
    )
