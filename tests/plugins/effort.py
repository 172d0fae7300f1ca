"""How much work something is, told without a clock."""

from __future__ import annotations

import sys
from collections.abc import Callable


def calls_made(do: Callable[[], object]) -> int:
    """The Python and C calls that *do* makes: a measure that no busy machine disturbs."""
    count = 0

    def counted(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        do()
    finally:
        sys.setprofile(None)
    return count
