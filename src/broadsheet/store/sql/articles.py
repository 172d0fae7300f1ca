"""Articles in SQL, as they are read: lists, revisions, look-alikes, counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, exists, func, or_, select

from broadsheet.model import Fingerprint, Revision, StoredArticle
from broadsheet.store.schema import article_urls, articles, entries, fingerprint_bands, fingerprints, revision_exchanges, revisions, sources, tasks
from broadsheet.store.sql.database import SqlPart
from broadsheet.store.sql.polls import stored_entry
from broadsheet.store.values import EVERYTHING, Lookalike, Place, Selection, SourceCounts, StoredEntry

BATCH = 200
"""Articles read at a time by `each_article`: some ten megabytes of text at most, and no read that holds up a checkpoint for long."""


class SqlArticles(SqlPart):
    """What reads in the `ArticleStore` part of the SQL store."""

    def article(self, article_id: str) -> StoredArticle | None:
        with self.database.read() as connection:
            return latest(connection, article_id)

    def find_article(self, source_id: str, url_keys: Sequence[str]) -> StoredArticle | None:
        with self.database.read() as connection:
            found = known_under(connection, source_id, url_keys)
            return latest(connection, found) if found else None

    def articles(self, selection: Selection = EVERYTHING) -> tuple[StoredArticle, ...]:
        with self.database.read() as connection:
            return tuple(stored_article(row) for row in connection.execute(selected(with_revision(), selection)))

    def each_article(self, selection: Selection = EVERYTHING) -> Iterator[StoredArticle]:
        left = selection.limit
        while left is None or left > 0:
            some = self.articles(replace(selection, limit=BATCH if left is None else min(left, BATCH)))
            yield from some
            if len(some) < BATCH:
                return
            left = None if left is None else left - len(some)
            selection = replace(selection, before=Place.of(some[-1]))

    def newest_change(self, selection: Selection = EVERYTHING) -> datetime | None:
        chosen = selected(select(articles.c.changed_at, articles.c.touched_at), selection).subquery()
        with self.database.read() as connection:
            newest = connection.execute(select(func.max(chosen.c.changed_at), func.max(chosen.c.touched_at))).one()
        return max((time for time in newest if time), default=None)

    def latest_revision(self, article_id: str) -> Revision | None:
        query = select(revisions).where(revisions.c.article_id == article_id).order_by(revisions.c.number.desc()).limit(1)
        with self.database.read() as connection:
            row = connection.execute(query).first()
            return _revision(row, exchanges_of(connection, article_id, row.number)) if row else None

    def revisions(self, article_id: str) -> tuple[Revision, ...]:
        query = select(revisions).where(revisions.c.article_id == article_id).order_by(revisions.c.number)
        with self.database.read() as connection:
            return tuple(_revision(row, exchanges_of(connection, article_id, row.number)) for row in connection.execute(query))

    def entry_of(self, article_id: str) -> StoredEntry | None:
        query = select(entries).where(entries.c.article_id == article_id).order_by(entries.c.id).limit(1)
        with self.database.read() as connection:
            row = connection.execute(query).first()
        return stored_entry(row) if row else None

    def recent_for_revisit(self, now: datetime, *, within: timedelta, unchecked_for: timedelta, limit: int = 100) -> tuple[StoredArticle, ...]:
        is_recent = and_(articles.c.first_seen >= now - within, articles.c.checked_at <= now - unchecked_for)
        has_task = exists().where(tasks.c.article_id == articles.c.id, tasks.c.state != "dead")
        query = with_revision().where(is_recent, ~has_task).order_by(articles.c.checked_at, articles.c.id).limit(limit)
        with self.database.read() as connection:
            return tuple(stored_article(row) for row in connection.execute(query))

    def near_candidates(self, fingerprint: Fingerprint, *, limit: int = 50) -> tuple[Lookalike, ...]:
        sharing = select(fingerprint_bands.c.article_id).where(fingerprint_bands.c.band.in_(fingerprint.bands)).distinct()
        joined = fingerprints.join(articles, articles.c.id == fingerprints.c.article_id)
        query = select(fingerprints, articles.c.source_id, articles.c.first_seen).select_from(joined)
        query = query.where(fingerprints.c.article_id.in_(sharing), fingerprints.c.scheme == fingerprint.scheme)
        with self.database.read() as connection:
            return tuple(_lookalike(row) for row in connection.execute(query.order_by(articles.c.first_seen, articles.c.id).limit(limit)))

    def counts(self) -> Mapping[str, SourceCounts]:
        with self.database.read() as connection:
            entry_counts = _by_source(connection, entries, func.count())
            article_counts = _by_source(connection, articles, func.count())
            newest = _by_source(connection, articles, func.max(articles.c.sort_at))
            open_tasks = _by_source(connection, tasks, func.count().filter(tasks.c.state.in_(("due", "leased"))))
            dead = _by_source(connection, tasks, func.count().filter(tasks.c.state == "dead"))
            return {
                source_id: SourceCounts(
                    entries=entry_counts.get(source_id, 0),
                    articles=article_counts.get(source_id, 0),
                    due=open_tasks.get(source_id, 0),
                    dead=dead.get(source_id, 0),
                    newest=newest.get(source_id),
                )
                for source_id in connection.scalars(select(sources.c.id))
            }


def latest(connection: Connection, article_id: str) -> StoredArticle | None:
    """The article in its latest revision, or None."""
    row = connection.execute(with_revision().where(articles.c.id == article_id)).first()
    return stored_article(row) if row else None


def latest_number(connection: Connection, article_id: str | None) -> int | None:
    """The number of an article's latest revision, None for no article."""
    return connection.scalar(select(articles.c.revision).where(articles.c.id == article_id)) if article_id else None


