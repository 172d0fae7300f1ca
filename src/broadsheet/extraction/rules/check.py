"""Whether a selector can be followed at all: asked once, when its rule is read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from lxml import etree
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from broadsheet.extraction.rules.xpath import Malformed, read_xpath
from broadsheet.text.plain import xml_text
from broadsheet.urls.hosts import canonical_host

MAX_CSS = 500
"""Characters of a CSS selector."""

_PAGE = "<html><body><p>A page"

_COMMON_SLIPS: Mapping[str, str] = {
    "@class(": "write contains(@class, '…')",
    "{": "XPath knows no braces",
    "\\": "XPath knows no backslashes; put a text that holds one kind of quote into the other kind",
}


def xpath_fault(expression: str) -> str | None:
    """What is wrong with an XPath expression, in words that follow it; None if nothing is."""
    if expression != xml_text(expression):
        return "holds a character that no page can hold"
    try:
        etree.XPath(read_xpath(expression).words, regexp=False)(etree.HTML(_PAGE))
    except Malformed as error:
        hint = next((said for slip, said in _COMMON_SLIPS.items() if slip in expression), "")
        return f"{error}; {hint}" if hint else str(error)
    except etree.XPathError as error:
        return f"is no XPath: {error}"
    return None


@lru_cache(maxsize=1024)
def css_fault(selector: str) -> str | None:
    """What is wrong with a CSS selector, in words that follow it; None if nothing is."""
    if len(selector) > MAX_CSS:
        return f"has more than {MAX_CSS} characters"
    try:
        LexborHTMLParser(_PAGE).css(xml_text(selector))
    except (SelectolaxError, UnicodeError):
        return "is no CSS selector"
    return None


def host_of_rule(said: str) -> str | None:
    """A host as rules name it, in the spelling of addresses and without `www.`; a dot before it stays. None if it is no host."""
    name = said.strip().lower()
    dot = "." if name.startswith(".") else ""
    host = canonical_host(name.removeprefix(".").removeprefix("www.")) if name.strip(".") else None
    return f"{dot}{host}" if host and "." in host else None
