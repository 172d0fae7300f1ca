"""Where a line stands in the text: first, last, between or under what."""

from __future__ import annotations

from broadsheet.extraction.body.signals.boxes import in_core, same_make
from broadsheet.extraction.body.signals.line import SHORT, short_without_end
from broadsheet.extraction.body.spots import Spot


def before_h1(spot: Spot) -> bool:
    return spot.block.index < spot.ground.h1


def right_after_h1(spot: Spot) -> bool:
    return 0 <= spot.ground.h1 < spot.block.index <= spot.ground.h1 + 2


def before_first_like(spot: Spot) -> bool:
    return spot.likes_seen == 0 and not spot.like


def first_like(spot: Spot) -> bool:
    return spot.likes_seen == 0 and spot.like


def after_last_like(spot: Spot) -> bool:
    return spot.likes_left == 0 and not spot.like


def last_like(spot: Spot) -> bool:
    return spot.likes_left == 0 and spot.like


def after_core(spot: Spot) -> bool:
    """No article-like block of the core is left, and it is none."""
    return spot.core_left == 0 and not (spot.like and in_core(spot))


def short_after_core(spot: Spot) -> bool:
    return after_core(spot) and spot.mass < SHORT


def same_make_after_core(spot: Spot) -> bool:
    """No sentence of the core is left, but it is set as the text is: its last short lines, or a text in several boxes."""
    return after_core(spot) and same_make(spot)


def closes_text(spot: Spot) -> bool:
    """…and the line right before it is a sentence set likewise."""
    return same_make_after_core(spot) and not spot.like and spot.before is not None and spot.before.like and same_make(spot.before)


def short_but_same_make(spot: Spot) -> bool:
    """A short line without a full stop, set as the text is, as the line before is too."""
    return short_without_end(spot) and same_make(spot) and spot.before is not None and same_make(spot.before)


def near_likes(spot: Spot) -> bool:
    """An article-like block right before and right after."""
    return spot.since_like == 0 and spot.until_like == 0


def far_from_likes(spot: Spot) -> bool:
    return spot.since_like >= 4 and spot.until_like >= 4


def after_second_h1(spot: Spot) -> bool:
    """The next article of an endless page."""
    return spot.h1_seen >= 2 and spot.likes_seen >= 3


def under_linked_heading(spot: Spot) -> bool:
    """The heading above is a link: a teaser."""
    return spot.section is not None and spot.section.linked > 0.7


def heading_then_link(spot: Spot) -> bool:
    return spot.heading and (after := spot.after) is not None and after.linked > 0.7


def heading_then_like(spot: Spot) -> bool:
    return spot.heading and (after := spot.after) is not None and after.like


def between_links(spot: Spot) -> bool:
    before = spot.before
    return before is not None and before.linked > 0.7 and (after := spot.after) is not None and after.linked > 0.7


def line_of_breaks(spot: Spot) -> bool:
    """One of several lines parted by two <br>."""
    return spot.block.line_number > 0
