"""What a worker of ours does with a picture."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from broadsheet.images.limits import Limits
from broadsheet.images.making import make as made
from images.ours_wish import FORMS, wish

NAME = f"broadsheet {version('broadsheet')}"

__all__ = ["FORMS", "NAME", "make"]


def make(file: Path, form: str, width: int, effort: int = 2) -> bytes:
    return made(file.read_bytes(), wish(form, width), limits=Limits(avif_effort=effort)).body
