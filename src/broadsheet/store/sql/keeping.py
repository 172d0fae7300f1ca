"""Keeping articles in SQL: a new one, a new revision, nothing new, or one out of an archive."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from broadsheet.errors import StoreError
from broadsheet.model import StoredArticle, Task, TaskKind
from broadsheet.store.ids import is_id, new_id
from broadsheet.store.schema import article_urls, articles, entries, fingerprint_bands, fingerprints, revision_exchanges, revisions
from broadsheet.store.sql.articles import SqlArticles, known_under, latest, latest_number
from broadsheet.store.sql.database import insert_missing, upsert
from broadsheet.store.sql.lookups import entry_row, host_of_entry
from broadsheet.store.sql.pictures import show_pictures
from broadsheet.store.sql.tasks import finish, put_task
from broadsheet.store.values import Adoption, Draft


class SqlKeeping(SqlArticles):
    """What writes in the `ArticleStore` part of the SQL store."""

    def keep_revision(
        self,
        draft: Draft,
        *,
        task: Task | None = None,
        entry_id: int | None = None,
        article_id: str | None = None,
        revisit_due: datetime | None = None,
        settle_due: datetime | None = None,
    ) -> StoredArticle:
        now = self.now()
        with self.database.write() as connection:
            owner = entry_row(connection, entry_id) if entry_id is not None else None
            known = article_id or (owner and owner.article_id) or known_under(connection, draft.source_id, draft.url_keys)
            before = latest_number(connection, known)
            kept = _keep(connection, draft, known, owner, now)
            if owner is not None and owner.article_id is None:
                connection.execute(update(entries).where(entries.c.id == entry_id).values(article_id=kept))
            _end(connection, task, kept, entry_id, revisit_due)
            if settle_due is not None and latest_number(connection, kept) != before:
                _plan(connection, "settle", kept, entry_id, settle_due)
            return _latest(connection, kept)

    def settle(self, draft: Draft, *, article_id: str, number: int, task: Task | None = None) -> None:
        with self.database.write() as connection:
            if latest_number(connection, article_id) == number:
                _settle(connection, draft, article_id, number, self.now())
                show_pictures(connection, article_id, draft.pictures, self.now())
            if task is not None:
                finish(connection, task)

    def keep_unchanged(self, article_id: str, fetched_at: datetime, *, task: Task | None = None, revisit_due: datetime | None = None) -> None:
        with self.database.write() as connection:
            _looked_at(connection, article_id, fetched_at)
            _end(connection, task, article_id, task.entry_id if task else None, revisit_due)

    def adopt(self, draft: Draft) -> Adoption:
        with self.database.write() as connection:
            known = known_under(connection, draft.source_id, draft.url_keys)
            kept = known or _keep(connection, draft, None, None, self.now())
            return Adoption(article=_latest(connection, kept), new=known is None)


def _keep(connection: Connection, draft: Draft, known: str | None, owner: Any, now: datetime) -> str:
    """The id of the article that now holds the draft's content in its latest revision."""
    if known is None:
        kept = _keep_new(connection, draft, owner, now)
    else:
        kept = known
        _keep_next(connection, draft, kept, now)
    names = [{"source_id": draft.source_id, "key": key, "article_id": kept} for key in dict.fromkeys(draft.url_keys)]
    insert_missing(connection, article_urls, names)
    show_pictures(connection, kept, draft.pictures, now)
    return kept


def _free_id(connection: Connection, wanted: str | None) -> str | None:
    """*wanted*, if it is an id and no article has it."""
    if wanted is None or not is_id(wanted):
        return None
    return None if connection.scalar(select(articles.c.id).where(articles.c.id == wanted)) else wanted


def _keep_new(connection: Connection, draft: Draft, owner: Any, now: datetime) -> str:
    first_seen = owner.first_seen if owner is not None else draft.first_seen or now
    article_id = _free_id(connection, draft.id) or new_id(now)
    row = {
        "id": article_id,
        "source_id": draft.source_id,
        "first_seen": first_seen,
        "sort_at": draft.sort_at or first_seen,
        "changed_at": now,
        "checked_at": draft.fetched_at,
        "revision": 1,
        "content_hash": draft.content_hash,
        "near_duplicate_of": draft.near_duplicate_of,
        "entry_guid": owner.doc.guid if owner is not None else draft.entry_guid,
        "entry_published": owner.doc.published if owner is not None else draft.entry_published,
    }
    connection.execute(insert(articles).values(row))
    _keep_state(connection, draft, article_id, 1)
    return article_id


