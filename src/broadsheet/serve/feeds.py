"""The published feeds over HTTP: most readers have what they ask for already, and hear so without a query.

Whether a reader's copy is current follows from a feed's entity tag. Tags are kept in memory for as long as nothing in the store has
changed (`Store.change_mark`: some microseconds), so that 304 is answered in the server's own loop; everything else runs in threads.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from broadsheet.errors import UnknownSource, UsageError
from broadsheet.library.feed_archives import ARCHIVE_BYTES, Archives, archive_file, chain_of_feed, chain_of_part, part_named
from broadsheet.library.feed_writing import FeedWriter
from broadsheet.library.known_pictures import picture_marks
from broadsheet.library.shelves import as_it_stands, notices_of
from broadsheet.model import ArticleState, Collection
from broadsheet.publish.addresses import FROM_PUBLISHERS, PictureAddresses
from broadsheet.publish.config import PublishSettings
from broadsheet.publish.formats import FORMATS, Format
from broadsheet.publish.http import etag_of_feed, last_modified
from broadsheet.publish.item import MAX_ENTRIES
from broadsheet.publish.options import Chain, PublishOptions, options_for
from broadsheet.publish.site import collection_place, feed_file
from broadsheet.serve.answers import Content, Shipped, answer, not_modified
from broadsheet.serve.rack import Rack, Shelf
from broadsheet.store import Store
from broadsheet.text.moments import utc_now

FEED_MAX_AGE = 300
"""Seconds for which a feed reader need not ask again: a tenth of the shortest interval that polite readers keep."""

ARCHIVE_MAX_AGE = 365 * 24 * 3600
"""Nothing is ever added to a closed archive."""

TAGS_KEPT = 2000


@dataclass(frozen=True, slots=True)
class Asked:
    """Which document of which feed, at which address of ours, and how much of it."""

    form: Format
    slug: str
    home: str
    part: str | None = None
    entries: int | None = None
    since: datetime | None = None

    @property
    def query(self) -> str:
        """The part of the address that says how much, always in the same spelling."""
        said = {"n": self.entries, "since": self.since.isoformat().replace("+00:00", "Z") if self.since else None}
        given = {name: value for name, value in said.items() if value is not None}
        return f"?{urlencode(given, safe=':')}" if given else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What was found at an address, and the moment it holds for: until the store changes, or the hour (notices leave, months end)."""

    moment: tuple[int | None, datetime]
    content: Content
    etag: str


