"""From bytes to a tree: strictly, then repaired, then whatever can be recovered; the first error is remembered.

A large feed is not made a tree of at once: its items are handed out one by one as the parser comes to their ends, and emptied. A fault
in it is worth the memory of the whole tree, since what is before and after the fault belongs together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import etree

from broadsheet.parse.feed.names import Element
from broadsheet.parse.feed.repair import Prolog, limited, repaired, with_markup_wrapped

LARGE_BYTES = 2_000_000  # one real feed in two hundred; below, a tree of some 5 MB is no matter, and 15 % faster
LEFT_WHOLE = 10  # items that stay in the tree, since a news sitemap states its own name in them
_PIECE_BYTES = 1 << 18
_CLOSING = re.compile(r"</(?:[\w-]{1,20}:)?(?:rss|feed|rdf|channel|urlset|sitemapindex)\s*>", re.IGNORECASE)
# Entities are expanded by nobody but us, nothing outside the bytes is read: the parser sees no DOCTYPE, has entities, DTDs and the
# network switched off, and libxml2's fixed limit on depth (2,048).
_SETTINGS: dict[str, Any] = {
    "encoding": "utf-8", "resolve_entities": False, "no_network": True, "load_dtd": False,
    "huge_tree": True, "remove_comments": True, "remove_pis": True,
}  # fmt: skip


class Document(NamedTuple):
    """The root element of a feed, what was wrong with its XML first, and whether its end is missing."""

    root: Element
    broken: str | None
    cut_off: bool


def read_document(prolog: Prolog) -> Document | None:
    """The tree of an XML feed, or None if there is nothing to make a tree of."""
    body = limited(prolog.body)
    root, fault = (None, None) if prolog.entities else _parse(body, recover=False)
    broken = prolog.fault or (_described(fault, prolog.line) if fault else None)
    if root is not None:
        return Document(root, broken, cut_off=False)
    text = repaired(body.decode("utf-8", "replace"), prolog.entities)
    root, fault = _parse(text.encode("utf-8", "replace"), recover=False)
    if broken is None and fault is not None:
        broken = _described(fault, prolog.line)
    if root is None and (wrapped := with_markup_wrapped(text)) != text:
        root, _ = _parse(wrapped.encode("utf-8", "replace"), recover=False)
    if root is None:
        root, _ = _parse(text.encode("utf-8", "replace"), recover=True)
    return None if root is None else Document(root, broken, cut_off=broken is not None and _CLOSING.search(text) is None)


def stream(prolog: Prolog, tags: tuple[str, ...]) -> Iterator[Element]:
    """The elements with one of *tags*, whole, in the order of their ends, emptied after use; at last the root without them.

    Raises etree.XMLSyntaxError where the feed is not well-formed: what was handed out till then is to be thrown away.
    """
    parser = etree.XMLPullParser(events=("end",), tag=tags, **_SETTINGS)
    body = limited(prolog.body)
    count = 0
    for start in range(0, len(body), _PIECE_BYTES):
        parser.feed(body[start : start + _PIECE_BYTES])
        for _, element in parser.read_events():
            assert isinstance(element, Element)  # other events give other things
            yield element
            count += 1
            if count > LEFT_WHOLE:
                element.clear()
    yield parser.close()


def _parse(data: bytes, *, recover: bool) -> tuple[Element | None, etree.XMLSyntaxError | None]:
    try:
        return etree.fromstring(data, etree.XMLParser(recover=recover, **_SETTINGS)), None
    except etree.XMLSyntaxError as error:
        return None, error


def _described(error: etree.XMLSyntaxError, skipped_lines: int) -> str:
    message = (error.msg or "not well-formed").partition(", line ")[0].partition("\n")[0]
    return f"{message} (line {(error.lineno or 1) + skipped_lines})"
