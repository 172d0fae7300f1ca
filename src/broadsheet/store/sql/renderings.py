"""What the writers of feeds need, in SQL: articles without their texts, and entries as they were written."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, delete, func, or_, select

from broadsheet.model import ArticleState, Entry, StoredArticle
from broadsheet.store.ids import first_id, moment_of
from broadsheet.store.schema import articles, entries, renderings
from broadsheet.store.sql.articles import selected, stored_article, with_revision
from broadsheet.store.sql.database import SqlPart, upsert_all
from broadsheet.store.values import EVERYTHING, Rendering, Selection

BATCH = 500
"""Ids asked for in one query: SQLite takes 32,766 parameters, and long lists plan badly long before."""

_STATE = (
    articles.c.id,
    articles.c.source_id,
    articles.c.sort_at,
    articles.c.changed_at,
    articles.c.revision,
    articles.c.content_hash,
    articles.c.touched_at,
)


class SqlRenderings(SqlPart):
    """The `RenderingStore` part of the SQL store, but for its mark of change, which each backend has its own way to know."""

    def article_states(self, selection: Selection = EVERYTHING) -> tuple[ArticleState, ...]:
        with self.database.read() as connection:
            return tuple(_state(row) for row in connection.execute(selected(select(*_STATE), selection)))

    def arrivals(self, selection: Selection = EVERYTHING, *, since: datetime | None = None) -> Mapping[str, int]:
        query = selected(select(articles.c.id), selection).order_by(None).order_by(articles.c.id)
        if since is not None:
            query = query.where(articles.c.id >= first_id(_month_of(since)))
        with self.database.read() as connection:
            ids = connection.scalars(query).all()
        return dict(_counted(ids))

    def arrived(self, month: str, selection: Selection = EVERYTHING, *, offset: int, limit: int) -> tuple[ArticleState, ...]:
        first = datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC)
        query = selected(select(*_STATE), selection).where(articles.c.id >= first_id(first), articles.c.id < first_id(_next_month(first)))
        with self.database.read() as connection:
            rows = connection.execute(query.order_by(None).order_by(articles.c.id).offset(offset).limit(limit))
            return tuple(_state(row) for row in rows)

    def articles_by_id(self, article_ids: Sequence[str]) -> Mapping[str, StoredArticle]:
        with self.database.read() as connection:
            rows = (row for some in _batches(article_ids) for row in connection.execute(with_revision().where(articles.c.id.in_(some))))
            return {row.id: stored_article(row) for row in rows}

    def stated_entries(self, article_ids: Sequence[str]) -> Mapping[str, Entry]:
        stated: dict[str, Entry] = {}
        with self.database.read() as connection:
            for some in _batches(article_ids):
                query = select(entries.c.article_id, entries.c.doc).where(entries.c.article_id.in_(some)).order_by(entries.c.id.desc())
                stated |= {row.article_id: row.doc for row in connection.execute(query)}  # the first of an article's entries wins
        return stated

    def renderings(self, article_ids: Sequence[str], shape: str) -> Mapping[str, Rendering]:
        columns = renderings.c
        found: dict[str, Rendering] = {}
        with self.database.read() as connection:
            for some in _batches(article_ids):
                query = select(columns.article_id, columns.state, columns.bytes).where(columns.shape == shape, columns.article_id.in_(some))
                found |= {row[0]: Rendering(state=row[1], content=row[2]) for row in connection.execute(query)}
        return found

    def keep_renderings(self, shape: str, written: Mapping[str, Rendering]) -> None:
        with self.database.write() as connection:
            for some in _batches(list(written)):  # an article's source may have been removed meanwhile
                here = connection.scalars(select(articles.c.id).where(articles.c.id.in_(some))).all()
                rows = [{"article_id": one, "shape": shape, "state": written[one].state, "bytes": written[one].content} for one in here]
                upsert_all(connection, renderings, rows)

    def forget_renderings(self, shapes: Collection[str], *, newest: int) -> int:
        place = func.row_number().over(partition_by=articles.c.source_id, order_by=(articles.c.sort_at.desc(), articles.c.id.desc()))
        ranked = select(articles.c.id, place.label("place")).subquery()
        current = select(ranked.c.id).where(ranked.c.place <= newest)
        old = or_(renderings.c.shape.not_in(list(shapes)), renderings.c.article_id.not_in(current))
        with self.database.write() as connection:
            return connection.execute(delete(renderings).where(old)).rowcount


def _state(row: Row[Any]) -> ArticleState:
    return ArticleState(
        id=row.id,
        source_id=row.source_id,
        sort_at=row.sort_at,
        changed_at=row.changed_at,
        revision=row.revision,
        content_hash=row.content_hash,
        touched_at=row.touched_at,
    )


def _counted(ids: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The months in which sorted ids were made, with their numbers; from month to month by bisection."""
    start = 0
    while start < len(ids):
        month = _month_of(moment_of(ids[start]))
        end = bisect_left(ids, first_id(_next_month(month)), start)
        yield f"{month:%Y-%m}", end - start
        start = end


def _month_of(at: datetime) -> datetime:
    return at.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _next_month(first: datetime) -> datetime:
    return first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)


def _batches(article_ids: Sequence[str]) -> Iterator[list[str]]:
    for start in range(0, len(article_ids), BATCH):
        yield list(article_ids[start : start + BATCH])
