"""How long a text takes to read, in any script."""

from __future__ import annotations

import re

from broadsheet.text.plain import word_count

WORDS_A_MINUTE = 230  # of prose in languages with spaces: silent reading of adults lies between 200 and 260
HAN_A_MINUTE = 450  # Chinese and Japanese characters
LETTERS_A_MINUTE = 1100  # of Thai, Lao, Khmer and Burmese, which write no spaces between words

_SPACED = re.compile("[\0-\u0dff\u2000-\u303f]*")  # Latin, Greek, Cyrillic, Arabic, Devanagari … and the signs they share: nothing else to count
_HAN = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")


def reading_minutes(text: str, *, words: int | None = None) -> int:
    """Whole minutes, at least one for any text: 0 only for none. *words* is its `word_count`, where that is known already."""
    if not text.strip():
        return 0
    words = word_count(text) if words is None else words
    if _SPACED.fullmatch(text):
        return max(1, round(words / WORDS_A_MINUTE))
    han, unspaced = len(_HAN.findall(text)), len(_UNSPACED.findall(text))
    spaced = 0 if unspaced > len(text) / 2 else words - han
    return max(1, round(spaced / WORDS_A_MINUTE + han / HAN_A_MINUTE + unspaced / LETTERS_A_MINUTE))
