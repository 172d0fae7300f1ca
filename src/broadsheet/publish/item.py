"""What an entry of a published feed says, decided once for all formats; `rss`, `atom` and `json_feed` only arrange it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from broadsheet.markup.sanitize import sanitize
from broadsheet.markup.serialize import to_text
from broadsheet.model import Article, Collection, Entry, KnownPicture, LanguageEdition, Person, SafeHtml, Source, StoredArticle
from broadsheet.publish.addresses import NOTHING_KNOWN, Known, PictureAddresses, known_sizes
from broadsheet.publish.entry_html import entry_html
from broadsheet.publish.identity import article_tag
from broadsheet.publish.options import PublishOptions
from broadsheet.publish.plain import plain, web_address
from broadsheet.text import cut_at_word
from broadsheet.urls import site_of

SUMMARY_CHARS = 400
TITLE_CHARS = 1000
TEASER_CHARS = 1000  # longer is no teaser but the whole text, which many feeds put there
MAX_ENTRIES = 200  # some readers block feeds with thousands
NO_HTML = SafeHtml("")
SOURCES_AT_HAND = 1000
"""Sources of which a format remembers what it says of them in each of their entries."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_AUTHOR_ROLES = frozenset(("writer", "agency"))
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_MEDIA = ("audio", "video")
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]*")
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
class ItemFile:
    """A file for readers that play or keep it: audio, video, a document."""

    url: str
    type: str
    size_bytes: int | None = None
    medium: str | None = None  # audio, video, document


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry. Texts are plain, on one line, in characters XML allows; addresses hold only what RFC 3986 allows; "" where there is
    nothing to say. An entry that stands for no article (a notice of ours) has neither source nor *stored*."""

    id: str
    title: str
    published: datetime
    url: str = ""
    summary: str = ""
    html: SafeHtml = NO_HTML  # "" where the operator publishes summaries only
    authors: tuple[Person, ...] = ()
    contributors: tuple[Person, ...] = ()
    updated: datetime | None = None  # None: never changed since we have it
    language: str | None = None
    tags: tuple[str, ...] = ()
    scheme: str | None = None  # whose tags they are: the source's home page
    image: ItemImage | None = None
    files: tuple[ItemFile, ...] = ()
    comments_url: str = ""
    via: str = ""  # where it was read, if that is another address
    editions: tuple[LanguageEdition, ...] = ()
    source: Source | None = None
    stored: StoredArticle | None = None


def items_of(collection: Collection, options: PublishOptions) -> Iterator[Item]:
    """The articles of a feed as entries, newest first as the collection has them, at most as many as the options allow.

    Of their pictures nothing is known.
    """
    sources = {source.id: source for source in collection.sources}
    for stored in collection.articles[: min(options.entries, MAX_ENTRIES)]:
        yield item_of(stored, sources.get(stored.source_id), options_in(collection, options))


def options_in(collection: Collection, options: PublishOptions) -> PublishOptions:
    """The options as the collection's own wishes change them."""
    if collection.content is None and not collection.prefix_titles:
        return options
    return replace(options, content=collection.content or options.content, prefix_titles=collection.prefix_titles or options.prefix_titles)


def feed_updated(collection: Collection) -> datetime:
    """When anything in the feed last changed; never the time of rendering, which would make every poll look new."""
    if collection.updated is not None:
        return collection.updated
    changes = [stored.changed_at for stored in collection.articles] or [source.added_at for source in collection.sources]
    return max(changes, default=EPOCH)


def language_tag(language: str | None) -> str | None:
    """*language* if it has the form of a BCP 47 tag, as which `en_GB` counts."""
    tag = (language or "").replace("_", "-")
    return tag if _LANGUAGE.fullmatch(tag) else None


def item_of(
    stored: StoredArticle, source: Source | None, options: PublishOptions, *, entry: Entry | None = None, known: Known = NOTHING_KNOWN
) -> Item:
    """The entry of an article. *entry* is what the publisher's own feed said of it, *known* what the store knows of its pictures."""
    article = stored.article
    summary, url, people = _summary(article), _link(article), _people(article)
    return Item(
        id=article_tag(stored.id),
        url=url,
        title=_title(article, source, options) or cut_at_word(summary, 80) or url or article_tag(stored.id),
        summary=summary,
        html=_html(article, options, entry, known),
        authors=tuple(person for person in people if person.role in _AUTHOR_ROLES),
        contributors=tuple(person for person in people if person.role not in _AUTHOR_ROLES),
        published=stored.sort_at,
        updated=stored.changed_at if stored.is_revised else None,
        language=language_tag(article.language),
        tags=_tags(article),
        scheme=web_address(source.home_url) or None if source else None,
        image=_image(article, options.pictures, known),
        files=_files(entry, options.pictures) if entry else (),
        comments_url=web_address(entry.comments_url or "") if entry else "",
        via=web_address(article.url) if article.url != url else "",
        editions=_editions(article),
        source=source,
        stored=stored,
    )


