"""A real server on loopback over a store filled with the made-up newspaper rack, and a client that sends exactly what it is told."""

from __future__ import annotations

import asyncio
import http.client
import importlib.util
import itertools
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from types import ModuleType

import pytest

from broadsheet.config import ServeSettings, Settings
from broadsheet.errors import StoreError
from broadsheet.library.workshop import workshop
from broadsheet.model import PollState, StoredArticle
from broadsheet.publish.config import PublishSettings
from broadsheet.serve import build_app, on_demand, run_server
from broadsheet.store import Draft, Store, open_memory_store
from broadsheet.text.moments import utc_now

PATIENCE = 20


@dataclass(frozen=True)
class Reply:
    """An answer as it came over the wire."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True)
class Served:
    """A running server."""

    url: str

    def ask(self, path: str, *, method: str = "GET", **headers: str) -> Reply:
        """One request; header names are written with underscores."""
        connection = http.client.HTTPConnection(self.url.removeprefix("http://").rstrip("/"), timeout=PATIENCE)
        try:
            connection.putrequest(method, path, skip_host="host" in headers, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            connection.endheaders()
            answer = connection.getresponse()
            return Reply(answer.status, answer.headers, answer.read())
        finally:
            connection.close()


@contextmanager
def serving(store: Store, settings: Settings, names: tuple[str, ...] = ()) -> Iterator[Served]:
    """A server for the length of a `with`."""
    ready: list[str] = []
    started = threading.Event()
    loop = asyncio.new_event_loop()

    def told(url: str) -> None:
        ready.append(url)
        started.set()

    def run() -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(stoppable())

    async def stoppable() -> None:
        async with workshop(store, settings) as tools:
            with on_demand(tools, settings) as instant:
                app = build_app(store, settings, names=names, instant=instant)
                serve = asyncio.create_task(run_server(app, settings.serve, ready=told))
                stop.append(serve.cancel)
                await asyncio.wait([serve])

    stop: list[Callable[[], bool]] = []
    thread = threading.Thread(target=run)
    thread.start()
    try:
        assert started.wait(PATIENCE)
        yield Served(ready[0])
    finally:
        loop.call_soon_threadsafe(stop[0])
        thread.join(PATIENCE)


@pytest.fixture(scope="session")
def paper() -> ModuleType:
    """The made-up rack of the site's tests."""
    file = Path(__file__).parents[1] / "publish" / "site" / "paper.py"
    spec = importlib.util.spec_from_file_location("made_up_paper_served", file)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def fill(store: Store, paper: ModuleType) -> tuple[StoredArticle, ...]:
    """Keep the rack's articles in *store*, the first in its two revisions; what was kept, newest first."""
    for source in paper.SOURCES:
        store.add_source(source, PollState(next_due=paper.NOW))
    kept = []
    for made in paper.ARTICLES:
        first = paper.OLD_FERRY if made.revision > 1 else made.article
        draft = Draft(
            source_id=made.source_id, article=first, content_hash="1", fetched_at=made.first_seen, first_seen=made.first_seen,
            sort_at=made.sort_at, url_keys=(first.url,),
        )  # fmt: skip
        stored = store.keep_revision(draft)
        if made.revision > 1:
            changed = Draft(source_id=made.source_id, article=made.article, content_hash="2", fetched_at=made.first_seen + timedelta(hours=1))
            stored = store.keep_revision(changed, article_id=stored.id)
        kept.append(stored)
    return tuple(kept)


@pytest.fixture(scope="session")
def kept() -> list[StoredArticle]:
    """The articles of the session's store, once it is filled."""
    return []


@pytest.fixture(scope="session")
def store(paper: ModuleType, kept: list[StoredArticle]) -> Iterator[Store]:
    clock = itertools.count()
    with open_memory_store(now=lambda: paper.NOW + timedelta(seconds=next(clock))) as store:
        kept += fill(store, paper)
        yield store


@pytest.fixture(scope="session")
def server(store: Store) -> Iterator[Served]:
    """The rack served as it is by default, five articles to a list page."""
    with serving(store, Settings(serve=ServeSettings(port=0, page_articles=5))) as running:
        yield running


@pytest.fixture
def serve() -> Iterator[Callable[..., Served]]:
    """Further servers with settings of their own, ended after the test."""
    with ExitStack() as running:

        def start(store: Store, *, names: tuple[str, ...] = (), host: str = "127.0.0.1", **publish: object) -> Served:
            settings = Settings(serve=ServeSettings(host=host, port=0), publish=PublishSettings(**publish))
            return running.enter_context(serving(store, settings, names))

        yield start


@pytest.fixture(scope="session")
def server_with() -> Callable[[Settings], AbstractContextManager[Served]]:
    """A server over an empty store, with any settings, for the length of a `with`."""

    @contextmanager
    def start(settings: Settings) -> Iterator[Served]:
        with open_memory_store(now=utc_now) as store, serving(store, settings) as served:
            yield served

    return start


@pytest.fixture
def websub_serve() -> Iterator[Callable[..., Served]]:
    """A server with any settings over a store of the test's own, ended after the test."""
    with ExitStack() as running:
        yield lambda settings, *, store: running.enter_context(serving(store, settings))


class _Unreadable:
    """A store whose every method raises *error*."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def __getattr__(self, name: str) -> Callable[..., object]:
        def fails(*args: object, **kwargs: object) -> object:
            raise self._error

        return fails


@pytest.fixture
def broken_store() -> object:
    """A store whose file has become unreadable."""
    return _Unreadable(StoreError("/secret-folder/store.db", "the file is damaged"))


@pytest.fixture
def faulty_store() -> object:
    """A store with a programming mistake in it."""
    return _Unreadable(KeyError("inner workings"))
