"""What is known of an original once somebody has looked at its pixels. Runs in a process of its own: see `vips.py`."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from typing import Any

from broadsheet.images.limits import Limits
from broadsheet.images.loading import ANIMATED, Opened, opened, reason_of
from broadsheet.images.magic import unprobed
from broadsheet.images.messages import unreadable
from broadsheet.images.scaling import in_srgb, read_small
from broadsheet.images.sizing import Size
from broadsheet.images.vips import Error
from broadsheet.model import Original

PLACEHOLDER_WIDTH = 16
PLACEHOLDER_CHARS = 600
LOOKED_AT = 64
"""Pixels a side at most: the picture is read once, this small, and all that follows is made of that."""

_GRID = 9, 8


def probe(body: bytes, *, limits: Limits) -> Original:
    """The facts of the picture in *body*. Raises ImageError for what is none, is broken, or larger than *limits*."""
    known = unprobed(body)
    source = opened(body, limits)
    width, height = source.upright
    try:
        small = _small(source, source.upright)
        return replace(
            known,
            width_px=width,
            height_px=height,
            frames=source.frames if source.media_type in ANIMATED else 1,
            placeholder=_placeholder(small),
            fingerprint=fingerprint(small),
        )
    except Error as error:
        raise unreadable(reason_of(error)) from error


def _small(source: Opened, upright: Size) -> Any:
    """The picture with at most LOOKED_AT pixels a side, in memory, in red, green, blue and, where one can see through it, opacity."""
    factor = min(1.0, LOOKED_AT / max(upright))
    across, down = (max(1, round(side * factor)) for side in upright)
    raw = (down, across) if source.orientation >= 5 else (across, down)
    small = in_srgb(source.pixels(**read_small(source, source.raw, raw)), across, down).colourspace("srgb").copy_memory()
    return small.flatten() if small.hasalpha() and small[small.bands - 1].min() == 255 else small


def _placeholder(small: Any) -> str | None:
    """The picture some 16 pixels wide as a `data:` URL, whichever of WebP and PNG is smaller: a hundred bytes or two.

    None for a picture that one can see through, since a placeholder would stay visible behind it.
    """
    if small.hasalpha():
        return None
    across = min(PLACEHOLDER_WIDTH, small.width)
    down = max(1, min(PLACEHOLDER_WIDTH * 4, round(small.height * across / small.width)))
    tiny = small.thumbnail_image(across, height=down, size="force").copy_memory()
    forms = (
        ("webp", bytes(tiny.webpsave_buffer(Q=30, effort=6, keep="none"))),
        ("png", bytes(tiny.pngsave_buffer(compression=9, palette=True, Q=60, keep="none"))),
    )
    name, packed = min(forms, key=lambda form: len(form[1]))
    url = f"data:image/{name};base64,{b64encode(packed).decode()}"
    return url if len(url) <= PLACEHOLDER_CHARS else None


def fingerprint(small: Any) -> int:
    """64 bits, one for each pair of neighbours in a grid of 9 x 8 greys: whether the right one is lighter ("difference hash").

    Scaling, recompressing and small changes of colour leave the order of neighbours nearly everywhere as it was. Evidence: see
    tests/images/test_picture_fingerprint.py for the distances.
    """
    across, down = _GRID
    plain = small.flatten(background=[255, 255, 255]) if small.hasalpha() else small
    grey = plain.colourspace("b-w").thumbnail_image(across, height=down, size="force").cast("uchar")
    values = grey.write_to_memory()
    bits = (values[y * across + x] < values[y * across + x + 1] for y in range(down) for x in range(across - 1))
    return sum(1 << at for at, bit in enumerate(bits) if bit)
