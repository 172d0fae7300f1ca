"""The line itself: how long it is, how it ends, how much of it is links, how it is set."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from broadsheet.extraction.body.spots import Spot

_ENDS = re.compile(r"[.!?…。！？؟।።։๏៖;；:：][\"'”’»)\]）」』】›〉》\s]*$")
_FULL_STOP = re.compile(r"[.!?…。！？؟।።։][\"'”’»)\]）」』】›〉》\s]*$")
_END = 12  # characters at the end that are looked at
_DIGITS = re.compile(r"\d")
_BULLET = re.compile(r"^[►▶▸➤→»›•·●■◆+|>\-–—*]\s*")
_DATE = re.compile(r"\d{1,4}[./年月-]\s?\d{1,2}[./月日-]|\b\d{1,2}:\d{2}\b|\b(?:19|20)\d\d\b")


def mass_under_15(spot: Spot) -> bool:
    return spot.mass < 15


def mass_15_to_40(spot: Spot) -> bool:
    return 15 <= spot.mass < 40


def mass_40_to_80(spot: Spot) -> bool:
    return 40 <= spot.mass < 80


def mass_80_to_160(spot: Spot) -> bool:
    return 80 <= spot.mass < 160


def mass_160_to_320(spot: Spot) -> bool:
    return 160 <= spot.mass < 320


def mass_from_320(spot: Spot) -> bool:
    return spot.mass >= 320


def ends_like_a_sentence(spot: Spot) -> bool:
    """A full stop, question or exclamation mark of any script at the end."""
    return _FULL_STOP.search(spot.text[-_END:]) is not None


def ends_with_colon(spot: Spot) -> bool:
    return spot.text.endswith((":", "："))


def ends_with_ellipsis(spot: Spot) -> bool:
    """Teasers are cut with one."""
    return spot.text.endswith(("…", "..."))


def short_without_end(spot: Spot) -> bool:
    return spot.mass < 80 and not spot.heading and _ENDS.search(spot.text[-_END:]) is None


def no_link(spot: Spot) -> bool:
    return spot.block.links == 0


def some_links(spot: Spot) -> bool:
    return 0 < spot.linked < 0.3


def half_linked(spot: Spot) -> bool:
    return 0.3 <= spot.linked < 0.7


def all_linked(spot: Spot) -> bool:
    return spot.linked >= 0.98


def all_linked_and_long(spot: Spot) -> bool:
    return spot.linked >= 0.9 and spot.mass >= 40


def many_digits(spot: Spot) -> bool:
    return spot.mass < 200 and len(_DIGITS.findall(spot.text)) * 5 > spot.mass


def short_with_date(spot: Spot) -> bool:
    return spot.mass < 60 and _DATE.search(spot.text) is not None


def opens_with_bullet(spot: Spot) -> bool:
    return _BULLET.match(spot.text) is not None


def all_slanted(spot: Spot) -> bool:
    """The whole line in italics: notes to the reader often are."""
    return is_all_in(spot, ("em", "i"))


def all_bold(spot: Spot) -> bool:
    return not spot.heading and is_all_in(spot, ("strong", "b"))


def is_all_in(spot: Spot, tags: tuple[str, ...]) -> bool:
    """Whether the first inline element, of one of *tags*, opens before the text and closes after it."""
    depth, inside = 0, False
    for piece in spot.block.pieces:
        if isinstance(piece, LexborNode):
            depth += 1
            inside = inside or (piece.tag in tags)
        elif piece is None:
            depth -= 1
            inside = inside and depth > 0
        elif not inside and not piece.isspace():
            return False
    return True
