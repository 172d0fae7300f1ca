"""What a rendering needs to know besides the collection."""

from __future__ import annotations

from dataclasses import dataclass

from broadsheet.model import FeedContent
from broadsheet.publish.addresses import FROM_PUBLISHERS, PictureAddresses
from broadsheet.publish.config import PublishSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """Where a feed's other documents are (RFC 5005), and whether this one is an archive, closed for ever. None: there is none."""

    archive: bool = False
    current: str | None = None  # the feed to subscribe to; None in that feed itself
    prev_archive: str | None = None  # the archive with what came before
    next_archive: str | None = None
    older: str | None = None  # the next page to read for who wants everything


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishOptions:
    """How a collection is published. *self_url* is where this very feed will be found (None: not known, no self link)."""

    self_url: str | None = None
    home_url: str | None = None  # our own page of the collection; None: the collection's, at the publisher
    pictures: PictureAddresses = FROM_PUBLISHERS
    entries: int = 50
    max_bytes: int = 2_000_000  # readers refuse from 5 MB (W3C's validator) to 15 MB
    content: FeedContent = "full"
    prefix_titles: bool = False
    hub_url: str | None = None
    chain: Chain = Chain()
    passing: bool = False  # written for an address of ours that is not known to last: its entries are not worth keeping
    notice_days: float = 7.0  # how long a notice of a breakage stays


def options_for(
    settings: PublishSettings, *, self_url: str | None = None, home_url: str | None = None, pictures: PictureAddresses = FROM_PUBLISHERS
) -> PublishOptions:
    """The options that the operator's *settings* ask for."""
    contents: dict[str, FeedContent] = {"summary": "summary", "teaser": "teaser"}
    return PublishOptions(
        self_url=self_url,
        home_url=home_url,
        pictures=pictures,
        entries=settings.entries,
        max_bytes=settings.max_bytes,
        content=contents.get(settings.content, "full"),
        hub_url=settings.hub_url,
        notice_days=settings.notice_days,
    )
