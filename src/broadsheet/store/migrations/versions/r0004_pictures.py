"""The pictures of articles: where they are shown, and what is kept of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
FINGERPRINT = tuple(f"byte_{at}" for at in range(8))


def upgrade() -> None:
    _originals()
    _addresses()
    op.create_table(
        "secret",
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_secret"),
    )


def _originals() -> None:
    op.create_table(
        "original",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("kept_at", TIME, nullable=False),
        *(sa.Column(name, sa.SmallInteger(), nullable=True) for name in FINGERPRINT),
        sa.Column("doc", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_original"),
    )
    for name in ("kept_at", *FINGERPRINT):
        op.create_index(f"ix_original_{name}", "original", [name])


def _addresses() -> None:
    op.create_table(
        "picture",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("host", sa.String(255), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("due", TIME, nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("fetched_at", TIME, nullable=True),
        sa.Column("original", sa.String(64), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_picture"),
        sa.ForeignKeyConstraint(["original"], ["original.hash"], name="fk_picture_original_original", ondelete="SET NULL"),
    )
    op.create_index("ix_picture_original", "picture", ["original"])
    op.create_index("ix_picture_state_due", "picture", ["state", "due"])
    op.create_index("ix_picture_state_host_due", "picture", ["state", "host", "due"])
    op.create_table(
        "picture_use",
        sa.Column("article_id", sa.String(26), nullable=False),
        sa.Column("picture_id", sa.String(64), nullable=False),
        sa.Column("role", sa.String(10), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "picture_id", name="pk_picture_use"),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_picture_use_article_id_article", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["picture_id"], ["picture.id"], name="fk_picture_use_picture_id_picture", ondelete="CASCADE"),
    )
    op.create_index("ix_picture_use_picture_id", "picture_use", ["picture_id"])
