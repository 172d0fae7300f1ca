"""Quality floors on pages of the dev corpora, pinned; they run where the corpora are."""

from __future__ import annotations

import gzip
import json
import sys
from itertools import islice

import pytest

from broadsheet.extraction.body import find_body
from broadsheet.parse.page import parse_page
from broadsheet.text.plain import words

PAGES = 40


@pytest.mark.parametrize(("corpus", "floor"), [("fundus-dev", 0.96), ("zh-dev", 0.95), ("wcxb-dev", 0.90)])
def test_the_mean_word_f1_of_the_first_pages_stays_above_its_floor(test_data, corpus, floor):
    folder = test_data / "corpora" / corpus
    with gzip.open(folder / "gold.jsonl.gz", "rt", encoding="utf-8") as lines:
        entries = list(islice((entry for entry in map(json.loads, lines) if entry["kind"] == "article"), PAGES))
    scores = [word_f1(entry["gold"]["body"], body_text(folder, entry)) for entry in entries]
    assert sum(scores) / len(scores) >= floor, sys.version


def body_text(folder, entry) -> str:
    html = gzip.decompress((folder / "html" / f"{entry['id']}.html.gz").read_bytes())
    page = parse_page(html, entry["url"] or "https://unknown.invalid/", content_type="text/html; charset=utf-8")
    return find_body(page).text


def word_f1(gold: str, text: str) -> float:
    wanted, given = words(gold.lower()), words(text.lower())
    both = sum(min(wanted.count(word), given.count(word)) for word in set(wanted) & set(given))
    return 2 * both / max(len(wanted) + len(given), 1)