@dataclass(slots=True, kw_only=True)
class Feeds:
    """The endpoints of feeds. *rack* gives the shelves of a store as seen from an address of ours, *pictures* where a format's pictures are
    loaded from as seen from there. *is_lasting*: such addresses are few and ours; else anybody makes them up by asking."""

    store: Store
    publish: PublishSettings
    private: bool
    rack: Callable[[str], Rack]
    pictures: Callable[[str, str], PictureAddresses] = lambda form, home: FROM_PUBLISHERS
    is_lasting: bool = True
    now: Callable[[], datetime] = utc_now
    writer: FeedWriter = field(init=False)
    archives: Archives = field(init=False)
    _known: OrderedDict[Asked, Known] = field(default_factory=OrderedDict)
    _shipped: Shipped = field(default_factory=Shipped)

    def __post_init__(self) -> None:
        self.writer = FeedWriter(store=self.store, newest=self.publish.entries)
        self.archives = Archives(self.store)

    def routes(self) -> list[Route]:
        return [
            route
            for form in FORMATS.values()
            for route in (
                Route(f"/feeds/{{name}}{form.suffix}", partial(self.feed, form, "")),
                Route(f"/merged/{{name}}{form.suffix}", partial(self.feed, form, "merged/")),
                Route(f"/archives/merged/{{name}}/{{part}}{form.suffix}", partial(self.feed, form, "merged/")),
                Route(f"/archives/{{name}}/{{part}}{form.suffix}", partial(self.feed, form, "")),
            )
        ]

    async def feed(self, form: Format, prefix: str, request: Request) -> Response:
        """A published feed or one of its archives. `?n=` says how many articles (1 to 200), `?since=` from when on they must have changed."""
        try:
            entries, since = read_query(request.query_params)
        except UsageError as error:
            return PlainTextResponse(f"{error}\n", 400, {"Cache-Control": "no-store"})
        slug, part = f"{prefix}{request.path_params['name']}", request.path_params.get("part")
        asked = Asked(form, slug, home_url(self.publish, request), part, None if part else entries, None if part else since)
        moment = (self.store.change_mark(), self.now().replace(minute=0, second=0, microsecond=0))
        known = self._known.get(asked)
        if known is None or known.moment != moment or moment[0] is None:
            known = await run_in_threadpool(self._look, asked, moment)
            self._remember(asked, known)
        if (unchanged := not_modified(request, known.content, known.etag)) is not None:
            return unchanged
        return await run_in_threadpool(answer, request, known.content, self._shipped)

    def _remember(self, asked: Asked, known: Known) -> None:
        """Called in the server's loop only."""
        self._known[asked] = known
        self._known.move_to_end(asked)
        while len(self._known) > TAGS_KEPT:
            self._known.popitem(last=False)

    def _look(self, asked: Asked, moment: tuple[int | None, datetime]) -> Known:
        shelf = shelf_at(self.rack(asked.home), asked.slug)
        if asked.part is None:
            states = self._states(shelf, asked)
            collection = as_it_stands(shelf.collection, states, notices_of(shelf, self.store, self.publish, now=self.now()))
            options = self._options(asked, collection, entries=max(len(states), 1), chain=self._chain(shelf, asked, len(states)))
        else:
            collection, states, options = self._archive(shelf, asked, asked.part)
        return self._known_as(asked, collection, options, states, moment)

    def _known_as(
        self, asked: Asked, collection: Collection, options: PublishOptions, states: Sequence[ArticleState], moment: tuple[int | None, datetime]
    ) -> Known:
        form, closed = asked.form, options.chain.archive
        marks = picture_marks(self.store, [state.id for state in states])
        etag = etag_of_feed(collection, states, options, format_name=form.name, marks=marks)
        hub = options.hub_url if asked.part is None and not asked.query else None
        content = Content(
            media_type=form.media_type, render=lambda: b"".join(self.writer.stream(form, collection, options, states)), etag=etag,
            modified=last_modified(collection) if states else None, max_age=ARCHIVE_MAX_AGE if closed else FEED_MAX_AGE, immutable=closed,
            open_to_scripts=form.name == "json" and not self.private,
            links=(f'<{hub}>; rel="hub"', f'<{options.self_url}>; rel="self"') if hub else (),
        )  # fmt: skip
        return Known(moment=moment, content=content, etag=etag)

    def _states(self, shelf: Shelf, asked: Asked) -> tuple[ArticleState, ...]:
        """The newest articles, of those that changed since the time asked for."""
        rack, limit = self.rack(asked.home), asked.entries or (MAX_ENTRIES if asked.since else self.publish.entries)
        if asked.since is None:
            return rack.newest(shelf, limit=limit)
        if shelf.publication is None:
            return self.store.article_states(replace(shelf.selection, changed_since=asked.since, limit=limit))
        return tuple(state for state in rack.newest(shelf, limit=MAX_ENTRIES) if state.changed_at >= asked.since)[:limit]

    def _chain(self, shelf: Shelf, asked: Asked, shown: int) -> Chain:
        """The way to older articles; a feed that is cut or chosen by a filter has no archives."""
        if shelf.publication is not None or asked.query:
            return Chain()
        parts = self.archives.parts(shelf.selection, now=self.now())
        return chain_of_feed(parts, lambda part: asked.home + archive_file(asked.slug, part, asked.form.suffix), shown=shown)

    def _archive(self, shelf: Shelf, asked: Asked, name: str) -> tuple[Collection, tuple[ArticleState, ...], PublishOptions]:
        parts = self.archives.parts(shelf.selection, now=self.now()) if shelf.publication is None else ()
        part = part_named(name, parts)
        if part is None:
            raise HTTPException(404)
        states = self.archives.states(part, shelf.selection)
        current = asked.home + feed_file(asked.slug, asked.form.suffix)
        chain = chain_of_part(part, parts, lambda one: asked.home + archive_file(asked.slug, one, asked.form.suffix), current=current)
        collection = as_it_stands(shelf.collection, states)
        options = self._options(asked, collection, entries=len(states), chain=chain)
        address = asked.home + archive_file(asked.slug, part, asked.form.suffix)
        return collection, states, replace(options, self_url=address, hub_url=None, max_bytes=ARCHIVE_BYTES)

    def _options(self, asked: Asked, collection: Collection, *, entries: int, chain: Chain) -> PublishOptions:
        home, file = asked.home, feed_file(collection.slug, asked.form.suffix)
        options = options_for(
            self.publish, pictures=self.pictures(asked.form.name, home), self_url=f"{home}{file}{asked.query}",
            home_url=home + collection_place(collection.slug).path,
        )  # fmt: skip
        own = options.pictures.kept_at is not None or options.pictures.resized is not None  # entries then name the address we were asked at
        return replace(options, entries=entries, chain=chain, passing=own and not self.is_lasting)


def read_query(query: QueryParams) -> tuple[int | None, datetime | None]:
    """How many articles and from when on; None each where it is not said. Raises UsageError, with what would do."""
    number, since = query.get("n"), query.get("since")
    if number is not None and not (number.isascii() and number.isdigit() and 1 <= int(number[:9]) <= MAX_ENTRIES):
        raise UsageError("n", f"must be a whole number from 1 to {MAX_ENTRIES}")
    return (int(number) if number is not None else None), (_read_time(since) if since is not None else None)


def _read_time(text: str) -> datetime:
    try:
        read = datetime.fromisoformat(text.strip().replace(" ", "+"))  # a plus sign that was not escaped arrives as a space
        return (read.replace(tzinfo=UTC) if read.tzinfo is None else read).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise UsageError("since", "must be a date like 2026-11-23, or a time like 2026-11-23T15:30:00Z") from error


def home_url(publish: PublishSettings, request: Request) -> str:
    """Where our site is, ending in a slash: as the operator says, else as the reader asked for it."""
    return f"{publish.base_url.rstrip('/')}/" if publish.base_url else str(request.base_url)


def shelf_at(rack: Rack, slug: str) -> Shelf:
    """The shelf with this slug; HTTPException 404 when there is none, 410 for a source given up, which tells feed readers to stop asking."""
    try:
        shelf = rack.shelf(slug)
    except UnknownSource as error:
        given_up = slug in {source.id for source in rack.store.sources(removed=True)}
        raise HTTPException(410 if given_up else 404) from error
    if shelf is None:
        raise HTTPException(404)
    return shelf
