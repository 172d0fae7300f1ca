"""One picture made of another, as a link wishes it. Runs in a process of its own: see `vips.py`.

The order is weserv's: without its border, scaled and upright, turned by right angles, mirrored, cut or framed, turned by other angles, sharpened,
blurred, before a background, written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from broadsheet.images.describing import described
from broadsheet.images.effects import laid_on, tilted, with_effects
from broadsheet.images.framing import frame_by_frame, framed, needs_all
from broadsheet.images.heap import give_back
from broadsheet.images.limits import Limits
from broadsheet.images.loading import Opened, opened, reason_of
from broadsheet.images.memory import MOST_HELD
from broadsheet.images.messages import not_made, too_many_pixels
from broadsheet.images.saving import Result, choose, save, saver_for
from broadsheet.images.scaling import Scaled, scaled
from broadsheet.images.vips import Error
from broadsheet.images.wish import Wish


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
    asked = saver_for(wish)
    source = opened(body, limits, page=wish.page, pages=wish.pages if asked is None or asked.takes_frames else 1)
    try:
        begun = scaled(source, wish, limits)
        held = begun.held + _held_between(begun, wish, source.pages)
        if held > MOST_HELD:
            pixels = begun.picture.width * begun.picture.height
            raise too_many_pixels(pixels * MOST_HELD // held)
        picture = _changed(begun, wish, source.pages)
        if wish.output == "json":
            return _made(described(picture, source), "application/json", "json", picture, source)
        return _written(picture, source, wish, limits, accepts, held)
    except Error as error:
        raise not_made(reason_of(error)) from error
    finally:
        give_back()


def _changed(begun: Scaled, wish: Wish, pages: int) -> Any:
    """All that is done between scaling and writing."""
    picture = framed(begun.picture, begun.target, wish, pages)
    if wish.rotate % 90 and pages == 1:
        picture = tilted(picture, wish.rotate)
    if wish.sharpen is not None or wish.blur is not None:
        picture = frame_by_frame(picture, pages, lambda frame: with_effects(frame, wish))
    if wish.background is not None and picture.hasalpha():
        picture = laid_on(picture, wish.background)
    return picture


def _held_between(begun: Scaled, wish: Wish, pages: int) -> int:
    """Bytes of the picture that are held because they are not wanted in the order in which they are read."""
    picture, effects = begun.picture, wish.sharpen is not None or wish.blur is not None
    return picture.width * picture.height * picture.bands if needs_all(begun.target, wish, pages) or (effects and pages > 1) else 0


def _written(picture: Any, source: Opened, wish: Wish, limits: Limits, accepts: frozenset[str], held: int) -> Made:
    result = Result(
        media_type=source.media_type,
        width_px=picture.width,
        height_px=picture.height // source.pages,
        pages=source.pages,
        has_alpha=bool(picture.hasalpha()),
        held=held,
    )
    saver = choose(result, wish, accepts)
    return _made(save(picture, saver, wish, limits, spare=MOST_HELD - held), saver.media_type, saver.extension, picture, source)


def _made(body: bytes, media_type: str, extension: str, picture: Any, source: Opened) -> Made:
    return Made(body=body, media_type=media_type, extension=extension, width_px=picture.width, height_px=picture.height // source.pages)
