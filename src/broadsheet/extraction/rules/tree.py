"""A page as a tree that a rule may search by XPath and CSS, and change: a copy, since nobody changes a page.

The copy is made from the parsed page (its own HTML, written out and read by lxml: on 120 pages tried the same elements and texts), not from
the network. What is asked of it is bounded beforehand: see `work`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from broadsheet.extraction.rules.rule import Selector
from broadsheet.extraction.rules.work import Shape, Worker, css_work
from broadsheet.extraction.rules.xpath import Malformed, read_xpath
from broadsheet.markup.limits import parsed
from broadsheet.markup.page import Page
from broadsheet.markup.tree import escaped
from broadsheet.text.plain import collapse, xml_text

MAX_CHARACTERS = 4_000_000
"""Larger pages are left to the signals; of 1,057 pages at hand the largest has 1.8 million."""

MAX_ELEMENTS = 60_000
"""Likewise; the most at hand are 38,000."""

MAX_WORK = 3e8
"""Visits to nodes that all of a rule's expressions may take together on one page: some five seconds at worst, a few milliseconds usually."""

LEAST_WORK = 1e5
"""What any expression counts, so that a rule of ten thousand cheap ones is bounded too; the longest of the community's has some hundred."""

MAX_FOUND = 5_000
"""What one selector may find; beyond this it means nothing in particular."""

MAX_WRAPPED = 1_000
"""Elements that may be put around others, so that the tree does not grow without bound."""

MAX_VALUE = 20_000
"""Characters of one value that are taken."""

_NOT_TEXT = frozenset(("script", "style", "noscript", "template"))
_STAYS = frozenset(("html", "head", "body"))

Found = Any
"""An element, or a string that knows where it stands (lxml's "smart" string)."""


