"""The canonical URL: the address the publisher calls the story's own.

In: a page. Out: that address normalised, without tracking parameters; None where the page states none that can be believed. A
canonical that points to a home page, or to something that is not this story, is a template's mistake.
"""

from __future__ import annotations

from broadsheet.extraction.canonical.signals import story_key
from broadsheet.extraction.canonical.weights import WEIGHTS
from broadsheet.extraction.weigh import Clues, weigh
from broadsheet.markup.page import Page
from broadsheet.model import Decision

__all__ = ["find_canonical"]


def find_canonical(page: Page) -> Decision[str]:
    """The story's own address, as far as the page can be believed."""
    return weigh(Clues(page=page), WEIGHTS, same=story_key)
