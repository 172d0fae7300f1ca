"""Which blocks of a page are text, by its gold: the share of a block's letters that lie in four-word runs of the gold."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from broadsheet.text.plain import comparison_key, words

RUN = 4


def _stream(text: str) -> list[str]:
    return words(unicodedata.normalize("NFKC", text).casefold())


def gold_lines(gold: dict[str, object]) -> list[str]:
    """The gold's paragraphs, headings and standfirst, or the lines of its body."""
    blocks = gold.get("blocks")
    if isinstance(blocks, list) and blocks:
        return [text for _, text in blocks]
    return str(gold.get("body") or "").split("\n")


def shares(lines: Iterable[str], texts: Sequence[str]) -> list[float]:
    """For each of *texts*, how much of it is gold: 0 to 1."""
    stream: list[str] = []
    keys = set()
    for line in lines:
        stream += _stream(line)
        keys.add(comparison_key(line))
    runs = {tuple(stream[i : i + RUN]) for i in range(max(1, len(stream) - RUN + 1))}
    joined = comparison_key("".join(lines))
    return [_share(text, runs, keys, joined) for text in texts]


def _share(text: str, runs: set[tuple[str, ...]], keys: set[str], joined: str) -> float:
    tokens = _stream(text)
    if not tokens:
        return 0.0
    if len(tokens) < RUN:
        return float(comparison_key(text) in keys)
    good = [False] * len(tokens)
    for i in range(len(tokens) - RUN + 1):
        if tuple(tokens[i : i + RUN]) in runs:
            good[i : i + RUN] = [True] * RUN
    return sum(len(token) for token, ok in zip(tokens, good, strict=True) if ok) / sum(map(len, tokens))
