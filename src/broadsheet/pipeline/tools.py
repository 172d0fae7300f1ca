"""What the steps work with, passed in: the store, the one door to the network, the reading processes, the clock, the listener."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from broadsheet.observe import Event, Listener, nobody
from broadsheet.pipeline.config import PipelineSettings
from broadsheet.pipeline.reading import Get, Read
from broadsheet.sources.config import SourcesSettings
from broadsheet.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """Collaborators of the steps. *read* extracts in a process of its own; *get* never raises for what a network does."""

    store: Store
    get: Get
    read: Read
    now: Callable[[], datetime]
    pipeline: PipelineSettings
    sources: SourcesSettings
    tell: Listener = nobody

    def said(self, event: Event) -> None:
        """Tell the listener."""
        self.tell(event)
