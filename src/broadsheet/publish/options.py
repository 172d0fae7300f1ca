"""What a rendering needs to know besides the collection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from broadsheet.markup.pictures import PictureMap
from broadsheet.publish.config import PublishSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishOptions:
    """How a collection is published. *self_url* is where this very feed will be found (None: not known, no self link)."""

    self_url: str | None = None
    home_url: str | None = None  # our own page of the collection; None: the collection's, at the publisher
    image: PictureMap | None = None
    entries: int = 50
    max_bytes: int = 2_000_000  # readers refuse from 5 MB (W3C's validator) to 15 MB
    content: Literal["full", "summary"] = "full"
    hub_url: str | None = None


def options_for(
    settings: PublishSettings, *, self_url: str | None = None, home_url: str | None = None, image: PictureMap | None = None
) -> PublishOptions:
    """The options that the operator's *settings* ask for."""
    return PublishOptions(
        self_url=self_url,
        home_url=home_url,
        image=image,
        entries=settings.entries,
        max_bytes=settings.max_bytes,
        content="summary" if settings.content == "summary" else "full",
        hub_url=settings.hub or None,
    )
