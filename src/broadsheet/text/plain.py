"""White space, comparison keys and words, in any script."""

from __future__ import annotations

import re
import unicodedata

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_WORD = re.compile(f"[{_CJK}]|[^\\W{_CJK}]+")
_BEFORE_CJK = re.compile("[\0-\u303f]*")  # Latin, Greek, Cyrillic, Arabic, Thai …
_ASCII = bytes(range(128))
# Of each byte of UTF-8, whether it belongs to a word: "a" if so, else a space. Beyond ASCII all do, once the signs there are taken out.
_SHAPE_OF_WORDS = bytes(ord("a") if code > 127 or chr(code).isalnum() or chr(code) == "_" else ord(" ") for code in range(256))
_ANY_CJK = re.compile(f"[{_CJK}]")
_NOT_ALNUM = re.compile(r"[\W_]+")
_ASCII_NOT_ALNUM = bytes(code for code in range(128) if not chr(code).isalnum())
_LONG = 60  # letters from which on the pattern above takes longer than removing the usual signs one by one
# Full-width signs, which NFKC replaces as well, but takes twenty times as long for a text once it has met one.
_FULL_WIDTH = tuple(zip("，：；！？（）\u3000", ",:;!?() ", strict=True))
_USUAL_SIGNS = " .,-:'\"()?!–—’‘“”„«»、。「」"
# The complement of XML 1.0's Char production (section 2.2), and the two non-characters that some parsers refuse.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def collapse(text: str) -> str:
    """*text* on one line: every run of white space (no-break space included) is one space, none at the ends."""
    if "  " not in text and text.isprintable():  # every white space but the plain space counts as unprintable; half the time
        return text.strip(" ")
    return " ".join(text.split())


def comparison_key(text: str) -> str:
    """Only letters and digits, compatibility forms unified, case folded: equal keys mean the same words."""
    if text.isascii():  # most of it is; a tenth of the time
        return text.lower().encode().translate(None, _ASCII_NOT_ALNUM).decode()
    if len(text) < _LONG:
        return _NOT_ALNUM.sub("", unicodedata.normalize("NFKC", text).casefold())
    for wide, plain in _FULL_WIDTH:
        text = text.replace(wide, plain)
    key = unicodedata.normalize("NFKC", text).casefold()
    for sign in _USUAL_SIGNS:  # mostly there is no other
        key = key.replace(sign, "")
    return key if key.isalnum() else _NOT_ALNUM.sub("", key)


def words(text: str) -> list[str]:
    """The words of *text*; each Han or kana character counts as one, since those scripts write no spaces."""
    return _WORD.findall(text)


def word_count(text: str) -> int:
    """How many words `words` finds."""
    return _count_spaced(text) if _BEFORE_CJK.fullmatch(text) else len(_WORD.findall(text))


def _count_spaced(text: str) -> int:
    """The words of *text* before CJK: the letters that stand behind a space or a sign, counted in a third of the time of finding the words."""
    letters = text.encode("utf-8", "replace")
    for sign in set(letters.translate(None, _ASCII).decode()):  # a dozen different ones in a Latin text: é, ’, “
        if not sign.isalnum():
            letters = letters.replace(sign.encode(), b" ")
    return (b" " + letters.translate(_SHAPE_OF_WORDS)).count(b" a")


def is_cjk(text: str) -> bool:
    """Whether *text* holds any Han or kana character."""
    if text.isascii() or _BEFORE_CJK.fullmatch(text):  # mostly; a tenth of the time
        return False
    return _ANY_CJK.search(text) is not None


def cut_at_word(text: str, limit: int) -> str:
    """*text* if it has at most *limit* characters, else its beginning, cut at a word, ending in an ellipsis.

    Text without spaces (Chinese, Japanese, Thai) is cut at the limit itself.
    """
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    at = head.rfind(" ")
    return (head[:at] if at > limit * 0.6 else head).rstrip(" ,;:，、；：") + "…"


def xml_text(text: str) -> str:
    """*text* without the characters XML 1.0 forbids (section 2.2), lone surrogates included."""
    return _NOT_XML.sub("", text)
