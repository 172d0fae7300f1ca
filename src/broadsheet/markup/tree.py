"""A small element tree for clean fragments: what the sanitiser tidies and the serialisers walk.

Not for whole pages (those are `markup.page.Page` over lexbor's own tree): a fragment here is an article's body or a note, already
bounded in size and depth, so plain recursion is safe.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from selectolax.lexbor import LexborHTMLParser

MAX_DEPTH = 100  # deeper elements lose their tag, never their words; the most nested table layouts seen stay under 60
VOID = frozenset("br hr img wbr col source".split())


@dataclass(slots=True)
class Element:
    """One element. Mutable, unlike everything that leaves the room: it lives only within one call of a function here."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    def text(self) -> str:
        """All text within, in order, as it stands."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)

    def find(self, *tags: str) -> Iterator[Element]:
        """Every descendant with one of *tags*, in document order."""
        for child in self.children:
            if isinstance(child, Element):
                if child.tag in tags:
                    yield child
                yield from child.find(*tags)


def read_fragment(html: str) -> Element:
    """*html* as the children of an element without a name. Comments are left out."""
    # The doctype keeps the parser out of quirks mode, in which a table may stand inside a paragraph.
    body = LexborHTMLParser(f"<!doctype html><body>{html}").body
    root = Element("")
    if body is not None:
        _copy_children(body, root, depth=0)
    return root


def write_fragment(root: Element) -> str:
    """The tree as HTML. Every `<`, `>`, `&` and `"` of the text is escaped, so that no parser can read mark-up into it."""
    parts: list[str] = []
    _write_children(root, parts)
    return "".join(parts)


def escaped(text: str) -> str:
    """*text* for use between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")  # `str.translate` takes ten times as long on Chinese


def attribute_text(attributes: Mapping[str, str]) -> str:
    """*attributes* as they stand in a start tag, each after a space."""
    return "".join(f' {name}="{_quoted(value)}"' for name, value in attributes.items())


def _quoted(value: str) -> str:
    return escaped(value).replace('"', "&quot;")


def _copy_children(source: Any, target: Element, *, depth: int) -> None:
    node = source.child
    while node is not None:
        tag = node.tag
        if tag == "-text":
            target.children.append(node.text_content or "")
        elif node.is_element_node:
            if depth < MAX_DEPTH:
                element = Element(tag, {name: value or "" for name, value in node.attributes.items()})
                target.children.append(element)
                _copy_children(node, element, depth=depth + 1)
            else:
                target.children.append(node.text(deep=True))
        node = node.next


def _write_children(element: Element, parts: list[str]) -> None:
    for child in element.children:
        if isinstance(child, str):
            parts.append(escaped(child))
            continue
        parts.append(f"<{child.tag}{attribute_text(child.attributes)}>")
        if child.tag not in VOID:
            _write_children(child, parts)
            parts.append(f"</{child.tag}>")
