"""Phrases: "Read also", "newsletter", "Photo:", "By". They are found once a block, by `phrases`."""

from __future__ import annotations

from broadsheet.extraction.body.spots import Spot


def has_copyright_sign(spot: Spot) -> bool:
    return "©" in spot.text


def opens_related(spot: Spot) -> bool:
    """ "Read also", "Lesen Sie auch", "相关阅读"."""
    return spot.related > 0


def is_related_phrase(spot: Spot) -> bool:
    """Nothing but such a phrase."""
    return spot.related > 0 and len(spot.text) - spot.related <= 3


def related_and_linked(spot: Spot) -> bool:
    """Such a phrase, and a link behind it."""
    return spot.related > 0 and spot.linked > 0.3


def opens_with_notice(spot: Spot) -> bool:
    return spot.opens_notice


def holds_notice(spot: Spot) -> bool:
    """ "newsletter", "all rights reserved", "扫码" in a line of less than 300 letters."""
    return spot.notices > 0


def holds_two_notices(spot: Spot) -> bool:
    return spot.notices >= 2


def opens_with_credit(spot: Spot) -> bool:
    return spot.opens_credit


def holds_credit(spot: Spot) -> bool:
    return spot.credits > 0


def ends_with_credit(spot: Spot) -> bool:
    """The line ends with an agency or "photo": a caption."""
    return spot.ends_credit


def opens_with_byline(spot: Spot) -> bool:
    return spot.opens_byline


def under_related_heading(spot: Spot) -> bool:
    return spot.section is not None and is_related_phrase(spot.section)


def under_opening_related(spot: Spot) -> bool:
    return spot.section is not None and spot.section.related > 0


def after_related_phrase(spot: Spot) -> bool:
    """The line before is "Read also" or the like."""
    return spot.before is not None and is_related_phrase(spot.before)
