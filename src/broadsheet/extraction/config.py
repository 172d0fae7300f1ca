"""Settings of the room `extraction`."""

from __future__ import annotations

from dataclasses import dataclass

from broadsheet.model.setting import setting


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractionSettings:
    """What extraction is told beyond the page itself."""

    rules: tuple[str, ...] = setting((), "Folders with site rules: our own .toml files and FTR site-config .txt files; empty: none.")
