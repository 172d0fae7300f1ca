"""The inside of a line as clean HTML: text, emphasis, links, ruby, formulas, line ends; everything else only its words.

What comes out is spelled as the sanitiser spells it, so that one pass of it finds nothing to change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from selectolax.lexbor import LexborNode

from broadsheet.extraction.body.formulas import formula_html
from broadsheet.markup.blocks import Block
from broadsheet.urls import join, without_tracking

_KEPT = {
    "a": "a", "abbr": "abbr", "acronym": "abbr", "b": "strong", "strong": "strong", "i": "em", "em": "em", "cite": "cite", "code": "code",
    "tt": "code", "kbd": "kbd", "samp": "samp", "var": "var", "dfn": "dfn", "sub": "sub", "sup": "sup", "ruby": "ruby", "rb": "rb", "rt": "rt",
    "rp": "rp", "rtc": "rtc", "br": "br", "wbr": "wbr", "q": "q", "time": "time", "mark": "mark", "s": "s", "strike": "s", "del": "del",
    "ins": "ins", "bdi": "bdi", "bdo": "bdo", "small": "small",
}  # fmt: skip
_ATTRIBUTES = {"abbr": ("title",), "acronym": ("title",), "time": ("datetime",), "bdo": ("dir",), "q": ("cite",)}
_VOID = frozenset(("br", "wbr"))
_FORMULAS = frozenset(("math", "img"))  # no other picture stands inside a line, see `formulas.joined`
_LINK_END = ' rel="noopener noreferrer">'

Anchors = Callable[[LexborNode], str | None]
"""The start tag of a link that leads to a footnote of the article, or back from one; None for any other."""


def inline_html(block: Block, base: str, *, preformatted: bool = False, anchors: Anchors | None = None) -> str:
    """The line of *block*, links absolute and without tracking. Not yet sanitised: attributes are the page's own."""
    if len(block.pieces) == 1 and isinstance(block.pieces[0], str) and not preformatted:  # most lines are nothing but text
        return escaped_text(block.text)
    out: list[str] = []
    closing: list[tuple[int, str]] = []  # where in *out* each open element stands, and what closes it
    formula = 0  # how many elements were open when a formula began, which is written as a whole; 0 outside
    for piece in block.pieces:
        if piece is None:
            if closing:
                _close(out, *closing.pop())
            if len(closing) < formula:
                formula = 0
        elif formula:
            if not isinstance(piece, str):
                closing.append((len(out), ""))
        elif isinstance(piece, str):
            out.append(escaped_text(piece if preformatted else _spaced(piece)))
        else:
            opened, closed = _tags(piece, base, anchors)
            closing.append((len(out), closed))
            out.append(opened)
            formula = len(closing) if piece.tag == "math" else 0
    while closing:
        _close(out, *closing.pop())
    html = "".join(out)
    return html if preformatted else _trimmed(html)


def _spaced(text: str) -> str:
    """*text* with every run of white space as one space, at its ends too. Joining words costs a third of a substitution."""
    words = " ".join(text.split())
    if not words:
        return " "
    return f"{' ' if text[0].isspace() else ''}{words}{' ' if text[-1].isspace() else ''}"


def _trimmed(html: str) -> str:
    """*html* without spaces and line ends before its first word and behind its last."""
    html = html.strip()
    while html.startswith("<br>"):
        html = html[4:].lstrip()
    while html.endswith("<br>"):
        html = html[:-4].rstrip()
    return html


def _close(out: list[str], at: int, closed: str) -> None:
    """Write the end of the element that opened at *at*; of one with nothing in it not even its start remains."""
    if closed and not any(part and not part.isspace() for part in out[at + 1 :]):
        out[at] = ""
    else:
        out.append(closed)


def links_of(block: Block, base: str) -> Iterable[str]:
    """The absolute addresses that *block* links to."""
    for piece in block.pieces:
        if isinstance(piece, LexborNode) and piece.tag == "a" and (address := _link(piece, base)):
            yield address


def _tags(node: LexborNode, base: str, anchors: Anchors | None) -> tuple[str, str]:
    """What opens and closes *node* in our HTML; two empty strings for an element that only styles."""
    name = node.tag or ""
    if name == "a":
        if anchors is not None and (opened := anchors(node)):
            return opened, "</a>"
        address = _link(node, base)
        return (f'<a href="{escaped_attribute(address)}"{_LINK_END}', "</a>") if address else ("", "")
    tag = _KEPT.get(name)
    if tag is None:
        return (formula_html(node), "") if name in _FORMULAS else ("", "")
    if tag in _VOID:
        return f"<{tag}>", ""
    names = _ATTRIBUTES.get(tag)
    return f"<{tag}{_stated(node, names) if names else ''}>", f"</{tag}>"


def _stated(node: LexborNode, names: Iterable[str]) -> str:
    attributes: Callable[[str], str | None] = node.attrs.get
    return "".join(f' {name}="{escaped_attribute(value)}"' for name in names if (value := attributes(name)))


def _link(node: LexborNode, base: str) -> str | None:
    """Where an `<a>` leads: absolute http(s), or mailto. A link within the page leads nowhere once the text stands elsewhere."""
    href = (node.attrs.get("href") or "").strip()
    if not href or href.startswith("#"):
        return None
    if href[:7].lower() == "mailto:":
        return None if any(map(str.isspace, href)) else href
    address = join(base, href)
    return without_tracking(address) if address else None


def escaped_text(text: str) -> str:
    """*text* for between tags, as the sanitiser would spell it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\u00a0", "&nbsp;")


def escaped_attribute(text: str) -> str:
    """*text* for between double quotes."""
    return escaped_text(text).replace('"', "&quot;")
