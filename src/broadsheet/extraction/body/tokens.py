"""The words in class names: `articleBody__related-links` says article, body, related and links."""

from __future__ import annotations

import re
from functools import lru_cache

MAX_LETTERS = 500
"""Letters of an element's names that are looked at."""

_PART = re.compile(r"[A-Z]+[a-z]*|[a-z]+")  # of a name that is written in camel case
_WORD = re.compile(r"[a-z]{2,20}")


@lru_cache(maxsize=20_000)
def tokens_of(names: str) -> frozenset[str]:
    """The words of class names, ids and roles; digits and single letters say nothing."""
    names = names[:MAX_LETTERS]
    if not names.islower():  # five in six are
        names = " ".join(_PART.findall(names)).lower()
    return frozenset(_WORD.findall(names))
