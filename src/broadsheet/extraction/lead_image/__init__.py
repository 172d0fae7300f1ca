"""The lead image: the picture that stands for the story.

In: a page, the feed's picture if there was one. Out: a `Picture` with the address of the original, caption, credit, alternative text and
size as far as the page gives them. Logos, placeholders and portraits of the author are refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from broadsheet.extraction.lead_image.signals import picture_key
from broadsheet.extraction.lead_image.sizes import Sized, largest
from broadsheet.extraction.lead_image.weights import WEIGHTS
from broadsheet.extraction.weigh import Clues, weigh
from broadsheet.markup.page import Page
from broadsheet.model import Decision, Hints, Picture, Vote

__all__ = ["find_lead_image"]

SHOWN = frozenset(("figure_in_head", "first_in_text"))
"""Signals that found the picture on the page itself."""


def find_lead_image(page: Page, hints: Hints | None = None) -> Decision[Picture]:
    """The picture that stands for the story, with what any witness says of it; None if the page shows none."""
    decision = weigh(Clues(page=page, hints=hints or Hints()), WEIGHTS, same=picture_key)
    return Decision(value=_completed(decision), ballot=decision.ballot) if decision.value else decision


def _completed(decision: Decision[Picture]) -> Picture | None:
    """The chosen picture, with caption, credit, text and size from whoever else claims the same one."""
    chosen = decision.value
    assert chosen is not None
    key = picture_key(chosen)
    votes = [vote for vote in decision.ballot if picture_key(vote.claim.value) == key]
    same = [chosen, *(vote.claim.value for vote in votes)]
    return Picture(
        url=largest(chosen.url, _addresses(votes)),
        width_px=next((p.width_px for p in same if p.width_px), None) if chosen.width_px is None else chosen.width_px,
        height_px=next((p.height_px for p in same if p.width_px), None) if chosen.width_px is None else chosen.height_px,
        alt=next((p.alt for p in same if p.alt), None),
        caption=next((p.caption for p in same if p.caption), None),
        credit=next((p.credit for p in same if p.credit), None),
    )


def _addresses(votes: Iterable[Vote[Picture]]) -> Iterator[Sized]:
    """Where the same picture lies, with the width that the head of the page states; an `<img>` states how wide it is shown."""
    for vote in votes:
        yield vote.claim.value.url, None if vote.signal in SHOWN else vote.claim.value.width_px
