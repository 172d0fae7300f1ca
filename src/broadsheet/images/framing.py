"""Turned, mirrored, cut down to a frame, or laid upon a larger one; an animation frame by frame."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from broadsheet.images.effects import CLEAR, in_colour, with_alpha
from broadsheet.images.sizing import Sizes, cut_at, laid_at
from broadsheet.images.vips import Image, int_set
from broadsheet.images.wish import Wish


def framed(picture: Any, target: Sizes, wish: Wish, pages: int) -> Any:
    """*picture*, which was scaled, as *wish* and *target* want it turned, mirrored and framed."""
    quarters = wish.rotate // 90 % 4 if wish.rotate % 90 == 0 else 0
    if not (quarters or wish.flip or wish.flop or target.frame != target.scaled):
        return picture

    def change(frame: Any) -> Any:
        if quarters:
            frame = frame.rot(f"d{90 * quarters}")
        if wish.flip:
            frame = frame.flipver()
        if wish.flop:
            frame = frame.fliphor()
        return _in_frame(frame, target, wish, smart=pages == 1)

    return frame_by_frame(picture.copy_memory() if needs_all(target, wish, pages) else picture, pages, change)


def needs_all(target: Sizes, wish: Wish, pages: int) -> bool:
    """Whether this looks at pixels in another order than they are read in, and so needs the whole picture in memory."""
    smart = target.frame != target.scaled and wish.fit == "cover" and wish.align in ("entropy", "attention")
    return wish.rotate != 0 or wish.flip or smart or (pages > 1 and (wish.flop or target.frame != target.scaled))


def frame_by_frame(picture: Any, pages: int, change: Callable[[Any], Any]) -> Any:
    """*change* done to each frame. libvips holds an animation as one tall picture; across the seams frames must not mix."""
    if pages == 1:
        return change(picture)
    height = picture.height // pages
    frames = [change(picture.crop(0, height * at, picture.width, height)) for at in range(pages)]
    return int_set(Image.arrayjoin(frames, across=1), "page-height", frames[0].height)


def _in_frame(frame: Any, target: Sizes, wish: Wish, *, smart: bool) -> Any:
    if target.frame == target.scaled:
        return frame
    if wish.fit == "contain":
        colour = wish.contain_background or CLEAR
        whole = with_alpha(frame) if colour[3] < 1 else in_colour(frame)
        left, top = laid_at(wish.align, wish.focal, target.scaled, target.frame)
        background = [*colour[:3], 255 * colour[3]][: whole.bands]
        return whole.embed(left, top, *target.frame, extend="background", background=background)
    if smart and wish.align in ("entropy", "attention"):
        return frame.smartcrop(*target.frame, interesting=wish.align)
    return frame.crop(*cut_at(wish.align, wish.focal, target.frame, target.scaled), *target.frame)
