"""Clean HTML as plain text, as escaped text, and (through `markdown`) as Markdown."""

from __future__ import annotations

import re
from html import unescape

from broadsheet.markup.markdown import to_markdown
from broadsheet.markup.tree import Element, attribute_text, escaped, read_fragment
from broadsheet.markup.vocabulary import BLOCKS
from broadsheet.model import SafeHtml
from broadsheet.text import collapse

__all__ = ["escape", "to_markdown", "to_text"]

_READINGS = frozenset(("rt", "rp"))
_CELLS = frozenset(("td", "th"))  # a table's row is one line
_EDGES = {**dict.fromkeys(BLOCKS, "\n"), "br": "\n", **dict.fromkeys(_CELLS, " ")}
_BY_TREE = ("<pre", "<ruby", "<rtc")  # elements whose words depend on more than the tag before them

_PRE_SPACE = "\0"  # holds a space of preformatted text while lines are joined; no parser lets a NUL into text
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)([^>]*)>")  # exact for `SafeHtml`, which escapes `<` and `>` in text and attributes


def to_text(html: SafeHtml) -> str:
    """The words of *html*, one block (or row of a table) a line, no empty lines, without captions, embeds and the like. `pre` keeps its lines.

    A reading above a word follows it in the brackets that the page gives for it ("弾劾（だんがい）"), and is left out if it gives none.
    """
    if any(tag in html for tag in _BY_TREE):
        parts: list[str] = []
        _collect(read_fragment(html), parts, in_pre=False)
        lines = (collapse(line).replace(_PRE_SPACE, " ").rstrip() for line in "".join(parts).split("\n"))
    else:
        lines = (collapse(unescape(line)) for line in _scanned(html).split("\n"))
    return "\n".join(line for line in lines if line)


def _scanned(html: str) -> str:
    """The words of *html*, still escaped, found in one pass over its tags: a fifth of what a tree costs."""
    pieces = _TAG.split(html.replace("\n", " "))
    parts = [pieces[0]]
    skipped, depth = "", 0  # the element that is left out, and how many of its name are open
    for at in range(1, len(pieces), 4):
        tag = pieces[at + 1]
        if depth:
            depth += 0 if tag != skipped else -1 if pieces[at] else 1
            if depth:
                continue
        elif not pieces[at] and _is_left_out(tag, pieces[at + 2]):
            skipped, depth = tag, 1
            continue
        elif edge := _EDGES.get(tag):
            parts.append(edge)
        parts.append(pieces[at + 3])
    return "".join(parts)


def _is_left_out(tag: str, attributes: str) -> bool:
    """Captions and times, which are no text of the article's; embeds, which are others'; the arrow that leads back from a footnote."""
    match tag:
        case "figcaption":
            return True
        case "figure":
            return ' class="embed"' in attributes
        case "p":
            return ' class="when"' in attributes
        case "a":
            return ' href="#fnref-' in attributes
        case _:
            return False


def escape(text: str) -> SafeHtml:
    """*text* as HTML that shows exactly it."""
    return SafeHtml(escaped(text))


def _collect(element: Element, parts: list[str], *, in_pre: bool) -> None:
    """Add the element's words to *parts*, with a line break wherever a block begins or ends and nowhere else."""
    bare = _is_bare_ruby(element)
    for child in element.children:
        if isinstance(child, str):
            parts.append(child.replace(" ", _PRE_SPACE) if in_pre else child.replace("\n", " "))
        elif not (_is_left_out(child.tag, attribute_text(child.attributes)) or (bare and child.tag in _READINGS)):
            edge = _EDGES.get(child.tag, "")
            parts.append(edge)
            _collect(child, parts, in_pre=in_pre or child.tag == "pre")
            parts.append(edge)


def _is_bare_ruby(element: Element) -> bool:
    """Whether readings stand above words without the brackets of `<rp>`, so that on one line both would run into one word."""
    return element.tag in ("ruby", "rtc") and next(element.find("rp"), None) is None
