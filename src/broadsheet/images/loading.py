"""From bytes to a picture within limits: its header first, and only then its pixels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from broadsheet.images.drawing import check_within
from broadsheet.images.ico import Pixels, largest
from broadsheet.images.limits import Limits
from broadsheet.images.magic import media_type_of
from broadsheet.images.memory import MOST_HELD, held_to_read
from broadsheet.images.messages import not_an_image, too_many_pages, too_many_pixels, unreadable
from broadsheet.images.vips import Error, Image, opened_at

ANIMATED = frozenset(("image/gif", "image/webp"))
_PAGED = ANIMATED | {"image/tiff", "image/avif"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A picture of which only the header was read. *frames*: how many the file has; of these *pages* are to be read from *page* on.
    *held*: bytes that its decoder holds at once."""

    body: bytes
    media_type: str
    header: Any  # pyvips.Image
    frames: int = 1
    page: int = 0
    pages: int = 1
    held: int = 0

    @property
    def raw(self) -> tuple[int, int]:
        """Width and height of one frame as it lies in the file."""
        return self.header.width, self.header.height // self.pages

    @property
    def orientation(self) -> int:
        """How a camera was held, 1 to 8 (EXIF); from 5 on the picture lies on its side."""
        said = number(self.header, "orientation", 1)
        return said if 1 <= said <= 8 else 1

    @property
    def upright(self) -> tuple[int, int]:
        """Width and height of one frame as it is to be seen."""
        across, down = self.raw
        return (down, across) if self.orientation >= 5 else (across, down)

    def pixels(self, **options: Any) -> Any:
        """The picture, to be read once from top to bottom; *options* are the loader's. Raises Error."""
        return opened_at(self.body, **options, **_which(self.page, self.pages))


def opened(body: bytes, limits: Limits, *, page: int = 0, pages: int = 1) -> Opened:
    """The picture in *body*, its limits checked, its pixels untouched. *page* and *pages* as in `Wish`. Raises ImageError."""
    media_type = media_type_of(body)
    if media_type is None:
        raise not_an_image()
    try:
        if media_type == "image/x-icon":
            return _icon(body, limits)
        return _opened(body, media_type, limits, page, pages)
    except Error as error:
        raise unreadable(reason_of(error)) from error


def _opened(body: bytes, media_type: str, limits: Limits, page: int, pages: int) -> Opened:
    first = opened_at(body)
    frames = number(first, "n-pages", 1) if media_type in _PAGED else 1
    if frames == 1 or (page == 0 and pages == 1):
        return _within(Opened(body=body, media_type=media_type, header=first, frames=frames), limits)
    start = _by_size(body, frames, limits, smallest=page == -2) if page < 0 else page
    if start >= frames:
        raise unreadable("no such page")
    wanted = min(frames - start, frames if pages == -1 else pages) if media_type in ANIMATED else 1
    if wanted > limits.max_pages:
        raise too_many_pages(limits.max_pages)
    header = opened_at(body, **_which(start, wanted))
    return _within(Opened(body=body, media_type=media_type, header=header, frames=frames, page=start, pages=wanted), limits)


def _which(page: int, pages: int) -> dict[str, int]:
    return {"page": page, "n": pages} if page or pages > 1 else {}


def _by_size(body: bytes, frames: int, limits: Limits, *, smallest: bool) -> int:
    """The page with most pixels, or fewest; the first of equals."""
    if frames > limits.max_pages:
        raise too_many_pages(limits.max_pages)
    headers = [opened_at(body, page=at) for at in range(frames)]
    areas = [one.width * one.height for one in headers]
    return areas.index(min(areas) if smallest else max(areas))


def _icon(body: bytes, limits: Limits) -> Opened:
    found = largest(body)
    if isinstance(found, Pixels):
        picture = Image.new_from_memory(found.rgba, found.width, found.height, 4, "uchar").copy(interpretation="srgb")
        found = bytes(picture.pngsave_buffer(compression=1))
    if media_type_of(found) != "image/png":
        raise not_an_image()
    return _within(Opened(body=found, media_type="image/x-icon", header=opened_at(found)), limits)


def _within(source: Opened, limits: Limits) -> Opened:
    """*source*, and what it will hold. Raises ImageError for one of too many pixels, or that would take too much memory."""
    pixels = source.header.width * source.header.height
    if source.media_type == "image/svg+xml":
        check_within(source.body)
    # A drawing has the size that one gives it: what is made of it is limited, not what it says.
    if pixels > limits.max_pixels and source.media_type != "image/svg+xml":
        raise too_many_pixels(limits.max_pixels)
    held = held_to_read(source.body, source.media_type, source.header, source.pages)
    if held > MOST_HELD:
        raise too_many_pixels(pixels * MOST_HELD // held)
    return replace(source, held=held)


def number(image: Any, name: str, default: int) -> int:
    """A number of the header, or *default* where it has none."""
    value = image.get(name) if image.get_typeof(name) else None
    return int(value) if isinstance(value, int | float) else default


def reason_of(error: Exception) -> str:
    """The last line of libvips' complaint: the first ones only say which call failed."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[-1] if lines else "no reason given"
