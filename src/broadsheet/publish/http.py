"""Validators: whether a reader already has what we would send (RFC 9110, sections 8.8 and 13)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from itertools import islice

from broadsheet import __version__
from broadsheet.model import ArticleState, Collection, Source
from broadsheet.publish.item import MAX_ENTRIES, feed_updated, options_in
from broadsheet.publish.options import PublishOptions

TEMPLATE_VERSION = 3  # raise it when the same articles are written differently, so that readers fetch them again
NO_MARKS: Mapping[str, str] = {}
_PROBE = "https://pictures.example/one.jpg"
_PROBE_MEDIA = "https://pictures.example/one.mp3"


def etag_of(body: bytes) -> str:
    """A strong entity tag for exactly these bytes."""
    return f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'


def etag_of_collection(collection: Collection, options: PublishOptions, *, format_name: str) -> str:
    """The tag of a feed of whole articles; see `etag_of_feed`."""
    return etag_of_feed(collection, [stored.state for stored in collection.articles], options, format_name=format_name)


def etag_of_feed(
    collection: Collection, states: Iterable[ArticleState], options: PublishOptions, *, format_name: str, marks: Mapping[str, str] = NO_MARKS
) -> str:
    """The tag of a feed, known before it is rendered: from its entries' identities and states, and everything else that shows in it.

    *marks* are those of the articles' pictures, by article: another one whenever something else is known of them.
    """
    entries = tuple((state.id, state.tag, marks.get(state.id, "")) for state in islice(states, min(options.entries, MAX_ENTRIES)))
    sources = tuple((source.id, source.title, source.url, source.home_url) for source in collection.sources)
    head = (collection.slug, collection.title, collection.description, collection.home_url, collection.language, collection.incidents)
    where = (options.self_url, options.home_url, options.max_bytes, options.hub_url, options.chain, options.notice_days)
    shape = shape_of(collection, options, format_name=format_name)
    return etag_of(repr((shape, head, sources, entries, where)).encode("utf-8", "surrogatepass"))


def shape_of(collection: Collection, options: PublishOptions, *, format_name: str) -> str:
    """The name of the way an entry is written in this feed: where it is the same, the same bytes serve. At most 40 characters."""
    seen = options_in(collection, options)
    shown = seen.pictures
    pictures = (shown.image(_PROBE) if shown.image else "", shown.media(_PROBE_MEDIA) if shown.media else "", shown.kept_at)
    decided = repr((TEMPLATE_VERSION, __version__, seen.content, seen.prefix_titles, pictures))
    return f"{format_name}-{hashlib.blake2b(decided.encode(), digest_size=12).hexdigest()}"


def entry_state(state: ArticleState, source: Source | None, mark: str = "") -> str:
    """Another one whenever the entry would be written differently in the same shape. At most 100 characters. *mark* as in `etag_of_feed`."""
    named = repr(((source.title, source.url, source.home_url) if source else None, mark))
    return f"{state.tag}-{hashlib.blake2b(named.encode('utf-8', 'surrogatepass'), digest_size=8).hexdigest()}"


def last_modified(collection: Collection) -> datetime:
    """The newest change among the articles, in whole seconds as HTTP has them."""
    return feed_updated(collection).replace(microsecond=0)


def http_date(at: datetime) -> str:
    """*at* as headers write it: `Mon, 23 Nov 2026 15:30:00 GMT`."""
    return format_datetime(at.astimezone(UTC), usegmt=True)


def is_unchanged(if_none_match: str | None, if_modified_since: str | None, *, etag: str, modified: datetime | None = None) -> bool:
    """Whether 304 is the answer. If-None-Match decides alone where it is sent; tags are compared weakly, since compression on the way
    makes strong ones weak (RFC 9110, sections 13.1.2 and 13.1.3). A date that cannot be read counts as not sent."""
    if if_none_match is not None:
        return if_none_match.strip() == "*" or _opaque(etag) in {_opaque(tag) for tag in if_none_match.split(",")}
    if if_modified_since is None or modified is None:
        return False
    since = _read_http_date(if_modified_since)
    return since is not None and modified.replace(microsecond=0) <= since


def _opaque(tag: str) -> str:
    return tag.strip().removeprefix("W/")


def _read_http_date(text: str) -> datetime | None:
    try:
        read = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None  # what RFC 9110, section 13.1.3 asks for: ignore it
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read
