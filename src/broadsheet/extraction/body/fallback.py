"""A body from data inside the page, for pages whose mark-up holds next to no text.

Two sources, tried in order, each with its entry condition: JSON-LD's articleBody, and the state that a script would build the page
from (`__NEXT_DATA__` and the like: whatever a script assigns or pushes as JSON).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import islice
from typing import Any, Literal

from broadsheet.extraction.body.ground import article_bodies
from broadsheet.markup.blocks import text_mass
from broadsheet.markup.page import Page
from broadsheet.model import Hints
from broadsheet.text.plain import collapse, words

POOR = 300
"""Below this many letters a page's own mark-up holds no article (design: "less than a few hundred letters")."""

RICHER = 2
"""…and the data must hold at least this many times what the mark-up does."""

SMALL = 1_500
"""Up to this many letters a box or a teaser of another story may have been taken for the body: it is, if it does not speak of this one."""

MUCH_RICHER = 3
"""…and the data does, and holds this many times as much."""

MIN_WORDS = 6
"""With fewer different words in headline and teaser it cannot be told which text they speak of."""

CODE_BRACES = 0.005
"""A text with more braces a letter than this is code."""

MAX_STATE_CHARS = 4_000_000
MAX_STARTS = 20  # places in one script where a value may begin
MAX_VALUES = 200_000

_TAGGED = re.compile(r"</?[a-z][a-z0-9]{0,9}(?:\s[^<>]{0,2000})?/?>", re.I)
_PARAGRAPH_END = re.compile(r"\s*\n\s*\n\s*|\s*\n\s*")
_GIVEN = re.compile(r"(?:=|\bpush\()\s*(?=[\[{]\s*[\[{\"\d])")
_TEXT_ROW = re.compile(r"T[0-9a-f]+,")  # a text in the stream of a React server: its length in hexadecimal stands before it
_SLOT = re.compile(r"\$\$\w+\$\$|\{\{[^{}]{0,80}\}\}")  # where the script would put an advertisement or a box
_DECODER = json.JSONDecoder(strict=False)
_PROSE_KEYS = frozenset(("text", "html", "content", "value", "body", "paragraph", "copy", "markup"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A body found in data: HTML that is not yet sanitised, where it was, and why it was taken."""

    html: str
    origin: Literal["json-ld", "hydration"]
    reason: str


def stated_elsewhere(page: Page, hints: Hints | None, body: str, *, letters: int) -> Stated | None:
    """The body that data inside *page* holds, if it is much more than *body*, the text of its mark-up, and that is next to nothing.

    *letters* is what the body says (`text_mass`). "Next to nothing" is fewer than POOR of them; or fewer than SMALL, which say less of
    what headline and teaser announce than the data does: the mark-up then shows only a box, and teasers of other stories.
    """
    if letters >= SMALL or (letters >= POOR and not _could_say_more(page, hints, body)):
        return None
    sources = (("json-ld", _from_json_ld), ("hydration", _from_state))
    for origin, find in sources:
        html = _SLOT.sub(" ", find(page))
        text = re.sub(r"<[^>]*>", " ", html)
        mass = text_mass(collapse(text))
        poor = letters < POOR and mass >= max(RICHER * letters, 100)
        if poor or (mass >= MUCH_RICHER * letters and _speaks_more(page, hints, text, body)):
            reason = f"the mark-up holds {letters} letters, the {origin} data {mass}: taken from there"
            return Stated(html=html, origin="json-ld" if origin == "json-ld" else "hydration", reason=reason)
    return None


def _could_say_more(page: Page, hints: Hints | None, body: str) -> bool:
    """Whether any text could have clearly more of the announced words than *body*: asked before scripts are read, which takes long."""
    announced = _telling(" ".join(_announced(page, hints)))
    return len(announced) >= MIN_WORDS and 2 * len(announced & _telling(body)) <= len(announced)


def _speaks_more(page: Page, hints: Hints | None, text: str, body: str) -> bool:
    """Whether *text* has clearly more of the words of the page's headlines and teasers than *body*."""
    announced = _telling(" ".join(_announced(page, hints)))
    if len(announced) < MIN_WORDS:
        return False
    said, known = len(announced & _telling(text)), len(announced & _telling(body))
    return said >= len(announced) / 2 and said >= 2 * known


def _announced(page: Page, hints: Hints | None) -> Iterator[str]:
    """What the page's head and the feed's entry say of the story."""
    stated = [page.first_meta("og:title"), page.title, page.first_meta("og:description"), page.first_meta("description")]
    stated += [hints.title, hints.summary] if hints else []
    return (text for text in stated if text)


def _telling(text: str) -> frozenset[str]:
    """The words of *text* that say what it is about: those of some length, and every Han or kana character."""
    return frozenset(word for word in words(text.lower()) if len(word) >= 5 or not word.isascii())


def _from_json_ld(page: Page) -> str:
    return _as_html(max(article_bodies(page), key=len, default=""))


def _from_state(page: Page) -> str:
    """The list in the state that holds most prose, as paragraphs; or its longest piece of HTML."""
    best: list[str] = []
    for state in states(page):
        for run in _runs(state):
            if sum(map(len, run)) > sum(map(len, best)):
                best = run
    return "\n".join(_as_html(text) for text in best)


def states(page: Page) -> Iterator[Any]:
    """The values that scripts hold: JSON scripts whole, and what other scripts assign or push; streamed pieces are put together."""
    streamed: list[str] = []
    for node in page.tree.css("script"):
        text = node.text() or ""
        kind = (node.attributes.get("type") or "").lower()
        if not 100 <= len(text) <= MAX_STATE_CHARS or kind not in ("", "text/javascript", "application/json", "module"):
            continue
        starts = [0] if kind == "application/json" else [found.end() for found in islice(_GIVEN.finditer(text), MAX_STARTS)]
        for value in filter(None, (_decoded(text, start) for start in starts)):
            if isinstance(value, list) and len(value) == 2 and isinstance(value[1], str):
                streamed.append(value[1])
            else:
                yield value
    for line in "".join(streamed).split("\n"):
        row = line.partition(":")[2]
        yield [row.partition(",")[2]] if _TEXT_ROW.match(row) else _decoded(row, 0)


def _decoded(text: str, start: int) -> Any:
    """The JSON value that begins at *start*, None if none does."""
    try:
        return _DECODER.raw_decode(text.lstrip() if start == 0 else text, start)[0]
    except (ValueError, RecursionError):  # not JSON after all, or nested to do harm: this script states nothing
        return None


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
    return (" " in text.strip() or not text.isascii()) and not _is_code(text)


def _is_code(text: str) -> bool:
    """A script kept as a string inside a state: it is longer than any paragraph, and full of braces. Prose has next to none, nor has HTML."""
    return text.count("{") + text.count("}") > CODE_BRACES * len(text)


def _as_html(text: str) -> str:
    if _TAGGED.search(text):
        return text
    return "".join(f"<p>{escape(part)}</p>" for part in _PARAGRAPH_END.split(text.strip()) if part)
