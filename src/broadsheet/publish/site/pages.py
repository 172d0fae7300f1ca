"""Every page of the site, each a function from values to a whole HTML document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from broadsheet.model import Article, Collection, Revision, Source, StoredArticle
from broadsheet.publish.addresses import NOTHING_KNOWN, Known
from broadsheet.publish.formats import FORMATS
from broadsheet.publish.languages import language_name
from broadsheet.publish.site import moments, place, views
from broadsheet.publish.site.album import LEAD, LIST, TEASERS, TOP, Album
from broadsheet.publish.site.body import shown_html
from broadsheet.publish.site.place import Links, Place, Site, is_merged
from broadsheet.publish.site.policy import content_security_policy
from broadsheet.urls import host_of, is_http

FRONT_STORIES = 9
"""Stories on the front page: one to lead, the others beside and below it in rows of two and three."""

SOURCE_HEADLINES = 4
"""Headlines under each source on the front page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What the front page shows: the newest stories, every source with its newest articles, the merged collections."""

    newest: Sequence[StoredArticle] = ()
    sources: Sequence[Collection] = ()
    merged: Sequence[Collection] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of a collection's list: its *articles* are those of this page, *total* counts all (None: not counted).

    *here* is the page's own place; *newer* and *older* are its neighbours', None at either end; *position* says where it is. *closed*: its
    source was given up.
    """

    collection: Collection
    here: Place
    total: int | None = None
    newer: Place | None = None
    older: Place | None = None
    position: str = ""
    closed: bool = False


def front_page(site: Site, front: Front, *, known: Known = NOTHING_KNOWN) -> str:
    """The front page: newest stories, then the sources with their newest headlines and feeds. *known* is what the store knows of pictures."""
    album = _album(site, place.FRONT, known)
    by_id = {source.id: source for collection in front.sources for source in collection.sources}
    return _render(
        "front.html", site, place.FRONT,
        title=site.title,
        stories=[views.teaser(album, stored, by_id, TEASERS if at else TOP) for at, stored in enumerate(front.newest[:FRONT_STORIES])],
        newest_day=moments.day(front.newest[0].sort_at, site.zone) if front.newest else None,
        shelves=[(shelf, [views.teaser(album, stored, {}, LIST) for stored in shelf.articles[:SOURCE_HEADLINES]]) for shelf in front.sources],
        merged=front.merged,
    )  # fmt: skip


def collection_page(site: Site, listing: Listing, *, failing_since: datetime | None = None, known: Known = NOTHING_KNOWN) -> str:
    """A page of a source's, a category's or everything's articles, by day, newest first.

    *failing_since* is when the source could first not be asked, None when all is well.
    """
    shown = listing.collection
    single = None if is_merged(shown.slug) else shown.sources[0]
    named = {} if single else {source.id: source for source in shown.sources}
    return _render(
        "collection.html", site, listing.here,
        title=f"{shown.title} · {listing.position}" if listing.newer and listing.position else shown.title,
        listing=listing, shown=shown, source=single, days=list(views.by_day(_album(site, listing.here, known), shown.articles, named)),
        failing_since=failing_since and moments.moment(failing_since, site.zone),
    )  # fmt: skip


def article_page(site: Site, stored: StoredArticle, source: Source | None, *, revision: Revision | None = None, known: Known = NOTHING_KNOWN) -> str:
    """The article as it is now, or, given an earlier *revision*, as it was then. *source* None: no longer watched."""
    here = place.article_place(stored.id)
    if revision is not None:
        here = place.revision_place(stored.id, revision.number)
        stored = replace(stored, article=revision.article)
    article, album = stored.article, _album(site, here, known)
    return _render(
        "article.html", site, here,
        title=views.headline(article), stored=stored, article=article, source=source, old=revision,
        lead=album.picture(article.lead_image, LEAD), credits=views.credits(article.people),
        body=shown_html(album, article.body), notes=[(note.kind, shown_html(album, note.html)) for note in article.notes],
        published=_published(site, stored), modified=article.modified and moments.stated(article.modified, site.zone),
        shortfall=_shortfall(article), origin=web_address(article.canonical_url) or web_address(article.url),
    )  # fmt: skip


def revisions_page(site: Site, stored: StoredArticle, revisions: Sequence[Revision]) -> str:
    """The states of an article that were kept, newest first."""
    return _render(
        "revisions.html", site, place.revisions_place(stored.id),
        title=f"Revisions of “{views.headline(stored.article)}”", stored=stored,
        revisions=sorted(revisions, key=lambda revision: -revision.number),
    )  # fmt: skip


_ERRORS = {
    400: ("Bad request", "The server could not make sense of this request."),
    404: ("No such page", "There is nothing at this address. It may have moved, or the address may be mistyped."),
    405: ("Not allowed", "This server only gives pages; it takes nothing."),
    410: ("Gone", "This was here once and has been taken away for good."),
    421: ("Unknown name", "This server does not go by the name it was asked for. Its operator can add the name to its settings."),
    503: ("Not now", "The archive cannot be read at the moment. Please try again in a little while."),
}


def error_page(site: Site, status: int) -> str:
    """The page for an HTTP error; says nothing that came from the request."""
    name, words = _ERRORS.get(status, ("Something went wrong", "The server met an error that is not your fault. It has been noted."))
    return _render("error.html", site, None, title=name, words=words, status=status)


def instant_page(site: Site) -> str:
    """The page that asks for an address and gives its feed."""
    return _render("instant.html", site, Place(), title="A feed for any address", policy=content_security_policy(site, in_page=True, forms=True))


def web_address(url: str | None) -> str:
    """*url* if it is http or https, else nothing: `javascript:` is an address too, and feeds and old archives hold it."""
    return url if url and is_http(url) else ""


def _site_name(url: str) -> str:
    """The host of *url* as people say it, without `www.`."""
    return host_of(url).removeprefix("www.")


def _shortfall(article: Article) -> str:
    """What is missing of the article, in words; empty when it is whole."""
    if not article.body and not article.text:
        return "The text of this story could not be kept."
    if article.completeness == "partial":
        return "Part of this story is missing here."
    if article.completeness == "teaser":
        closed = article.access in ("paywalled", "cut")
        return "Only the beginning of this story is open to everyone." if closed else "Only the beginning of this story could be kept."
    return ""


def _published(site: Site, stored: StoredArticle) -> moments.Moment | None:
    """The page's own date; when it has none that can be read, the feed's."""
    told = [time for time in (stored.article.published, stored.entry_published) if time is not None]
    best = next((time for time in told if time.at is not None), told[0] if told else None)
    return moments.stated(best, site.zone) if best else None


def _album(site: Site, here: Place, known: Known) -> Album:
    return Album(links=Links(site=site, here=here), known=known)


def _render(template: str, site: Site, here: Place | None, **values: Any) -> str:
    policy = values.pop("policy", None) or content_security_policy(site, in_page=True)
    return _templates().get_template(template).render(site=site, links=Links(site=site, here=here), policy=policy, **values)


@cache
def _templates() -> Environment:
    loader = PackageLoader("broadsheet.publish.site", "templates")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.globals.update(formats=tuple(FORMATS.values()), feed_file=place.feed_file)
    environment.filters.update(moment=moments.moment, language_name=language_name, host=_site_name, web=web_address, headline=views.headline)
    return environment
