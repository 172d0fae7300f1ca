"""The sample press, and one run of the whole demo over it."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from pathlib import Path

import pytest

from broadsheet.demo import DemoPress, run_demo
from broadsheet.demo.papers import Story
from broadsheet.model import StoredArticle
from broadsheet.store import Store, open_store
from broadsheet.text import comparison_key
from broadsheet.text.moments import utc_now

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True, slots=True)
class Walked:
    """What one run of the demo left behind."""

    store: Store
    public: Path
    said: str

    def kept(self, story: Story) -> StoredArticle:
        """The article that was made of *story*. Titles are compared without their spaces, which readers may set anew."""
        return next(stored for stored in self.store.articles() if comparison_key(stored.article.title) == comparison_key(story.title))


@pytest.fixture(scope="module")
def press() -> Iterator[DemoPress]:
    with DemoPress(now=NOON) as opened:
        yield opened


@pytest.fixture(scope="session")
def ask() -> Callable[..., Reply]:
    """Ask an address of the press, errors included."""

    def get(url: str, **headers: str) -> Reply:
        request = urllib.request.Request(url, headers={name.replace("_", "-"): value for name, value in headers.items()})
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return Reply(answer.status, _headers(answer.headers), answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return Reply(error.code, _headers(error.headers), error.read())

    return get


def _headers(sent: Message) -> dict[str, str]:
    return {name.lower(): value for name, value in sent.items()}


@pytest.fixture(scope="session")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walked]:
    """The demo, run once for all tests that look at its result."""
    folder = tmp_path_factory.mktemp("demo")
    lines: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("broadsheet.demo.show.say", lines.append)  # session fixtures cannot capture the output
        run_demo(data=folder, port=0, serve=False, browser=False)
    with open_store(folder, now=utc_now) as store:
        yield Walked(store, folder / "public", "\n".join(lines))
