"""Phrases: "Read also", "newsletter", "Photo:", "By". They are found once a block, by `phrases`."""

from __future__ import annotations

from broadsheet.extraction.body.spots import BYLINE_MASS, Spot


def has_copyright_sign(spot: Spot) -> bool:
    return "©" in spot.text


def opens_related(spot: Spot) -> bool:
    """ "Read also", "Lesen Sie auch", "相关阅读"."""
    return spot.said.related > 0


def is_related_phrase(spot: Spot) -> bool:
    """Nothing but such a phrase."""
    return spot.said.related > 0 and len(spot.text) - spot.said.related <= 3


def related_and_linked(spot: Spot) -> bool:
    """Such a phrase, and a link behind it."""
    return spot.said.related > 0 and spot.linked > 0.3


def opens_with_notice(spot: Spot) -> bool:
    return "notice" in spot.said.opens


def holds_notice(spot: Spot) -> bool:
    """ "newsletter", "all rights reserved", "扫码" in a line of less than 300 letters."""
    return spot.said.notices > 0


def holds_two_notices(spot: Spot) -> bool:
    return spot.said.notices >= 2


def notice_with_link(spot: Spot) -> bool:
    """A notice, and a link to follow: "Do you like what you read? Subscribe to …"."""
    return spot.said.notices > 0 and spot.block.links > 0


def opens_with_credit(spot: Spot) -> bool:
    return "credit" in spot.said.opens


def holds_credit(spot: Spot) -> bool:
    return spot.said.credits > 0


def ends_with_credit(spot: Spot) -> bool:
    """The line ends with an agency or "photo": a caption."""
    return spot.said.ends_credit


def opens_with_byline(spot: Spot) -> bool:
    return "byline" in spot.said.opens and spot.mass < BYLINE_MASS


def under_related_heading(spot: Spot) -> bool:
    return spot.section is not None and is_related_phrase(spot.section)


def under_opening_related(spot: Spot) -> bool:
    return spot.section is not None and spot.section.said.related > 0


def after_related_phrase(spot: Spot) -> bool:
    """The line before is "Read also" or the like."""
    return spot.before is not None and is_related_phrase(spot.before)
