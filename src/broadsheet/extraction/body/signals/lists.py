"""Items of lists, and lines that are nothing but a link."""

from __future__ import annotations

from broadsheet.extraction.body.signals.boxes import outer_mostly_linked
from broadsheet.extraction.body.signals.line import ends_like_a_sentence, ends_with_colon
from broadsheet.extraction.body.signals.place import after_core
from broadsheet.extraction.body.spots import Spot


def in_li(spot: Spot) -> bool:
    return spot.setting.tag == "li" or "li" in spot.setting.tags


def linked_li(spot: Spot) -> bool:
    """A list item that is nothing but a link."""
    return spot.linked >= 0.9 and in_li(spot)


def li_in_linked_list(spot: Spot) -> bool:
    return in_li(spot) and outer_mostly_linked(spot)


def linked_list_late(spot: Spot) -> bool:
    """A list of links behind the third sentence: what else to read. Early ones are tables of contents."""
    return li_in_linked_list(spot) and spot.likes_seen >= 3


def li_after_core(spot: Spot) -> bool:
    """A list item where no sentence of the core is left: comments, rankings, tags."""
    return in_li(spot) and after_core(spot)


def li_sentence(spot: Spot) -> bool:
    return in_li(spot) and spot.like and ends_like_a_sentence(spot)


def li_after_colon(spot: Spot) -> bool:
    """A list that a line ending in a colon announces."""
    return in_li(spot) and spot.before is not None and (in_li(spot.before) or ends_with_colon(spot.before))


def linked_p(spot: Spot) -> bool:
    return spot.linked >= 0.9 and not spot.heading and not in_li(spot)
