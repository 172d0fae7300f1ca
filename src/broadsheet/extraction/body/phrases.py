"""Phrases that mark a line as something other than text, in the languages of the press. One phrase a line in `words/`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

PhraseKind = Literal["related", "notice", "credit", "byline"]
KINDS: tuple[PhraseKind, ...] = ("related", "notice", "credit", "byline")

_SPACELESS = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
_WORDS = re.compile(r"\w+")
_NO_WORD = re.compile(r"[\W_]*")
_NEAR_END = 12  # characters at the end in which a caption names its agency


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A phrase in a line."""

    kind: PhraseKind
    phrase: str
    opens: bool  # the line begins with it, marks aside
    ends: bool  # the line ends with it
    end: int  # about where it ends in the line, if it opens it


def find_phrases(text: str) -> list[Found]:
    """Every phrase of every kind in *text*, one pass over its words (and one over the whole, for scripts without spaces)."""
    words, by_word = _WORDS.findall(text.lower()), _by_word()
    found: list[Found] = []
    if not by_word.keys().isdisjoint(words):
        found = [entry for at, word in enumerate(words) if word in by_word for entry in _at(words, at, text)]
    if not text.isascii():
        begin = _begin(text)
        for match in _spaceless().finditer(text):
            ends = match.end() >= len(text) - 2 and match.end() > len(text) - _NEAR_END
            found.append(Found(kind=_kinds()[match[0]], phrase=match[0], opens=match.start() == begin, ends=ends, end=match.end()))
    return found


def _at(words: list[str], at: int, text: str) -> list[Found]:
    found = []
    for phrase, kind in _by_word()[words[at]]:
        if tuple(words[at : at + len(phrase)]) == phrase:
            said = " ".join(phrase)
            found.append(Found(kind=kind, phrase=said, opens=at == 0, ends=at + len(phrase) == len(words), end=_begin(text) + len(said)))
    return found


def _begin(text: str) -> int:
    found = _NO_WORD.match(text)
    return found.end() if found else 0


@cache
def _by_word() -> Mapping[str, tuple[tuple[tuple[str, ...], PhraseKind], ...]]:
    """The phrases of scripts with spaces by their first word."""
    by_word: defaultdict[str, list[tuple[tuple[str, ...], PhraseKind]]] = defaultdict(list)
    for kind in KINDS:
        for line in _lines(kind):
            if not _SPACELESS.search(line) and (words := tuple(_WORDS.findall(line.lower()))):
                by_word[words[0]].append((words, kind))
    return {word: tuple(phrases) for word, phrases in by_word.items()}


@cache
def _kinds() -> Mapping[str, PhraseKind]:
    """The phrases of scripts without spaces, and their kinds."""
    return {line: kind for kind in KINDS for line in _lines(kind) if _SPACELESS.search(line)}


@cache
def _spaceless() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_kinds(), key=len, reverse=True))))


def _lines(kind: PhraseKind) -> list[str]:
    text = (files(__package__) / "words" / f"{kind}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line]
