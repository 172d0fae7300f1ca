"""Pages of a corpus as rows: one per text block in the root, what the signals say of it, and whether it is text by the gold."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np

from broadsheet.extraction.body.choose import Voices, voices_of
from broadsheet.extraction.body.ground import survey
from broadsheet.extraction.body.spots import spots_of
from broadsheet.extraction.body.weights import Signal
from broadsheet.markup.page import Page
from broadsheet.parse.page import parse_page
from train.align import gold_lines, shares

CORPORA = {"fundus-dev": 6.0, "zh-dev": 6.0, "wcxb-dev": 1.0}
"""How much a page of each counts. News weighs most, since news is what we read; WCXB keeps lists, tables and code from being lost."""

DOUBTFUL = 0.3
"""The weight of a WCXB page whose gold leaves out three tenths of the sentences in the middle of the text (31 of 793 pages)."""


@dataclass(slots=True, eq=False)
class PageRows:
    """One page. Arrays and tuples are per block."""

    corpus: str
    name: str
    publisher: str
    url: str
    gold: dict[str, object]
    signals: np.ndarray
    tokens: tuple[frozenset[str], ...]
    voices: Voices
    texts: tuple[str, ...]
    share: np.ndarray  # how much of the block is gold
    weight: np.ndarray
    far: np.ndarray  # short links far from the core, which are never heard
    news: bool  # the page calls itself so


def read_corpora(folder: Path, signals: tuple[Signal, ...]) -> Iterator[PageRows]:
    """Every article of the corpora in *folder*, in order."""
    for corpus in CORPORA:
        with gzip.open(folder / corpus / "gold.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                entry = json.loads(line)
                if entry["kind"] == "article":
                    rows = _rows(folder, corpus, entry, signals)
                    if rows.texts:
                        yield rows


def parsed(folder: Path, corpus: str, name: str, url: str) -> Page:
    """The page *name*, read as the server of a corpus of UTF-8 would have served it."""
    html = gzip.decompress((folder / corpus / "html" / f"{name}.html.gz").read_bytes())
    return parse_page(html, url, content_type="text/html; charset=utf-8")


def _rows(folder: Path, corpus: str, entry: dict[str, object], signals: tuple[Signal, ...]) -> PageRows:
    name, url = str(entry["id"]), str(entry.get("url") or "https://unknown.invalid/")
    page = parsed(folder, corpus, name, url)
    ground = survey(page, page.blocks, None)
    spots = spots_of(ground)
    gold = entry["gold"]
    assert isinstance(gold, dict)
    share = np.array(shares(gold_lines(gold), [spot.text for spot in spots]))
    mass = np.array([spot.mass for spot in spots], dtype=float)
    code = np.array([spot.box.tag == "pre" for spot in spots], dtype=bool)
    heard = np.array([[signal(spot) for signal in signals] for spot in spots], dtype=np.float32).reshape(len(spots), len(signals))
    far = np.array([spot.far for spot in spots], dtype=bool)
    weight = _weights(mass, share) * CORPORA[corpus] * ~far
    if corpus == "wcxb-dev":  # its gold has no code, and is now and then cut
        core = mass * np.array([spot.like and ground.above[spot.block.box] == 0 for spot in spots], dtype=float) * ~code
        weight *= ~code * (DOUBTFUL if core[share > 0.5].sum() < 0.7 * core.sum() else 1.0)
    return PageRows(
        corpus, name, _publisher(corpus, name, url), url, gold, heard, tuple(spot.tokens for spot in spots),
        voices_of(spots), tuple(spot.text for spot in spots), share, weight, far, ground.news,
    )  # fmt: skip


def _weights(mass: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Each page weighs alike; a block by the root of its letters; one that is half gold hardly at all."""
    weight = np.sqrt(mass + 8)
    return 10 * weight / max(float(weight.sum()), 1e-9) * np.abs(share - 0.5) * 2


def _publisher(corpus: str, name: str, url: str) -> str:
    if corpus == "fundus-dev":
        return re.sub(r"_\d{4}_\d\d_\d\d.*", "", name)
    if corpus == "zh-dev":
        return name.removeprefix("v-").rsplit("-", 1)[0]
    return urlsplit(url).hostname or name