class RuleTree:
    """A copy of one page. *refused* collects, in words, the selectors that were not evaluated because they could take too long."""

    def __init__(self, page: Page, css: Sequence[str] = ()) -> None:
        self.refused: list[str] = []
        self.is_changed = False
        self._page = page
        self._left = MAX_WORK
        self._wrapped = 0
        self._marked: dict[str, list[Found]] = {}
        source = xml_text(page.tree.html or "")
        self._root = _parsed(source) if len(source) <= MAX_CHARACTERS else None
        self._shape = _measured(self._root) if self._root is not None else None
        self.is_usable = self._shape is not None
        if self._shape is not None:
            self._worker = Worker(self._shape)
            if css:
                self._mark(source, dict.fromkeys(css), self._shape)

    def find(self, selector: Selector) -> list[Found]:
        """What *selector* selects, in the order of the page; at most MAX_FOUND."""
        if selector.kind == "constant":
            return [selector.expression]
        if selector.condition and not self._evaluated(selector.condition):
            return []
        if selector.kind == "css":
            return [element for element in self._marked.get(selector.expression, ()) if self._is_attached(element)]
        found = self._evaluated(selector.expression)
        if isinstance(found, list):
            return found[:MAX_FOUND]
        return [found] if isinstance(found, str) and found.strip() else []

    def remove(self, found: Iterable[Found]) -> int:
        """Take elements, attributes and texts out of the tree; how many were taken. What frames the whole page stays."""
        taken = 0
        for one in found:
            taken += self._remove_string(one) if isinstance(one, str) else self._remove_element(one)
        self.is_changed = self.is_changed or taken > 0
        return taken

    def named(self, parts: Sequence[str]) -> list[Found]:
        """The elements whose id or class holds one of *parts*, be it as a part of a word."""
        elements = self._root.iter(etree.Element) if self._root is not None and parts else ()
        bears = re.compile("|".join(map(re.escape, parts))).search
        return [element for element in elements if (said := _names(element)) and bears(said)]

    def pictures(self, parts: Sequence[str]) -> list[Found]:
        """The images whose address holds one of *parts*."""
        images = self._root.iter("img") if self._root is not None and parts else ()
        return [image for image in images if any(part in (image.get("src") or "") for part in parts)]

    def uncover(self, attributes: Sequence[str]) -> None:
        """Give each picture that keeps its address in one of *attributes* that address."""
        for image in self._root.iter("img") if self._root is not None and attributes else ():
            if address := next((said for name in attributes if (said := image.get(name))), None):
                image.set("src", address)
                self.is_changed = True

    def wrap(self, tag: str, found: Iterable[Found]) -> None:
        """Put an element *tag* around each element found."""
        for one in found:
            parent = None if isinstance(one, str) or one.tag in _STAYS else one.getparent()
            if parent is None or self._wrapped >= MAX_WRAPPED:
                continue
            around = etree.Element(tag)
            around.tail, one.tail = one.tail, None
            parent.replace(one, around)
            around.append(one)
            self._wrapped += 1
            self.is_changed = True

    def dissolve(self, found: Iterable[Found]) -> None:
        """Take each element's tags away and leave what stands in it."""
        for one in found:
            parent = None if isinstance(one, str) or one.tag in _STAYS else one.getparent()
            if parent is None:
                continue
            at = parent.index(one)
            tail, one.tail = one.tail, None
            children = list(one)
            _add_text_at(parent, at, one.text)
            parent.remove(one)
            for place, child in enumerate(children):
                parent.insert(at + place, child)
            _add_text_at(parent, at + len(children), tail)
            self.is_changed = True

    def page(self) -> Page:
        """The page as it stands now; the one given if nothing was changed."""
        if not self.is_changed or self._root is None:
            return self._page
        return replace(self._page, tree=_tree_of(etree.tostring(self._root, method="html", encoding="unicode")))

    def page_of(self, found: Sequence[Found]) -> Page | None:
        """A page that holds nothing but what was found; None if that has neither text nor picture."""
        outermost = _outermost(found)
        if not any(_says_something(one) for one in outermost):
            return None
        html = "".join(
            f"<p>{escaped(one)}</p>" if isinstance(one, str) else etree.tostring(one, method="html", encoding="unicode", with_tail=False)
            for one in outermost
        )
        return replace(self._page, tree=_tree_of(f"<html><body><article>{html}</article></body></html>"))

    def _mark(self, source: str, selectors: Iterable[str], shape: Shape) -> None:
        """Find what CSS *selectors* select with the engine that has a browser's rules, and carry it over by marks."""
        copy = _tree_of(source)
        marks = {f"data-found-by-rule-{at}": selector for at, selector in enumerate(selectors)}
        for mark, selector in marks.items():
            if self._may_cost(css_work(selector, shape), selector):
                for node in copy.css(selector)[:MAX_FOUND]:
                    node.attrs[mark] = ""
        self._root = _parsed(copy.html or "")
        for element in self._root.iter(etree.Element) if self._root is not None else ():
            for mark in [name for name in element.attrib if name in marks]:
                del element.attrib[mark]
                self._marked.setdefault(marks[str(mark)], []).append(element)

    def _evaluated(self, expression: str) -> Any:
        """What lxml makes of *expression*; an empty list if that could take too long."""
        try:
            read = read_xpath(expression)
            if self._root is None or not self._may_cost(self._worker.of(read.whole), expression):
                return []
            return _compiled(read.words)(self._root)
        except (Malformed, etree.XPathError) as error:  # readers of rules have checked it; but the count of a text is well formed nonsense
            self.refused.append(f"{expression}: {error}")
            return []

    def _may_cost(self, work: float, expression: str) -> bool:
        work = max(work, LEAST_WORK)
        if work > self._left:
            self.refused.append(f"{expression}: could take too long on a page of this shape")
            return False
        self._left -= work
        return True

    def _is_attached(self, element: Found) -> bool:
        while (parent := element.getparent()) is not None:
            element = parent
        return element is self._root

    @staticmethod
    def _remove_element(element: Found) -> int:
        parent = element.getparent()
        if parent is None or element.tag in _STAYS:
            return 0
        at = parent.index(element)
        tail, element.tail = element.tail, None
        parent.remove(element)
        _add_text_at(parent, at, tail)
        return 1

    @staticmethod
    def _remove_string(found: Found) -> int:
        parent = found.getparent() if hasattr(found, "getparent") else None
        if parent is None:
            return 0
        if found.is_attribute:
            parent.attrib.pop(found.attrname, None)
        elif found.is_tail:
            parent.tail = None
        else:
            parent.text = None
        return 1


