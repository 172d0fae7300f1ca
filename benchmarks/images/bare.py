"""libvips without us: the least that has to be done, with the same settings of its writers. One thread, as in a worker of ours."""

from __future__ import annotations

import os

os.environ["VIPS_CONCURRENCY"] = "1"

from pathlib import Path

import pyvips

from broadsheet.images.saving import WEBP_EFFORT

NAME = f"libvips {pyvips.version(0)}.{pyvips.version(1)}.{pyvips.version(2)}"
FORMS = ("jpg", "webp")


def make(file: Path, form: str, width: int) -> bytes:
    picture = pyvips.Image.thumbnail_buffer(file.read_bytes(), width)
    if form == "jpg":
        return bytes(picture.jpegsave_buffer(Q=80, optimize_coding=True, keep="none"))
    return bytes(picture.webpsave_buffer(Q=80, effort=WEBP_EFFORT, keep="none"))
