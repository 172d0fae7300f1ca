"""A webhook and a mail server on loopback, and a store with a few sources."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from loopback import Site, serving

from broadsheet.model import PollState, Source
from broadsheet.store import Store, open_memory_store

sys.path.insert(0, str(Path(__file__).parent))

from mail_server import MailServer

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@dataclass
class Hook:
    """What was posted to a webhook, and what it answers."""

    url: str = ""
    status: int = 200
    bodies: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


@dataclass
class Desk:
    """A store, its clock, and how many sources it has."""

    store: Store = field(init=False)
    now: datetime = NOON

    def __post_init__(self) -> None:
        self.store = open_memory_store(now=lambda: self.now)

    def watch(self, *names: str) -> None:
        for name in names:
            url = f"https://{name}.example/"
            source = Source(id=name, kind="feed", url=f"{url}feed", title=f"The {name.title()}", home_url=url, added_at=NOON)
            self.store.add_source(source, PollState(next_due=NOON))

    def breaks(self, *names: str) -> None:
        for name in names:
            self.store.open_incident(name, "failing", said="No answer.", do="Look.", detail="500")

    def mends(self, *names: str) -> None:
        for name in names:
            self.store.close_incident(name, "failing", over="It answers again.")

    def pass_by(self, **span: float) -> datetime:
        self.now += timedelta(**span)
        return self.now


@pytest.fixture(scope="module")
def receiver() -> Iterator[Hook]:
    """The web server behind `hook`: ending one takes half a second."""
    made = Hook()

    class Receiver(Site):
        def do_POST(self) -> None:
            made.headers.append(dict(self.headers.items()))
            made.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(made.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

    with serving(Receiver) as address:
        made.url = f"{address}/services/s3cret"
        yield made


@pytest.fixture
def hook(receiver: Hook) -> Hook:
    receiver.status = 200
    receiver.bodies.clear()
    receiver.headers.clear()
    return receiver


@pytest.fixture
def mail_server() -> Iterator[Callable[..., MailServer]]:
    """Starts mail servers, each with its own manners; all are ended."""
    started: list[tuple[MailServer, threading.Thread]] = []

    def start(**manners: object) -> MailServer:
        server = MailServer(socket.create_server(("127.0.0.1", 0)), **manners)  # type: ignore[arg-type]
        thread = threading.Thread(target=server.serve)
        thread.start()
        started.append((server, thread))
        return server

    yield start
    for server, thread in started:
        server.stop()
        thread.join()


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk()
    with made.store:
        yield made
