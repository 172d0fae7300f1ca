"""Feeds of an operator's own making in SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, delete, or_, select

from broadsheet.errors import UnknownPublication
from broadsheet.model import Publication
from broadsheet.store.schema import articles, publications
from broadsheet.store.sql.database import SqlPart, upsert

BATCH = 500
"""Ids asked for in one query: SQLite takes 32,766 parameters, and long lists plan badly long before."""


class SqlPublications(SqlPart):
    """The `PublicationStore` part of the SQL store."""

    def publications(self) -> tuple[Publication, ...]:
        query = select(publications.c.doc).order_by(publications.c.added_at, publications.c.name)
        with self.database.read() as connection:
            return tuple(row.doc for row in connection.execute(query))

    def publication(self, name: str) -> Publication:
        with self.database.read() as connection:
            found = connection.execute(select(publications.c.doc).where(publications.c.name == name)).first()
        if found is None:
            raise _unknown(name)
        kept: Publication = found.doc
        return kept

    def keep_publication(self, publication: Publication) -> None:
        row = {"name": publication.name, "added_at": publication.added_at, "doc": publication}
        with self.database.write() as connection:
            upsert(connection, publications, row)

    def remove_publication(self, name: str) -> None:
        with self.database.write() as connection:
            if not connection.execute(delete(publications).where(publications.c.name == name)).rowcount:
                raise _unknown(name)

    def near_duplicates(self, article_ids: Sequence[str]) -> Mapping[str, str]:
        of: dict[str, str] = {}
        asked: set[str] = set()
        asking = set(article_ids)
        with self.database.read() as connection:
            while asking:
                found = _tied_to(connection, sorted(asking))
                of |= found
                asked |= asking
                asking = (found.keys() | set(found.values())) - asked
        return of


def _tied_to(connection: Connection, article_ids: Sequence[str]) -> dict[str, str]:
    """The near-duplicates among these articles, and those of these articles, each with what it is one of."""
    tied: dict[str, str] = {}
    for start in range(0, len(article_ids), BATCH):
        some = article_ids[start : start + BATCH]
        either = or_(articles.c.id.in_(some), articles.c.near_duplicate_of.in_(some))
        query = select(articles.c.id, articles.c.near_duplicate_of).where(either, articles.c.near_duplicate_of.is_not(None))
        tied |= {row.id: row.near_duplicate_of for row in connection.execute(query)}
    return tied


def _unknown(name: str) -> UnknownPublication:
    return UnknownPublication(name, "no feed of your own making has this name", do="`broadsheet feeds list` names those there are.")
