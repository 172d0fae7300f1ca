"""Which feeds are read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Given:
    """A feed in a file, and what is known of where it came from."""

    file: Path
    url: str = "https://paper.example/feed"
    content_type: str | None = None


def given_feeds(folder: Path) -> list[Given]:
    """The feeds in *folder*: those its `index.json` names (but for those that it marks as hostile), else all its files."""
    index = folder / "index.json"
    if not index.exists():
        return [Given(file=file) for file in sorted(folder.rglob("*")) if file.is_file()]
    cases = json.loads(index.read_text(encoding="utf-8"))["cases"]
    return [Given(file=folder / case["file"], url=case["url"], content_type=case["content_type"]) for case in cases if "hostile" not in case]
