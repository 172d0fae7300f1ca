"""Small readings that every dialect needs: titles, HTML, links, dates, numbers, people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape, unescape
from itertools import islice

from lxml import etree

from broadsheet.model import StatedTime
from broadsheet.parse.feed.names import ENTRY_TAGS, XML_BASE, Element
from broadsheet.text import collapse
from broadsheet.text.dates import read_date
from broadsheet.urls import join

_MAX_PLAIN = 5_000  # characters of a title or a feed's description; the patterns below are not linear on hostile text
_UNSEEN = re.compile(r"<(script|style)\b[^>]*>.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:a|abbr|acronym|b|bdi|bdo|big|blink|br|center|cite|code|del|dfn|div|em|figure|font|h[1-6]|hr|i|iframe|img|ins|kbd|li|mark|nobr|object|ol|"
    r"p|pre|q|rb|rp|rt|ruby|s|samp|script|small|span|strike|strong|style|sub|sup|table|tbody|td|th|tr|time|tt|u|ul|var|wbr)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<(?:br|hr|/?p|/?div|/?li|/?h[1-6])\b", re.IGNORECASE)
_ESCAPED_BLOCK = re.compile(r"\s*&lt;(?:p|div|h[1-6]|ul|ol|img|a|figure|table|strong|em|b|br)(?:\s[^<>]{0,2000}?)?/?&gt;", re.IGNORECASE)
_MAIL_AND_NAME = re.compile(r"<?[^\s@()<>]+@[^\s@()<>]+>?\s*\(([^()]+)\)|([^@<>()]+?)\s*<[^\s@<>]+@[^\s@<>]+>")
_MAX_BASES = 10  # elements around an entry that are asked for their base; a feed has two, one made to do harm thousands
_SPACES = re.compile(r"\s+")
_VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a feed was read and when: what relative links and dates are read against.

    *url* is the nearest xml:base, else the Content-Location the server stated, else *feed_url*, where the feed itself is.
    """

    url: str
    now: datetime
    feed_url: str
    based: bool = False  # an xml:base was met on the way here

    def at(self, element: Element) -> Place:
        """The place within *element*, which may carry an xml:base."""
        base = element.get(XML_BASE)
        return replace(self, url=join(self.url, base) or self.url, based=True) if base else self

    def within(self, element: Element) -> Place:
        """The place within *element*, with the xml:base of what it stands in."""
        place = self
        for outer in reversed([element, *islice(element.iterancestors(), _MAX_BASES)]):
            place = place.at(outer)
        return place

    def link(self, ref: str | None) -> str | None:
        """*ref* as an absolute URL with its fragment kept (some feeds tell their entries apart by it), or None."""
        if not ref or not (ref := ref.strip()):
            return None
        if "#" not in ref:
            return join(self.url, ref)
        address, _, fragment = ref.partition("#")
        absolute = join(self.url, address)
        return f"{absolute}#{_SPACES.sub('%20', fragment)}" if absolute else None

    def date(self, said: str | None) -> StatedTime | None:
        return read_date(said, now=self.now) if said else None


def plain(said: str | None, *, markup: bool = True) -> str | None:
    """*said* on one line, without mark-up and entities, escaped twice or not; None if nothing is left.

    Only tags that HTML has are taken for mark-up: `List<T>` is a title. With *markup* off, tags are text too, except scripts.
    """
    if not said:
        return None
    text = said[:_MAX_PLAIN]
    if "<" in text or "&" in text:
        text = _without_markup(text) if markup else unescape(_UNSEEN.sub(" ", text))
    return collapse(text) or None


def _without_markup(text: str) -> str:
    for _ in range(2):  # the second time for what was escaped twice
        if "<" in text:
            text = _TAG.sub(lambda found: " " if _BREAK.match(found[0]) else "", _UNSEEN.sub(" ", text))
        if "&" not in text:
            break
        text = unescape(text)
    return text


def html(said: str | None) -> str | None:
    """*said* as HTML; escaped once more than needed (`&lt;p&gt;` at its beginning and no tag of its own) is undone."""
    if not said or not said.strip():
        return None
    if "<" not in said and "&lt;" in said and _ESCAPED_BLOCK.match(said):
        said = unescape(said)
    return said.strip()


def html_from_text(said: str | None) -> str | None:
    """Plain text as HTML."""
    return escape(said.strip(), quote=False) if said and said.strip() else None


def inner_html(element: Element) -> str:
    """What is inside *element*: its text if it holds only text, else its mark-up as HTML, namespaces left out.

    What stands inside is no further entry: that one is read for itself, and would be read as often as it is deep otherwise.
    """
    return "".join(_markup(element)) if len(element) else element.text or ""


def _markup(element: Element) -> Iterator[str]:
    """Written here because lxml would keep prefixes and close void elements; iterative, since depth is the sender's choice."""
    yield escape(element.text or "", quote=False)
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        if node is element or not isinstance(node.tag, str):
            continue
        tag = node.tag.rpartition("}")[2].rpartition(":")[2]
        if tag in ENTRY_TAGS:
            if event == "start":
                walk.skip_subtree()
        elif event == "start":
            attributes = "".join(f' {key}="{escape(str(value))}"' for key, value in node.items() if not key.startswith("{"))
            yield f"<{tag}{attributes}>{escape(node.text or '', quote=False)}"
        else:
            yield ("" if tag in _VOID else f"</{tag}>") + escape(node.tail or "", quote=False)


def person(said: str | None) -> str | None:
    """A name, out of `mail@host (Name)` (RSS 2.0's form) or `Name <mail@host>` where it is written so; else as written."""
    text = plain(said and said[:500], markup="@" not in (said or ""))
    if text and "@" in text and (found := _MAIL_AND_NAME.fullmatch(text)):
        return collapse(found[1] or found[2])
    return text


def distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    """*values* in order, each once, those missing left out."""
    return tuple(dict.fromkeys([value for value in values if value]))


def whole_number(said: str | None, *, most: int = 10**12) -> int | None:
    """A number from 0 to *most*, or None if *said* is no such number."""
    said = (said or "").strip()
    number = int(said) if said.isdecimal() and len(said) <= 15 else None
    return number if number is not None and number <= most else None