def value_of(found: Found, attribute: str | None = None) -> str:
    """The words of what was found, or those of its *attribute*; of a `<meta>` its content."""
    if isinstance(found, str):
        return collapse(found[:MAX_VALUE])
    if attribute is not None or found.tag == "meta":
        return collapse((found.get(attribute or "content") or "")[:MAX_VALUE])
    return collapse("".join(_texts(found))[:MAX_VALUE])


def _parsed(source: str) -> Any:
    # "huge_tree" lifts libxml2's own limit of 256 levels, at which it would drop the rest of the page; `markup.limits` has bounded them.
    parser = etree.HTMLParser(recover=True, no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(source, parser) if source.strip() else None
    except etree.XMLSyntaxError:  # nothing that even this parser can read as a document
        return None


def _measured(root: Any) -> Shape | None:
    """The tree's measurements; None if it has more than MAX_ELEMENTS elements."""
    depths: Counter[int] = Counter()
    names: Counter[str] = Counter()
    texts = characters = widest = attributes = stated = elements = 0
    pairs = 0.0
    around: list[int] = []  # children still to come of each open element
    for element in root.iter(etree.Element):
        elements += 1
        if elements > MAX_ELEMENTS:
            return None
        while around and around[-1] == 0:
            around.pop()
        if around:
            around[-1] -= 1
        depths[len(around)] += 1
        children = len(element)
        around.append(children)
        held = children + bool(element.text) + sum(1 for child in element if child.tail)
        texts += held - children
        characters += len(element.text or "") + len(element.tail or "")
        stated += sum(map(len, element.attrib.values()))
        names[element.tag] += 1
        widest, attributes, pairs = max(widest, held), max(attributes, len(element.attrib)), pairs + held * held / 2
    nodes = elements + texts
    return Shape(
        nodes=nodes, characters=characters, depths=depths, widest=widest, beside=pairs / max(nodes, 1), attributes=attributes,
        attribute_characters=stated, names=names,
    )  # fmt: skip


@lru_cache(maxsize=2048)
def _compiled(words: str) -> etree.XPath:
    return etree.XPath(words, regexp=False)


def _names(element: Found) -> str:
    return f"{element.get('id') or ''}\n{element.get('class') or ''}".strip()


def _add_text_at(parent: Found, at: int, text: str | None) -> None:
    """Let *text* stand in *parent* right before its child number *at*."""
    if not text:
        return
    if at == 0:
        parent.text = (parent.text or "") + text
    else:
        before = parent[at - 1]
        before.tail = (before.tail or "") + text


def _tree_of(html: str) -> LexborHTMLParser:
    return parsed(html.encode("utf-8", "replace"))[0]


def _outermost(found: Sequence[Found]) -> list[Found]:
    """*found* without what stands in something else that was found."""
    elements = {one for one in found if not isinstance(one, str)}
    return [one for one in found if isinstance(one, str) or not any(around in elements for around in one.iterancestors())]


def _says_something(found: Found) -> bool:
    if isinstance(found, str):
        return bool(found.strip())
    return any(text.strip() for text in _texts(found)) or next(found.iter("img", "picture", "video", "audio", "iframe"), None) is not None


def _texts(element: Found) -> Iterator[str]:
    """The texts in an element, without what only scripts and styles read. Not recursive: pages nest deeply."""
    skipped = 0
    for event, inner in etree.iterwalk(element, events=("start", "end")):
        opens = event == "start"
        if opens and (skipped or inner.tag in _NOT_TEXT):
            skipped += 1
        elif opens:
            yield inner.text or ""
        elif skipped:
            skipped -= 1
        if not opens and not skipped and inner is not element:
            yield inner.tail or ""
