"""Short ASCII names for things that have longer ones."""

from __future__ import annotations

import re
import unicodedata

_OTHER = re.compile(r"[^a-z0-9]+")
# Letters that Unicode does not decompose, as their languages write them without the sign.
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h"})


def slug(text: str, *, limit: int = 40) -> str:
    """*text* as lower-case ASCII letters and digits joined by hyphens, at most *limit* characters, cut between words.

    Empty when nothing of *text* can be written so (Chinese, Cyrillic): the caller has a better second choice than we.
    """
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    words = _OTHER.sub("-", "".join(char for char in plain if not unicodedata.combining(char))).strip("-")
    if len(words) <= limit:
        return words
    head, _, _ = words[: limit + 1].rpartition("-")
    return (head or words[:limit]).strip("-")
