"""The words in class names: `articleBody__related-links` says article, body, related and links."""

from __future__ import annotations

import re
from functools import lru_cache

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"[a-z]{2,20}")


@lru_cache(maxsize=20_000)
def tokens_of(names: str) -> frozenset[str]:
    """The words of class names, ids and roles; digits and single letters say nothing."""
    return frozenset(_WORD.findall(_CAMEL.sub(" ", names[:500]).lower()))
