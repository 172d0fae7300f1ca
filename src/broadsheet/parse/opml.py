"""Subscription lists (OPML 1.0 and 2.0), as every reader exports them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from broadsheet.errors import ParseError
from broadsheet.parse.charset import decode
from broadsheet.parse.feed.repair import repaired
from broadsheet.text import collapse
from broadsheet.urls import join, normalise

MAX_OUTLINES = 100_000
_ROOT = re.compile(r"<opml\b", re.IGNORECASE)
_MAX_BYTES = 50_000_000
_MAX_DEPTH = 20  # folders within folders; readers make two levels at most


@dataclass(frozen=True, slots=True, kw_only=True)
class OpmlOutline:
    """One subscription. *category* is the path of the folders it lies in, `World/Asia`, or what its own `category` says."""

    title: str | None
    feed_url: str
    home_url: str | None = None
    category: str | None = None


def parse_opml(data: bytes, url: str = "") -> tuple[OpmlOutline, ...]:
    """The subscriptions in *data*, in order, each feed once; relative addresses resolve against *url*. Raises ParseError."""
    text, _ = decode(data[:_MAX_BYTES], content_type=None, kind="xml")
    start = _ROOT.search(text)
    root = _tree(text[start.start() :]) if start else None
    if root is None:
        raise ParseError(url or "the list", "is not OPML", do="Export the subscriptions as OPML in your reader and give that file")
    found = {outline.feed_url: outline for outline in _outlines(root, url)}
    return tuple(found.values())


def _tree(text: str) -> etree._Element | None:
    """The tree of *text*, repaired where it must be (a bare `&` in a title is the usual fault)."""
    for attempt, recover in ((text, False), (repaired(text, {}), False), (repaired(text, {}), True)):
        parser = etree.XMLParser(
            encoding="utf-8",
            recover=recover,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=True,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            return etree.fromstring(attempt.encode("utf-8", "replace"), parser)
        except etree.XMLSyntaxError:
            continue
    return None


def _outlines(root: etree._Element, url: str) -> Iterator[OpmlOutline]:
    """Every outline that has a feed, whatever its type says (folders are marked type="rss" by some readers)."""
    for count, outline in enumerate(root.iter("{*}outline")):
        if count == MAX_OUTLINES:
            return
        said = {str(name).lower(): str(value) for name, value in list(outline.items())[:_MAX_DEPTH]}
        if feed_url := _address(said.get("xmlurl"), url):
            yield OpmlOutline(
                title=collapse(said.get("title") or said.get("text") or "") or None,
                feed_url=feed_url,
                home_url=_address(said.get("htmlurl"), url),
                category=_folders(outline) or _own_category(said.get("category")),
            )


def _folders(outline: etree._Element) -> str | None:
    names: list[str] = []
    for folder in outline.iterancestors("{*}outline"):
        if len(names) == _MAX_DEPTH:
            break
        names.insert(0, collapse(folder.get("text") or folder.get("title") or "").replace("/", "-"))
    return "/".join(name for name in names if name) or None


def _own_category(said: str | None) -> str | None:
    """The first path of `category="/World/Asia,/Tech"` (OPML 2.0)."""
    return (said or "").split(",")[0].strip().strip("/") or None


def _address(said: str | None, url: str) -> str | None:
    """An absolute address, None where nothing is said; `feed://` is how some readers write one."""
    said = (said or "").strip()
    if not said:
        return None  # the list's own address, were it joined
    if said.lower().startswith("feed:"):
        said = said[5:] if said[5:].lower().startswith("http") else "http:" + said[5:]
    return join(normalise(url), said) if url.startswith("http") else join("", said)
