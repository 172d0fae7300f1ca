"""Rows that several parts of the SQL store look up."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from broadsheet.errors import StoreError
from broadsheet.model import Entry
from broadsheet.store.schema import entries
from broadsheet.urls import host_of, is_http

NO_HOST = ""
"""The host of an entry without a link: nothing is fetched for it, it is read from the feed's own words."""


def entry_row(connection: Connection, entry_id: int) -> Any:
    """The row of an entry; raises StoreError if there is none."""
    row = connection.execute(select(entries).where(entries.c.id == entry_id)).first()
    if row is None:
        raise StoreError(f"entry {entry_id}", "is not in the store", do="Its source may have been removed meanwhile")
    return row


def host_of_entry(one: Entry) -> str:
    """Whom fetching the entry's page would bother."""
    return host_of(one.link) if one.link and is_http(one.link) else NO_HOST
