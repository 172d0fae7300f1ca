"""A clock, values to keep, and a store of every kind: each test of the contract runs against all backends."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from broadsheet.model import (
    Article,
    ChangedEntry,
    Entry,
    EntryKeys,
    Exchange,
    Headers,
    NewEntry,
    PollState,
    SafeHtml,
    Source,
    StatedTime,
    StoredArticle,
    Task,
)
from broadsheet.store import Draft, Store, open_memory_store, open_store

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LEASE = timedelta(minutes=5)


class Clock:
    """A clock that only moves when told to."""

    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> datetime:
        return self.time

    def pass_by(self, **span: float) -> datetime:
        self.time += timedelta(**span)
        return self.time


class Make:
    """Values as the other rooms would hand them over."""

    noon = NOON

    def source(self, source_id: str = "harbour", **changes: object) -> Source:
        made = Source(
            id=source_id,
            kind="feed",
            url=f"https://{source_id}.example/feed",
            title=source_id.title(),
            home_url=f"https://{source_id}.example/",
            added_at=NOON,
        )
        return replace(made, **changes)  # type: ignore[arg-type]

    def state(self, due: datetime = NOON, **changes: object) -> PollState:
        return replace(PollState(next_due=due), **changes)  # type: ignore[arg-type]

    def new(self, name: str = "a", host: str = "harbour.example", **changes: object) -> NewEntry:
        entry = Entry(guid=name, link=f"https://{host}/{name}", title=f"Story {name}", published=StatedTime(raw="noon", at=NOON))
        keys = EntryKeys(guid=name, link=f"{host}/{name}", title=f"story{name}", title_date=f"story{name}@noon")
        return replace(NewEntry(entry=entry, keys=keys, digest=f"digest of {name}"), **changes)  # type: ignore[arg-type]

    def changed(self, entry_id: int, one: NewEntry, **changes: object) -> ChangedEntry:
        made = ChangedEntry(id=entry_id, entry=one.entry, keys=one.keys, digest=f"{one.digest}, edited")
        return replace(made, **changes)  # type: ignore[arg-type]

    def exchange(self, exchange_id: str = "x1", body: bytes = b"<p>as sent</p>", fetched_at: datetime = NOON) -> Exchange:
        url = "https://harbour.example/a"
        headers = Headers.of([("ETag", '"a"'), ("Set-Cookie", "1"), ("Set-Cookie", "2")])
        return Exchange(id=exchange_id, url=url, final_url=url, status=200, headers=headers, body=body, fetched_at=fetched_at)

    def article(self, text: str = "The ferry was late.", name: str = "a") -> Article:
        return Article(url=f"https://harbour.example/{name}", title=f"Story {name}", body=SafeHtml(f"<p>{text}</p>"), text=text)

    def draft(self, text: str = "The ferry was late.", name: str = "a", source_id: str = "harbour", **changes: object) -> Draft:
        made = Draft(
            source_id=source_id,
            article=self.article(text, name),
            content_hash=f"hash of {text}",
            fetched_at=NOON,
            url_keys=(f"harbour.example/{name}",),
        )
        return replace(made, **changes)  # type: ignore[arg-type]


class Desk:
    """The ordinary walk of a story through a store, so that a test can begin where its own matter begins."""

    def __init__(self, store: Store, make: Make, clock: Clock) -> None:
        self.store, self.make, self.clock = store, make, clock

    def watch(self, source_id: str = "harbour", **changes: object) -> Source:
        source = self.make.source(source_id, **changes)
        self.store.add_source(source, self.make.state())
        return source

    def see(self, *names: str, source_id: str = "harbour", host: str = "harbour.example") -> list[int]:
        new = [self.make.new(name, host) for name in names]
        self.store.keep_poll(source_id, self.make.state(), new=new)
        known = self.store.known_entries(source_id, [one.keys for one in new])
        return [entry.id for name in names for entry in known if entry.keys.guid == name]

    def claim(self, limit: int = 10, **how: object) -> tuple[Task, ...]:
        return self.store.claim(self.clock(), lease=LEASE, limit=limit, **how)  # type: ignore[arg-type]

    def collect(self, name: str = "a", text: str = "The ferry was late.", **changes: object) -> StoredArticle:
        (entry_id,) = self.see(name)
        return self.store.keep_revision(self.make.draft(text, name, **changes), entry_id=entry_id)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def make() -> Make:
    return Make()


@pytest.fixture
def open_folder(tmp_path: Path, clock: Clock) -> Iterator[Callable[..., Store]]:
    """Opens the store of one folder, as often as asked; closes them all at the end."""
    opened: list[Store] = []

    def open_again(folder: Path = tmp_path / "store", **how: bool) -> Store:
        opened.append(open_store(folder, now=clock, **how))
        return opened[-1]

    yield open_again
    for each in opened:
        each.close()


@pytest.fixture(scope="session")
def fresh_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with nothing in it, to be copied: making one anew for every test would take most of the time."""
    folder = tmp_path_factory.mktemp("fresh")
    open_store(folder, now=Clock()).close()
    return folder


@pytest.fixture(params=["sqlite", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path, fresh_folder: Path, clock: Clock) -> Iterator[Store]:
    if request.param == "memory":
        opened = open_memory_store(now=clock)
    else:
        opened = open_store(shutil.copytree(fresh_folder, tmp_path / "store"), now=clock)
    with opened:
        yield opened


@pytest.fixture
def desk(store: Store, make: Make, clock: Clock) -> Desk:
    return Desk(store, make, clock)


@pytest.fixture
def desk_at(make: Make, clock: Clock) -> Callable[[Store], Desk]:
    """A desk at a store of one's own."""
    return lambda store: Desk(store, make, clock)
