"""A body from data inside the page, for pages whose mark-up holds next to no text.

Two sources, tried in order, each with its entry condition: JSON-LD's articleBody, and the state that a script would build the page
from (`__NEXT_DATA__` and the like).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

from broadsheet.extract.body.ground import article_bodies
from broadsheet.markup.blocks import text_mass
from broadsheet.markup.page import Page

POOR = 300
"""Below this many letters a page's own mark-up holds no article (design: "less than a few hundred letters")."""

RICHER = 2
"""…and the data must hold at least this many times what the mark-up does."""

MAX_STATE_BYTES = 4_000_000
MAX_VALUES = 200_000

_TAGGED = re.compile(r"<(?:p|br|div|h[2-6]|li)\b", re.I)
_PARAGRAPH_END = re.compile(r"\s*\n\s*\n\s*|\s*\n\s*")
_STATE_SCRIPTS = "script[type='application/json'], script#__NEXT_DATA__, script#__NUXT_DATA__"
_ASSIGNED = re.compile(r"(?:window\.|self\.)?__[A-Z][A-Z_]+__\s*=\s*(?=[\[{])")
_PROSE_KEYS = frozenset("text html content value body paragraph copy markup".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A body found in data: HTML that is not yet sanitised, where it was, and why it was taken."""

    html: str
    origin: Literal["json-ld", "hydration"]
    reason: str


def stated_elsewhere(page: Page, letters: int) -> Stated | None:
    """The body that data inside *page* holds, if the mark-up yields fewer than POOR *letters* and the data much more."""
    if letters >= POOR:
        return None
    for origin, find in (("json-ld", _from_json_ld), ("hydration", _from_state)):
        html = find(page)
        mass = text_mass(re.sub(r"<[^>]*>", "", html))
        if mass >= max(RICHER * letters, 100):
            reason = f"the mark-up holds {letters} letters, the {origin} data {mass}: taken from there"
            return Stated(html=html, origin="json-ld" if origin == "json-ld" else "hydration", reason=reason)
    return None


def _from_json_ld(page: Page) -> str:
    return _as_html(max(article_bodies(page), key=len, default=""))


def _from_state(page: Page) -> str:
    """The list in the state that holds most prose, as paragraphs; or its longest piece of HTML."""
    best: list[str] = []
    for state in _states(page):
        for run in _runs(state):
            if sum(map(len, run)) > sum(map(len, best)):
                best = run
    return "\n".join(_as_html(text) for text in best)


def _states(page: Page) -> Iterator[Any]:
    for node in page.tree.css("script"):
        text = node.text() or ""
        if not 200 <= len(text) <= MAX_STATE_BYTES:
            continue
        kind = (node.attributes.get("type") or "").lower()
        if kind == "application/json":
            start = 0
        elif kind in ("", "text/javascript") and (found := _ASSIGNED.search(text)):
            start = found.end()
        else:
            continue
        try:
            yield json.JSONDecoder(strict=False).raw_decode(text[start:].lstrip())[0]
        except (ValueError, RecursionError):  # not JSON after all, or nested to do harm: this script states nothing
            continue


def _runs(state: Any) -> Iterator[list[str]]:
    """The prose directly in each list or object of *state*, in order; a walk with its own stack."""
    stack: list[Any] = [state]
    seen = 0
    while stack and seen < MAX_VALUES:
        value = stack.pop()
        seen += 1
        if isinstance(value, dict):
            stack.extend(value.values())
            yield from ([text] for text in value.values() if isinstance(text, str) and _is_prose(text) and len(text) > 400)
        elif isinstance(value, list):
            stack.extend(value)
            yield [text for item in value for text in _prose_of(item)]


def _prose_of(item: Any) -> Iterator[str]:
    if isinstance(item, str) and _is_prose(item):
        yield item
    elif isinstance(item, dict):
        found = next((item[key] for key in item if key.lower() in _PROSE_KEYS and isinstance(item[key], str)), None)
        if found is not None and _is_prose(found):
            yield found


def _is_prose(text: str) -> bool:
    """A sentence, or HTML with one: no address, no identifier, no code."""
    if text_mass(text) < 40 or text.startswith(("http://", "https://", "/", "{", "data:")):
        return False
    return " " in text.strip() or not text.isascii()


def _as_html(text: str) -> str:
    if _TAGGED.search(text):
        return text
    return "".join(f"<p>{escape(part)}</p>" for part in _PARAGRAPH_END.split(text.strip()) if part)
