"""The web application: every address, and what it holds."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from broadsheet.config import Settings
from broadsheet.errors import UnknownSource
from broadsheet.library.choosing import Picker
from broadsheet.library.known_pictures import known_pictures
from broadsheet.library.picture_links import PictureDesk
from broadsheet.model import Collection, Source, StoredArticle
from broadsheet.pipeline.instant.feeds import InstantFeeds
from broadsheet.pipeline.proxy import ImageProxy
from broadsheet.publish.addresses import leads_of, shown_in
from broadsheet.publish.config import PublishSettings
from broadsheet.publish.formats import FORMATS
from broadsheet.publish.opml import render_opml
from broadsheet.publish.site import (
    Site,
    article_page,
    asset,
    collection_page,
    feed_file,
    front_page,
    revisions_page,
    site_from,
)
from broadsheet.serve.answers import HTML, Content, answer
from broadsheet.serve.errors import exception_handlers
from broadsheet.serve.feeds import FEED_MAX_AGE, Feeds, home_url, shelf_at
from broadsheet.serve.guard import LOOPBACK_NAMES, Guard, is_loopback
from broadsheet.serve.images import image_doors
from broadsheet.serve.instant import Instant, is_private
from broadsheet.serve.kept import KeptPictures
from broadsheet.serve.moved import Moved
from broadsheet.serve.rack import Rack, Shelf
from broadsheet.serve.websub import WebSubDoors
from broadsheet.store import Store
from broadsheet.text.moments import utc_now
from broadsheet.urls import host_of

FAILURES_SHOWN = 3
"""Failed polls in a row before a source's page says so: a publisher's restart is no news to readers."""


def build_app(
    store: Store, settings: Settings, *, names: Sequence[str] = (), instant: InstantFeeds | None = None, images: ImageProxy | None = None
) -> Starlette:
    """The application over *store*. *names* are further host names it answers to, besides those that follow from the settings; *instant*
    makes feeds on demand, *images* is the image proxy.

    Raises ConfigError for settings that no site can be made of.
    """
    desk = PictureDesk(settings, store, served=True, makes=images is not None)
    look = site_from(settings.publish, settings.images, settings.site, page_articles=settings.serve.page_articles, leaf="", pictures=desk.for_site())
    look = replace(look, instant=instant is not None)
    private = is_private(settings)
    reading = Reading(store=store, picker=Picker(store), site=look, publish=settings.publish, private=private)
    known_names = names_known(settings, names)
    lasting = bool(settings.publish.base_url) or known_names is not None
    feeds = Feeds(store=store, publish=settings.publish, private=private, rack=reading.rack_at, pictures=desk.for_feed, is_lasting=lasting)
    return Starlette(
        routes=[
            *(Instant(instant, settings, look, pictures=desk.for_feed).routes() if instant is not None else ()),
            *WebSubDoors(store, settings, now=utc_now).routes(),
            *feeds.routes(),
            *KeptPictures(store, elsewhere=desk.elsewhere).routes(),
            *_routes(reading),
        ],
        middleware=[
            Middleware(Guard, site=look, names=known_names),
            *image_doors(store, settings, images),
            Middleware(Moved, old=settings.publish.old_base_urls, new=settings.publish.base_url),
        ],
        exception_handlers=exception_handlers(look),
    )


def names_known(settings: Settings, further: Sequence[str]) -> frozenset[str] | None:
    """The host names the server answers to, None for any: only a server on loopback, or an operator, can know them all."""
    if not (is_loopback(settings.serve.host) or further):
        return None
    published = {host_of(url) for url in (settings.publish.base_url, *settings.publish.old_base_urls, settings.websub.callback_base) if url}
    return LOOPBACK_NAMES | {settings.serve.host} | published | set(further)


def _routes(reading: Reading) -> list[Route]:
    pages = [
        Route("/", reading.front),
        Route("/sources/{source_id}/", reading.source),
        Route("/sources/{source_id}/before/{token}/", reading.source),
        Route("/merged/{name}/", reading.merged),
        Route("/merged/{name}/before/{token}/", reading.merged),
        Route("/articles/{article_id}/", reading.article),
        Route("/articles/{article_id}/revisions/", reading.revisions),
        Route("/articles/{article_id}/revisions/{number:int}/", reading.revision),
    ]
    files = [
        Route("/feeds.opml", reading.opml),
        Route("/style.css", partial(reading.asset, "style.css", "text/css; charset=utf-8")),
        Route("/icon.svg", partial(reading.asset, "icon.svg", "image/svg+xml")),
        Route("/robots.txt", reading.robots),
        Route("/health", reading.health),
    ]
    return [*pages, *files]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The endpoints. They are plain functions that Starlette runs in threads, since the store blocks while it reads."""

    store: Store
    site: Site
    publish: PublishSettings
    private: bool
    picker: Picker
    kept: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    leads: dict[str, tuple[str, frozenset[str]]] = field(default_factory=dict)

    def front(self, request: Request) -> Response:
        rack = self._rack(request)
        state = rack.state()
        known = known_pictures(self.store, self._leads(rack, state))
        body = self._kept("front", f"{state} {known}", lambda: front_page(self.site, rack.front(), known=known).encode())
        return answer(request, Content(media_type=HTML, render=lambda: body))

    def source(self, request: Request) -> Response:
        return self._list(request, request.path_params["source_id"])

    def merged(self, request: Request) -> Response:
        return self._list(request, f"merged/{request.path_params['name']}")

    def article(self, request: Request) -> Response:
        stored = self._article(request)
        known = known_pictures(self.store, shown_in(stored.article))
        return self._page(request, lambda: article_page(self.site, stored, self._source_of(stored), known=known))

    def revisions(self, request: Request) -> Response:
        stored = self._article(request)
        return self._page(request, lambda: revisions_page(self.site, stored, self.store.revisions(stored.id)))

    def revision(self, request: Request) -> Response:
        stored = self._article(request)
        wanted = request.path_params["number"]
        found = next((kept for kept in self.store.revisions(stored.id) if kept.number == wanted), None)
        if found is None:
            raise HTTPException(404)
        known = known_pictures(self.store, shown_in(found.article))
        return self._page(request, lambda: article_page(self.site, stored, self._source_of(stored), revision=found, known=known))

    def opml(self, request: Request) -> Response:
        rack, home = self._rack(request), self._home(request)

        def feed_url(collection: Collection) -> str:
            return home + feed_file(collection.slug, FORMATS["rss"].suffix)

        def render() -> bytes:
            collections = [rack.filled(shelf, limit=1) for shelf in rack.shelves()]
            return render_opml(collections, title=self.site.title, feed_url=feed_url)

        body = self._kept("opml", f"{home} {rack.state()}", render)
        return answer(request, Content(media_type="text/x-opml; charset=utf-8", render=lambda: body, max_age=FEED_MAX_AGE))

    def asset(self, name: str, media_type: str, request: Request) -> Response:
        return answer(request, Content(media_type=media_type, render=lambda: asset(name)))

    def robots(self, request: Request) -> Response:
        rules = "User-agent: *\nDisallow: /\n" if self.site.noindex else "User-agent: *\nDisallow:\n"
        return answer(request, Content(media_type="text/plain; charset=utf-8", render=rules.encode, max_age=3600))

    def health(self, request: Request) -> Response:
        """Whether the store can be read; says nothing else, since anyone may ask."""
        self.store.next_due()
        return Response(json.dumps({"status": "ok"}), headers={"Cache-Control": "no-store"}, media_type="application/json")

    def _leads(self, rack: Rack, state: str) -> frozenset[str]:
        """The pictures of the front page: others only when *state* is another."""
        known = self.leads.get("front")
        if known is None or known[0] != state:
            known = self.leads["front"] = (state, leads_of(rack.newest_stories()))
        return known[1]

    def _list(self, request: Request, slug: str) -> Response:
        shelf = self._shelf(request, slug)
        listing = self._rack(request).listing(shelf, size=self.site.page_articles, token=request.path_params.get("token"))
        if listing is None:
            raise HTTPException(404)
        poll = self.store.poll_state(slug) if shelf.selection.source_id else None
        failing_since = poll.failing_since if poll and poll.failures >= FAILURES_SHOWN else None
        known = known_pictures(self.store, leads_of(listing.collection.articles))
        return self._page(request, lambda: collection_page(self.site, listing, failing_since=failing_since, known=known))

    def _page(self, request: Request, render: Callable[[], str]) -> Response:
        return answer(request, Content(media_type=HTML, render=lambda: render().encode()))

    def _kept(self, name: str, state: str, render: Callable[[], bytes]) -> bytes:
        """What is made of every source, made again only when *state* has changed: with 200 sources it takes 200 queries."""
        known = self.kept.get(name)
        if known is None or known[0] != state:
            known = self.kept[name] = (state, render())
        return known[1]

    def _rack(self, request: Request) -> Rack:
        return self.rack_at(self._home(request))

    def rack_at(self, home: str) -> Rack:
        """The shelves as seen from an address of ours."""
        return Rack(store=self.store, home_url=home, picker=self.picker)

    def _home(self, request: Request) -> str:
        return home_url(self.publish, request)

    def _shelf(self, request: Request, slug: str) -> Shelf:
        return shelf_at(self._rack(request), slug)

    def _article(self, request: Request) -> StoredArticle:
        stored = self.store.article(request.path_params["article_id"])
        if stored is None:
            raise HTTPException(404)
        return stored

    def _source_of(self, stored: StoredArticle) -> Source | None:
        """The article's source, None when it is not watched any more."""
        try:
            return self.store.source(stored.source_id)
        except UnknownSource:
            return None
