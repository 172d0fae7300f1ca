"""What several signals need of a page, found once.

The answer is kept with the page itself, as `functools.cached_property` would keep it, and goes when the page goes: a cache beside the
pages would hold the trees of the last ones in memory.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from broadsheet.markup.page import Page

T = TypeVar("T")


def once_a_page(find: Callable[[Page], T]) -> Callable[[Page], T]:
    """*find*, called for each page the first time only. For pure functions whose answer does not hold the page."""
    name = f"{find.__module__}.{find.__qualname__}"

    @wraps(find)
    def found(page: Page) -> T:
        known = page.__dict__
        try:
            answer: T = known[name]
        except KeyError:
            answer = known[name] = find(page)
        return answer

    return found
