"""From text to a tree: strictly, then repaired, then whatever can be recovered; the first error is remembered."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from broadsheet.parse.feed.names import Element
from broadsheet.parse.feed.repair import from_root, limited, repaired, with_markup_wrapped

_CLOSING = re.compile(r"</(?:[\w-]{1,20}:)?(?:rss|feed|rdf|channel|urlset|sitemapindex)\s*>", re.IGNORECASE)


class Document(NamedTuple):
    """The root element of a feed, what was wrong with its XML first, and whether its end is missing."""

    root: Element
    broken: str | None
    cut_off: bool


def read_document(text: str) -> Document | None:
    """The tree of an XML feed, or None if *text* is not one.

    Entities are expanded by nobody but us, nothing outside *text* is read: the parser sees no DOCTYPE, has entities, DTDs and the
    network switched off, and a fixed limit on depth (libxml2's, 2,048).
    """
    prolog = from_root(text)
    if prolog is None:
        return None
    text = limited(prolog.text)
    if prolog.entities:
        text = repaired(text, prolog.entities)
    root, fault = _parse(text, recover=False)
    broken = prolog.fault or (_described(fault, prolog.line) if fault else None)
    if root is None:
        text = repaired(text, prolog.entities)
        root, _ = _parse(text, recover=False)
    if root is None and (wrapped := with_markup_wrapped(text)) != text:
        root, _ = _parse(wrapped, recover=False)
    if root is None:
        root, _ = _parse(text, recover=True)
    return None if root is None else Document(root, broken, cut_off=broken is not None and _CLOSING.search(text) is None)


def _parse(text: str, *, recover: bool) -> tuple[Element | None, etree.XMLSyntaxError | None]:
    parser = etree.XMLParser(
        encoding="utf-8", recover=recover, resolve_entities=False, no_network=True, load_dtd=False,
        huge_tree=True, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser), None
    except etree.XMLSyntaxError as error:
        return None, error


def _described(error: etree.XMLSyntaxError, skipped_lines: int) -> str:
    message = (error.msg or "not well-formed").partition(", line ")[0].partition("\n")[0]
    return f"{message} (line {(error.lineno or 1) + skipped_lines})"
