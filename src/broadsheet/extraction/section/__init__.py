"""The section a story stands in, and its tags.

In: a page. Out: the section's name as the publisher writes it; the tags in the publisher's order, each once.
"""

from __future__ import annotations

from broadsheet.extraction.section.weights import SECTION_WEIGHTS, TAG_WEIGHTS
from broadsheet.extraction.weigh import Clues, weigh
from broadsheet.markup.page import Page
from broadsheet.model import Decision
from broadsheet.text.plain import comparison_key

__all__ = ["find_section", "find_tags"]


def find_section(page: Page) -> Decision[str]:
    """The section's name, None if the page names none."""
    return weigh(Clues(page=page), SECTION_WEIGHTS, same=comparison_key)


def find_tags(page: Page) -> Decision[tuple[str, ...]]:
    """The story's tags, None if it has none."""
    return weigh(Clues(page=page), TAG_WEIGHTS, same=frozenset)
