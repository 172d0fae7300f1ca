"""The inside of a line as clean HTML: text, emphasis, links, ruby, line ends; everything else only its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from selectolax.lexbor import LexborNode

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
_SPACE = re.compile(r"\s+")
_EDGE_BREAKS = re.compile(r"^(?:\s|<br>)+|(?:\s|<br>)+$")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_QUOTED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


def inline_html(block: Block, base: str, *, preformatted: bool = False) -> str:
    """The line of *block*, links absolute and without tracking. Not yet sanitised: attributes are the page's own."""
    out: list[str] = []
    closing: list[str] = []
    for piece in block.pieces:
        if piece is None:
            if closing:
                out.append(closing.pop())
        elif isinstance(piece, str):
            out.append((piece if preformatted else _SPACE.sub(" ", piece)).translate(_ESCAPES))
        else:
            opened, closed = _tags(piece, base)
            out.append(opened)
            closing.append(closed)
    out.extend(reversed(closing))
    html = "".join(out)
    return html if preformatted else _EDGE_BREAKS.sub("", html)


def links_of(block: Block, base: str) -> Iterable[str]:
    """The absolute addresses that *block* links to."""
    for piece in block.pieces:
        if isinstance(piece, LexborNode) and piece.tag == "a" and (address := _link(piece, base)):
            yield address


def _tags(node: LexborNode, base: str) -> tuple[str, str]:
    """What opens and closes *node* in our HTML; two empty strings for an element that only styles."""
    tag = _KEPT.get(node.tag or "")
    if tag is None:
        return "", ""
    if tag in _VOID:
        return f"<{tag}>", ""
    if tag == "a":
        address = _link(node, base)
        return (f'<a href="{escaped_attribute(address)}">', "</a>") if address else ("", "")
    stated = _stated(node, _ATTRIBUTES.get(tag, ()))
    return f"<{tag}{stated}>", f"</{tag}>"


def _stated(node: LexborNode, names: Iterable[str]) -> str:
    attributes: Callable[[str], str | None] = node.attributes.get
    return "".join(f' {name}="{escaped_attribute(value)}"' for name in names if (value := attributes(name)))


def _link(node: LexborNode, base: str) -> str | None:
    """Where an `<a>` leads: absolute http(s), or mailto. A link within the page leads nowhere once the text stands elsewhere."""
    href = (node.attributes.get("href") or "").strip()
    if not href or href.startswith("#"):
        return None
    if href.lower().startswith("mailto:"):
        return href
    address = join(base, href)
    return without_tracking(address) if address else None


def escaped_text(text: str) -> str:
    """*text* for between tags."""
    return text.translate(_ESCAPES)


def escaped_attribute(text: str) -> str:
    """*text* for between double quotes."""
    return text.translate(_QUOTED)
