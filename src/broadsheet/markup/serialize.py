"""Clean HTML as plain text, as escaped text, and (through `markdown`) as Markdown."""

from __future__ import annotations

from broadsheet.markup.markdown import to_markdown
from broadsheet.markup.tree import Element, escaped, read_fragment
from broadsheet.markup.vocabulary import BLOCKS
from broadsheet.model import SafeHtml
from broadsheet.text import collapse

__all__ = ["escape", "to_markdown", "to_text"]

_LEFT_OUT = frozenset(("figcaption",))  # captions have their own field
_READINGS = frozenset(("rt", "rp"))
_ONE_LINE = frozenset(("td", "th"))  # a table's row is one line


_PRE_SPACE = "\0"  # holds a space of preformatted text while lines are joined; no parser lets a NUL into text


def to_text(html: SafeHtml) -> str:
    """The words of *html*, one block (or row of a table) a line, no empty lines, captions left out. `pre` keeps its lines.

    A reading above a word follows it in the brackets that the page gives for it ("弾劾（だんがい）"), and is left out if it gives none.
    """
    parts: list[str] = []
    _collect(read_fragment(html), parts, in_pre=False)
    lines = (collapse(line).replace(_PRE_SPACE, " ").rstrip() for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def escape(text: str) -> SafeHtml:
    """*text* as HTML that shows exactly it."""
    return SafeHtml(escaped(text))


def _collect(element: Element, parts: list[str], *, in_pre: bool) -> None:
    """Add the element's words to *parts*, with a line break wherever a block begins or ends and nowhere else."""
    left_out = _LEFT_OUT | _READINGS if _is_bare_ruby(element) else _LEFT_OUT
    for child in element.children:
        if isinstance(child, str):
            parts.append(child.replace(" ", _PRE_SPACE) if in_pre else child.replace("\n", " "))
        elif child.tag not in left_out:
            edge = _edge(child.tag)
            parts.append(edge)
            _collect(child, parts, in_pre=in_pre or child.tag == "pre")
            parts.append(edge)


def _is_bare_ruby(element: Element) -> bool:
    """Whether readings stand above words without the brackets of `<rp>`, so that on one line both would run into one word."""
    return element.tag in ("ruby", "rtc") and next(element.find("rp"), None) is None


def _edge(tag: str) -> str:
    """What stands between an element's words and its neighbours'."""
    if tag in _ONE_LINE:
        return " "
    return "\n" if tag == "br" or tag in BLOCKS else ""
