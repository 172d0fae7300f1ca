"""Word lists of the head's fields, one entry a line, and the patterns made of them.

Lists are data: to teach Broadsheet another language's "By" or "updated", add a line. `#` opens a comment.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

from broadsheet.text.plain import is_cjk

__all__ = ["find_word", "longest_first", "word_list", "word_set"]


@cache
def word_list(name: str) -> tuple[str, ...]:
    """The entries of `<name>.txt` in this folder, in the file's order."""
    lines = files(__name__).joinpath(f"{name}.txt").read_text("utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def longest_first(name: str) -> list[str]:
    """The entries so ordered that a pattern made of them finds "written by" before "written"."""
    return sorted(word_list(name), key=len, reverse=True)


@lru_cache(maxsize=512)  # several signals ask the same of the few lines around a headline
def find_word(name: str, text: str) -> re.Match[str] | None:
    """The first entry of the list that stands in *text* as a whole word, whatever its case; a digit may follow ("Updated20:49")."""
    lower = text.lower()
    # The pattern of a list takes thirty times as long as these look-ups, and most lines hold none of its words.
    if not any(word in lower for word in word_list(name)):
        return None
    return _pattern(name).search(text)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(map(_whole_word, longest_first(name))), re.IGNORECASE)


def _whole_word(word: str) -> str:
    """Scripts without spaces have no ends of words: their entries are found anywhere."""
    return re.escape(word) if is_cjk(word) else rf"(?<![^\W\d_]){re.escape(word)}(?![^\W\d_])"


@cache
def word_set(name: str) -> frozenset[str]:
    """The entries of `<name>.txt` as a set, for words of class names."""
    return frozenset(word_list(name))
