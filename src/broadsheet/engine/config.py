"""Settings of the room `engine`."""

from __future__ import annotations

from dataclasses import dataclass

from broadsheet.model.setting import setting


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineSettings:
    """How much is done at once, and how long a piece of work may take."""

    visits: int = setting(48, "Hosts visited at the same time; each sees one request at a time whatever this says.", low=1, high=1000)
    readers: int = setting(0, "Processes that read pages; 0: one for each processor.", unit="processes", low=0, high=256)
    reader_seconds: float = setting(20.0, "Longest time for reading one page; its process is ended then.", unit="seconds", low=1, high=600)
    reader_memory: int = setting(2_000_000_000, "Most memory a reading process may ask for.", unit="bytes", low=200_000_000, high=64_000_000_000)
    lease: float = setting(300.0, "After this long without an answer a task is given to somebody else.", unit="seconds", low=30, high=86_400)
