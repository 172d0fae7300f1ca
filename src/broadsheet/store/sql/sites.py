"""The memory of sites in SQL: one document a host."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, select

from broadsheet.model import SiteMemory
from broadsheet.store.schema import site_memories
from broadsheet.store.sql.database import SqlPart, upsert


class SqlSites(SqlPart):
    """The `SiteStore` part of the SQL store."""

    def site_memory(self, host: str) -> SiteMemory:
        with self.database.read() as connection:
            return _memory(connection, host)

    def change_site_memory(self, host: str, change: Callable[[SiteMemory], SiteMemory]) -> SiteMemory:
        with self.database.write() as connection:
            before = _memory(connection, host)
            after = change(before)
            if after != before:
                since = after.change.since if after.change else None
                upsert(connection, site_memories, {"host": host, "changed_since": since, "doc": after})
            return after

    def changed_sites(self) -> tuple[SiteMemory, ...]:
        changed = select(site_memories.c.doc).where(site_memories.c.changed_since.is_not(None)).order_by(site_memories.c.host)
        with self.database.read() as connection:
            return tuple(row.doc for row in connection.execute(changed))


def _memory(connection: Connection, host: str) -> SiteMemory:
    """The memory of a host; an empty one for a host never met."""
    found = connection.execute(select(site_memories.c.doc).where(site_memories.c.host == host)).first()
    return found.doc if found else SiteMemory(host=host)
