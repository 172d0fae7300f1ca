"""Which format a picture is written in, and how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from broadsheet.images.limits import Limits
from broadsheet.images.memory import MOST_HELD
from broadsheet.images.messages import saver_disabled, too_many_pixels
from broadsheet.images.wish import Output, Wish

QUALITY = 80
AVIF_QUALITY = 60
WEBP_EFFORT = 1
"""Of 6."""
GIF_EFFORT = 3
"""Of 10."""
PNG_LEVEL = 6
SMALL = 20_000_000
"""Bytes that an encoder may hold whatever is held already."""
PASSES_HELD = 6
"""Bytes a pixel."""
AVIF_MOST_PIXELS = 2_000_000
"""Larger ones are not made AVIF unless asked."""
AVIF_WORK = 1_000_000
"""Pixels up to which AVIF is written with all the effort that is set; larger ones with less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saver:
    """A format that is written. *held*: bytes that its encoder holds for a pixel of a frame, the file itself included; *biggest_side* in
    pixels."""

    name: Output
    media_type: str
    extension: str
    takes_alpha: bool = True
    takes_frames: bool = False
    held: float = 0.0
    held_with_alpha: float = 0.0
    biggest_side: int = 65_535


SAVERS: Mapping[Output, Saver] = {
    "jpg": Saver(name="jpg", media_type="image/jpeg", extension="jpg", takes_alpha=False),
    "png": Saver(name="png", media_type="image/png", extension="png", held=6, held_with_alpha=8),
    "webp": Saver(name="webp", media_type="image/webp", extension="webp", takes_frames=True, held=6, held_with_alpha=14, biggest_side=16_383),
    "avif": Saver(name="avif", media_type="image/avif", extension="avif", held=22, held_with_alpha=33, biggest_side=16_384),
    "gif": Saver(name="gif", media_type="image/gif", extension="gif", takes_frames=True, held=12, held_with_alpha=12),
}
_BY_TYPE: Mapping[str, Output] = {"image/jpeg": "jpg", "image/webp": "webp", "image/avif": "avif", "image/gif": "gif", "image/tiff": "jpg"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What is known of a picture before it is written. *held*: bytes that are held of it already."""

    media_type: str  # of the file it is made of
    width_px: int
    height_px: int  # of one frame
    pages: int
    has_alpha: bool
    held: int


def saver_for(wish: Wish) -> Saver | None:
    """The format that a link asks for; None where it asks for none, or for information only. Raises ImageError for one we do not write."""
    if wish.output is None or wish.output == "json":
        return None
    if wish.output not in SAVERS:
        raise saver_disabled(wish.output, [*SAVERS, "json"])
    return SAVERS[wish.output]


def choose(result: Result, wish: Wish, accepts: frozenset[str]) -> Saver:
    """The format asked for; else the best that the client takes; else the picture's own. PNG where see-through parts would be lost.

    Raises ImageError where the one asked for would take too much memory; nobody having asked, the next is taken.
    """
    asked = saver_for(wish)
    if asked is None:
        return next(saver for saver in _candidates(result, accepts) if _fits(saver, result))
    if not _fits(asked, result, any_side=True):
        raise too_many_pixels(int(max(MOST_HELD - result.held, SMALL) / _held_a_pixel(asked, result)))
    return asked


def _candidates(result: Result, accepts: frozenset[str]) -> Iterator[Saver]:
    pixels = result.width_px * result.height_px
    if "image/avif" in accepts and result.pages == 1 and pixels <= AVIF_MOST_PIXELS and result.media_type != "image/gif":
        yield SAVERS["avif"]
    if "image/webp" in accepts:
        yield SAVERS["webp"]
    own = SAVERS[_BY_TYPE.get(result.media_type, "png")]
    if own.takes_alpha or not result.has_alpha:
        yield own
    if result.has_alpha:
        yield SAVERS["png"]
    yield SAVERS["jpg"]  # it takes next to no memory, and so always fits


def _fits(saver: Saver, result: Result, *, any_side: bool = False) -> bool:
    """*any_side*: leave it to the encoder to say what is too wide for the format."""
    held = result.width_px * result.height_px * _held_a_pixel(saver, result)
    return (held <= SMALL or result.held + held <= MOST_HELD) and (any_side or max(result.width_px, result.height_px) <= saver.biggest_side)


def _held_a_pixel(saver: Saver, result: Result) -> float:
    return saver.held_with_alpha if result.has_alpha else saver.held


def save(picture: Any, saver: Saver, wish: Wish, limits: Limits, *, spare: int = MOST_HELD) -> bytes:
    """The picture as a file without any metadata. *spare*: bytes that may still be held. Raises pyvips.Error."""
    quality = wish.quality or (AVIF_QUALITY if saver.name == "avif" else QUALITY)
    pixels = picture.width * picture.height
    # Several passes, for scans or for better tables (a tenth less bytes), need the whole picture at once: a courtesy to pictures that allow it.
    passes = pixels * PASSES_HELD <= spare
    interlaced = wish.interlaced and passes
    match saver.name:
        case "jpg":
            return bytes(picture.jpegsave_buffer(keep="none", Q=quality, interlace=interlaced, optimize_coding=passes))
        case "png":
            level = PNG_LEVEL if wish.level is None else wish.level
            return bytes(picture.pngsave_buffer(keep="none", compression=level, interlace=interlaced))
        case "webp":
            return bytes(picture.webpsave_buffer(keep="none", Q=quality, effort=WEBP_EFFORT))
        case "avif":
            return bytes(picture.heifsave_buffer(keep="none", Q=quality, effort=avif_effort(pixels, limits), compression="av1"))
        case _:
            return bytes(picture.gifsave_buffer(keep="none", effort=GIF_EFFORT))


def avif_effort(pixels: int, limits: Limits) -> int:
    """The effort set, as long as that stays within seconds: a quarter of it for four times the pixels."""
    return limits.avif_effort if pixels <= AVIF_WORK else min(limits.avif_effort, round(limits.avif_effort * AVIF_WORK / pixels))
