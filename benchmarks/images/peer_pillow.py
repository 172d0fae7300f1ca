"""Pillow, told to decode a smaller picture where the file allows (`draft`): the fastest it can be used."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import PIL
from PIL import Image

NAME = f"Pillow {PIL.__version__} draft"
FORMS = ("jpg", "webp")


def make(file: Path, form: str, width: int) -> bytes:
    with Image.open(BytesIO(file.read_bytes())) as picture:
        height = round(picture.height * width / picture.width)
        picture.draft("RGB", (width, height))
        picture.thumbnail((width, height), Image.Resampling.LANCZOS, reducing_gap=None)
        written = BytesIO()
        picture.save(written, "JPEG" if form == "jpg" else "WEBP", quality=80)
    return written.getvalue()
