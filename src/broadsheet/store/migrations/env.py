"""What Alembic runs: our steps, on the connection and in the transaction it is handed."""

from __future__ import annotations

from alembic import context

from broadsheet.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a table by writing it anew
)
with context.begin_transaction():
    context.run_migrations()
