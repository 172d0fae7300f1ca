"""Pictures within a drawing: an SVG may carry whole photographs as `data:` URLs, and its renderer unpacks each in full."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as NotBase64

from broadsheet.images.magic import media_type_of
from broadsheet.images.messages import too_many_pixels, unreadable
from broadsheet.images.vips import Error, opened_at

MOST_PIXELS = 16_000_000
MOST_PICTURES = 100

# Spelt otherwise (`&#100;ata:`) they are not found here; then the memory limit of the process is what holds.
_WITHIN = re.compile(rb"data:image/[a-z0-9+.-]{1,20}[^,\"'<>]{0,60};base64,([A-Za-z0-9+/=\s]*)", re.IGNORECASE)


def check_within(svg: bytes) -> None:
    """Raises ImageError where the pictures within *svg* are more, or larger all together, than a renderer should be handed."""
    pixels = 0
    for count, found in enumerate(_WITHIN.finditer(svg), start=1):
        pixels += _pixels(found[1])
        if pixels > MOST_PIXELS:
            raise too_many_pixels(MOST_PIXELS)
        if count > MOST_PICTURES:
            raise unreadable("the drawing holds too many pictures")


def _pixels(encoded: bytes) -> int:
    """Pixels of one of them; 0 for what no renderer will make a picture of either."""
    try:
        body = b64decode(b"".join(encoded.split()))
        if media_type_of(body) in (None, "image/svg+xml", "image/x-icon"):
            return 0
        header = opened_at(body)
    except (NotBase64, Error):
        return 0
    return int(header.width * header.height)
