"""Our own feeds as their readers get them, asked for within the process: what a hub delivers are the very bytes that a poll would bring."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Scope

from broadsheet.config import Settings
from broadsheet.pipeline.tools import NO_REACH, Published, PublishedFeed, Reach
from broadsheet.publish.formats import FORMATS
from broadsheet.publish.http import etag_of
from broadsheet.publish.site import feed_file
from broadsheet.serve.rack import Rack
from broadsheet.store import Store
from broadsheet.websub import callback_base
from broadsheet.websub.hub import OWN

_SUFFIXES = tuple(each.suffix for each in FORMATS.values())


def reach_of(app: ASGIApp, store: Store, settings: Settings) -> Reach:
    """How WebSub reaches us and we others, as the settings say; *app* is the server over *store*."""
    publish = settings.publish
    callbacks = callback_base(settings.websub, publish.base_url)
    if callbacks is None and publish.hub_url is None:
        return NO_REACH
    published = PublishedSite(app=app, store=store, base_url=f"{publish.base_url.rstrip('/')}/") if publish.hub_url and publish.base_url else None
    return Reach(callback_base=callbacks, hub_url=publish.hub_url, is_own=publish.hub == OWN, published=published)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedSite(Published):
    """The feeds that *app* serves over *store* below *base_url*, which ends in a slash."""

    app: ASGIApp
    store: Store
    base_url: str

    async def feed(self, url: str) -> PublishedFeed | None:
        path = url.removeprefix(self.base_url)
        if path == url or "?" in path or "#" in path or not (path.startswith(("feeds/", "merged/")) and path.endswith(_SUFFIXES)):
            return None
        answer = await ask_within(self.app, f"/{path}", base_url=self.base_url)
        if answer.status != 200:
            return None
        tag = answer.header("etag") or etag_of(answer.body)
        return PublishedFeed(body=answer.body, media_type=answer.header("content-type") or "", state=tag.removeprefix("W/"))

    async def topics(self, source_ids: Collection[str] | None) -> tuple[str, ...]:
        return await run_in_threadpool(self._topics, source_ids)

    def _topics(self, source_ids: Collection[str] | None) -> tuple[str, ...]:
        """A source's feeds when it changed; feeds of several sources whenever any did."""
        of_sources = {source.id for source in self.store.sources()}
        slugs = [shelf.collection.slug for shelf in Rack(store=self.store, home_url=self.base_url).shelves()]
        changed = [slug for slug in slugs if slug not in of_sources or source_ids is None or slug in source_ids]
        return tuple(self.base_url + feed_file(slug, each.suffix) for slug in changed for each in FORMATS.values())


@dataclass(slots=True)
class Within:
    """An answer of the application, as it was sent."""

    status: int = 500
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key == name), None)

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = [(name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in message["headers"]]
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")


async def ask_within(app: ASGIApp, path: str, *, base_url: str) -> Within:
    """What *app* answers to a GET of *path* by a reader who came by *base_url*."""
    place = urlsplit(base_url)
    scope: Scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": place.scheme, "root_path": "",
        "path": unquote(path), "raw_path": path.encode(), "query_string": b"", "headers": [(b"host", place.netloc.encode())],
        "client": None, "server": (place.hostname, place.port or (443 if place.scheme == "https" else 80)),
    }  # fmt: skip
    asked = False
    answer = Within()

    async def receive() -> Message:
        nonlocal asked
        first, asked = not asked, True
        return {"type": "http.request", "body": b"", "more_body": False} if first else {"type": "http.disconnect"}

    await app(scope, receive, answer.take)
    return answer
