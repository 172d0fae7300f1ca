"""The standfirst: the summary set under the headline.

In: a page, the feed's summary if there was one. Out: the standfirst as a reader sees it, plain text on one line; None where the page
shows none, even if its description says something: what is not on the page is not the story's standfirst.
"""

from __future__ import annotations

from broadsheet.extraction.standfirst.weights import LEAST, WEIGHTS
from broadsheet.extraction.weigh import Clues, weigh
from broadsheet.markup.page import Page
from broadsheet.model import Decision, Hints
from broadsheet.text.plain import comparison_key

__all__ = ["find_standfirst"]


def find_standfirst(page: Page, hints: Hints | None = None) -> Decision[str]:
    """The summary set under the headline (or above it), None if none is shown."""
    return weigh(Clues(page=page, hints=hints or Hints()), WEIGHTS, same=comparison_key, least=LEAST)
