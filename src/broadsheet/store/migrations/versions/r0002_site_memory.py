"""What is remembered of sites; how each revision came about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "site_memory",
        sa.Column("host", sa.String(255), nullable=False),
        sa.Column("changed_since", TIME, nullable=True),
        sa.Column("doc", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("host", name="pk_site_memory"),
    )
    op.create_index("ix_site_memory_changed_since", "site_memory", ["changed_since"])
    op.add_column("article", sa.Column("rereadings", sa.Integer(), nullable=True))
    op.add_column("article", sa.Column("touched_at", TIME, nullable=True))
    op.create_index("ix_article_touched_at", "article", ["touched_at"])
    op.add_column("revision", sa.Column("extractor", sa.String(40), nullable=True))
    op.add_column("revision", sa.Column("made_by", sa.String(20), nullable=True))
