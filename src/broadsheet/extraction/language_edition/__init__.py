"""Language editions: the same story in other languages, and the one it was translated from.

In: a page. Out: their addresses with their languages; "original" where the page says that this one is a translation of it. The page
itself, editions in its own language, and links that only lead to a home page are left out.
"""

from __future__ import annotations

from broadsheet.extraction.canonical.signals import story_key
from broadsheet.extraction.language_edition.weights import WEIGHTS
from broadsheet.extraction.weigh import Clues, gather
from broadsheet.markup.page import Page
from broadsheet.model import Decision, LanguageEdition

__all__ = ["find_editions"]


def find_editions(page: Page) -> Decision[tuple[LanguageEdition, ...]]:
    """Every edition that any signal names, each once; all of them stand, so nothing is weighed against another."""
    ballot = gather(Clues(page=page), WEIGHTS)
    editions: dict[str, LanguageEdition] = {}
    for vote in ballot:
        for edition in vote.claim.value:
            editions.setdefault(story_key(edition.url), edition)
    editions.pop(story_key(page.url), None)
    return Decision(value=tuple(editions.values()) or None, ballot=ballot)
