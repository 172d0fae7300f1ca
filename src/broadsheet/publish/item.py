"""What an entry of a published feed says, decided once for all formats; `rss`, `atom` and `json_feed` only arrange it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from broadsheet.model import Article, Collection, LanguageEdition, Person, SafeHtml, Source, StoredArticle
from broadsheet.publish.entry_html import entry_html
from broadsheet.publish.identity import article_tag
from broadsheet.publish.options import PublishOptions
from broadsheet.publish.plain import plain
from broadsheet.text import cut_at_word
from broadsheet.urls import is_http, site_of

SUMMARY_CHARS = 400
TITLE_CHARS = 1000
MAX_ENTRIES = 200  # some readers block feeds with thousands
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_AUTHOR_ROLES = frozenset(("writer", "agency"))
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_IMAGE_TYPES = {
    **dict.fromkeys(("jpg", "jpeg"), "image/jpeg"),
    "png": "image/png",
    "webp": "image/webp",
    "gif": "image/gif",
    "avif": "image/avif",
    "svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemImage:
    """The lead image as readers are to load it."""

    url: str
    type: str
    width_px: int | None
    height_px: int | None
    caption: str
    credit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry. Texts are plain, on one line, in characters XML allows; "" where there is nothing to say."""

    id: str
    url: str
    title: str
    summary: str
    html: SafeHtml  # "" where the operator publishes summaries only
    authors: tuple[Person, ...]
    contributors: tuple[Person, ...]
    published: datetime
    updated: datetime | None  # None: never changed since we have it
    language: str | None
    tags: tuple[str, ...]
    image: ItemImage | None
    editions: tuple[LanguageEdition, ...]
    source: Source | None
    stored: StoredArticle


def items_of(collection: Collection, options: PublishOptions) -> Iterator[Item]:
    """The entries of a feed, newest first as the collection has them, at most as many as the options allow."""
    sources = {source.id: source for source in collection.sources}
    for stored in collection.articles[: min(options.entries, MAX_ENTRIES)]:
        yield _item(stored, sources.get(stored.source_id), options)


def within(limit_bytes: int, rendered: Iterator[bytes]) -> list[bytes]:
    """As many of the *rendered* entries as fit, the first always: an article too long for the limit must not empty the feed."""
    kept: list[bytes] = []
    total = 0
    for entry in rendered:
        total += len(entry)
        if kept and total > limit_bytes:
            break
        kept.append(entry)
    return kept


def feed_updated(collection: Collection) -> datetime:
    """When anything in the feed last changed; never the time of rendering, which would make every poll look new."""
    if collection.updated is not None:
        return collection.updated
    changes = [stored.changed_at for stored in collection.articles] or [source.added_at for source in collection.sources]
    return max(changes, default=EPOCH)


def language_tag(language: str | None) -> str | None:
    """*language* if it has the form of a BCP 47 tag."""
    return language if language and _LANGUAGE.fullmatch(language) else None


def _item(stored: StoredArticle, source: Source | None, options: PublishOptions) -> Item:
    article = stored.article
    summary = _summary(article)
    return Item(
        id=article_tag(stored.id),
        url=_link(article),
        title=cut_at_word(plain(article.title), TITLE_CHARS) or cut_at_word(summary, 80) or _link(article) or article_tag(stored.id),
        summary=summary,
        html=entry_html(article, image=options.image) if options.content == "full" else SafeHtml(""),
        authors=_people(article, lambda person: person.role in _AUTHOR_ROLES),
        contributors=_people(article, lambda person: person.role not in _AUTHOR_ROLES),
        published=stored.sort_at,
        updated=stored.changed_at if stored.is_revised else None,
        language=language_tag(article.language),
        tags=_tags(article),
        image=_image(article, options),
        editions=tuple(edition for edition in article.editions if is_http(edition.url)),
        source=source,
        stored=stored,
    )


def _link(article: Article) -> str:
    """The story's address at the publisher; "" where it has none that a browser should open.

    A canonical URL on another site does not count: papers of one group name the sister that wrote the story first (seen with regional
    papers in Germany), while readers want the one they subscribed to.
    """
    urls = [url for url in (article.canonical_url, article.url) if url and is_http(url)]
    own = [url for url in urls if not is_http(article.url) or site_of(url) == site_of(article.url)]
    return next(iter(own), "")


def _summary(article: Article) -> str:
    return cut_at_word(plain(article.standfirst or "") or plain(article.text[: 4 * SUMMARY_CHARS]), SUMMARY_CHARS)


def _people(article: Article, wanted: Callable[[Person], bool]) -> tuple[Person, ...]:
    return tuple(
        Person(name=plain(person.name), role=person.role, url=person.url if person.url and is_http(person.url) else None)
        for person in article.people
        if wanted(person) and plain(person.name)
    )


def _tags(article: Article) -> tuple[str, ...]:
    """The section, then the tags, each once."""
    named = (plain(name) for name in (article.section or "", *article.tags))
    return tuple(dict.fromkeys(name for name in named if name))


def _image(article: Article, options: PublishOptions) -> ItemImage | None:
    picture = article.lead_image
    if picture is None or not is_http(picture.url):
        return None
    suffix = urlsplit(picture.url).path.rpartition(".")[2].lower()
    return ItemImage(
        url=options.image(picture.url) if options.image else picture.url,
        type=_IMAGE_TYPES.get(suffix, "image/jpeg"),  # what nearly all news pictures are
        width_px=picture.width_px,
        height_px=picture.height_px,
        caption=plain(picture.caption or ""),
        credit=plain(picture.credit or ""),
    )
