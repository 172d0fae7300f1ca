"""The line itself: how long it is, how it ends, how much of it is links, how it is set."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from broadsheet.extraction.body.spots import Spot
from broadsheet.markup.blocks import text_mass

_FULL_STOPS = frozenset(".!?…。！？؟।።։")
_STOPS = _FULL_STOPS | frozenset("๏៖;；:：")
_CLOSERS = " \"'”’»)]）」』】›〉》"  # may stand between the stop and the end of the line
MASS_BOUNDS = (15, 40, 80, 160, 320)
SHORT = 80  # lighter lines are seldom whole sentences
_DIGITS_MASS = 200  # only lighter lines are searched for digits
LABELLED_MASS = 200  # a label with the headline behind it is lighter
_LABEL = re.compile(r"[^:|：｜]{2,40}[:|：｜]")
_END = 12  # characters at the end that are looked at
_DIGITS = re.compile(r"\d")
_SLANTED, _BOLD = ("em", "i"), ("strong", "b")
_STYLES = frozenset(_SLANTED + _BOLD)
_BULLETS = frozenset("►▶▸➤→»›•·●■◆+|>-–—*")
_DATE = re.compile(r"\d{1,4}[./年月-]\s?\d{1,2}[./月日-]|\b\d{1,2}:\d{2}\b|\b(?:19|20)\d\d\b")


def mass_under_15(spot: Spot) -> bool:
    """The first of six bands of length, which MASS_BOUNDS part."""
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
    return _last_mark(spot) in _FULL_STOPS


def ends_with_colon(spot: Spot) -> bool:
    return spot.text.endswith((":", "："))


def ends_with_ellipsis(spot: Spot) -> bool:
    """Teasers are cut with one."""
    return spot.text.endswith(("…", "..."))


def short_without_end(spot: Spot) -> bool:
    return spot.mass < SHORT and not spot.heading and _last_mark(spot) not in _STOPS


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


def holds_digits(spot: Spot) -> bool:
    return spot.mass < _DIGITS_MASS and _DIGITS.search(spot.text) is not None


def many_digits(spot: Spot) -> bool:
    return spot.mass < _DIGITS_MASS and len(_DIGITS.findall(spot.text)) * 5 > spot.mass


def short_with_date(spot: Spot) -> bool:
    return spot.mass < 60 and _DATE.search(spot.text) is not None


def has_bar(spot: Spot) -> bool:
    """An upright bar between words: "WATCH | …", "News | Sport | Weather"."""
    return "|" in spot.text or "｜" in spot.text


def label_then_link(spot: Spot) -> bool:
    """A label, a colon or a bar, and nothing but a link behind it, in whatever language: "Read also: …", "FUNDA FUTHI | …"."""
    if not spot.block.links or spot.mass > LABELLED_MASS:
        return False
    label = _LABEL.match(spot.text)
    return label is not None and spot.block.link_mass >= text_mass(spot.text[label.end() :]) > 0


def opens_with_bullet(spot: Spot) -> bool:
    return spot.text[:1] in _BULLETS


def opens_in_style(spot: Spot) -> bool:
    """An element of italics or bold opens before the line's first word: only then can the line lie in one as a whole."""
    for piece in spot.block.pieces:
        if isinstance(piece, str):
            if not piece.isspace():
                return False
        elif piece is not None and piece.tag in _STYLES:
            return True
    return False


def all_slanted(spot: Spot) -> bool:
    """The whole line in italics: notes to the reader often are."""
    return is_all_in(spot, _SLANTED)


def all_bold(spot: Spot) -> bool:
    return not spot.heading and is_all_in(spot, _BOLD)


def _last_mark(spot: Spot) -> str:
    """The last character of the line, quotation marks and brackets that close aside."""
    return spot.text[-_END:].rstrip(_CLOSERS)[-1:]


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
