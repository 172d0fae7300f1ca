"""Text that is shown as text: titles, names, summaries; and addresses that any reader can open."""

from __future__ import annotations

import re
from urllib.parse import quote

from broadsheet.errors import UsageError
from broadsheet.text import collapse, xml_text
from broadsheet.urls import normalise

# Readers take an RSS title for HTML as often as for text (the format does not say), so what looks like a tag must not be in one.
_SCRIPT = re.compile(r"<(script|style)\b[^<>]*>.*?(?:</\1\s*>|\Z)", re.I | re.S)
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9:-]*(?:[\s/][^<>]*)?>|<!--.*?(?:-->|\Z)", re.S)
_OPENING = re.compile(r"<(?=[a-zA-Z/!?])")


def plain(text: str) -> str:
    """*text* on one line, in characters XML allows, without anything a reader might take for a tag.

    Tags are removed; a `<` that could still begin one becomes the look-alike ‹ (U+2039). `a < b` stays.
    """
    if "<" not in text and "  " not in text and text.isprintable():  # as most names and titles are; half the time
        return text.strip(" ")
    bare = allowed(text)
    if "<" in bare:
        bare = _OPENING.sub("‹", _TAG.sub("", _SCRIPT.sub("", bare)))
    return collapse(bare)


def allowed(text: str) -> str:
    """*text* without the characters that XML forbids. The C1 controls, which validators call bad, become what was meant by them.

    As HTML reads them: text in windows-1252 that was taken for Latin-1 has its quotes and dashes there.
    """
    if len(text) < _SHORT and text.isprintable():
        return text
    return text if _encoded_if_clean(text) is not None else _mended(text)


def allowed_bytes(text: str) -> bytes:
    """`allowed`, in UTF-8."""
    raw = _encoded_if_clean(text)
    return _mended(text).encode() if raw is None else raw


def is_clean_beyond_ascii(raw: bytes) -> bool:
    """Whether the UTF-8 in *raw* holds neither a C1 control nor U+FFFE or U+FFFF."""
    if raw.isascii():
        return True
    if b"\xc2" in raw and _C1_RAW.search(raw):
        return False
    return not (b"\xef" in raw and b"\xef\xbf" in raw and _LAST_RAW.search(raw))  # one byte is found at once, two take their time


def _encoded_if_clean(text: str) -> bytes | None:
    """*text* in UTF-8, None where it holds what XML forbids: looked for byte by byte in C, in a tenth of what a pattern over the text takes."""
    try:
        raw = text.encode()
    except UnicodeEncodeError:  # a lone surrogate
        return None
    return raw if len(raw) == len(raw.translate(None, _CONTROLS)) and is_clean_beyond_ascii(raw) else None


def _mended(text: str) -> str:
    return xml_text(_C1.sub(_meant, text))


def _meant(found: re.Match[str]) -> str:
    return found[0].encode("latin-1").decode("windows-1252", "ignore")


_SHORT = 400
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r")
_C1_RAW = re.compile(b"\xc2[\x80-\x9f]")
_LAST_RAW = re.compile(b"\xef\xbf[\xbe\xbf]")
_C1 = re.compile("[\x80-\x9f]")

_ADDRESS = re.compile(r"https?://[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,#]+")
_ALLOWED = ";/?:@&=+$.-_!~*'()%,#"  # besides letters and digits; validators of feeds refuse what a browser would take, such as | and []


def web_address(url: str) -> str:
    """*url* with everything escaped that feeds must not hold, "" where it is no http(s) address."""
    if _ADDRESS.fullmatch(url):
        return url
    if not url:  # often there is none, and finding that out by an error takes its time
        return ""
    try:
        address = quote(normalise(url), safe=_ALLOWED, errors="replace")
    except UsageError:
        return ""
    return address if _ADDRESS.fullmatch(address) else ""
