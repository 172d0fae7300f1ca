"""Our extractor, as `child.py` calls it."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from extractor import extract as extract_ours

NAME = f"broadsheet {version('broadsheet')}"


def extract(html: bytes, url: str | None) -> dict[str, Any]:
    return extract_ours(html, url, None)
