"""What kind of file bytes are, by their first few: the only witness asked. Names and Content-Type headers lie; libvips is handed nothing that
is not one of these."""

from __future__ import annotations

import hashlib
import re

from broadsheet.images.messages import not_an_image
from broadsheet.model import Original

_SVG = re.compile(rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>\s*)*<(?:svg:)?svg[\s>]", re.DOTALL)
_SVG_WITHIN = 4_096  # bytes looked at; a prologue longer than this is none that an editor writes
_AVIF_BRANDS = (b"avif", b"avis")


def media_type_of(body: bytes) -> str | None:
    """The media type of a picture that we read; None for all else."""
    head = body[:16]
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head[:6] in (b"GIF87a", b"GIF89a"):
        return "image/gif"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp":
        return "image/avif" if _brands(body) else None
    if head[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"):
        return "image/tiff"
    if head[:4] == b"\0\0\1\0" and body[4:6] not in (b"", b"\0\0"):
        return "image/x-icon"
    return "image/svg+xml" if _SVG.match(body[:_SVG_WITHIN]) else None


def unprobed(body: bytes) -> Original:
    """What the bytes themselves say, where there is no libvips. Raises ImageError for what is no picture by its first bytes."""
    media_type = media_type_of(body)
    if media_type is None:
        raise not_an_image()
    return Original(hash=hashlib.sha256(body).hexdigest(), media_type=media_type, size_bytes=len(body))


def _brands(body: bytes) -> bool:
    """Whether the file's box of brands names AVIF (ISO/IEC 14496-12, section 4.3)."""
    size = min(int.from_bytes(body[:4], "big"), 256)
    listed = [body[8:12], *(body[at : at + 4] for at in range(16, size, 4))]
    return any(brand in _AVIF_BRANDS for brand in listed)
