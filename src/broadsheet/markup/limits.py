"""The one place where strangers' HTML meets the parser: what would cost more than its size is thinned before.

The parser's time, and its tree, grow with the square of three things (measured on lexbor, one core): elements left open inside one
another (10,000 take 0.1 s, 100,000 take 10 s), attributes of one element (the same), and formatting elements that are never closed
and differ in their attributes, which it opens anew in every paragraph (4,000 in 100 kB take 2.4 s and 8 million elements). No real
page is near any of them, so they are looked for only where a cheap count says they could be. Options of a list grow in the same way
as long as the parser keeps a copy of the chosen one, which nobody here reads: it is told not to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

MAX_OPEN = 2_000  # elements open at once; browsers themselves stop nesting at 512
MAX_TAG = 200_000  # bytes of one tag; pages keep whole JSON documents in one attribute, the longest at hand in 125,000
MAX_ATTRIBUTES = 3_000
MAX_COPIES = 1_000_000  # elements that unclosed formatting may add: so many take 0.3 s and 100 MB
MAX_FORMATTING = 200  # different start tags of formatting elements with attributes; the most on 1,057 pages are 128

_FEW_TAGS = 10_000  # fewer "<" than this cannot nest deeply enough to matter; the most at hand is 9,770
_LONG_PIECE = 20_000  # what follows one "<" up to the next; shorter ones cannot hold enough attributes to matter

_OPTIONS = int(LexborDocumentOptions.WO_EVENTS)
# b, i, u, s, em, tt, big, code, font, small, strike and strong. `a` and `nobr` end the one before them. Written with a first letter that
# fails at once, since every tag of every page passes here.
_FORMATTING = re.compile(rb"<[biusetcfBIUSETCF](?:[mMtT]|(?i:ig|ode|ont|mall|trike|trong))?[\s/][^<>]*")
_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)[^<>]*>?")
# Elements that end by themselves: left open on many sloppy pages, and yet never inside one another.
_SELF_ENDING = frozenset(
    b"area base br col embed hr img input link meta param source track wbr p li dt dd tr td th thead tbody tfoot option optgroup"
    b" html head body".split()
)


def parsed(html: bytes) -> tuple[LexborHTMLParser, bool]:
    """The tree of *html*, which is UTF-8, and whether anything was left out of it to stay within the limits."""
    tamed, cut = tame(html)
    return LexborHTMLParser(tamed, options=_OPTIONS), cut


def tame(html: bytes) -> tuple[bytes, bool]:
    """*html* within the limits, and whether anything was left out for it."""
    cut = False
    if overlong := [(start, end, short) for start, end in _long_pieces(html) if (short := _short_tag(html[start:end])) is not None]:
        html, cut = _replaced(html, overlong), True
    tags = html.count(b"<")
    formatting = min(MAX_FORMATTING, MAX_COPIES // (tags + 1))
    if len(set(_FORMATTING.findall(html))) > formatting:
        html = _plainly_formatted(html, formatting)
    if tags >= _FEW_TAGS:
        flat = _flattened(html)
        html, cut = flat, cut or len(flat) != len(html)
    return html, cut


def _long_pieces(html: bytes) -> Iterator[tuple[int, int]]:
    """Where more than _LONG_PIECE bytes follow a "<" without another. Looks back from the far end of each: a few looks a page."""
    at = html.find(b"<") + 1
    while at and len(html) - at > _LONG_PIECE:
        last = html.rfind(b"<", at, at + _LONG_PIECE + 1)
        if last < 0:
            last = html.find(b"<", at)
            yield at, last if last >= 0 else len(html)
        at = last + 1


def _short_tag(piece: bytes) -> bytes | None:
    """A start tag without attributes if it has absurdly many; None for the others, and for scripts and text, which are not tags."""
    if not piece[:1].isalpha():
        return None
    tag, bracket, rest = piece.partition(b">")
    if len(tag) <= MAX_TAG and tag.count(b"=") <= MAX_ATTRIBUTES and len(tag.split(None, MAX_ATTRIBUTES + 1)) <= MAX_ATTRIBUTES:
        return None
    name = tag.split(None, 1)[0][:40]
    return name + (bracket or b">") + rest


def _replaced(html: bytes, pieces: Sequence[tuple[int, int, bytes]]) -> bytes:
    """*html* with other bytes from start to end of each of *pieces*, which are in order."""
    parts: list[bytes] = []
    at = 0
    for start, end, instead in pieces:
        parts += html[at:start], instead
        at = end
    return b"".join((*parts, html[at:]))


def _plainly_formatted(html: bytes, limit: int) -> bytes:
    """*html* with the first *limit* different formatting tags; the others lose their attributes, and the parser repeats three alike at most.

    That is no cut: nobody reads these attributes.
    """
    met: set[bytes] = set()

    def keep(found: re.Match[bytes]) -> bytes:
        tag = found[0]
        if tag in met or len(met) < limit:
            met.add(tag)
            return tag
        return re.split(rb"[\s/]", tag, maxsplit=1)[0] + b" "

    return _FORMATTING.sub(keep, html)


def _flattened(html: bytes) -> bytes:
    """*html* without the start tags that would be open inside more than MAX_OPEN others; their words stay."""
    still_open: dict[bytes, int] = {}
    depth = 0

    def keep(found: re.Match[bytes]) -> bytes:
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
            return b""
        still_open[name] = still_open.get(name, 0) + 1
        depth += 1
        return found[0]

    return _TAG.sub(keep, html)
