"""How much memory a picture will take, told from its header before a pixel is read.

A process that makes pictures stays below 300 MB: 45 of Python and libvips, up to 30 of the file (twice while it arrives), the result, and
MOST_HELD for what has to be held of the picture at once. Most files are read and written line by line, and 71 million pixels take no
more than one; the figures for the others were measured with libvips 8.18 (docs/explanation/pictures.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

MOST_HELD = 205_000_000

_SAMPLE_BYTES = {"uchar": 1, "ushort": 2}
_GIF_CANVAS = 5.5  # bytes a pixel of one frame, however many there are
_WEBP_CANVAS = 4.0
_WEBP_RESULT = 4.5  # in the size that it is read in; of an animation for all frames together
_AVIF_FRAME = 16.5  # the decoder's own frames, and the same in RGB
_AVIF_DEEP = 25.0  # of 10 and 12 bits
_DRAWING = 26.0  # of an SVG with filters, which need the whole of it several times


def held_to_read(body: bytes, media_type: str, header: Any, pages: int) -> int:
    """Bytes that the decoder of *body* holds at once, whatever size is asked for; *header* is of *pages* frames."""
    sample = _SAMPLE_BYTES.get(header.format, 4)
    pixels: int = header.width * header.height
    frame_pixels = pixels // pages
    match media_type:
        case "image/jpeg":
            return coefficient_bytes(body)
        case "image/png" | "image/x-icon":
            return frame_pixels * int(header.bands) * sample if header.get_typeof("interlaced") else 0
        case "image/gif":
            return round(frame_pixels * _GIF_CANVAS)
        case "image/webp":
            return round(frame_pixels * _WEBP_CANVAS)
        case "image/avif":
            return round(frame_pixels * (_AVIF_DEEP if sample > 1 else _AVIF_FRAME))
        case _:
            return 0


def held_as_read(media_type: str, pixels: int) -> int:
    """What a decoder holds on top, where it gives the picture in the size asked for: *pixels*, all frames together."""
    per_pixel = {"image/webp": _WEBP_RESULT, "image/svg+xml": _DRAWING}.get(media_type, 0)
    return round(pixels * per_pixel)


def coefficient_bytes(jpeg: bytes) -> int:
    """What a JPEG of several scans makes its decoder hold: every coefficient of every component, two bytes each. 0 for one of one scan.

    Raises nothing: a file that is not understood here is not understood by the decoder either.
    """
    planes, components, progressive = 0, 0, False
    for marker, segment in _segments(jpeg):
        if marker in _FRAMES and len(segment) >= 6:
            height, width, components = int.from_bytes(segment[1:3], "big"), int.from_bytes(segment[3:5], "big"), segment[5]
            planes, progressive = _planes(segment[6:], width, height), marker in _PROGRESSIVE
        elif marker == _SCAN and segment and segment[0] >= components and not progressive:
            return 0  # the first scan has all colours, in full
    return planes * 2


_SCAN = 0xDA
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # SOF0 to SOF15 without the tables among them (ITU-T T.81, table B.1)
_PROGRESSIVE = frozenset((0xC2, 0xC6, 0xCA, 0xCE))
_ALONE = frozenset((0x01, *range(0xD0, 0xD9)))  # markers that no length follows


def _segments(jpeg: bytes) -> Iterator[tuple[int, bytes]]:
    """The marker segments up to the first scan: which, and its bytes."""
    at = 2
    while at + 4 <= len(jpeg):
        if jpeg[at] != 0xFF:
            return
        marker = jpeg[at + 1]
        if marker == 0xFF or marker in _ALONE:  # filled up
            at += 1 if marker == 0xFF else 2
            continue
        length = int.from_bytes(jpeg[at + 2 : at + 4], "big")
        yield marker, jpeg[at + 4 : at + 2 + length]
        if marker == _SCAN or length < 2:
            return
        at += 2 + length


def _planes(components: bytes, width: int, height: int) -> int:
    """Samples of all components, each as fine as its sampling factors say against the finest."""
    factors = [(components[at + 1] >> 4, components[at + 1] & 15) for at in range(0, len(components) - 2, 3)]
    across, down = max((h for h, _ in factors), default=1) or 1, max((v for _, v in factors), default=1) or 1
    return sum(width * h // across * (height * v // down) for h, v in factors)
