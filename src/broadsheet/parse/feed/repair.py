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

_ROOT = re.compile(rb"<(?:[A-Za-z][\w-]{0,20}:)?(rss|feed|rdf|channel|urlset|sitemapindex)(?=[\s>/])", re.IGNORECASE)
_HTML = re.compile(rb"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_ENTITY = re.compile(r"""<!ENTITY\s+([A-Za-z_][\w.-]{0,60})\s+(?:"([^"&%<]{0,200})"|'([^'&%<]{0,200})')\s*>""")
_ALLOWED_BEFORE = re.compile(r"(?:<\?xml[^>]*>\s*)?(?:<(?:\?|!--|!DOCTYPE).*)?", re.DOTALL | re.IGNORECASE)
_REFERENCE = re.compile(r"&+(?=&)|&(?:#(\d{1,7});|#[xX]([0-9a-fA-F]{1,6});|([A-Za-z_][\w.-]{0,60});)?")
_COLOURS = re.compile(r"\x1b\[[0-9;]{0,12}m")  # what a terminal's colours leave behind in pasted text
_LONE_LESS = re.compile(r"<(?![A-Za-z/!?_])")
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_MARKED_UP = re.compile(r"(<((?:description|content:encoded|summary|title)\b)[^>]{0,200}>)")
_ITEM = re.compile(rb"<(?:[A-Za-z][\w-]{0,20}:)?(?:item|entry|url|sitemap)(?=[\s>])")
_NODE = re.compile(rb"<|=[\"']")

MAX_ENTITIES = 100  # of a DOCTYPE; the files that define any have a handful
MAX_EXPANDED = 100_000  # characters that a feed's own entities may come to, however often they are used
MAX_BYTES = 48_000_000  # more than any client setting lets through in earnest; a broken text takes six times as much memory
MAX_NODES = 1_000_000  # tags and attributes, counted in the text: some 200 MB of tree
HALF_OF_ITEMS = 5_000  # read from the beginning and from the end of a longer feed; 1,000 are kept (`reader.MAX_ENTRIES`)
_MANY_SIGNS = 6 * 2 * HALF_OF_ITEMS  # "<" in so many items with two things in each; fewer, emptier ones are no work either


class Prolog(NamedTuple):
    """A feed in UTF-8 from its root element on, and what stood before."""

    body: bytes
    root: str  # the name of the root element, in lower case, without prefix
    entities: Mapping[str, str]  # plain ones that a DOCTYPE defined
    line: int  # of the root element, counted from 0
    fault: str | None  # what was wrong before the root


def from_root(data: bytes) -> Prolog | None:
    """*data* (in UTF-8) from its root element on, or None if it has none that a feed could have (a web page has none).

    The DOCTYPE is left behind, so that the parser never sees a definition of anything; of its entities those are kept
    that are plain text (RSS 0.91 files and hand-made feeds use a few).
    """
    found = _root_in(data)
    if found is None or _HTML.search(data, 0, found.start()):
        return None
    head = data[: found.start()].decode("utf-8", "replace")
    entities = {name: one or two for name, one, two in _ENTITY.findall(head)[:MAX_ENTITIES]} if "<!ENTITY" in head else {}
    return Prolog(data[found.start() :], found[1].decode().lower(), entities, head.count("\n"), _fault_before(head))


def limited(body: bytes) -> bytes:
    """*body* cut to what we are willing to build a tree of; the middle of an endless list of items goes first."""
    if len(body) > _MANY_SIGNS and body.count(b"<") > _MANY_SIGNS:
        starts = [found.start() for found in _ITEM.finditer(body)]
        if len(starts) > 2 * HALF_OF_ITEMS:
            body = body[: starts[HALF_OF_ITEMS]] + body[starts[-HALF_OF_ITEMS] :]
    if len(body) > MAX_NODES * 2 and body.count(b"<") + body.count(b'="') + body.count(b"='") > MAX_NODES:
        body = body[: next(found.start() for at, found in enumerate(_NODE.finditer(body)) if at == MAX_NODES)]
    return body


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


def _root_in(data: bytes) -> re.Match[bytes] | None:
    """The beginning of the root element, comments before it skipped."""
    at = 0
    while found := _ROOT.search(data, at):
        at = _behind_comments(data, at, found.start())
        if at <= found.start():
            return found
    return None


def _behind_comments(data: bytes, at: int, before: int) -> int:
    """Where the last comment ends that begins between *at* and *before*; *at* if there is none, or no end to it."""
    while at <= before and (start := data.find(b"<!--", at, before)) >= 0 and (end := data.find(b"-->", start + 4)) >= 0:
        at = end + 3
    return at


def _fault_before(head: str) -> str | None:
    if head.lstrip()[:5].lower() == "<?xml" and not head.startswith("<?xml"):
        return "white space before the XML declaration (line 1)"
    return None if _ALLOWED_BEFORE.fullmatch(head.strip()) else "text before the feed (line 1)"


def _resolved(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if decimal or hexadecimal:
        return _character(int(decimal) if decimal else int(hexadecimal, 16), found[0])
    if name is None or name in _XML_ENTITIES:
        return found[0] if name else "&amp;" * len(found[0])
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
