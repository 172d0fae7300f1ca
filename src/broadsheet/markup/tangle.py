"""Markup made to exhaust a parser, told by one linear look at its tags.

HTML parsers take quadratic time for very deep nesting (100,000 open `div`s: 15 s in lexbor, measured) and multiply elements for
unclosed formatting (`<font><p><font><p>…` repeats every open `font` in every paragraph). Such input is not parsed at all: its words
are kept, its mark-up is not.
"""

from __future__ import annotations

import re
from html import unescape

from broadsheet.markup.tree import escaped

MAX_DEPTH = 400  # the deepest of 3,000 news pages has 57; old tables-in-tables mail reaches 200
MAX_COPIES = 100_000  # elements that unclosed formatting may add
_FEW_TAGS = 1000  # however they nest, parsing them takes 2 ms

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
_CLOSED_BY_OTHERS = frozenset("p li dt dd td th tr thead tbody tfoot option optgroup colgroup rb rt rp rtc".split())
_NEVER_OPEN = frozenset("br hr img input meta link area base col embed source track wbr param".split())
_SCOPES = frozenset("table td th caption marquee object applet template svg math".split())
# What is never closed reaches to the end, as in a browser; a pattern that gave up there instead would search the rest once a tag.
_RAW = re.compile(r"<(script|style|template|noscript|iframe|textarea|svg|math)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.I | re.S)
_BLOCK_END = re.compile(r"<(?:/(?:p|div|li|h[1-6]|tr|blockquote|section|article)|br)\b[^<>]*>", re.I)
_ANY_TAG = re.compile(r"</?[a-zA-Z!?][^>]*>?")


def is_tangled(html: str) -> bool:
    """Whether parsing *html* would cost more than its length warrants."""
    if html.count("<") <= _FEW_TAGS:
        return False
    stack: list[str] = []
    formatting = copies = 0
    for closing, raw in _TAG.findall(html):
        name = raw.lower()
        if closing:
            formatting -= _close(stack, name)
        elif name in _CLOSED_BY_OTHERS:
            copies += formatting
        elif name not in _NEVER_OPEN:
            stack.append(name)
            formatting += name in _FORMATTING
            copies += 0 if name in _FORMATTING else formatting
        if len(stack) > MAX_DEPTH or copies > MAX_COPIES:
            return True
    return False


def words_only(html: str) -> str:
    """The text of *html* as escaped paragraphs, found without parsing; what only scripts or styles would read is left out."""
    parts = _BLOCK_END.sub("\n", _RAW.sub(" ", html))
    lines = (" ".join(unescape(_ANY_TAG.sub(" ", line)).split()) for line in parts.split("\n"))
    return "".join(f"<p>{escaped(line)}</p>" for line in lines if line)


def _close(stack: list[str], name: str) -> int:
    """Close the nearest *name* within reach of an end tag; how many formatting elements that closed."""
    for back in range(1, len(stack) + 1):
        if stack[-back] == name:
            closed = stack[-back:]
            del stack[-back:]
            return sum(tag in _FORMATTING for tag in closed)
        if stack[-back] in _SCOPES:
            return 0
    return 0
