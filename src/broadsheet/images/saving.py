"""Which format a picture is written in, and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from broadsheet.images.limits import Limits
from broadsheet.images.wish import Output, Wish

QUALITY = 80
AVIF_QUALITY = 60
"""Looks like JPEG at 80 (SSIM .97 on photographs of 800 pixels), at half the bytes."""
WEBP_EFFORT = 1
"""Of 6. On photographs each step costs a third more time for two percent fewer bytes."""
AVIF_MOST_PIXELS = 2_000_000
"""Larger ones are not made AVIF unless asked: a second of work each."""
TIDY_EFFORT = 7
"""Of GIF's 10: beyond it time doubles for nothing to be seen."""


@dataclass(frozen=True, slots=True)
class Saver:
    """A format that is written."""

    name: Output
    media_type: str
    extension: str
    takes_alpha: bool = True
    takes_frames: bool = False


SAVERS: Mapping[Output, Saver] = {
    "jpg": Saver("jpg", "image/jpeg", "jpg", takes_alpha=False),
    "png": Saver("png", "image/png", "png"),
    "webp": Saver("webp", "image/webp", "webp", takes_frames=True),
    "avif": Saver("avif", "image/avif", "avif"),
    "gif": Saver("gif", "image/gif", "gif", takes_frames=True),
}
_BY_TYPE: Mapping[str, Output] = {
    "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/avif": "avif", "image/gif": "gif",
    "image/svg+xml": "png", "image/x-icon": "png", "image/tiff": "jpg",
}  # fmt: skip


def can_move(wish: Wish) -> bool:
    """Whether the format asked for holds an animation; of one that does not, the first frame is made."""
    return wish.output is None or wish.output == "json" or SAVERS[wish.output].takes_frames


def choose(media_type: str, wish: Wish, accepts: frozenset[str], *, has_alpha: bool, pixels: int, pages: int) -> Saver:
    """The format asked for; else the best that the client takes; else the picture's own. PNG where see-through parts would be lost."""
    if wish.output is not None:
        asked = SAVERS[wish.output]
        return asked if asked.takes_alpha or not has_alpha else SAVERS["png"]
    if "image/avif" in accepts and pages == 1 and pixels <= AVIF_MOST_PIXELS and media_type != "image/gif":
        return SAVERS["avif"]
    if "image/webp" in accepts:
        return SAVERS["webp"]
    own = SAVERS[_BY_TYPE[media_type]]
    return own if own.takes_alpha or not has_alpha else SAVERS["png"]


def save(picture: Any, saver: Saver, wish: Wish, limits: Limits) -> bytes:
    """The picture as a file without any metadata. Raises pyvips.Error."""
    quality = wish.quality or (AVIF_QUALITY if saver.name == "avif" else QUALITY)
    match saver.name:
        case "jpg":
            options: dict[str, object] = {"Q": quality, "interlace": wish.interlaced, "optimize_coding": True}
        case "png":
            options = {"compression": 6 if wish.level is None else wish.level, "interlace": wish.interlaced}
        case "webp":
            options = {"Q": quality, "effort": WEBP_EFFORT}
        case "avif":
            options = {"Q": quality, "effort": limits.avif_effort, "compression": "av1"}
        case _:
            options = {"effort": TIDY_EFFORT}
    return bytes(picture.write_to_buffer(f".{saver.extension}", keep="none", **options))
