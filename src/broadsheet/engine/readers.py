"""Reading processes: pages are parsed and extracted there, within limits on time and memory."""

from __future__ import annotations

from broadsheet.engine.config import EngineSettings
from broadsheet.engine.processes import Bounds, ProcessPool
from broadsheet.errors import ExtractionCrashed


class ReaderPool(ProcessPool):
    """Runs what reads pages. A process that dies or runs out of time raises ExtractionCrashed naming the page."""

    def __init__(self, settings: EngineSettings) -> None:
        super().__init__(
            Bounds(
                processes=settings.readers,
                seconds=settings.reader_seconds,
                memory_bytes=settings.reader_memory,
                module="broadsheet.extraction.article",
                died=_died,
                overtime=_overtime,
            )
        )


def _died(where: str) -> ExtractionCrashed:
    return ExtractionCrashed(where, "the process that read this page died, perhaps for want of memory")


def _overtime(where: str, seconds: float) -> ExtractionCrashed:
    return ExtractionCrashed(where, f"reading this page took longer than {seconds:g} seconds")
