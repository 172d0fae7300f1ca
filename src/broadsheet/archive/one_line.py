"""HTML on one line: what a Markdown file needs, where a blank line would end the HTML.

Also the one spelling of a body in the archive: white space that no browser shows is gone, so that what is read back can be compared.
"""

from __future__ import annotations

import re

from broadsheet.markup.blocks import INLINE
from broadsheet.markup.tree import Element, read_fragment, write_fragment
from broadsheet.text.plain import is_cjk

_FLOWS_ON = (INLINE | {"img", "picture", "source"}) - {"br"}  # elements beside which a space is seen
_SPACES = re.compile(r"[ \t\n\r\f]+")
_LINE_ENDS = re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")  # all that any reader may take for the end of a line


def one_line(html: str) -> str:
    """*html* without line ends: those inside `pre` become `&#10;`, all others a space where one is seen.

    Between two Han or kana characters a line end is nothing at all, as in print. Doing it twice changes nothing.
    """
    return write_one_line(tidied(read_fragment(html)))


def write_one_line(root: Element) -> str:
    """A tidied tree on one line."""
    return _LINE_ENDS.sub(lambda found: f"&#{ord(found[0])};", write_fragment(root))


def tidied(root: Element) -> Element:
    """*root* without the white space that is not seen; `pre` is left as it is."""
    return Element(root.tag, dict(root.attributes), _Tidier().children(root))


class _Tidier:
    """One pass in reading order, remembering whether a space would be seen."""

    def __init__(self) -> None:
        self._edge = True  # at the start of a line, or after a space

    def children(self, element: Element) -> list[Element | str]:
        kept: list[Element | str] = []
        for child in element.children:
            if isinstance(child, Element):
                if child.tag not in _FLOWS_ON:
                    _cut_end(kept)
                kept.append(self._element(child))
            elif text := self._text(child):
                kept.append(text)
        if element.tag not in _FLOWS_ON:
            _cut_end(kept)
        return kept

    def _element(self, element: Element) -> Element:
        if element.tag == "pre":
            self._edge = True
            return _pre(element)
        if element.tag not in _FLOWS_ON:
            self._edge = True
        tidy = Element(element.tag, dict(element.attributes), self.children(element))
        self._edge = element.tag not in _FLOWS_ON or (self._edge and element.tag != "img")
        return tidy

    def _text(self, text: str) -> str:
        spaced = _SPACES.sub(lambda found: _joint(text, found), text)
        seen = spaced.lstrip(" ") if self._edge else spaced
        if seen:
            self._edge = seen.endswith(" ")
        return seen


def _joint(text: str, found: re.Match[str]) -> str:
    before, after = text[: found.start()][-1:], text[found.end() :][:1]
    return "" if "\n" in found[0] and is_cjk(before) and is_cjk(after) else " "


def _cut_end(kept: list[Element | str]) -> None:
    """Drop the space before the end of a block."""
    if kept and isinstance(last := kept[-1], str):
        kept[-1] = last.rstrip(" ")
        if not kept[-1]:
            kept.pop()


def _pre(element: Element) -> Element:
    """A `pre` that opens with a line end needs a second one: parsers drop the first (HTML, section 13.2.6.4.7). So does one within it."""
    children = [_pre(child) if isinstance(child, Element) else child for child in element.children]
    if element.tag == "pre" and children and isinstance(first := children[0], str) and first.startswith("\n"):
        children[0] = "\n" + first
    return Element(element.tag, dict(element.attributes), children)
