"""What is known of an original once somebody has looked at its pixels. Runs in a process of its own: see `vips.py`."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from typing import Any

from broadsheet.images.limits import Limits
from broadsheet.images.loading import Opened, opened, reason_of
from broadsheet.images.magic import unprobed
from broadsheet.images.messages import unreadable
from broadsheet.images.vips import Error, Image
from broadsheet.model import Original

PLACEHOLDER_WIDTH = 16
PLACEHOLDER_CHARS = 600
_GRID = 9, 8


def probe(body: bytes, *, limits: Limits) -> Original:
    """The facts of the picture in *body*. Raises ImageError for what is none, is broken, or larger than *limits*."""
    known = unprobed(body)
    source = opened(body, limits)
    width, height = source.upright
    try:
        small = _small(source)
        return replace(
            known,
            width_px=width,
            height_px=height,
            frames=_frames(source),
            placeholder=None if small.hasalpha() else _placeholder(small),
            fingerprint=_fingerprint(source),
        )
    except Error as error:
        raise unreadable(reason_of(error)) from error


def _frames(source: Opened) -> int:
    return int(source.header.get("n-pages")) if source.header.get_typeof("n-pages") else 1


def _small(source: Opened) -> Any:
    width, height = source.upright
    down = max(1, min(64, round(PLACEHOLDER_WIDTH * height / width)))
    return Image.thumbnail_buffer(source.body, PLACEHOLDER_WIDTH, height=down, size="force", output_profile="srgb").copy_memory()


def _placeholder(small: Any) -> str | None:
    """The picture some 16 pixels wide as a `data:` URL: a hundred bytes or two in which colours and light can be told."""
    packed = bytes(small.write_to_buffer(".webp", Q=30, effort=4, keep="none"))
    url = f"data:image/webp;base64,{b64encode(packed).decode()}"
    return url if len(url) <= PLACEHOLDER_CHARS else None


def _fingerprint(source: Opened) -> int:
    """64 bits, one for each pair of neighbours in a grid of 9 x 8 greys: whether the right one is lighter ("difference hash").

    Scaling, recompressing and small changes of colour leave the order of neighbours nearly everywhere as it was.
    """
    across, down = _GRID
    grid = Image.thumbnail_buffer(source.body, across, height=down, size="force", output_profile="srgb")
    grey = (grid.flatten() if grid.hasalpha() else grid).colourspace("b-w").cast("uchar")
    values = grey.write_to_memory()
    bits = (values[y * across + x] < values[y * across + x + 1] for y in range(down) for x in range(across - 1))
    return sum(1 << at for at, bit in enumerate(bits) if bit)
