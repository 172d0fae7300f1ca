"""The headline: what the story is called.

In: a page, and the feed's title if there was one. Out: the title as a reader sees it, without the site's name, its section or a
kicker. Nearly every page states it several times (h1, og:title, JSON-LD, `<title>`); agreement decides.
"""

from __future__ import annotations

from broadsheet.extraction.headline.signals import headline_key
from broadsheet.extraction.headline.weights import KICKER_WEIGHTS, WEIGHTS
from broadsheet.extraction.weigh import Clues, weigh
from broadsheet.markup.page import Page
from broadsheet.model import Decision, Hints
from broadsheet.text.plain import comparison_key

__all__ = ["find_headline", "find_kicker"]


def find_headline(page: Page, hints: Hints | None = None) -> Decision[str]:
    """What the story is called; None only on a page that calls itself nothing at all."""
    return weigh(Clues(page=page, hints=hints or Hints()), WEIGHTS, same=headline_key)


def find_kicker(page: Page) -> Decision[str]:
    """The short label set above the headline, if there is one."""
    return weigh(Clues(page=page), KICKER_WEIGHTS, same=comparison_key)
