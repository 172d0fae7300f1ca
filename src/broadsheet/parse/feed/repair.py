"""Text repairs: what is done to a feed before and after the XML parser has refused it.

Each function takes and gives text and is linear in its length, however the text was made to look: no pattern here can
run ahead looking for an end that may not come.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape
from html.entities import html5
from typing import NamedTuple

from broadsheet.text import xml_text

_ROOT = re.compile(r"<(?:[A-Za-z][\w-]{0,20}:)?(?:rss|feed|rdf|channel|urlset|sitemapindex)(?=[\s>/])", re.IGNORECASE)
_HTML = re.compile(r"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_ENTITY = re.compile(r"""<!ENTITY\s+([A-Za-z_][\w.-]{0,60})\s+(?:"([^"&%<]{0,200})"|'([^'&%<]{0,200})')\s*>""")
_ALLOWED_BEFORE = re.compile(r"(?:<\?xml[^>]*>\s*)?(?:<(?:\?|!--|!DOCTYPE).*)?", re.DOTALL | re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:#(\d{1,7});|#[xX]([0-9a-fA-F]{1,6});|([A-Za-z_][\w.-]{0,60});)?")
_COLOURS = re.compile(r"\x1b\[[0-9;]{0,12}m")  # what a terminal's colours leave behind in pasted text
_LONE_LESS = re.compile(r"<(?![A-Za-z/!?_])")
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_MARKED_UP = re.compile(r"(<((?:description|content:encoded|summary|title)\b)[^>]{0,200}>)")
_ITEM = re.compile(r"<(?:[A-Za-z][\w-]{0,20}:)?(?:item|entry|url|sitemap)(?=[\s>])")
_NODE = re.compile(r"<|=[\"']")

MAX_ENTITIES = 100  # of a DOCTYPE; the files that define any have a handful
MAX_EXPANDED = 100_000  # characters that a feed's own entities may come to, however often they are used
MAX_CHARS = 64_000_000  # more than any client setting lets through in earnest; a text of 30 MB must still be read
MAX_NODES = 1_000_000  # tags and attributes, counted in the text: some 200 MB of tree
HALF_OF_ITEMS = 5_000  # read from the beginning and from the end of a longer feed; 1,000 are kept (`reader.MAX_ENTRIES`)


class Prolog(NamedTuple):
    """A feed's text from its root element on, and what stood before."""

    text: str
    entities: Mapping[str, str]  # plain ones that a DOCTYPE defined
    line: int  # of the root element, counted from 0
    fault: str | None  # what was wrong before the root


def from_root(text: str) -> Prolog | None:
    """*text* from its root element on, or None if it has none that a feed could have (a web page has none).

    The DOCTYPE is left behind, so that the parser never sees a definition of anything; of its entities those are kept
    that are plain text (RSS 0.91 files and hand-made feeds use a few).
    """
    start = _root_at(text)
    if start is None or _HTML.search(text, 0, start):
        return None
    head = text[:start]
    entities = {name: one or two for name, one, two in _ENTITY.findall(head)[:MAX_ENTITIES]} if "<!ENTITY" in head else {}
    return Prolog(text[start:], entities, head.count("\n"), _fault_before(head))


def limited(text: str) -> str:
    """*text* cut to what we are willing to build a tree of; the middle of an endless list of items goes first."""
    text = text[:MAX_CHARS]
    if len(text) > HALF_OF_ITEMS * 2 * len("<url/>") and text.count("<") > 2 * HALF_OF_ITEMS:
        starts = [found.start() for found in _ITEM.finditer(text)]
        if len(starts) > 2 * HALF_OF_ITEMS:
            text = text[: starts[HALF_OF_ITEMS]] + text[starts[-HALF_OF_ITEMS] :]
    if len(text) > MAX_NODES * 2 and text.count("<") + text.count('="') + text.count("='") > MAX_NODES:
        text = text[: next(found.start() for at, found in enumerate(_NODE.finditer(text)) if at == MAX_NODES)]
    return text


def repaired(text: str, entities: Mapping[str, str]) -> str:
    """*text* without forbidden characters, its stray `&` and `<` escaped, names of HTML entities and *entities* resolved."""
    left = MAX_EXPANDED

    def resolve(found: re.Match[str]) -> str:
        nonlocal left
        if (value := entities.get(found[3] or "")) is None:
            return _resolved(found)
        left -= len(value)
        return escape(value) if left >= 0 else ""

    return _outside_cdata(xml_text(_COLOURS.sub("", text)), lambda part: _LONE_LESS.sub("&lt;", _REFERENCE.sub(resolve, part)))


def with_markup_wrapped(text: str) -> str:
    """*text* with the HTML that stands bare in descriptions and titles put into CDATA, so that its `<br>` cannot unbalance the feed."""
    return "".join(_wrapped(text))


def _root_at(text: str) -> int | None:
    """Where the root element begins, comments before it skipped."""
    at = 0
    while found := _ROOT.search(text, at):
        comment = text.find("<!--", at, found.start())
        end = text.find("-->", comment) if comment >= 0 else -1
        if end < 0 or end < comment:
            return found.start()
        if end < found.start():
            at = end + 3
            if text.find("<!--", at, found.start()) < 0:
                return found.start()
            continue
        at = end + 3
    return None


def _fault_before(head: str) -> str | None:
    if head.lstrip()[:5].lower() == "<?xml" and not head.startswith("<?xml"):
        return "white space before the XML declaration (line 1)"
    return None if _ALLOWED_BEFORE.fullmatch(head.strip()) else "text before the feed (line 1)"


def _resolved(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if decimal or hexadecimal:
        return _character(int(decimal) if decimal else int(hexadecimal, 16), found[0])
    if name is None or name in _XML_ENTITIES:
        return found[0] if name else "&amp;"
    if (value := html5.get(name + ";")) is not None:
        return escape(value)
    return "&amp;" + found[0][1:]


def _character(number: int, reference: str) -> str:
    """The reference, unless it names a character XML forbids, or one of windows-1252 by its byte (as browsers read it)."""
    if 0x80 <= number <= 0x9F:
        return bytes([number]).decode("cp1252", "ignore")
    return reference if number < 0x110000 and xml_text(chr(number)) else ""


def _outside_cdata(text: str, fix: Callable[[str], str]) -> str:
    first, *others = text.split("<![CDATA[")
    pieces = [fix(first)]
    for other in others:
        inside, end, outside = other.partition("]]>")
        pieces += ("<![CDATA[", inside, end, fix(outside))
    return "".join(pieces)


def _wrapped(text: str) -> Iterator[str]:
    at = 0
    while opening := _MARKED_UP.search(text, at):
        end = text.find(f"</{opening[2]}", opening.end())
        yield text[at : opening.end()]
        if end < 0:
            at = opening.end()
            break
        inside = text[opening.end() : end]
        bare = "<" in inside and "<![CDATA[" not in inside and not opening[1].endswith("/>") and "xhtml" not in opening[1]
        yield f"<![CDATA[{inside.replace(']]>', '')}]]>" if bare else inside
        at = end
    yield text[at:]
