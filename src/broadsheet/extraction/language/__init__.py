"""The language the story is written in.

In: a page, the feed's language if it named one, the text if it is known. Out: a BCP 47 tag. What the page states is believed unless the
letters of the text say otherwise (a Chinese page with `lang="en"` is common); where nothing is stated the text is identified.
"""

from __future__ import annotations

from broadsheet.extraction.language.weights import LAST_RESORTS, WEIGHTS
from broadsheet.extraction.weigh import Clues, weigh
from broadsheet.markup.page import Page
from broadsheet.model import Decision, Hints

__all__ = ["find_language"]


def find_language(page: Page, hints: Hints | None = None, *, text: str = "") -> Decision[str]:
    """The language of the story, None if neither the page says nor the text shows it."""
    clues = Clues(page=page, hints=hints or Hints(), text=text)
    decision = weigh(clues, WEIGHTS, same=_primary)
    return decision if decision.ballot else weigh(clues, LAST_RESORTS, same=_primary)


def _primary(tag: str) -> str:
    return tag.partition("-")[0]
