"""Ours as it runs in the server: a picture goes to a worker process and comes back. The CPU time of both processes counts."""

from __future__ import annotations

import asyncio
import multiprocessing
import time
from pathlib import Path

from broadsheet.engine.makers import MakerPool
from broadsheet.errors import ImageError
from broadsheet.images.config import ImageProxySettings
from broadsheet.images.limits import Limits
from broadsheet.images.work import make_picture
from images.cpu import cpu_s_of
from images.ours_wish import FORMS, wish

NAME = "in its pool"
SETTINGS = ImageProxySettings()

_loop = asyncio.new_event_loop()
_pool = MakerPool(SETTINGS)

__all__ = ["FORMS", "NAME", "cpu_s", "make"]


def make(file: Path, form: str, width: int, effort: int = 2) -> bytes | None:
    """None when it is refused, e.g. since it takes longer than one picture may."""
    body = file.read_bytes()
    try:
        return _loop.run_until_complete(_pool.run(str(file), make_picture, body, wish(form, width), Limits(avif_effort=effort), frozenset())).body
    except ImageError:
        return None


def cpu_s() -> float:
    return time.process_time() + sum(cpu_s_of(child.pid) for child in multiprocessing.active_children() if child.pid)
