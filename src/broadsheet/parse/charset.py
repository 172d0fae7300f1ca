"""From bytes to text, once: which encoding a page or a feed is in.

The order of belief: a byte-order mark; bytes that are plainly UTF-8; what the server says; what the document says; a guess.
UTF-8 comes before the declarations because it cannot be mistaken (no other encoding makes more than a few valid multi-byte
sequences by chance) while declarations are often left over from an older system. Labels are widened to the larger set that
browsers take for them (Encoding Standard, section 4.2): gb2312 is read as gb18030, latin-1 as windows-1252.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import islice
from typing import Literal

Kind = Literal["html", "xml"]

# Longest first: the mark of UTF-32-LE begins with that of UTF-16-LE.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDER = {
    "ascii": "windows-1252", "us-ascii": "windows-1252", "iso8859-1": "windows-1252", "latin-1": "windows-1252", "iso-8859-1": "windows-1252",
    "cp1252": "windows-1252", "gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949", "shift_jis": "cp932", "iso8859-9": "cp1254",
    "big5": "big5hkscs", "tis-620": "cp874", "iso8859-11": "cp874", "utf-16": "utf-16-le", "utf_8_sig": "utf-8",
}  # fmt: skip
# Labels of the Encoding Standard that Python does not know.
_LABELS = {"x-sjis": "cp932", "windows-31j": "cp932", "windows-949": "cp949", "ks_c_5601-1987": "cp949", "x-gbk": "gb18030",
           "x-cp1251": "cp1251", "x-cp1252": "windows-1252", "unicode": "utf-16-le", "utf8mb4": "utf-8"}  # fmt: skip
# Python codecs that turn bytes into something else than text, or run far longer than their input: never from a stranger's label.
_NOT_TEXT = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined", "utf-7", "mbcs", "oem"})

_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([\w.:\-]+)""", re.I)
_META = re.compile(rb"""<meta[^>]{0,400}?charset\s*=\s*["']?\s*([\w.:\-]+)""", re.I)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?\bencoding\s*=\s*["']\s*([\w.:\-]+)""", re.I)
_META_WITHIN = 8192  # browsers look at 1,024 bytes; 57 of 937 pages declare it later

_MULTIBYTE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")
PLAINLY_UTF8 = 4  # valid multi-byte sequences from which on no declaration can say otherwise: "联通" in GBK is two of them
_PIECE_BYTES = 1 << 16
MAX_REPLACED = 0.1  # share of the non-ASCII characters that may be unreadable before we stop believing a declaration


def decode(data: bytes, *, content_type: str | None, kind: Kind) -> tuple[str, str]:
    """The text of *data* and the encoding it was read in; never fails, what cannot be read becomes U+FFFD."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), encoding
    named = _declared(data, content_type, kind)
    if (wide := _sixteen_bits(data)) is not None:
        return data.decode(wide, "replace"), wide
    if data.isascii():
        return _plain_ascii(data, named)
    declared = list(islice(named, 1))  # mostly the header's word, and then the rest need not be looked for
    if (text := _utf8(data, sure=bool(declared) and declared[0] != "utf-8")) is not None:
        return text, "utf-8"
    declared += named
    for encoding in declared:
        text = data.decode(encoding, "replace")
        if _readable(text):
            return text, encoding
    encoding = _guess(data, declared)
    return data.decode(encoding, "replace"), encoding


def as_utf8(data: bytes, *, content_type: str | None, kind: Kind) -> bytes:
    """The text of *data* in UTF-8, in the encoding that `decode` finds; the same bytes, never made a text of, if they are UTF-8 already.

    For the XML parser, which wants bytes: most feeds are UTF-8, and a large one as text takes up to four times its bytes.
    """
    bare = data.removeprefix(codecs.BOM_UTF8)
    if _is_utf8(bare, marked=len(bare) < len(data), declared=_declared(data, content_type, kind)):
        return bare
    return decode(data, content_type=content_type, kind=kind)[0].encode("utf-8", "replace")


def codec_of(label: str) -> str | None:
    """The codec Python should use for a declared *label*, or None if it knows none; UTF-16 in a label is UTF-8 (see `_declared`)."""
    label = label.strip().strip("\"'").lower()
    try:
        name = codecs.lookup(_LABELS.get(label, label)).name
    except (LookupError, ValueError):
        return None
    if name.replace("_", "-") in _NOT_TEXT or not codecs.lookup(name)._is_text_encoding:
        return None
    return _WIDER.get(name, name)


def _declared(data: bytes, content_type: str | None, kind: Kind) -> Iterator[str]:
    """Encodings the server and the document name, most trustworthy first."""
    if content_type and (said := _HEADER.search(content_type)) and (codec := codec_of(said[1])):
        yield codec
    patterns = (_XML, _META) if kind == "xml" else (_META, _XML)
    head = data[:_META_WITHIN]
    for pattern in patterns:
        if found := pattern.search(head):
            codec = codec_of(found[1].decode("ascii", "replace"))
            if codec:
                # A declaration that could be read as ASCII cannot be in UTF-16 (Encoding Standard, "prescan", step 14).
                yield "utf-8" if codec.startswith(("utf-16", "utf-32")) else codec


def _sixteen_bits(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of the beginning is zero."""
    head = data[:400]
    if head.count(0) < len(head) * 0.3:
        return None
    return "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"


