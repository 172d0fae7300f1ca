"""Phrases that mark a line as something other than text, in the languages of the press. One phrase a line in `words/`."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

PhraseKind = Literal["related", "notice", "credit", "byline"]

_SPACELESS = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
_WORDS = re.compile(r"\w+")
_NO_WORD = re.compile(r"[\W_]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """The phrases of one kind: those of scripts with spaces by their first word, the others as one pattern."""

    by_word: dict[str, tuple[tuple[str, ...], ...]]
    spaceless: re.Pattern[str]

    def opening(self, text: str, words: list[str]) -> int:
        """How many letters and marks of *text* the phrase takes that it opens with, 0 if with none. *words* are its own, lower-case."""
        start = _NO_WORD.match(text)
        begin = start.end() if start else 0
        if not text.isascii() and (found := self.spaceless.match(text, begin)):
            return found.end()
        if not words:
            return 0
        fitting = [" ".join(phrase) for phrase in self.by_word.get(words[0], ()) if tuple(words[: len(phrase)]) == phrase]
        return begin + max(map(len, fitting), default=-begin)

    def closing(self, text: str, words: list[str]) -> bool:
        """Whether *text* ends with a phrase of at most two words, as pictures' captions end with an agency."""
        ends = {tuple(words[-1:]), tuple(words[-2:])}
        if any(phrase in ends for word in words[-2:] for phrase in self.by_word.get(word, ())):
            return True
        return not text.isascii() and any(found.end() >= len(text) - 2 for found in self.spaceless.finditer(text, max(0, len(text) - 12)))

    def count(self, text: str, words: list[str]) -> int:
        """How many different phrases *text* holds."""
        found = {phrase for at, word in enumerate(words) for phrase in self.by_word.get(word, ()) if tuple(words[at : at + len(phrase)]) == phrase}
        if text.isascii():
            return len(found)
        return len(found) + len(set(self.spaceless.findall(text)))


@cache
def phrases(kind: PhraseKind) -> Phrases:
    """The phrases in `words/<kind>.txt`."""
    lines = (files(__package__) / "words" / f"{kind}.txt").read_text(encoding="utf-8").splitlines()
    by_word: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    spaceless = []
    for line in filter(None, lines):
        if _SPACELESS.search(line):
            spaceless.append(line)
        elif words := words_of(line):
            by_word[words[0]].append(tuple(words))
    pattern = "|".join(map(re.escape, sorted(spaceless, key=len, reverse=True))) or r"(?!)"
    return Phrases(by_word={word: tuple(found) for word, found in by_word.items()}, spaceless=re.compile(pattern))


def words_of(text: str) -> list[str]:
    """The runs of letters and digits of *text*, lower-case."""
    return _WORDS.findall(text.lower())
