"""An operator's wishes about the pictures that are kept."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from broadsheet.config import Settings
from broadsheet.engine.makers import MakerPool, has_libvips
from broadsheet.errors import ConfigError
from broadsheet.images.limits import Limits
from broadsheet.images.work import probe_picture
from broadsheet.model import KeepPictures, Original, StoredArticle
from broadsheet.pipeline.pictures import policy_of, uses_of
from broadsheet.store import Selection, Store

NEWEST = 5
"""Articles named for each address of a picture; a logo is in all of them."""


def keep_of_source(store: Store, source_id: str, which: KeepPictures | None) -> None:
    """Keep these pictures of a source; None: as the settings say. Raises UnknownSource."""
    store.replace_source(replace(store.source(source_id), keep_pictures=which))


def want_again(store: Store, settings: Settings, source_id: str | None) -> int:
    """Have every picture fetched that the articles of a source (None: of all) show, that is to be kept and is not; how many.

    Articles from before pictures were kept are noted as showing theirs. Raises UnknownSource.
    """
    if source_id is not None:
        store.source(source_id)
    policies = {source.id: policy_of(source, settings.pictures) for source in store.sources(removed=True)}
    wanted = 0
    for stored in store.each_article(Selection(source_id=source_id)):
        uses = uses_of(stored.article, policies.get(stored.source_id, "none"))
        store.show_pictures(stored.id, uses, due=stored.first_seen)  # in that order: the newest articles' first, and after the news of today
        wanted += store.want_pictures([use.url for use in uses if use.keep], stored.first_seen)
    return wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """A kept picture that is like another: in how many of its 64 *bits* the fingerprints differ, and the newest articles that show it, by its
    addresses."""

    original: Original
    bits: int
    shown: Mapping[str, tuple[StoredArticle, ...]]


def same_as(store: Store, settings: Settings, file: Path, *, bits: int) -> tuple[Alike, ...]:
    """The kept pictures that show what *file* shows, the nearest first. Raises ConfigError without libvips, ImageError for no picture."""
    if not has_libvips():
        raise ConfigError("pictures same", "needs libvips", do="Install it with: pip install 'broadsheet[images]'")
    mark = asyncio.run(_probed(settings, file.read_bytes())).fingerprint
    if mark is None:
        return ()
    return tuple(_alike(store, one, mark) for one in store.same_pictures(mark, distance=bits))


def _alike(store: Store, one: Original, mark: int) -> Alike:
    shown = {url: tuple(filter(None, map(store.article, ids[:NEWEST]))) for url, ids in store.showing(one.hash).items()}
    return Alike(original=one, bits=((one.fingerprint or 0) ^ mark).bit_count(), shown=shown)


async def _probed(settings: Settings, body: bytes) -> Original:
    limits = Limits(max_pixels=settings.image_proxy.max_pixels, max_pages=settings.image_proxy.max_pages)
    async with MakerPool(replace(settings.image_proxy, workers=1)) as makers:
        return await makers.run("the file", probe_picture, body, limits)
