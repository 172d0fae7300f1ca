"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _sources()
    _articles()
    _revisions()
    _entries()
    _tasks()
    _exchanges()
    _fingerprints()


def _sources() -> None:
    op.create_table(
        "source",
        sa.Column("id", sa.String(200), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("added_at", TIME, nullable=False),
        sa.Column("removed_at", TIME, nullable=True),
        sa.Column("doc", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_source"),
    )
    op.create_index("ix_source_url", "source", ["url"])
    op.create_table(
        "poll_state",
        sa.Column("source_id", sa.String(200), nullable=False),
        sa.Column("next_due", TIME, nullable=False),
        sa.Column("doc", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_poll_state_source_id_source", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("source_id", name="pk_poll_state"),
    )
    op.create_index("ix_poll_state_next_due", "poll_state", ["next_due"])


def _articles() -> None:
    op.create_table(
        "article",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("source_id", sa.String(200), nullable=False),
        sa.Column("first_seen", TIME, nullable=False),
        sa.Column("sort_at", TIME, nullable=False),
        sa.Column("changed_at", TIME, nullable=False),
        sa.Column("checked_at", TIME, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(80), nullable=False),
        sa.Column("near_duplicate_of", sa.String(26), nullable=True),
        sa.Column("entry_guid", sa.Text(), nullable=True),
        sa.Column("entry_published", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_article_source_id_source", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_article"),
    )
    op.create_index("ix_article_changed_at", "article", ["changed_at"])
    op.create_index("ix_article_first_seen", "article", ["first_seen"])
    op.create_index("ix_article_sort_at_id", "article", ["sort_at", "id"])
    op.create_index("ix_article_source_id_sort_at_id", "article", ["source_id", "sort_at", "id"])
    op.create_table(
        "article_url",
        sa.Column("source_id", sa.String(200), nullable=False),
        sa.Column("key", sa.String(255), nullable=False),
        sa.Column("article_id", sa.String(26), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_article_url_article_id_article", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_article_url_source_id_source", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("source_id", "key", name="pk_article_url"),
    )
    op.create_index("ix_article_url_article_id", "article_url", ["article_id"])


def _revisions() -> None:
    op.create_table(
        "revision",
        sa.Column("article_id", sa.String(26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(80), nullable=False),
        sa.Column("fetched_at", TIME, nullable=False),
        sa.Column("doc", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_revision_article_id_article", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", "number", name="pk_revision"),
    )
    op.create_table(
        "revision_exchange",
        sa.Column("article_id", sa.String(26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("exchange_id", sa.String(100), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_revision_exchange_article_id_article", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", "number", "position", name="pk_revision_exchange"),
    )
    op.create_index("ix_revision_exchange_exchange_id", "revision_exchange", ["exchange_id"])


def _entries() -> None:
    op.create_table(
        "entry",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("source_id", sa.String(200), nullable=False),
        sa.Column("guid", sa.String(255), nullable=True),
        sa.Column("link", sa.String(255), nullable=True),
        sa.Column("title", sa.String(255), nullable=True),
        sa.Column("title_date", sa.String(255), nullable=True),
        sa.Column("identity", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(80), nullable=False),
        sa.Column("published_at", TIME, nullable=True),
        sa.Column("first_seen", TIME, nullable=False),
        sa.Column("article_id", sa.String(26), nullable=True),
        sa.Column("doc", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_entry_article_id_article", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_entry_source_id_source", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_entry"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_entry_article_id", "entry", ["article_id"])
    op.create_index("ix_entry_source_id_guid", "entry", ["source_id", "guid"])
    op.create_index("ix_entry_source_id_identity", "entry", ["source_id", "identity"], unique=True)
    op.create_index("ix_entry_source_id_link", "entry", ["source_id", "link"])
    op.create_index("ix_entry_source_id_title_date", "entry", ["source_id", "title_date"])


def _tasks() -> None:
    op.create_table(
        "task",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("host", sa.String(255), nullable=False),
        sa.Column("due", TIME, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("lease_until", TIME, nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.String(200), nullable=False),
        sa.Column("entry_id", ROW_ID, nullable=False),
        sa.Column("article_id", sa.String(26), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_task_article_id_article", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name="fk_task_entry_id_entry", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_task_source_id_source", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_task"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_task_article_id", "task", ["article_id"])
    op.create_index("ix_task_entry_id_kind", "task", ["entry_id", "kind"], unique=True)
    op.create_index("ix_task_leased", "task", ["host"], sqlite_where=sa.text("state = 'leased'"), postgresql_where=sa.text("state = 'leased'"))
    op.create_index("ix_task_source_id", "task", ["source_id"])
    op.create_index("ix_task_state_due", "task", ["state", "due"])


def _exchanges() -> None:
    op.create_table(
        "body",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_body"),
    )
    op.create_table(
        "exchange",
        sa.Column("id", sa.String(100), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("final_url", sa.Text(), nullable=False),
        sa.Column("permanent_url", sa.Text(), nullable=True),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers", sa.LargeBinary(), nullable=False),
        sa.Column("body_hash", sa.String(64), nullable=False),
        sa.Column("fetched_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["body_hash"], ["body.hash"], name="fk_exchange_body_hash_body"),
        sa.PrimaryKeyConstraint("id", name="pk_exchange"),
    )
    op.create_index("ix_exchange_body_hash", "exchange", ["body_hash"])
    op.create_index("ix_exchange_fetched_at", "exchange", ["fetched_at"])


def _fingerprints() -> None:
    op.create_table(
        "fingerprint",
        sa.Column("article_id", sa.String(26), nullable=False),
        sa.Column("scheme", sa.String(40), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_fingerprint_article_id_article", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", name="pk_fingerprint"),
    )
    op.create_table(
        "fingerprint_band",
        sa.Column("band", sa.String(40), nullable=False),
        sa.Column("article_id", sa.String(26), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_fingerprint_band_article_id_article", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("band", "article_id", name="pk_fingerprint_band"),
    )
    op.create_index("ix_fingerprint_band_article_id", "fingerprint_band", ["article_id"])
