"""What there is to know of a picture, in the fields that weserv gives (`output=json`)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from broadsheet.images.loading import ANIMATED, Opened, number

_FORMATS: Mapping[str, str] = {"image/svg+xml": "svg", "image/x-icon": "ico", "image/avif": "heif"}


def described(picture: Any, source: Opened) -> bytes:
    """Size, colours and frames of *picture*, as it would be sent; format, density, profile and orientation of its *source*."""
    header = source.header
    moves = source.media_type in ANIMATED
    said: dict[str, object] = {
        "format": _FORMATS.get(source.media_type, source.media_type.partition("/")[2]),
        "width": picture.width,
        "height": picture.height,
        "space": picture.interpretation,
        "channels": picture.bands,
        "depth": picture.format,
        "density": _density(header),
        "chromaSubsampling": header.get("jpeg-chroma-subsample") if header.get_typeof("jpeg-chroma-subsample") else None,
        "isProgressive": bool(header.get_typeof("interlaced")),
        "isPalette": bool(header.get_typeof("palette")),
        "bitsPerSample": _found(header, "bits-per-sample"),
        "paletteBitDepth": _found(header, "palette-bit-depth"),
        "pages": source.frames if header.get_typeof("n-pages") else None,
        "pageHeight": picture.height // source.pages if header.get_typeof("page-height") else None,
        "loop": _found(header, "loop") if moves else None,
        "delay": list(header.get("delay")) if moves and header.get_typeof("delay") else None,
        "pagePrimary": _found(header, "heif-primary"),
        "hasProfile": bool(header.get_typeof("icc-profile-data")),
        "hasAlpha": bool(picture.hasalpha()),
        "orientation": source.orientation,
    }
    return json.dumps({name: value for name, value in said.items() if value is not None}).encode()


def _found(header: Any, name: str) -> int | None:
    return number(header, name, 0) if header.get_typeof(name) else None


def _density(header: Any) -> int | None:
    """Pixels to the inch, where the file says it: libvips holds pixels to the millimetre, and 1 for not said."""
    return round(header.xres * 25.4) if header.get_typeof("resolution-unit") and header.xres > 0 else None
