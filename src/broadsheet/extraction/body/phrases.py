"""Phrases that mark a line as something other than text, in the languages of the press. One phrase a line in `words/`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

PhraseKind = Literal["related", "notice", "credit", "byline"]
KINDS: tuple[PhraseKind, ...] = ("related", "notice", "credit", "byline")

_SPACELESS = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
_WORDS = re.compile(r"\w+")
_NO_WORD = re.compile(r"[\W_]*")
_SPACED = bytes(code if chr(code).isalnum() or code == ord("_") else ord(" ") for code in range(256))
_NEAR_END = 12  # characters at the end in which a caption names its agency


class Found(NamedTuple):
    """A phrase in a line."""

    kind: PhraseKind
    phrase: str
    opens: bool  # the line begins with it, marks aside
    ends: bool  # the line ends with it
    end: int  # about where it ends in the line, if it opens it


class Phrasing(NamedTuple):
    """The phrases of a line, counted by kind."""

    found: bool = False  # whether there is one of any kind
    related: int = 0  # letters of the phrase of that kind which opens it
    notices: int = 0  # how many different phrases of that kind it holds
    credits: int = 0
    opens: frozenset[PhraseKind] = frozenset()  # the kinds of phrases that it begins with
    ends_credit: bool = False


SILENT = Phrasing()
"""Of a line without any phrase: four in five."""


def phrasing_of(text: str) -> Phrasing:
    """The phrases of *text*, counted."""
    found = find_phrases(text)
    if not found:
        return SILENT
    related, said = 0, dict[PhraseKind, list[Found]]((kind, []) for kind in KINDS)
    for one in found:
        said[one.kind].append(one)
        if one.opens and one.kind == "related":
            related = max(related, one.end)
    return Phrasing(
        True,
        related,
        len({one.phrase for one in said["notice"]}),
        len(said["credit"]),
        opens=frozenset([one.kind for one in found if one.opens]),
        ends_credit=True in [one.ends for one in said["credit"]],
    )


def find_phrases(text: str) -> list[Found]:
    """Every phrase of every kind in *text*, one pass over its words (and one over the whole, for scripts without spaces)."""
    words, telling = _words_of(text), _telling_words()
    found: list[Found] = []
    if not telling.isdisjoint(words):
        found = [entry for at, word in enumerate(words) if word in telling for entry in _at(words, at, text)]
    if not text.isascii():
        begin = _begin(text)
        for match in _spaceless().finditer(text):
            ends = match.end() >= len(text) - 2 and match.end() > len(text) - _NEAR_END
            found.append(Found(kind=_kinds()[match[0]], phrase=match[0], opens=match.start() == begin, ends=ends, end=match.end()))
    return found


def _words_of(text: str) -> list[str]:
    """The words of *text*, in small letters: runs of letters, digits and underscores."""
    if text.isascii():  # two lines in three; a third of the time
        return text.lower().encode().translate(_SPACED).decode().split()
    return _WORDS.findall(text.lower())


def _at(words: list[str], at: int, text: str) -> list[Found]:
    found = []
    for phrase, place, kind in _by_telling_word()[words[at]]:
        first = at - place
        if first >= 0 and tuple(words[first : first + len(phrase)]) == phrase:
            said, ends = " ".join(phrase), first + len(phrase) == len(words)
            found.append(Found(kind=kind, phrase=said, opens=first == 0, ends=ends, end=_begin(text) + len(said)))
    return found


def _begin(text: str) -> int:
    found = _NO_WORD.match(text)
    return found.end() if found else 0


@cache
def _by_telling_word() -> Mapping[str, tuple[tuple[tuple[str, ...], int, PhraseKind], ...]]:
    """The phrases of scripts with spaces by their longest word ("also" of "read also"), where in it that is, and their kinds.

    Nearly half of all lines hold the first word of some phrase, since many begin with "a" or "en"; a quarter hold a longest.
    """
    found: defaultdict[str, list[tuple[tuple[str, ...], int, PhraseKind]]] = defaultdict(list)
    for kind in KINDS:
        for line in _lines(kind):
            if not _SPACELESS.search(line) and (words := tuple(_WORDS.findall(line.lower()))):
                telling = max(words, key=len)
                found[telling].append((words, words.index(telling), kind))
    return {word: tuple(phrases) for word, phrases in found.items()}


@cache
def _telling_words() -> frozenset[str]:
    return frozenset(_by_telling_word())


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
