"""A picture in its new size: read no finer than need be, upright, in sRGB, without the border it may have.

Reading small is most of the speed: a JPEG decoder gives half, a quarter or an eighth at little more than the cost of unpacking, WebP and SVG
any size. The rest is Lanczos' filter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from broadsheet.images.limits import Limits
from broadsheet.images.loading import Opened
from broadsheet.images.memory import MOST_HELD, held_as_read
from broadsheet.images.messages import too_many_pixels
from broadsheet.images.profiles import is_srgb
from broadsheet.images.sizing import Size, Sizes, sizes
from broadsheet.images.wish import Wish

BIGGEST_SIDE = 65_535
"""Pixels: more than any of the formats but PNG can hold."""

_EASY = frozenset(("srgb", "b-w"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scaled:
    """A picture scaled and upright, not yet turned further; the sizes that were decided, turned as it will be seen; *held*: bytes that its
    decoder holds."""

    picture: Any
    target: Sizes
    held: int


def scaled(source: Opened, wish: Wish, limits: Limits) -> Scaled:
    """The picture in the size that *wish* means. Raises ImageError, and pyvips.Error."""
    border = _within_border(source, wish.trim) if wish.trim is not None and source.pages == 1 else None
    raw = source.raw if border is None else (border[2], border[3])
    lies = (source.orientation >= 5) != (wish.rotate % 180 == 90)
    target = sizes(_turned(raw) if lies else raw, wish)
    check(target, source.pages, limits)
    if border is None:
        read = source.pixels(**read_small(source, raw, _turned(target.scaled) if lies else target.scaled))
    else:
        read = _whole(source)
    held = source.held + held_as_read(source.media_type, read.width * read.height)
    # Read a second time: to hold the whole picture between the two would take more memory than to read it took.
    picture = read if border is None else read.crop(*border)
    across, down = _turned(target.scaled) if wish.rotate % 180 == 90 else target.scaled
    return Scaled(picture=in_srgb(picture, across, down), target=target, held=held)


def in_srgb(picture: Any, across: int, down: int) -> Any:
    """*picture* upright, *across* x *down* pixels, eight bits a colour, in sRGB or its greys."""
    options = {"output_profile": "srgb"} if needs_profile(picture) else {}
    small = picture.thumbnail_image(across, height=down, size="force", **options)
    return small if small.interpretation in _EASY and small.format == "uchar" else small.colourspace("srgb").cast("uchar")


def needs_profile(picture: Any) -> bool:
    """Whether colours mean something else than a browser would take them for. Turning them takes longer than all the rest, and three
    pictures of four that come with a profile come with sRGB's."""
    if picture.interpretation == "cmyk":
        return True
    return bool(picture.get_typeof("icc-profile-data")) and not is_srgb(bytes(picture.get("icc-profile-data")))


def check(target: Sizes, pages: int, limits: Limits) -> None:
    """Raises ImageError where more is asked for than may be made."""
    for across, down in (target.scaled, target.frame):
        if across * down * pages > limits.max_pixels or max(across, down) > BIGGEST_SIDE:
            raise too_many_pixels(limits.max_pixels)


def read_small(source: Opened, raw: Size, wanted: Size) -> dict[str, float]:
    """What to tell the loader so that it reads no more than is needed for *wanted*, which lies like *raw*."""
    factor = min(raw[0] / wanted[0], raw[1] / wanted[1])
    match source.media_type:
        case "image/jpeg":
            return {"shrink": max(size for size in (1, 2, 4, 8) if size <= max(factor, 1))}
        case "image/webp" if factor > 1:
            return {"scale": 1 / factor}
        case "image/svg+xml":
            return {"scale": 1 / factor}
        case _:
            return {}


def _within_border(source: Opened, tolerance: int) -> tuple[int, int, int, int] | None:
    """Left, top, width and height of what is not border: all that differs by *tolerance* from the corner. None where nothing does."""
    corner = _plain(_whole(source)).crop(0, 0, 1, 1).getpoint(0, 0)
    left, top, across, down = _plain(_whole(source)).find_trim(threshold=tolerance, background=corner)
    return (left, top, across, down) if across and down else None


def _whole(source: Opened) -> Any:
    """The picture in its own size. Raises ImageError where that would take too much memory to read."""
    picture = source.pixels()
    pixels = picture.width * picture.height
    held = source.held + held_as_read(source.media_type, pixels)
    if held > MOST_HELD:
        raise too_many_pixels(pixels * MOST_HELD // held)
    return picture


def _plain(picture: Any) -> Any:
    """*picture* as find_trim takes it."""
    if picture.format != "uchar":
        picture = picture.colourspace("srgb").cast("uchar")
    return picture.flatten() if picture.hasalpha() else picture


def _turned(size: Size) -> Size:
    return size[1], size[0]
