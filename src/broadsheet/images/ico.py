"""Icons: a container of small PNG and BMP pictures (favicons mostly). libvips does not read it.

The format as Microsoft documents it ("ICONDIR", "ICONDIRENTRY"); a BMP within has no file header, counts its mask into its height, and
stands on its head.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from broadsheet.images.messages import unreadable

MAX_ENTRIES = 64
MAX_SIDE = 1024  # pixels; a directory can say 256 at most, but PNG within is its own master

_PNG = b"\x89PNG"


@dataclass(frozen=True, slots=True)
class Pixels:
    """A picture as rows of red, green, blue, opacity."""

    width: int
    height: int
    rgba: bytes


def largest(body: bytes) -> bytes | Pixels:
    """The biggest, then deepest picture of an icon: the bytes of a PNG, or pixels. Raises ImageError."""
    try:
        return _largest(body)
    except (struct.error, IndexError) as error:
        raise unreadable("the icon ends too early") from error


def _largest(body: bytes) -> bytes | Pixels:
    (count,) = struct.unpack_from("<H", body, 4)
    entries = [struct.unpack_from("<BBBBHHII", body, 6 + 16 * at) for at in range(min(count, MAX_ENTRIES))]
    if not entries:
        raise unreadable("the icon is empty")
    best = max(entries, key=lambda one: ((one[0] or 256) * (one[1] or 256), one[5]))
    size, start = best[6], best[7]
    within = body[start : start + size]
    return within if within.startswith(_PNG) else _bitmap(within)


def _bitmap(dib: bytes) -> Pixels:
    header, width, double_height, _, depth, compression = struct.unpack_from("<IiiHHI", dib, 0)
    height = double_height // 2
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE and compression == 0 and depth in (1, 4, 8, 24, 32)):
        raise unreadable("the icon holds a bitmap of a kind that is not read")
    (colours,) = struct.unpack_from("<I", dib, 32)
    entries = (colours or 1 << depth) if depth <= 8 else 0
    palette = [dib[header + 4 * at : header + 4 * at + 3] for at in range(entries)]
    start = header + 4 * entries
    stride, mask_stride = (width * depth + 31) // 32 * 4, (width + 31) // 32 * 4
    mask = start + stride * height
    rows = [
        _row(dib[start + stride * y : start + stride * (y + 1)], dib[mask + mask_stride * y : mask + mask_stride * (y + 1)], width, depth, palette)
        for y in reversed(range(height))
    ]
    return Pixels(width, height, b"".join(rows))


def _row(row: bytes, mask: bytes, width: int, depth: int, palette: list[bytes]) -> bytes:
    """One row; what the mask covers is not seen. A picture with opacity of its own needs no mask."""
    made = bytearray()
    for x in range(width):
        if depth >= 24:
            at = x * depth // 8
            blue, green, red = row[at], row[at + 1], row[at + 2]
            alpha = row[at + 3] if depth == 32 else 255
        else:
            blue, green, red = palette[_index(row, x, depth)]
            alpha = 255
        if depth != 32 and mask and mask[x // 8] >> (7 - x % 8) & 1:
            alpha = 0
        made += bytes((red, green, blue, alpha))
    return bytes(made)


def _index(row: bytes, x: int, depth: int) -> int:
    per_byte = 8 // depth
    return row[x // per_byte] >> (8 - depth * (x % per_byte + 1)) & ((1 << depth) - 1)
