"""Where readers load the pictures and recordings of an article from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from broadsheet.markup.pictures import PictureMap, Size, pictures_in
from broadsheet.model import Article, KnownPicture, StoredArticle
from broadsheet.urls import is_http

Known = Mapping[str, KnownPicture]
"""What the store knows of pictures, by their own addresses."""

NOTHING_KNOWN: Known = {}

# Not SVG: opened by itself it is a page, whose scripts would run as ours.
_SUFFIXES: Mapping[str, str] = {
    "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/gif": "gif", "image/avif": "avif", "image/tiff": "tif",
    "image/x-icon": "ico", "image/vnd.microsoft.icon": "ico", "image/heic": "heic", "image/bmp": "bmp",
}  # fmt: skip


class Resizer(Protocol):
    """Gives the address of a picture made so wide (and cut to so high), never wider than it is."""

    def __call__(self, url: str, *, width_px: int, height_px: int | None = None, moves: bool = False) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureAddresses:
    """Where readers load from; as it stands: from the publishers.

    *image* and *media* take the address of a picture or a recording and give another. *kept_at* is the folder with our copies (an address
    ending in a slash): a picture that is kept comes from there, and only others as *image* says. *resized* makes smaller ones.
    An address without a scheme is below our own root, in pages only. *origins* are the hosts besides our own that pictures then come
    from, None for any; *media_origins* the same of recordings.
    """

    image: PictureMap | None = None
    media: PictureMap | None = None
    kept_at: str | None = None
    resized: Resizer | None = None
    origins: tuple[str, ...] | None = None
    media_origins: tuple[str, ...] | None = None

    def of(self, known: Known) -> PictureMap | None:
        """`image`, with our copies put first; None where every picture stays where it is."""
        base, image = self.kept_at, self.image
        if base is None:
            return image

        def address(url: str) -> str:
            if name := kept_file(known.get(url)):
                return f"{base}{name}"
            return image(url) if image else url

        return address


FROM_PUBLISHERS = PictureAddresses()


def kept_file(picture: KnownPicture | None) -> str | None:
    """The name under which our copy of a picture is published, None where there is none: the start of its address' SHA-256, and its type."""
    if picture is None or picture.state != "kept" or picture.original is None:
        return None
    suffix = _SUFFIXES.get(picture.original.media_type)
    return f"{address_digest(picture.url)}.{suffix}" if suffix else None


def address_digest(url: str) -> str:
    """32 hexadecimal digits that stand for an address."""
    return hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def shown_in(article: Article) -> frozenset[str]:
    """The addresses of all pictures that pages and feeds show of *article*: what there is to be known."""
    shown = {url for html in (article.body, *(note.html for note in article.notes)) if "<" in html for url, _ in pictures_in(html)}
    if article.lead_image is not None:
        shown.add(article.lead_image.url)
    return frozenset(url for url in shown if is_http(url))


def leads_of(articles: Iterable[StoredArticle]) -> frozenset[str]:
    """The addresses of the pictures that lists show."""
    leads = (stored.article.lead_image for stored in articles)
    return frozenset(lead.url for lead in leads if lead is not None and is_http(lead.url))


def known_sizes(known: Known) -> Mapping[str, Size]:
    """The sizes of the pictures whose originals were looked at."""
    sizes = {url: (one.original.width_px, one.original.height_px) for url, one in known.items() if one.original}
    return {url: (width, height) for url, (width, height) in sizes.items() if width and height}
