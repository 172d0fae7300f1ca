"""What every store can do with the pictures of articles. The rules are those of `port`: each method is one transaction, and may be done twice.

Which addresses an article shows is kept with its revision (`Draft.pictures`); an address stays known while any revision shows it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from broadsheet.model import KnownPicture, Original, PictureUse


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepingRule:
    """Which originals may go. None: no such rule. Originals that no article shows any more always may."""

    before: datetime | None = None  # those last shown by articles that were first seen before then
    max_bytes: int | None = None  # the oldest, until no more than this is kept


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureTotals:
    """How many addresses are in each state, and how much is kept."""

    states: Mapping[str, int]
    originals: int = 0
    size_bytes: int = 0


class PictureStore(Protocol):
    """The pictures of articles: where they were seen, which are kept."""

    def picture(self, url: str) -> KnownPicture | None:
        """What is known of an address; None if no article shows it."""

    def pictures(self, urls: Collection[str]) -> Mapping[str, KnownPicture]:
        """The same for many, by address; unknown ones are missing."""

    def picture_marks(self, article_ids: Collection[str]) -> Mapping[str, str]:
        """For each article with known pictures a short text (at most 40 characters): another one whenever one of them comes to be kept,
        measured, given up or dropped. What was written of the article with its pictures is current for as long as its mark is the same."""

    def shown_by(self, url: str) -> str | None:
        """The address of the newest article that shows this picture: what hotlink protection wants to hear. None if none does."""

    def picture_under(self, digest: str) -> KnownPicture | None:
        """The picture whose address has a SHA-256 that begins with these 32 hexadecimal digits."""

    def due_pictures(self, now: datetime, *, limit: int, host: str | None = None) -> tuple[KnownPicture, ...]:
        """Wanted pictures (of one host) whose time has come, those of the newest articles first."""

    def hosts_with_due_pictures(self, now: datetime, *, limit: int, skip_hosts: Collection[str] = ()) -> tuple[str, ...]:
        """Where pictures are due, but for *skip_hosts*; the hosts of the newest articles' pictures first."""

    def next_picture_due(self) -> datetime | None:
        """When the next wanted picture is due; None if none is."""

    def keep_original(self, url: str, original: Original, body: bytes) -> None:
        """Keep a picture's bytes; equal bytes are kept once. Nothing when no article shows *url* (its source was purged meanwhile)."""

    def postpone_pictures(self, urls: Collection[str], due: datetime) -> None:
        """Their host wants to be left alone until *due*: that is no failure of theirs."""

    def picture_failed(self, url: str, error: str, *, due: datetime | None) -> None:
        """It could not be had: try again at *due*, or (None) never: gone."""

    def show_pictures(self, article_id: str, uses: Sequence[PictureUse], *, due: datetime | None = None) -> None:
        """Note what an article shows, for those that were kept before pictures were noted; what is wanted is fetched from *due* (now) on.
        Nothing for an article that is not there."""

    def want_pictures(self, urls: Collection[str], due: datetime) -> int:
        """Have these fetched, unless they are kept; how many. For a person who asks again, or a policy that was changed."""

    def original(self, hash: str) -> Original | None:
        """What is known of an original by the hash of its bytes."""

    def original_bytes(self, hash: str) -> bytes | None:
        """Its bytes, checked against the hash; None where there are none. Raises StoreError for bytes that are others."""

    def same_pictures(self, fingerprint: int, *, distance: int) -> Sequence[Original]:
        """Kept pictures whose fingerprint differs in at most *distance* (0 to 7) bits, the nearest first."""

    def showing(self, hash: str) -> Mapping[str, tuple[str, ...]]:
        """The addresses of an original, and for each the ids of the articles that show it, the newest first."""

    def drop_originals(self, rule: KeepingRule) -> int:
        """Delete the originals that *rule* lets go, and bytes that a kill has left behind; how many originals."""

    def picture_totals(self) -> PictureTotals:
        """How much there is."""

    def secret(self, name: str) -> bytes:
        """32 random bytes of this installation by that name, made when first asked for and the same ever after, in every process."""
