"""Processes that make pictures of pictures, within limits on time and memory."""

from __future__ import annotations

from importlib.util import find_spec

from broadsheet.engine.processes import Bounds, ProcessPool
from broadsheet.errors import ImageError
from broadsheet.images import messages
from broadsheet.images.config import ImageProxySettings


class MakerPool(ProcessPool):
    """Runs what works on pixels. A process that dies or runs out of time raises ImageError."""

    def __init__(self, settings: ImageProxySettings) -> None:
        super().__init__(
            Bounds(
                processes=settings.workers,
                seconds=settings.seconds,
                memory_bytes=settings.worker_memory,
                module="broadsheet.images.making",
                died=_died,
                overtime=_overtime,
            )
        )


def has_libvips() -> bool:
    """Whether pictures can be made here: the extra `images` is installed."""
    return find_spec("pyvips") is not None


def _died(where: str) -> ImageError:
    return messages.worker_died()


def _overtime(where: str, seconds: float) -> ImageError:
    return messages.took_too_long(seconds)
