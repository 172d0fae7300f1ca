"""The pictures of articles as we know and keep them: an address seen, the original behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

PictureRole = Literal["lead", "body", "poster", "media", "candidate"]
"""What an address is in its article: the lead image, a picture of the body, the still of a player, a recording, or the same picture in
another size or format, of which a browser takes its pick (`srcset`)."""

PictureState = Literal["seen", "wanted", "kept", "gone", "dropped"]
"""seen: known, not to be kept; wanted: to be fetched when it is due; kept: its original is stored; gone: given up; dropped: it was kept,
and deleted by a rule of the operator's."""

KeepPictures = Literal["none", "lead", "all"]
"""Which pictures of its articles a source's originals are kept of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureUse:
    """An address in an article. *keep*: whether its original is wanted."""

    url: str  # absolute, http or https, as it stands in the article
    role: PictureRole
    keep: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A picture as its publisher sent it, kept once however many addresses show it. *hash* is the SHA-256 of its bytes, in hex.

    Width and height are those of the picture upright (EXIF orientation applied), None where nobody could look. *placeholder* is a
    `data:` URL of at most 600 characters: the picture some 16 pixels wide. *fingerprint*: 64 bits that a picture shares with its copies in
    other sizes and formats, but for a few (Hamming distance).
    """

    hash: str
    media_type: str
    size_bytes: int
    width_px: int | None = None
    height_px: int | None = None
    frames: int = 1
    placeholder: str | None = None
    fingerprint: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPicture:
    """An address that articles show, and what we have of it."""

    url: str
    state: PictureState
    original: Original | None = None
    due: datetime | None = None  # when it is to be fetched, while it is wanted
    tries: int = 0
    last_error: str | None = None
    fetched_at: datetime | None = None
