"""From bytes to a picture within limits: its header first, and only then its pixels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from broadsheet.images.ico import Pixels, largest
from broadsheet.images.limits import Limits
from broadsheet.images.magic import media_type_of
from broadsheet.images.messages import not_an_image, too_many_pages, too_many_pixels, unreadable
from broadsheet.images.vips import Error, Image

MAX_BYTES_AT_ONCE = 200_000_000
"""What a decoder may hold of one picture: with libvips itself, the input and the output, a process then stays below 300 MB."""

_ANIMATED = frozenset(("image/gif", "image/webp"))
_PAGED = _ANIMATED | {"image/tiff", "image/avif"}

# Bytes a pixel that decoders hold of the whole picture at once; 0: they go through it line by line. Measured: docs/explanation/pictures.md.
_HELD: Mapping[str, float] = {"image/gif": 4, "image/webp": 4, "image/avif": 7, "image/x-icon": 4}
_HELD_INTERLACED: Mapping[str, float] = {"image/jpeg": 6, "image/png": 8}


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A picture of which only the header was read. *options* make libvips read the same pages again."""

    body: bytes
    media_type: str
    header: Any  # pyvips.Image
    options: str = ""
    pages: int = 1

    @property
    def upright(self) -> tuple[int, int]:
        """Width and height of one frame as it is to be seen."""
        width, height = self.header.width, self.frame_height
        return (height, width) if self.orientation >= 5 else (width, height)

    @property
    def frame_height(self) -> int:
        return int(self.header.height) // self.pages

    @property
    def orientation(self) -> int:
        return field(self.header, "orientation", 1)


def opened(body: bytes, limits: Limits, *, page: int = 0, pages: int = 1) -> Opened:
    """The picture in *body*, its limits checked, its pixels untouched. *page* and *pages* as in `Wish`. Raises ImageError."""
    media_type = media_type_of(body)
    if media_type is None:
        raise not_an_image()
    try:
        if media_type == "image/x-icon":
            return _icon(body, limits)
        first = Image.new_from_buffer(body, "", access="sequential")
        count = field(first, "n-pages", 1) if media_type in _PAGED else 1
        if count > 1 and (page or pages != 1):
            return _chosen(body, media_type, limits, count, page, pages)
        _check(first, media_type, limits, 1)
    except Error as error:
        raise unreadable(reason_of(error)) from error
    return Opened(body=body, media_type=media_type, header=first)


def _chosen(body: bytes, media_type: str, limits: Limits, count: int, page: int, pages: int) -> Opened:
    """Another page than the first, or several. Pages of one file may differ in size only where they are no animation (TIFF)."""
    start = _by_size(body, count, limits, smallest=page == -2) if page < 0 else min(page, count - 1)
    wanted = count - start if pages == -1 else min(pages, count - start)
    if wanted > limits.max_pages:
        raise too_many_pages(limits.max_pages)
    if media_type not in _ANIMATED:
        wanted = 1
    options = f"[page={start},n={wanted}]"
    header = Image.new_from_buffer(body, options[1:-1], access="sequential")
    _check(header, media_type, limits, wanted)
    return Opened(body=body, media_type=media_type, header=header, options=options, pages=wanted)


def _by_size(body: bytes, count: int, limits: Limits, *, smallest: bool) -> int:
    """The page with most pixels, or fewest; the first of equals."""
    if count > limits.max_pages:
        raise too_many_pages(limits.max_pages)
    areas = []
    for at in range(count):
        one = Image.new_from_buffer(body, f"page={at}", access="sequential")
        areas.append(one.width * one.height)
    return areas.index(min(areas) if smallest else max(areas))


def _icon(body: bytes, limits: Limits) -> Opened:
    found = largest(body)
    if isinstance(found, Pixels):
        header = Image.new_from_memory(found.rgba, found.width, found.height, 4, "uchar").copy(interpretation="srgb")
        found = bytes(header.write_to_buffer(".png", compression=1))
    if media_type_of(found) != "image/png":
        raise not_an_image()
    header = Image.new_from_buffer(found, "", access="sequential")
    _check(header, "image/x-icon", limits, 1)
    return Opened(body=found, media_type="image/x-icon", header=header)


def _check(header: Any, media_type: str, limits: Limits, pages: int) -> None:
    pixels = header.width * header.height
    held = _HELD.get(media_type, 0.0)
    if field(header, "interlaced", 0) or field(header, "jpeg-multiscan", 0):
        held = _HELD_INTERLACED.get(media_type, held)
    if media_type != "image/svg+xml" and (pixels > limits.max_pixels or pixels * held > MAX_BYTES_AT_ONCE):
        most = limits.max_pixels if held == 0 else min(limits.max_pixels, int(MAX_BYTES_AT_ONCE / held))
        raise too_many_pixels(most)
    if pages > limits.max_pages:
        raise too_many_pages(limits.max_pages)


def field(image: Any, name: str, default: int) -> int:
    if not image.get_typeof(name):
        return default
    value = image.get(name)
    return int(value) if isinstance(value, int | float) else default


def reason_of(error: Exception) -> str:
    """The last line of libvips' complaint: the first ones only say which call failed."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[-1] if lines else "no reason given"
