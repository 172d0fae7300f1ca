"""How much work one picture may be."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much one picture may be. *max_pixels* counts all frames together, and holds before and after."""

    max_pixels: int = 71_000_000
    max_pages: int = 256
    avif_effort: int = 2
