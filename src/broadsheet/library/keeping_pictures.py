"""An operator's wishes about the pictures that are kept."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from broadsheet.config import Settings
from broadsheet.engine.makers import MakerPool, has_libvips
from broadsheet.errors import ConfigError
from broadsheet.images.limits import Limits
from broadsheet.images.work import probe_picture
from broadsheet.model import KeepPictures, Original
from broadsheet.pipeline.pictures import uses_of
from broadsheet.store import Selection, Store
from broadsheet.text.moments import utc_now


def keep_of_source(store: Store, source_id: str, which: KeepPictures | None) -> None:
    """Keep these pictures of a source; None: as the settings say. Raises UnknownSource."""
    store.replace_source(replace(store.source(source_id), keep_pictures=which))


def want_again(store: Store, settings: Settings, source_id: str | None) -> int:
    """Have every picture fetched that the articles of a source (None: of all) show, that is to be kept and is not; how many.

    Articles from before pictures were kept are noted as showing theirs. Raises UnknownSource.
    """
    if source_id is not None:
        store.source(source_id)
    policies = {source.id: source.keep_pictures for source in store.sources(removed=True)}
    words: dict[str, KeepPictures] = {"all": "all", "lead": "lead"}
    default = words.get(settings.pictures.keep, "none")
    wanted = 0
    for stored in store.each_article(Selection(source_id=source_id)):
        uses = uses_of(stored.article, policies.get(stored.source_id) or default)
        store.show_pictures(stored.id, uses)
        wanted += store.want_pictures([use.url for use in uses if use.keep], utc_now())
    return wanted


def same_as(store: Store, settings: Settings, file: Path, *, bits: int) -> Sequence[Original]:
    """The kept pictures that show what *file* shows. Raises ConfigError without libvips, ImageError for a file that is no picture."""
    if not has_libvips():
        raise ConfigError("pictures same", "needs libvips", do="Install it with: pip install 'broadsheet[images]'")
    facts = asyncio.run(_probed(settings, file.read_bytes()))
    return store.same_pictures(facts.fingerprint, distance=bits) if facts.fingerprint is not None else ()


async def _probed(settings: Settings, body: bytes) -> Original:
    limits = Limits(max_pixels=settings.image_proxy.max_pixels, max_pages=settings.image_proxy.max_pages)
    async with MakerPool(replace(settings.image_proxy, workers=1)) as makers:
        return await makers.run("the file", probe_picture, body, limits)
