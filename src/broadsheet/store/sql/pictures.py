"""The pictures of articles in SQL: which addresses are shown, which originals are kept."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, or_, select, update

from broadsheet.model import KnownPicture, Original, PictureUse
from broadsheet.store.blobs import Blobs
from broadsheet.store.picture_port import KeepingRule, PictureTotals
from broadsheet.store.schema import articles, originals, picture_uses, pictures, revisions, secret_values
from broadsheet.store.sql.database import SqlPart, insert_missing
from broadsheet.urls import host_of

BATCH = 500
"""Addresses asked for in one query: SQLite takes 32,766 parameters, and long lists plan badly long before."""

ON_ITS_WAY = timedelta(hours=1)
"""Bytes so new may be about to be named by a row."""

SECRET_BYTES = 32
HOST_CHARS = 255
MOST_BITS = 7
"""As far as the columns of the fingerprint find neighbours; see `schema`."""

_BYTES = tuple(originals.c[f"byte_{at}"] for at in range(8))


class SqlPictures(SqlPart):
    """The `PictureStore` part of the SQL store."""

    blobs: Blobs

    def picture(self, url: str) -> KnownPicture | None:
        return self.pictures((url,)).get(url)

    def pictures(self, urls: Collection[str]) -> Mapping[str, KnownPicture]:
        found: dict[str, KnownPicture] = {}
        with self.database.read() as connection:
            for some in _batches(urls):
                rows = connection.execute(_known().where(pictures.c.id.in_([picture_id(url) for url in some])))
                found |= {row.url: _picture(row) for row in rows}
        return found

    def picture_marks(self, article_ids: Collection[str]) -> Mapping[str, str]:
        joined = picture_uses.join(pictures, pictures.c.id == picture_uses.c.picture_id)
        known = select(picture_uses.c.article_id, func.count(pictures.c.original).label("kept"), func.max(pictures.c.fetched_at).label("last"))
        marks: dict[str, str] = {}
        with self.database.read() as connection:
            for some in _batches(article_ids):
                these = known.select_from(joined).where(picture_uses.c.article_id.in_(some), pictures.c.fetched_at.is_not(None))
                rows = connection.execute(these.group_by(picture_uses.c.article_id))
                marks |= {row.article_id: f"{row.kept}-{row.last:%Y%m%d%H%M%S%f}" for row in rows}
        return marks

    def shown_by(self, url: str) -> str | None:
        joined = picture_uses.join(articles, articles.c.id == picture_uses.c.article_id).join(
            revisions, (revisions.c.article_id == articles.c.id) & (revisions.c.number == articles.c.revision)
        )
        query = select(revisions.c.doc).select_from(joined).where(picture_uses.c.picture_id == picture_id(url))
        with self.database.read() as connection:
            article = connection.scalar(query.order_by(articles.c.sort_at.desc(), articles.c.id.desc()).limit(1))
        return article.url if article is not None else None

    def picture_under(self, digest: str) -> KnownPicture | None:
        with self.database.read() as connection:
            row = connection.execute(_known().where(pictures.c.id >= digest, pictures.c.id < f"{digest}g").limit(1)).first()
        return _picture(row) if row else None

    def due_pictures(self, now: datetime, *, limit: int, host: str | None = None) -> tuple[KnownPicture, ...]:
        query = _known().where(pictures.c.state == "wanted", pictures.c.due <= now)
        if host is not None:
            query = query.where(pictures.c.host == host)
        with self.database.read() as connection:
            return tuple(_picture(row) for row in connection.execute(query.order_by(pictures.c.due.desc(), pictures.c.id).limit(limit)))

    def hosts_with_due_pictures(self, now: datetime, *, limit: int, skip_hosts: Collection[str] = ()) -> tuple[str, ...]:
        newest = func.max(pictures.c.due)
        due = select(pictures.c.host).where(pictures.c.state == "wanted", pictures.c.due <= now, pictures.c.host.not_in(skip_hosts))
        with self.database.read() as connection:
            return tuple(connection.scalars(due.group_by(pictures.c.host).order_by(newest.desc(), pictures.c.host).limit(limit)))

    def next_picture_due(self) -> datetime | None:
        with self.database.read() as connection:
            due: datetime | None = connection.scalar(select(func.min(pictures.c.due)).where(pictures.c.state == "wanted"))
        return due

    def keep_original(self, url: str, original: Original, body: bytes) -> None:
        self.blobs.put(body)  # before the transaction: others should not wait for the disk
        with self.database.write() as connection:
            if connection.scalar(select(pictures.c.id).where(pictures.c.id == picture_id(url))) is None:
                return
            self.blobs.put(body)  # seldom more than a look: whoever drops originals may have deleted it just now
            insert_missing(connection, originals, [_row(original, self.now())])
            kept = {"state": "kept", "due": None, "last_error": None, "fetched_at": self.now(), "original": original.hash}
            connection.execute(update(pictures).where(pictures.c.id == picture_id(url)).values(kept))

    def postpone_pictures(self, urls: Collection[str], due: datetime) -> None:
        with self.database.write() as connection:
            for some in _batches(urls):
                these = pictures.c.id.in_([picture_id(url) for url in some])
                connection.execute(update(pictures).where(these, pictures.c.state == "wanted").values(due=due))

    def picture_failed(self, url: str, error: str, *, due: datetime | None) -> None:
        changed = {"state": "wanted" if due else "gone", "due": due, "last_error": error, "tries": pictures.c.tries + 1}
        with self.database.write() as connection:
            connection.execute(update(pictures).where(pictures.c.id == picture_id(url), pictures.c.state == "wanted").values(changed))

    def show_pictures(self, article_id: str, uses: Sequence[PictureUse], *, due: datetime | None = None) -> None:
        with self.database.write() as connection:
            if connection.scalar(select(articles.c.id).where(articles.c.id == article_id)) is not None:
                show_pictures(connection, article_id, uses, due or self.now())

    def want_pictures(self, urls: Collection[str], due: datetime) -> int:
        wanted = 0
        with self.database.write() as connection:
            for some in _batches(urls):
                these = pictures.c.id.in_([picture_id(url) for url in some])
                change = update(pictures).where(these, pictures.c.state != "kept").values(state="wanted", due=due, tries=0)
                wanted += connection.execute(change).rowcount
        return wanted

    def original(self, hash: str) -> Original | None:
        with self.database.read() as connection:
            found: Original | None = connection.scalar(select(originals.c.doc).where(originals.c.hash == hash))
        return found

    def original_bytes(self, hash: str) -> bytes | None:
        return self.blobs.get(hash)

    def same_pictures(self, fingerprint: int, *, distance: int) -> Sequence[Original]:
        alike = or_(*(column == value for column, value in zip(_BYTES, _bytes_of(fingerprint), strict=True)))
        with self.database.read() as connection:
            found = connection.scalars(select(originals.c.doc).where(alike)).all()
        near = [(_distance(one, fingerprint), one.hash, one) for one in found]
        return tuple(one for bits, _, one in sorted(near, key=lambda each: each[:2]) if bits <= min(distance, MOST_BITS))

    def showing(self, hash: str) -> Mapping[str, tuple[str, ...]]:
        joined = pictures.join(picture_uses, picture_uses.c.picture_id == pictures.c.id).join(articles, articles.c.id == picture_uses.c.article_id)
        query = select(pictures.c.url, articles.c.id).select_from(joined).where(pictures.c.original == hash)
        found: dict[str, tuple[str, ...]] = {}
        with self.database.read() as connection:
            for url, article_id in connection.execute(query.order_by(articles.c.sort_at.desc(), articles.c.id.desc())):
                found[url] = (*found.get(url, ()), article_id)
        return found

    def drop_originals(self, rule: KeepingRule) -> int:
        with self.database.write() as connection:
            doomed = _doomed(connection, rule)
            for some in _batches(doomed):
                connection.execute(update(pictures).where(pictures.c.original.in_(some)).values(state="dropped", original=None))
                connection.execute(delete(originals).where(originals.c.hash.in_(some)))
            is_shown = select(picture_uses.c.picture_id).where(picture_uses.c.picture_id == pictures.c.id).exists()
            connection.execute(delete(pictures).where(~is_shown))
        self._forget([*doomed, *self.blobs.names(before=self.now() - ON_ITS_WAY)])
        return len(doomed)

    def _forget(self, hashes: Collection[str]) -> None:
        """Delete the bytes of originals that no row names; within a transaction, so that nobody keeps one of them meanwhile."""
        for some in _batches(hashes):
            with self.database.write() as connection:
                named = set(connection.scalars(select(originals.c.hash).where(originals.c.hash.in_(some))))
                for hash in set(some) - named:
                    self.blobs.delete(hash)

    def picture_totals(self) -> PictureTotals:
        with self.database.read() as connection:
            states = {row[0]: row[1] for row in connection.execute(select(pictures.c.state, func.count()).group_by(pictures.c.state))}
            count, size = connection.execute(select(func.count(), func.coalesce(func.sum(originals.c.size_bytes), 0)).select_from(originals)).one()
        return PictureTotals(states=states, originals=count, size_bytes=int(size))

    def secret(self, name: str) -> bytes:
        query = select(secret_values.c.value).where(secret_values.c.name == name)
        with self.database.read() as connection:
            known = connection.scalar(query)
        if known is None:
            with self.database.write() as connection:
                insert_missing(connection, secret_values, [{"name": name, "value": secrets.token_bytes(SECRET_BYTES)}])
                known = connection.scalar(query)
        return bytes(known or b"")


def picture_id(url: str) -> str:
    """The key of an address."""
    return hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()


def show_pictures(connection: Connection, article_id: str, uses: Sequence[PictureUse], due: datetime) -> None:
    """Note within a transaction what an article shows; what is wanted is fetched from *due* on.

    An address that is wanted once is wanted, whoever else only shows it; what an earlier revision showed stays known. What was dropped is
    wanted again when another article shows it, not when the same one does: rules would drop it again.
    """
    if not uses:
        return
    noted = set(connection.scalars(select(picture_uses.c.picture_id).where(picture_uses.c.article_id == article_id)))
    by_id = {picture_id(use.url): use for use in uses}
    insert_missing(connection, pictures, [_address(key, use, due) for key, use in by_id.items()])
    wanted = [key for key, use in by_id.items() if use.keep]
    _want(connection, wanted, "seen", due)
    _want(connection, [key for key in wanted if key not in noted], "dropped", due)
    new = [{"article_id": article_id, "picture_id": key, "role": use.role} for key, use in by_id.items() if key not in noted]
    insert_missing(connection, picture_uses, new)


def _address(key: str, use: PictureUse, due: datetime) -> dict[str, Any]:
    state = {"state": "wanted", "due": due} if use.keep else {"state": "seen", "due": None}
    return {"id": key, "url": use.url, "host": host_of(use.url)[:HOST_CHARS], "tries": 0, **state}


def _want(connection: Connection, keys: Sequence[str], state: str, due: datetime) -> None:
    for some in _batches(keys):
        these = (pictures.c.id.in_(some)) & (pictures.c.state == state)
        connection.execute(update(pictures).where(these).values(state="wanted", due=due, tries=0))


def _known() -> Select[Any]:
    joined = pictures.outerjoin(originals, originals.c.hash == pictures.c.original)
    return select(pictures, originals.c.doc).select_from(joined)


def _picture(row: Row[Any]) -> KnownPicture:
    return KnownPicture(
        url=row.url,
        state=row.state,
        original=row.doc,
        due=row.due,
        tries=row.tries,
        last_error=row.last_error,
        fetched_at=row.fetched_at,
    )


def _row(one: Original, now: datetime) -> dict[str, Any]:
    marks: Sequence[int | None] = _bytes_of(one.fingerprint) if one.fingerprint is not None else (None,) * 8
    return {
        "hash": one.hash,
        "size_bytes": one.size_bytes,
        "kept_at": now,
        "doc": one,
        **{f"byte_{at}": mark for at, mark in enumerate(marks)},
    }


def _bytes_of(fingerprint: int) -> tuple[int, ...]:
    return tuple(fingerprint.to_bytes(8, "little"))


def _distance(one: Original, fingerprint: int) -> int:
    return ((one.fingerprint or 0) ^ fingerprint).bit_count()


def _doomed(connection: Connection, rule: KeepingRule) -> list[str]:
    doomed = {*_unshown(connection), *(_shown_before(connection, rule.before) if rule.before is not None else ())}
    if rule.max_bytes is not None:
        doomed.update(_beyond(connection, rule.max_bytes, doomed))
    return sorted(doomed)


def _unshown(connection: Connection) -> list[str]:
    """Originals that no article shows any more."""
    shown = (
        select(picture_uses.c.picture_id).join(pictures, pictures.c.id == picture_uses.c.picture_id).where(pictures.c.original == originals.c.hash)
    )
    return list(connection.scalars(select(originals.c.hash).where(~shown.exists())))


def _shown_before(connection: Connection, before: datetime) -> list[str]:
    """Originals that only articles first seen before a time show."""
    joined = pictures.join(picture_uses, picture_uses.c.picture_id == pictures.c.id).join(articles, articles.c.id == picture_uses.c.article_id)
    newest = select(pictures.c.original).select_from(joined).where(pictures.c.original.is_not(None)).group_by(pictures.c.original)
    return list(connection.scalars(newest.having(func.max(articles.c.first_seen) < before)))


def _beyond(connection: Connection, limit: int, gone: set[str]) -> list[str]:
    """The oldest originals, so many that the others take no more than *limit* bytes."""
    rows = [row for row in connection.execute(select(originals.c.hash, originals.c.size_bytes).order_by(originals.c.kept_at)) if row.hash not in gone]
    over = sum(row.size_bytes for row in rows) - limit
    doomed: list[str] = []
    for row in rows:
        if over <= 0:
            break
        doomed.append(row.hash)
        over -= row.size_bytes
    return doomed


def _batches(values: Collection[str]) -> Iterator[list[str]]:
    listed = list(dict.fromkeys(values))
    return (listed[start : start + BATCH] for start in range(0, len(listed), BATCH))
