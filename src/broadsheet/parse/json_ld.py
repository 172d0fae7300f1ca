"""What a page says in JSON-LD, broken as it often is.

Takes the text of one script element, gives its objects. Repairs what real pages get wrong: HTML comments and CDATA around the
JSON, line ends inside strings, trailing commas, a semicolon after the end, mark-up entities instead of quotes, several documents in
one block. What still cannot be read is left out.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

MAX_BLOCK = 2_000_000  # characters; the largest block on 937 pages has 0.8 million
MAX_OBJECTS = 500

_BEFORE = ("<!--", "//<![CDATA[", "// <![CDATA[", "/*<![CDATA[*/", "/* <![CDATA[ */", "<![CDATA[")
_AFTER = ("-->", "//]]>", "// ]]>", "/*]]>*/", "/* ]]> */", "]]>", "//")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')
_LENIENT = json.JSONDecoder(strict=False)  # control characters inside strings


def read_json_ld(text: str) -> list[Mapping[str, Any]]:
    """The objects of one block in order, lists and `@graph` taken apart; empty if the block cannot be read."""
    if not text or len(text) > MAX_BLOCK:
        return []
    found: list[Mapping[str, Any]] = []
    for document in _documents(text):
        for thing in _objects(document):
            found.append(thing)
            if len(found) >= MAX_OBJECTS:
                return found
    return found


def _documents(text: str) -> list[Any]:
    try:
        return [msgspec.json.decode(text)]
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
        return _repaired(text)


def _repaired(text: str) -> list[Any]:
    """One repair after the other, mildest first, until something reads."""
    bare = _unwrapped(text)
    if bare.startswith(("{&quot;", "[{&quot;", "{ &quot;", "&#123;")):
        bare = html.unescape(bare)
    for repaired in (bare, _TRAILING_COMMA.sub("", bare), _BAD_ESCAPE.sub(r"\\\\", _TRAILING_COMMA.sub("", bare))):
        documents = list(_in_a_row(repaired))
        if documents:
            return documents
    return []


def _unwrapped(text: str) -> str:
    """*text* without the comment or CDATA section around it, and without the semicolon of a script."""
    bare = text.strip(" \t\r\n;\ufeff")
    while wrapping := next((start for start in _BEFORE if bare.startswith(start)), ""):
        bare = bare[len(wrapping) :].lstrip()
    while wrapping := next((end for end in _AFTER if bare.endswith(end)), ""):
        bare = bare[: -len(wrapping)].rstrip(" \t\r\n;")
    return bare


def _in_a_row(text: str) -> Iterator[Any]:
    """Documents that follow one another; ends at the first that cannot be read."""
    at = 0
    while at < len(text):
        try:
            document, at = _LENIENT.raw_decode(text, at)
        except (ValueError, RecursionError):
            return
        yield document
        while at < len(text) and text[at] in " \t\r\n,;":
            at += 1


def _objects(document: Any) -> Iterator[Mapping[str, Any]]:
    """The top-level objects of *document*; what stands inside them is left to those who read them."""
    waiting = [document]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, list):
            waiting.extend(reversed(thing))
        elif isinstance(thing, dict):
            if "@graph" in thing:
                waiting.append(thing["@graph"])
            if "@graph" not in thing or "@type" in thing:
                yield thing
