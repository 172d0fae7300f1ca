"""Tasks in SQL: claimed one host at a time, leased, finished, retried or given up."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, delete, func, or_, select, update

from broadsheet.model import Task, TaskKind, TaskState
from broadsheet.store.schema import tasks
from broadsheet.store.sql.database import SqlPart, insert_for
from broadsheet.store.sql.lookups import entry_row, host_of_entry


class SqlTasks(SqlPart):
    """The `TaskStore` part of the SQL store."""

    def claim(self, now: datetime, *, lease: timedelta, limit: int, skip_hosts: Collection[str] = ()) -> tuple[Task, ...]:
        with self.database.write() as connection:
            ids = connection.scalars(_first_of_each_free_host(now, skip_hosts).limit(limit)).all()
            chosen = tasks.c.id.in_(ids)
            connection.execute(update(tasks).where(chosen).values(state="leased", lease_until=now + lease, tries=tasks.c.tries + 1))
            return _tasks(connection, select(tasks).where(chosen))

    def finish(self, task: Task) -> None:
        with self.database.write() as connection:
            finish(connection, task)

    def retry(self, task: Task, due: datetime, error: str) -> None:
        self._give_back(task, state="due", due=_unless_moved(task, due, tasks.c.due), last_error=error)

    def bury(self, task: Task, error: str) -> None:
        self._give_back(task, state=_unless_moved(task, "dead", "due"), last_error=error)

    def renew(self, task: Task, until: datetime) -> bool:
        with self.database.write() as connection:
            return connection.execute(update(tasks).where(_still_held(task)).values(lease_until=until)).rowcount == 1

    def release(self, task: Task) -> None:
        self._give_back(task, state="due", tries=task.tries - 1)

    def free_leases(self) -> int:
        with self.database.write() as connection:
            return connection.execute(update(tasks).where(tasks.c.state == "leased").values(state="due", lease_until=None)).rowcount

    def add_task(self, kind: TaskKind, entry_id: int, due: datetime, *, article_id: str | None = None) -> None:
        with self.database.write() as connection:
            owner = entry_row(connection, entry_id)
            wanted = {"kind": kind, "host": host_of_entry(owner.doc), "source_id": owner.source_id, "article_id": article_id or owner.article_id}
            put_task(connection, entry_id=entry_id, due=due, **wanted)

    def revive(self, task_id: int, due: datetime) -> None:
        dead = and_(tasks.c.id == task_id, tasks.c.state == "dead")
        with self.database.write() as connection:
            connection.execute(update(tasks).where(dead).values(state="due", due=due, tries=0))

    def last_page_due(self, host: str, until: datetime) -> datetime | None:
        open_ = or_(tasks.c.state == "leased", and_(tasks.c.state == "due", tasks.c.due <= until))
        query = select(func.max(tasks.c.due)).where(tasks.c.host == host, tasks.c.kind == "page", open_)
        with self.database.read() as connection:
            return connection.execute(query).scalar()

    def tasks(self, state: TaskState, *, source_id: str | None = None, limit: int = 100) -> tuple[Task, ...]:
        query = select(tasks).where(tasks.c.state == state)
        if source_id is not None:
            query = query.where(tasks.c.source_id == source_id)
        with self.database.read() as connection:
            return _tasks(connection, query.limit(limit))

    def task_counts(self) -> Mapping[TaskState, int]:
        with self.database.read() as connection:
            counted = connection.execute(select(tasks.c.state, func.count()).group_by(tasks.c.state))
            return {**dict.fromkeys(("due", "leased", "done", "dead"), 0), **{row[0]: row[1] for row in counted}}

    def _give_back(self, claimed: Task, **values: Any) -> None:
        with self.database.write() as connection:
            connection.execute(update(tasks).where(_still_held(claimed)).values(lease_until=None, **values))


def put_task(connection: Connection, *, kind: TaskKind, host: str, source_id: str, entry_id: int, due: datetime, article_id: str | None) -> None:
    """Have something done: a new task, or the one there is brought forward.

    A task that is leased just now gets the new due time and keeps its lease: `finish` sees by it that it must be done again. A dead one
    comes back to life, since there is something new to look at.
    """
    row = {"kind": kind, "host": host, "source_id": source_id, "entry_id": entry_id, "article_id": article_id}
    connection.execute(_put(connection.dialect.name), {**row, "due": due, "state": "due", "tries": 0})


@cache
def _put(dialect: str) -> Any:
    wanted = insert_for(dialect, tasks)
    new_due = wanted.excluded.due
    waiting, dead = tasks.c.state == "due", tasks.c.state == "dead"
    change = {
        "host": wanted.excluded.host,
        "article_id": func.coalesce(wanted.excluded.article_id, tasks.c.article_id),
        "due": case((waiting & (tasks.c.due < new_due), tasks.c.due), else_=new_due),
        "tries": case((dead, 0), else_=tasks.c.tries),
        "state": case((dead, "due"), else_=tasks.c.state),
    }
    return wanted.on_conflict_do_update(index_elements=["entry_id", "kind"], set_=change)


def finish(connection: Connection, done: Task) -> None:
    """End a task within a transaction. Its due time having moved since the claim says that there is new work."""
    connection.execute(delete(tasks).where(tasks.c.id == done.id, tasks.c.due == done.due))
    connection.execute(update(tasks).where(tasks.c.id == done.id).values(state="due", lease_until=None, tries=0))


def _still_held(claimed: Task) -> ColumnElement[bool]:
    """The task while its lease is the one claimed: a worker that was held up must not touch its successor's. Each claim counts a try."""
    return and_(tasks.c.id == claimed.id, tasks.c.state == "leased", tasks.c.tries == claimed.tries)


def _unless_moved(claimed: Task, value: Any, otherwise: Any) -> Any:
    """*value*, or *otherwise* where the entry was stated anew since the claim and the task therefore brought forward."""
    return case((tasks.c.due == claimed.due, value), else_=otherwise)


def _first_of_each_free_host(now: datetime, skip_hosts: Collection[str]) -> Select[Any]:
    """The ids of the longest due task of each host that nobody is visiting."""
    live = tasks.alias()
    visited = select(live.c.host).where(live.c.state == "leased", live.c.lease_until > now)
    place = func.row_number().over(partition_by=tasks.c.host, order_by=(tasks.c.due, tasks.c.id)).label("place")
    free = [_is_claimable(now), tasks.c.host.not_in(visited)]
    if skip_hosts:
        free.append(tasks.c.host.not_in(list(skip_hosts)))
    ranked = select(tasks.c.id, tasks.c.due, place).where(*free).subquery()
    return select(ranked.c.id).where(ranked.c.place == 1).order_by(ranked.c.due, ranked.c.id)


def _is_claimable(now: datetime) -> ColumnElement[bool]:
    waiting = and_(tasks.c.state == "due", tasks.c.due <= now)
    abandoned = and_(tasks.c.state == "leased", tasks.c.lease_until <= now)
    return or_(waiting, abandoned)


def _tasks(connection: Connection, query: Select[Any]) -> tuple[Task, ...]:
    rows = connection.execute(query.order_by(tasks.c.due, tasks.c.id))
    return tuple(
        Task(
            id=row.id,
            kind=row.kind,
            host=row.host,
            due=row.due,
            source_id=row.source_id,
            entry_id=row.entry_id,
            article_id=row.article_id,
            tries=row.tries,
            state=row.state,
            last_error=row.last_error,
        )
        for row in rows
    )
