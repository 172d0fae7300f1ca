"""How good a choice of blocks is: the share of clean pages and the mean word F1, as the measuring harness counts them (nearly)."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from broadsheet.text.plain import collapse, comparison_key, words
from train.align import gold_lines, shares
from train.pages import PageRows


def judge(pages: Sequence[PageRows], lines: Iterable[Sequence[str]]) -> dict[str, dict[str, float]]:
    """Per corpus, for the *lines* kept of every page: word F1, `clean` where the gold has paragraphs (98 % of them there, 95 % of what
    is there gold), and how many of the snippets there are that an annotator asked for."""
    figures: defaultdict[str, defaultdict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for page, kept in zip(pages, lines, strict=True):
        if page.gold.get("body"):
            figures[page.corpus]["word_f1"].append(word_f1(str(page.gold["body"]), "\n".join(kept)))
        if page.gold.get("blocks"):
            figures[page.corpus]["clean"].append(is_clean(page.gold, kept))
        if snippets := page.gold.get("with"):
            assert isinstance(snippets, list)
            text = collapse(" ".join(kept)).lower()
            figures[page.corpus]["with"].append(sum(collapse(snippet).lower() in text for snippet in snippets) / len(snippets))
    return {corpus: {name: sum(values) / len(values) for name, values in found.items()} for corpus, found in figures.items()}


def word_f1(gold: str, text: str) -> float:
    """The harmonic mean of precision and recall of the bags of words."""
    wanted, given = Counter(words(gold.lower())), Counter(words(text.lower()))
    both = sum((wanted & given).values())
    return 2 * both / (sum(wanted.values()) + sum(given.values())) if both else 0.0


def is_clean(gold: dict[str, object], kept: Sequence[str]) -> float:
    """1.0 when the paragraphs are there and next to nothing else is."""
    blocks = gold["blocks"]
    assert isinstance(blocks, list)
    paragraphs = [text for kind, text in blocks if kind == "p" and comparison_key(text)]
    text = comparison_key("\n".join(kept))
    found = [part for part in paragraphs if comparison_key(part) in text or shares(kept, [part])[0] >= 0.97]
    masses = [len("".join(words(unicodedata.normalize("NFKC", line)))) for line in kept]
    good = sum(mass * share for mass, share in zip(masses, shares([str(gold.get("title") or ""), *gold_lines(gold)], kept), strict=True))
    return float(len(found) >= 0.98 * len(paragraphs) and good >= 0.95 * max(sum(masses), 1))
