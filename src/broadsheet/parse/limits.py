"""Text that would cost the HTML parser more than its size: cut or thinned before it gets there.

The parser's time grows with the square of two things (measured on lexbor, one core): elements left open inside one another
(10,000 take 0.25 s, 100,000 take 10 s) and attributes of one element (10,000 take 0.16 s, 100,000 take 16 s). No real page is near
either, so both are looked for only where a cheap count says they could be.
"""

from __future__ import annotations

import re

MAX_CHARACTERS = 8_000_000  # the largest of 937 news and blog pages at hand has 1.8 million
MAX_OPEN = 2_000  # elements open at once; browsers themselves stop nesting at 512
MAX_TAG = 200_000  # characters of one tag; pages keep whole JSON documents in one attribute, the longest at hand in 125,000
MAX_ATTRIBUTES = 3_000

_FEW_TAGS = 10_000  # fewer "<" than this cannot nest deeply enough to matter; the most at hand is 9,770
_LONG_PIECE = 20_000  # what follows one "<" up to the next; shorter ones cannot hold enough attributes to matter

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)[^<>]*>?")
# Elements that end by themselves: left open on many sloppy pages, and yet never inside one another.
_SELF_ENDING = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dt dd tr td th thead tbody tfoot option optgroup"
    " html head body".split()
)


def tame(text: str) -> tuple[str, bool]:
    """*text* within the limits, and whether anything was left out for it."""
    cut = len(text) > MAX_CHARACTERS
    if cut:
        text = text[:MAX_CHARACTERS]
    pieces = text.split("<")
    if max(map(len, pieces)) > _LONG_PIECE:
        short = [_short_tag(piece) if len(piece) > _LONG_PIECE else piece for piece in pieces[1:]]
        if short != pieces[1:]:
            text, cut = "<".join((pieces[0], *short)), True
    if len(pieces) > _FEW_TAGS:
        flat = _flattened(text)
        text, cut = flat, cut or len(flat) != len(text)
    return text, cut


def _short_tag(piece: str) -> str:
    """A start tag without attributes if it has absurdly many; scripts and plain text, which are not tags, stay as they are."""
    if not piece[:1].isalpha():
        return piece
    tag, bracket, rest = piece.partition(">")
    if len(tag) <= MAX_TAG and tag.count("=") <= MAX_ATTRIBUTES and len(tag.split(None, MAX_ATTRIBUTES + 1)) <= MAX_ATTRIBUTES:
        return piece
    name = tag.split(None, 1)[0][:40]
    return name + (bracket or ">") + rest


def _flattened(text: str) -> str:
    """*text* without the start tags that would be open inside more than MAX_OPEN others; their words stay."""
    still_open: dict[str, int] = {}
    depth = 0

    def keep(found: re.Match[str]) -> str:
        nonlocal depth
        name = found[2].lower()
        if name in _SELF_ENDING:
            return found[0]
        if found[1]:
            if still_open.get(name):
                still_open[name] -= 1
                depth -= 1
            return found[0]
        if depth >= MAX_OPEN:
            return ""
        still_open[name] = still_open.get(name, 0) + 1
        depth += 1
        return found[0]

    return _TAG.sub(keep, text)
