"""The language the story is written in.

In: a page, the feed's language if it named one, the text if it is known. Out: a BCP 47 tag. What the page states is believed unless the
letters of the text say otherwise (a Chinese page with `lang="en"` is common); where nothing is stated the text is identified.
"""

from __future__ import annotations

from broadsheet.extraction.language.signals import words_of_text
from broadsheet.extraction.language.weights import LAST_RESORTS, WEIGHTS
from broadsheet.extraction.weigh import Clues, weigh
from broadsheet.markup.page import Page
from broadsheet.model import Decision, Hints

__all__ = ["find_language"]


def find_language(page: Page, hints: Hints | None = None, *, text: str = "") -> Decision[str]:
    """The language of the story, None if neither the page says nor the text shows it."""
    clues = Clues(page=page, hints=hints or Hints(), text=text)
    decision = weigh(clues, WEIGHTS, same=_primary)
    return _as_stated(decision) if decision.ballot else weigh(clues, LAST_RESORTS, same=_primary)


def _as_stated(decision: Decision[str]) -> Decision[str]:
    """The decision in the page's own words: it says "en-GB" or "nb" where the text shows no more than English or Norwegian."""
    value = decision.value
    if value is None or decision.ballot[0].signal != words_of_text.__name__:
        return decision
    stated = (vote.claim.value for vote in decision.ballot[1:] if _primary(vote.claim.value) == _primary(value))
    return Decision(value=next(stated, value), ballot=decision.ballot)


_ONE_TONGUE = {"nb": "no", "nn": "no", "bs": "hr", "sr": "hr", "sh": "hr", "ms": "id", "iw": "he", "in": "id", "fil": "tl", "cmn": "zh", "yue": "zh"}
"""Tags that the words of a text cannot tell from one another; what the page states decides among them."""


def _primary(tag: str) -> str:
    primary = tag.partition("-")[0]
    return _ONE_TONGUE.get(primary, primary)