def _title(article: Article, source: Source | None, options: PublishOptions) -> str:
    title = cut_at_word(plain(article.title), TITLE_CHARS)
    name = plain(source.title) if source and options.prefix_titles else ""
    return f"{name}: {title}" if name and title else title


def _html(article: Article, options: PublishOptions, entry: Entry | None, known: Known) -> SafeHtml:
    match options.content:
        case "summary":
            return NO_HTML
        case "teaser":
            return entry_html(article, pictures=options.pictures, known=known, teaser=_teaser(article, entry))
        case _:
            return entry_html(article, pictures=options.pictures, known=known)


def _teaser(article: Article, entry: Entry | None) -> str:
    """The publisher's own summary as plain text: that of its feed, else the standfirst."""
    stated = plain(to_text(sanitize(entry.summary_html))) if entry and entry.summary_html else ""
    return cut_at_word(stated, TEASER_CHARS) or plain(article.standfirst or "")


def _link(article: Article) -> str:
    """The story's address at the publisher; "" where it has none that a browser should open.

    A canonical URL on another site does not count: papers of one group name the sister that wrote the story first (seen with regional
    papers in Germany), while readers want the one they subscribed to.
    """
    read_at = web_address(article.url)
    stated = web_address(article.canonical_url or "")
    if stated in ("", read_at):
        return read_at
    return stated if not read_at or site_of(stated) == site_of(read_at) else read_at


def _summary(article: Article) -> str:
    return cut_at_word(plain(article.standfirst or "") or plain(article.text[: 4 * SUMMARY_CHARS]), SUMMARY_CHARS)


def _people(article: Article) -> tuple[Person, ...]:
    return tuple(
        Person(name=name, role=person.role, url=(web_address(person.url) or None) if person.url else None)
        for person in article.people
        if (name := plain(person.name))
    )


def _tags(article: Article) -> tuple[str, ...]:
    """The section, then the tags, each once."""
    named = (plain(name) for name in (article.section or "", *article.tags))
    return tuple(dict.fromkeys(name for name in named if name))


def _editions(article: Article) -> tuple[LanguageEdition, ...]:
    named = (replace(edition, url=web_address(edition.url), language=language_tag(edition.language)) for edition in article.editions)
    return tuple(edition for edition in named if edition.url)


def _image(article: Article, pictures: PictureAddresses, known: Known) -> ItemImage | None:
    picture = article.lead_image
    if picture is None or not web_address(picture.url):
        return None
    shown = pictures.of(known)
    if not (address := web_address(shown(picture.url) if shown else picture.url)):
        return None
    one = known.get(picture.url)
    width, height = known_sizes(known).get(picture.url, (picture.width_px, picture.height_px))
    return ItemImage(
        url=address,
        type=_image_type(picture.url, one, is_elsewhere=address != web_address(picture.url)),
        width_px=width or None,
        height_px=height or None,
        caption=plain(picture.caption or ""),
        credit=plain(picture.credit or ""),
    )


def _image_type(url: str, known: KnownPicture | None, *, is_elsewhere: bool) -> str:
    """The type of the original as it was looked at, else what its name says, else what nearly all news pictures are.

    A picture that comes from elsewhere is never SVG: proxies draw it (ours as PNG), and our copies are not given away as they are.
    """
    suffix = urlsplit(url).path.rpartition(".")[2].lower()
    kind = known.original.media_type if known and known.original else _IMAGE_TYPES.get(suffix, "image/jpeg")
    return "image/png" if kind == "image/svg+xml" and is_elsewhere else kind


def _files(entry: Entry, pictures: PictureAddresses) -> tuple[ItemFile, ...]:
    """What the publisher attached, pictures apart: those are in the article. Each once, though feeds name them twice (enclosure, media)."""
    files: dict[str, ItemFile] = {}
    for one in entry.enclosures:
        address, kind = web_address(one.url), (one.type or "").partition(";")[0].strip().lower()
        medium = one.medium if one.medium in _MEDIA else kind.partition("/")[0]
        if address and medium in _MEDIA and _MEDIA_TYPE.fullmatch(kind):
            shown = web_address(pictures.media(one.url)) if pictures.media else address
            files.setdefault(address, ItemFile(url=shown, type=kind, size_bytes=one.size_bytes, medium=medium))
    return tuple(files.values())
