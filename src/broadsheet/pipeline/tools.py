"""What the steps work with, passed in: the store, the one door to the network, the reading processes, the clock, the listener."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from broadsheet.images.config import PicturesSettings
from broadsheet.images.magic import unprobed
from broadsheet.model import Declined, Original, PostOutcome
from broadsheet.observe import Event, Listener, nobody
from broadsheet.pipeline.config import PipelineSettings
from broadsheet.pipeline.reading import Get, Read
from broadsheet.sources.config import SourcesSettings
from broadsheet.store import Store


class Post(Protocol):
    """Sends something, as `fetch.Client.post` does; never raises for what a network does."""

    async def __call__(self, url: str, body: bytes, *, media_type: str, headers: tuple[tuple[str, str], ...] = ()) -> PostOutcome: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFeed:
    """One of our own feeds as its readers get it. *state* is another one when the feed is."""

    body: bytes
    media_type: str
    state: str


class Published(Protocol):
    """Our own feeds, by their public addresses."""

    async def feed(self, url: str) -> PublishedFeed | None:
        """The feed at *url*, None where none of ours is."""

    async def topics(self, source_ids: Collection[str] | None) -> tuple[str, ...]:
        """The addresses of all feeds that articles of these sources may be in; None: of all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How WebSub reaches us, and we others: *callback_base* is where hubs call, *hub_url* the hub that our feeds name."""

    callback_base: str | None = None
    hub_url: str | None = None
    is_own: bool = False  # whether that hub is ours
    published: Published | None = None

    @property
    def is_on(self) -> bool:
        return self.callback_base is not None or self.hub_url is not None


async def cannot_post(url: str, body: bytes, *, media_type: str, headers: tuple[tuple[str, str], ...] = ()) -> PostOutcome:
    """For where nothing is sent."""
    return Declined(url=url, reason="nothing is sent from here")


class Probe(Protocol):
    """Looks at a picture's bytes, in a process of its own. Raises ImageError for what is none."""

    async def __call__(self, where: str, body: bytes) -> Original: ...


async def by_first_bytes(where: str, body: bytes) -> Original:
    """For where nothing can look at pixels: what the file itself says it is."""
    return unprobed(body)


NO_REACH = Reach()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """Collaborators of the steps. *read* extracts in a process of its own; *get* never raises for what a network does."""

    store: Store
    get: Get
    read: Read
    now: Callable[[], datetime]
    pipeline: PipelineSettings
    sources: SourcesSettings
    tell: Listener = nobody
    post: Post = cannot_post
    websub: Reach = NO_REACH
    pictures: PicturesSettings = field(default_factory=PicturesSettings)
    probe: Probe = by_first_bytes

    def said(self, event: Event) -> None:
        """Tell the listener."""
        self.tell(event)
