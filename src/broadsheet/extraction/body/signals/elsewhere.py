"""What the page says elsewhere: its titles and teasers, its articleBody, the same words once more."""

from __future__ import annotations

from broadsheet.extraction.body.ground import LEAD_BEGINS
from broadsheet.extraction.body.signals.element import in_table
from broadsheet.extraction.body.signals.lists import in_li
from broadsheet.extraction.body.spots import Spot


def is_title(spot: Spot) -> bool:
    return spot.key in spot.ground.title_keys


def opens_lead(spot: Spot) -> bool:
    """A description or teaser opens with it, or it with the teaser."""
    key = spot.key
    if key[:LEAD_BEGINS] not in spot.ground.lead_beginnings:  # most are told apart by this
        return False
    return any(lead.startswith(key[:40]) or key.startswith(lead[:40]) for lead in spot.ground.lead_keys)


def in_article_body(spot: Spot) -> bool:
    """JSON-LD's articleBody holds it word for word."""
    return len(spot.key) >= 12 and spot.key in spot.ground.body_key


def missing_in_article_body(spot: Spot) -> bool:
    """There is a long articleBody, and it does not hold this."""
    return len(spot.ground.body_key) >= 800 and len(spot.key) >= 12 and not in_article_body(spot)


def repeats_another(spot: Spot) -> bool:
    """A pull quote: the same words are part of another block."""
    if not 15 <= len(spot.key) <= 400:
        return False
    return spot.ground.keys.count(spot.key) > 1


def in_series(spot: Spot) -> bool:
    """Three lines or more begin alike, in whatever language: "Read also: …"."""
    return spot.series >= 3


def linked_series(spot: Spot) -> bool:
    """…each with a link behind it, as lines of their own."""
    return spot.series >= 3 and spot.linked > 0.3 and not spot.heading and not in_li(spot)


def said_thrice(spot: Spot) -> bool:
    """A short line that the page has three times or more: labels, calls, advertisements."""
    return spot.twins >= 2 and spot.mass >= 8 and not spot.like and not in_table(spot)


def like_twin(spot: Spot) -> bool:
    """A whole sentence that the page says twice: a slider, a caption, a teaser of itself."""
    return spot.twins > 0 and spot.like
