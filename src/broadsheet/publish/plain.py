"""Text that is shown as text: titles, names, summaries."""

from __future__ import annotations

import re

from broadsheet.text import collapse, xml_text

# Readers take an RSS title for HTML as often as for text (the format does not say), so what looks like a tag must not be in one.
_SCRIPT = re.compile(r"<(script|style)\b[^<>]*>.*?(?:</\1\s*>|\Z)", re.I | re.S)
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9:-]*(?:[\s/][^<>]*)?>|<!--.*?(?:-->|\Z)", re.S)
_OPENING = re.compile(r"<(?=[a-zA-Z/!?])")


def plain(text: str) -> str:
    """*text* on one line, in characters XML allows, without anything a reader might take for a tag.

    Tags are removed; a `<` that could still begin one becomes the look-alike ‹ (U+2039). `a < b` stays.
    """
    bare = xml_text(text)
    if "<" in bare:
        bare = _OPENING.sub("‹", _TAG.sub("", _SCRIPT.sub("", bare)))
    return collapse(bare)
