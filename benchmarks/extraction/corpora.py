"""Pages with known text, read from a folder."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OWN = Path(__file__).with_name("pages")
_GOLD = ("gold.jsonl", "gold.jsonl.gz")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A page whose text is known."""

    id: str
    url: str | None
    file: Path
    gold: dict[str, Any]


def read_corpora(folder: Path | None, *, kinds: frozenset[str], limit: int | None = None) -> dict[str, list[Marked]]:
    """Each corpus in *folder* (or *folder* itself, if it is one) by its name: pages of the *kinds* asked for, at most *limit* of each."""
    if folder is None:
        return {"own pages": list(_pages(OWN, kinds))[:limit]}
    inside = folder.iterdir() if folder.is_dir() else ()
    found = [folder] if _gold_file(folder) else sorted(inner for inner in inside if inner.is_dir() and _gold_file(inner))
    if not found:
        raise SystemExit(f"{folder}: no corpus there. A corpus is a folder with gold.jsonl.gz and html/; see benchmarks/extraction/__init__.py.")
    return {corpus.name: list(_pages(corpus, kinds))[:limit] for corpus in found}


def page_file(corpus: Path, page: str) -> Path:
    """Where the HTML of a page is."""
    packed = corpus / "html" / f"{page}.html.gz"
    return packed if packed.exists() else corpus / "html" / f"{page}.html"


def _gold_file(corpus: Path) -> Path | None:
    return next((corpus / name for name in _GOLD if (corpus / name).exists()), None)


def _pages(corpus: Path, kinds: frozenset[str]) -> Iterator[Marked]:
    gold = _gold_file(corpus)
    assert gold is not None
    lines = gzip.decompress(gold.read_bytes()) if gold.suffix == ".gz" else gold.read_bytes()
    for line in lines.splitlines():  # bytes: a text may hold other line ends than \n
        page = json.loads(line)
        if page.get("kind", "article") in kinds:
            yield Marked(id=page["id"], url=page.get("url"), file=page_file(corpus, page["id"]), gold=page["gold"])
