"""libvips as we let it run: only in processes of their own, one thread, no cache, and with the few readers that we mean to use.

Importing this module loads the library. Raises ImportError where the extra `images` is not installed.
"""

from __future__ import annotations

import os
from typing import Any

os.environ.setdefault("VIPS_CONCURRENCY", "1")  # a process a picture; threads would only take memory and each other's time
os.environ.setdefault("VIPS_DISC_THRESHOLD", "100g")  # never a temporary file: what does not fit into memory is refused beforehand

import pyvips  # type: ignore[import-untyped]  # it has no stubs

from broadsheet.images.heap import give_back_at_once

# A list of what may be read, not of what may not: SVG is among the readers that libvips itself does not trust, and on our list because it
# reads nothing but its input (tests/images/test_picture_svg.py).
READERS = ("Jpeg", "Png", "Webp", "Nsgif", "Heif", "Tiff", "Svg")
pyvips.operation_block_set("VipsForeignLoad", True)
for _reader in READERS:
    pyvips.operation_block_set(f"VipsForeignLoad{_reader}", False)
give_back_at_once()
pyvips.cache_set_max(0)
pyvips.cache_set_max_mem(0)
pyvips.cache_set_max_files(0)

Image = pyvips.Image
Error = pyvips.Error

__all__ = ["Error", "Image", "int_set", "opened_at", "pyvips"]


def opened_at(body: bytes, **options: Any) -> Any:
    """The picture in *body*, its header read, its pixels to be read once from top to bottom. Raises Error.

    By way of a source, since pyvips makes a copy of the bytes for every call that takes a buffer.
    """
    return Image.new_from_source(pyvips.Source.new_from_memory(body), "", access="sequential", **options)


def int_set(picture: Any, name: str, value: int) -> Any:
    """A copy of *picture* that bears a number in its header."""
    copy = picture.copy()
    copy.set_type(pyvips.GValue.gint_type, name, value)
    return copy
