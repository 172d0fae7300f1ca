"""Access: whether a visitor gets the whole story.

In: a page and how many letters of body were found on it. Out: "open", "paywalled" (the publisher says so and the text is short),
"cut" (the page itself holds less than it says the story has) or "unknown". A wall that the whole text stands behind all the same is none.
"""

from __future__ import annotations

from broadsheet.extraction.access.weights import WEIGHTS
from broadsheet.extraction.weigh import Clues, weigh
from broadsheet.markup.page import Page
from broadsheet.model import Access, Decision

__all__ = ["find_access"]


def find_access(page: Page, *, body_letters: int) -> Decision[Access]:
    """Whether a visitor gets the whole story; None counts as "unknown"."""
    return weigh(Clues(page=page, body_letters=body_letters), WEIGHTS, same=str)