def known_under(connection: Connection, source_id: str, url_keys: Sequence[str]) -> str | None:
    """The id of the source's article known under the first of the keys that is known at all."""
    query = select(article_urls.c.key, article_urls.c.article_id).where(article_urls.c.source_id == source_id, article_urls.c.key.in_(url_keys))
    found = {row.key: row.article_id for row in connection.execute(query)}
    return next((found[key] for key in url_keys if key in found), None)


def exchanges_of(connection: Connection, article_id: str, number: int) -> tuple[str, ...]:
    """The ids of the exchanges a revision rests on, in order."""
    columns = revision_exchanges.c
    query = select(columns.exchange_id).where(columns.article_id == article_id, columns.number == number).order_by(columns.position)
    return tuple(connection.scalars(query))


def stored_article(row: Row[Any]) -> StoredArticle:
    """A row of article and its latest revision as one value."""
    return StoredArticle(
        id=row.id,
        source_id=row.source_id,
        first_seen=row.first_seen,
        sort_at=row.sort_at,
        changed_at=row.changed_at,
        revision=row.revision,
        content_hash=row.content_hash,
        entry_guid=row.entry_guid,
        entry_published=row.entry_published,
        article=row.doc,
        near_duplicate_of=row.near_duplicate_of,
        rereadings=row.rereadings or 0,
        touched_at=row.touched_at,
    )


def with_revision() -> Select[Any]:
    """Every article with the document of its latest revision, for `stored_article`."""
    newest = and_(revisions.c.article_id == articles.c.id, revisions.c.number == articles.c.revision)
    return select(articles, revisions.c.doc).join_from(articles, revisions, newest)


def selected(query: Select[Any], selection: Selection) -> Select[Any]:
    """*query* over articles, cut down to a selection, newest first."""
    if selection.source_id is not None:
        query = query.where(articles.c.source_id == selection.source_id)
    if selection.category is not None:
        query = query.where(articles.c.source_id.in_(select(sources.c.id).where(sources.c.category == selection.category)))
    if selection.source_ids is not None:
        query = query.where(articles.c.source_id.in_(selection.source_ids))
    if selection.changed_since is not None:
        query = query.where(articles.c.changed_at >= selection.changed_since)
    if not selection.near_duplicates:
        query = query.where(articles.c.near_duplicate_of.is_(None))
    if selection.before is not None:
        query = query.where(_is_after(selection.before))
    return query.order_by(articles.c.sort_at.desc(), articles.c.id.desc()).limit(selection.limit)


def _is_after(place: Place) -> Any:
    """Further down the list than *place*; written out, since SQLite's row values skip our column types."""
    return or_(articles.c.sort_at < place.sort_at, and_(articles.c.sort_at == place.sort_at, articles.c.id < place.id))


def _revision(row: Row[Any], exchange_ids: tuple[str, ...]) -> Revision:
    return Revision(
        article_id=row.article_id,
        number=row.number,
        content_hash=row.content_hash,
        fetched_at=row.fetched_at,
        exchange_ids=exchange_ids,
        article=row.doc,
        extractor=row.extractor,
        made_by=row.made_by or "visit",
    )


def _lookalike(row: Row[Any]) -> Lookalike:
    sketch = Fingerprint(scheme=row.scheme, signature=row.signature, bands=())
    return Lookalike(article_id=row.article_id, source_id=row.source_id, first_seen=row.first_seen, fingerprint=sketch)


def _by_source(connection: Connection, table: Any, figure: Any) -> dict[str, Any]:
    return {row[0]: row[1] for row in connection.execute(select(table.c.source_id, figure).group_by(table.c.source_id))}