def _keep_next(connection: Connection, draft: Draft, article_id: str, now: datetime) -> None:
    """The next revision, unless the latest says the same."""
    row = connection.execute(select(articles.c.revision, articles.c.content_hash).where(articles.c.id == article_id)).first()
    if row is None:
        raise StoreError(f"article {article_id}", "is not in the store", do="Its source may have been removed meanwhile")
    if row.content_hash == draft.content_hash:
        _looked_at(connection, article_id, draft.fetched_at)
        return
    number = row.revision + 1
    changed: dict[str, Any] = {"revision": number, "content_hash": draft.content_hash}
    if draft.made_by == "re-extraction":
        changed |= {"touched_at": now, "rereadings": func.coalesce(articles.c.rereadings, 0) + 1}
    else:
        changed |= {"changed_at": now, "checked_at": draft.fetched_at}
    connection.execute(update(articles).where(articles.c.id == article_id).values(changed))
    _keep_state(connection, draft, article_id, number)


def _keep_state(connection: Connection, draft: Draft, article_id: str, number: int) -> None:
    state = {
        "article_id": article_id,
        "number": number,
        "content_hash": draft.content_hash,
        "fetched_at": draft.fetched_at,
        "doc": draft.article,
        "extractor": draft.extractor,
        "made_by": draft.made_by,
    }
    connection.execute(insert(revisions).values(state))
    evidence = [{"article_id": article_id, "number": number, "position": at, "exchange_id": one} for at, one in enumerate(draft.exchange_ids)]
    insert_missing(connection, revision_exchanges, evidence)
    if number > 1:
        _forget_fingerprint(connection, article_id)  # only the latest text is worth comparing with
    _keep_fingerprint(connection, draft, article_id)


def _settle(connection: Connection, draft: Draft, article_id: str, number: int, now: datetime) -> None:
    """The latest revision with another content. `changed_at` stays: the publisher changed nothing."""
    content = {"content_hash": draft.content_hash, "doc": draft.article, "extractor": draft.extractor}
    connection.execute(update(revisions).where(revisions.c.article_id == article_id, revisions.c.number == number).values(content))
    connection.execute(update(articles).where(articles.c.id == article_id).values(content_hash=draft.content_hash, touched_at=now))
    _forget_fingerprint(connection, article_id)
    _keep_fingerprint(connection, draft, article_id)


def _forget_fingerprint(connection: Connection, article_id: str) -> None:
    connection.execute(delete(fingerprint_bands).where(fingerprint_bands.c.article_id == article_id))
    connection.execute(delete(fingerprints).where(fingerprints.c.article_id == article_id))


def _keep_fingerprint(connection: Connection, draft: Draft, article_id: str) -> None:
    if (sketch := draft.fingerprint) is not None:
        upsert(connection, fingerprints, {"article_id": article_id, "scheme": sketch.scheme, "signature": sketch.signature})
        insert_missing(connection, fingerprint_bands, [{"band": band, "article_id": article_id} for band in dict.fromkeys(sketch.bands)])


def _looked_at(connection: Connection, article_id: str, fetched_at: datetime) -> None:
    """Time only moves on: a late worker's older look does not set it back."""
    older = articles.c.checked_at < fetched_at
    connection.execute(update(articles).where(articles.c.id == article_id, older).values(checked_at=fetched_at))


def _end(connection: Connection, done: Task | None, article_id: str, entry_id: int | None, revisit_due: datetime | None) -> None:
    """The task is done, and the next look is planned."""
    if done is not None:
        finish(connection, done)
    if revisit_due is not None:
        _plan(connection, "revisit", article_id, entry_id, revisit_due)


def _plan(connection: Connection, kind: TaskKind, article_id: str, entry_id: int | None, due: datetime) -> None:
    """A task for an article; none without the entry that it belongs to."""
    if entry_id is None:
        return
    owner = entry_row(connection, entry_id)
    host = host_of_entry(owner.doc)
    put_task(connection, kind=kind, host=host, source_id=owner.source_id, entry_id=entry_id, due=due, article_id=article_id)


def _latest(connection: Connection, article_id: str) -> StoredArticle:
    found = latest(connection, article_id)
    assert found is not None, "kept within this very transaction"
    return found
