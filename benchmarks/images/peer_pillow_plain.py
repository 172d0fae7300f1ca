"""Pillow as it is used most: opened, resized, saved."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import PIL
from PIL import Image

NAME = f"Pillow {PIL.__version__} plain"
FORMS = ("jpg", "webp")


def make(file: Path, form: str, width: int) -> bytes:
    with Image.open(BytesIO(file.read_bytes())) as picture:
        small = picture.resize((width, round(picture.height * width / picture.width)), Image.Resampling.LANCZOS)
    written = BytesIO()
    small.save(written, "JPEG" if form == "jpg" else "WEBP", quality=80)
    return written.getvalue()