def _plain_ascii(data: bytes, declared: Iterator[str]) -> tuple[str, str]:
    """Seven-bit bytes: ASCII, unless a seven-bit encoding such as ISO-2022-JP is declared."""
    if b"\x1b" in data:
        for encoding in declared:
            if encoding.startswith("iso2022"):
                return data.decode(encoding, "replace"), encoding
    return data.decode("ascii"), "utf-8"


def _is_utf8(data: bytes, *, marked: bool, declared: Iterator[str]) -> bool:
    """Whether `decode` would read *data* as UTF-8, all of it; told piece by piece."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _sixteen_bits(data) is not None:
        return False
    if data.isascii():
        return b"\x1b" not in data
    if not marked and next(declared, "utf-8") != "utf-8" and not _by_no_chance(data):
        return False
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), _PIECE_BYTES):
            decoder.decode(data[start : start + _PIECE_BYTES])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _by_no_chance(data: bytes) -> bool:
    """Whether *data* holds so many valid sequences of UTF-8 that no other encoding explains them."""
    return sum(1 for _ in islice(_MULTIBYTE.finditer(data), PLAINLY_UTF8)) == PLAINLY_UTF8


def _utf8(data: bytes, *, sure: bool) -> str | None:
    """*data* as UTF-8, or None if it is not; with *sure*, only if chance cannot explain it."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if sure and not _by_no_chance(data) else text


def _readable(text: str) -> bool:
    """Whether few enough of the characters that are not ASCII came out as U+FFFD."""
    broken = text.count("\ufffd")
    if not broken:
        return True
    return broken <= MAX_REPLACED * sum(1 for c in text if c > "\x7f")


# What ordinary text in a script is full of: the most frequent letters, so that the right decoding scores far above a wrong one.
_COMMON = {
    "cp932": frozenset("のにはをがでとたしていなるもれすりかっらこ、。ンスルトイー"),
    "euc_jp": frozenset("のにはをがでとたしていなるもれすりかっらこ、。ンスルトイー"),
    "gb18030": frozenset("的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年，。"),
    "big5hkscs": frozenset("的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年，。"),
    "cp949": frozenset("이다는의에을고가하를은지로한기사인도서대자전나시어리"),
    "cp1251": frozenset("оеаинтсрвлкмдпуяызь"),
    "koi8-r": frozenset("оеаинтсрвлкмдпуяызь"),
    "cp1255": frozenset("יוהלארמתבש"),
    "cp1256": frozenset("االينملتربدوعس"),
    "cp1253": frozenset("αοιετσνηυρπκμλςίό"),
    "cp874": frozenset("านรอกเงมยลวดท่้"),
}
_SAMPLE_BYTES = 40_000
_RUN = re.compile(rb"[\x80-\xff]+")
# Bytes above 127 stand alone in Latin text (at most 1.14 a run in the news texts at hand), together in every other script (3.1 and more).
NON_LATIN_RUN = 2.0
GUESS_SHARE = 0.2  # of the non-ASCII characters must be common ones; the lowest right reading met (Japanese) has 0.24


def _guess(data: bytes, declared: list[str]) -> str:
    """UTF-8 if that leaves little unreadable; the encoding whose reading looks most like a language; else the first one declared.

    UTF-8 with one bad byte, or cut within a character, must not be guessed at: its bytes stand together as those of no Latin text do.
    """
    if _readable(data.decode("utf-8", "replace")):
        return "utf-8"
    sample = b"\n".join(line for line in data.split(b"\n") if not line.isascii())[:_SAMPLE_BYTES]
    runs = _RUN.findall(sample)
    if runs and sum(map(len, runs)) / len(runs) >= NON_LATIN_RUN:
        score, best = max((_likeness(sample, encoding), encoding) for encoding in _COMMON)
        if score >= GUESS_SHARE:
            return best
    return next((d for d in declared if d != "utf-8"), "windows-1252")


def _likeness(sample: bytes, encoding: str) -> float:
    """Which share of the non-ASCII characters are common ones in the language of *encoding*; unreadable ones count against it thrice."""
    letters = [c for c in sample.decode(encoding, "replace") if c > "\x7f"]
    common = _COMMON[encoding]
    return (sum(1 for c in letters if c in common) - 3 * letters.count("\ufffd")) / max(1, len(letters))
