"""One picture made of another, as a link wishes it. Runs in a process of its own: see `vips.py`.

The order is weserv's: turned upright, turned as asked, trimmed, scaled, cut or framed, mirrored, blurred and sharpened, coloured, written.
Scaling happens while the file is decoded wherever it can (libvips' thumbnail), which is most of the speed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from broadsheet.images.limits import Limits
from broadsheet.images.loading import Opened, field, opened, reason_of
from broadsheet.images.messages import not_made, too_many_pixels
from broadsheet.images.saving import Saver, can_move, choose, save
from broadsheet.images.sizing import Sizes, corner, sizes
from broadsheet.images.vips import Error, Image
from broadsheet.images.wish import Colour, Wish

BIGGEST_SIDE = 16_383
"""Pixels: as many as WebP takes, and more than any screen has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A picture ready to be sent. For information (`output=json`) width and height are those of the picture it tells of."""

    body: bytes
    media_type: str
    extension: str
    width_px: int
    height_px: int


def make(body: bytes, wish: Wish, *, limits: Limits, accepts: frozenset[str] = frozenset()) -> Made:
    """The picture in *body* as *wish* says; in a modern format of *accepts* where no format is asked for.

    Raises ImageError for what is no picture, is broken beyond use, or larger than *limits*.
    """
    source = opened(body, limits, page=wish.page, pages=wish.pages if can_move(wish) else 1)
    if wish.output == "json":
        return _information(source)
    try:
        return _made(source, wish, limits, accepts)
    except Error as error:
        raise not_made(reason_of(error)) from error


def _made(source: Opened, wish: Wish, limits: Limits, accepts: frozenset[str]) -> Made:
    picture, target = _scaled(source, wish, limits)
    picture = _framed(picture, source, wish, target)
    picture = _mirrored(picture, source, wish)
    picture = _with_effects(picture, wish)
    if wish.rotate % 90:
        picture = _with_alpha(picture).similarity(angle=wish.rotate, background=_background(wish.background, 4))
    if wish.background is not None and picture.hasalpha():
        picture = _laid_on(picture, wish.background)
    saver = choose(source.media_type, wish, accepts, has_alpha=bool(picture.hasalpha()), pixels=picture.width * picture.height, pages=source.pages)
    written = save(picture, saver, wish, limits)
    return _finished(written, saver, picture, source)


def _finished(written: bytes, saver: Saver, picture: Any, source: Opened) -> Made:
    return Made(
        body=written, media_type=saver.media_type, extension=saver.extension, width_px=picture.width, height_px=picture.height // source.pages
    )  # fmt: skip


def _scaled(source: Opened, wish: Wish, limits: Limits) -> tuple[Any, Sizes]:
    """The picture upright, turned by right angles as asked, in its new size and in sRGB; and the sizes that were decided."""
    quarters = wish.rotate // 90 % 4 if wish.rotate % 90 == 0 and source.pages == 1 else 0
    if wish.trim is not None and source.pages == 1:
        return _trimmed(source, wish, limits, quarters)
    width, height = source.upright
    target = _decided((height, width) if quarters % 2 else (width, height), wish, limits, source.pages)
    across, down = target.scaled
    if quarters % 2:
        across, down = down, across
    picture = Image.thumbnail_buffer(source.body, across, height=down, size="force", option_string=source.options, output_profile="srgb")
    return (picture.rot(f"d{90 * quarters}") if quarters else picture), target


def _trimmed(source: Opened, wish: Wish, limits: Limits, quarters: int) -> tuple[Any, Sizes]:
    """As `_scaled`, without the border around the picture: it has to be decoded whole before its size is known."""
    width, height = source.upright
    whole = Image.thumbnail_buffer(source.body, width, height=height, size="force", option_string=source.options, output_profile="srgb")
    whole = whole.copy_memory()
    seen = whole.flatten() if whole.hasalpha() else whole
    left, top, across, down = seen.find_trim(threshold=wish.trim, background=seen.getpoint(0, 0))
    if across and down:
        whole = whole.crop(left, top, across, down)
    if quarters:
        whole = whole.rot(f"d{90 * quarters}")
    target = _decided((whole.width, whole.height), wish, limits, 1)
    return whole.thumbnail_image(target.scaled[0], height=target.scaled[1], size="force"), target


def _decided(upright: tuple[int, int], wish: Wish, limits: Limits, pages: int) -> Sizes:
    """The sizes asked for. Raises ImageError where they are more than may be made."""
    target = sizes(*upright, wish)
    for across, down in (target.scaled, target.frame):
        if across * down * pages > limits.max_pixels or max(across, down) > BIGGEST_SIDE:
            raise too_many_pixels(limits.max_pixels)
    return target


def _framed(picture: Any, source: Opened, wish: Wish, target: Sizes) -> Any:
    """Cut down to its frame, or laid upon a larger one."""
    if target.frame == target.scaled or (wish.fit == "cover" and source.pages > 1):
        return _each_frame_cut(picture, source, wish, target) if target.frame != target.scaled else picture
    if wish.fit == "contain":
        if source.pages > 1:
            return picture
        left, top = corner(wish.align, wish.focal, target.scaled, target.frame)
        colour = wish.contain_background or wish.background or (0, 0, 0, 0.0)
        whole = _with_alpha(picture) if colour[3] < 1 else picture
        return whole.embed(left, top, *target.frame, extend="background", background=_background(colour, whole.bands))
    if wish.align in ("entropy", "attention"):
        return picture.copy_memory().smartcrop(*target.frame, interesting=wish.align)
    left, top = corner(wish.align, wish.focal, target.frame, target.scaled)
    return picture.crop(left, top, *target.frame)


def _each_frame_cut(picture: Any, source: Opened, wish: Wish, target: Sizes) -> Any:
    """An animation is a tower of frames: each is cut at the same place, which no look at one of them decides."""
    align = wish.align if wish.align not in ("entropy", "attention") else "center"
    left, top = corner(align, wish.focal, target.frame, target.scaled)
    whole, height = picture.copy_memory(), target.scaled[1]
    frames = [whole.crop(left, at * height + top, *target.frame) for at in range(source.pages)]
    tower = Image.arrayjoin(frames, across=1).copy()
    tower.set_type(_int_type(), "page-height", target.frame[1])
    return tower


def _int_type() -> int:
    from broadsheet.images.vips import pyvips

    return int(pyvips.GValue.gint_type)


def _mirrored(picture: Any, source: Opened, wish: Wish) -> Any:
    if wish.flop:
        picture = picture.fliphor()
    return picture.flipver() if wish.flip and source.pages == 1 else picture


def _with_effects(picture: Any, wish: Wish) -> Any:
    if wish.blur is not None:
        picture = picture.gaussblur(wish.blur) if wish.blur else picture.conv(_box())
    if wish.sharpen is not None:
        picture = picture.sharpen(sigma=wish.sharpen or 0.5)
    return picture


def _box() -> Any:
    """The mild blur: the mean of a pixel and its eight neighbours."""
    return Image.new_from_array([[1, 1, 1]] * 3, scale=9)


def _with_alpha(picture: Any) -> Any:
    if picture.bands in (1, 2):
        picture = picture.colourspace("srgb")
    return picture if picture.hasalpha() else picture.addalpha()


def _laid_on(picture: Any, colour: Colour) -> Any:
    """The picture before a background, which may itself be seen through."""
    if colour[3] >= 1:
        return picture.flatten(background=list(colour[:3]) if picture.bands >= 4 else [round(sum(colour[:3]) / 3)])
    ground = picture.copy().new_from_image(_background(colour, 4)).copy(interpretation="srgb")
    return ground.composite(_with_alpha(picture), "over").cast("uchar")


def _background(colour: Colour | None, bands: int) -> list[float]:
    red, green, blue, alpha = colour or (0, 0, 0, 0.0)
    grey = (red + green + blue) / 3
    if bands <= 2:
        return [grey, 255 * alpha][:bands]
    return [red, green, blue, 255 * alpha][:bands]


_FORMATS: Mapping[str, str] = {"image/svg+xml": "svg", "image/x-icon": "ico", "image/avif": "heif"}


def _information(source: Opened) -> Made:
    """What there is to know of a picture, in the fields that weserv gives."""
    header = source.header
    width, height = header.width, source.frame_height
    said: dict[str, object] = {
        "format": _FORMATS.get(source.media_type, source.media_type.partition("/")[2]),
        "width": width,
        "height": height,
        "space": header.interpretation,
        "channels": header.bands,
        "depth": header.format,
        "density": round(header.xres * 25.4),
        "isProgressive": bool(field(header, "interlaced", 0) or field(header, "jpeg-multiscan", 0)),
        "pages": field(header, "n-pages", 1),
        "hasProfile": bool(header.get_typeof("icc-profile-data")),
        "hasAlpha": bool(header.hasalpha()),
        "orientation": source.orientation,
    }
    if header.get_typeof("loop"):
        said |= {"loop": field(header, "loop", 0)}
    if header.get_typeof("delay"):
        said |= {"delay": list(header.get("delay"))}
    return Made(body=json.dumps(said).encode(), media_type="application/json", extension="json", width_px=width, height_px=height)
