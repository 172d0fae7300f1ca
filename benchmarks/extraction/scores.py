"""How good an extraction is, as numbers from 0 to 1. What the gold does not say is not scored.

- `words`: F1 of the bags of words, without regard to case; a Han or kana character is a word.
- `found`: share of the gold's paragraphs that the text holds, letter for letter, or, if they are long, nearly so.
- `pure`: share of the text's letters that the gold says too.
- `clean`: 1 if next to nothing is missing and next to nothing is foreign. What a reader would call right.
- `title`: the same letters and digits. `authors`: F1 of the names. `day`: the same day, as written or in UTC.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from broadsheet.text.plain import comparison_key, words

RUN = 4  # words in a row that count as said
NEARLY = 0.95  # of a long paragraph's runs, or of a text's letters
LONG = 20  # words from which a paragraph may be there nearly
WHOLE = 0.98  # of the paragraphs, for `clean`

NAMES = ("words", "found", "pure", "clean", "title", "authors", "day")

Scores = dict[str, float]


def score(gold: Mapping[str, Any], output: Mapping[str, Any]) -> Scores:
    """Every score that *gold* allows for *output* (`text`, `title`, `authors`, `published`)."""
    text = str(output.get("text") or "")
    scores: Scores = {}
    if gold.get("body"):
        scores["words"] = _f1(_bag(gold["body"]), _bag(text))
    paragraphs = [said for kind, said in gold.get("blocks") or () if kind == "p" and comparison_key(said)]
    if paragraphs:
        allowed = [gold.get("title") or "", *(said for _, said in gold["blocks"])]
        scores["found"], scores["pure"] = found(paragraphs, text), pure(allowed, text)
        scores["clean"] = float(scores["found"] >= WHOLE and scores["pure"] >= NEARLY)
    if gold.get("title"):
        scores["title"] = float(comparison_key(gold["title"]) == comparison_key(str(output.get("title") or "")))
    if gold.get("authors"):
        scores["authors"] = _f1(_names(gold["authors"]), _names(output.get("authors") or ()))
    if gold.get("published"):
        scores["day"] = float(not days(gold["published"]).isdisjoint(days(output.get("published"))))
    return scores


def found(paragraphs: Sequence[str], text: str) -> float:
    """Share of *paragraphs* that *text* holds."""
    letters, said = comparison_key(text), set(_runs(_spoken(text)))
    return sum(comparison_key(one) in letters or _nearly(_spoken(one), said) for one in paragraphs) / len(paragraphs)


def pure(allowed: Sequence[str], text: str) -> float:
    """Share of the letters of *text* that stand in runs of words that *allowed* has too, or in a short line that it has as a whole."""
    known = set(_runs([word for said in allowed for word in _spoken(said)]))
    lines = {comparison_key(said) for said in allowed}
    spoken: list[str] = []
    good: list[bool] = []
    for line in text.split("\n"):
        here = _spoken(line)
        spoken += here
        good += [len(here) < RUN and comparison_key(line) in lines] * len(here)
    for at, run in enumerate(_runs(spoken)):
        if run in known:
            good[at : at + RUN] = [True] * len(good[at : at + RUN])
    letters = sum(map(len, spoken))
    return sum(len(word) for word, is_good in zip(spoken, good, strict=True) if is_good) / letters if letters else 0.0


def days(stated: object) -> frozenset[date]:
    """The day that a time in ISO 8601 is in, where it was written and in UTC; none if it cannot be read."""
    try:
        when = datetime.fromisoformat(str(stated or "").strip())
    except ValueError:
        return frozenset()
    return frozenset((when.date(), when.astimezone(UTC).date() if when.tzinfo else when.date()))


def _spoken(text: str) -> list[str]:
    return words(text.casefold())


def _runs(spoken: Sequence[str]) -> Iterable[tuple[str, ...]]:
    return [tuple(spoken[at : at + RUN]) for at in range(max(1, len(spoken) - RUN + 1))] if spoken else []


def _nearly(paragraph: Sequence[str], said: set[tuple[str, ...]]) -> bool:
    runs = list(_runs(paragraph))
    return len(paragraph) >= LONG and sum(run in said for run in runs) >= NEARLY * len(runs)


def _bag(text: str) -> Counter[str]:
    return Counter(words(text.lower()))


def _names(names: Iterable[object]) -> Counter[str]:
    return Counter({comparison_key(str(name)) for name in names} - {""})


def _f1(gold: Counter[str], given: Counter[str]) -> float:
    both = (gold & given).total()
    return 2 * both / (gold.total() + given.total()) if both else 0.0
