"""Words and phrases looked for in texts of any script, in linear time.

Both sides are brought to one form first: case, width and diacritics folded, signs replaced by spaces. Then a phrase is found by looking for
it as it stands, between spaces where its script has them: `cat` is not in `category`, `北京` is in `在北京市`. Looking for one string in
another takes time in proportion to their lengths (CPython has the two-way algorithm since 3.10), whoever has chosen them; no regular
expression of a user's is ever run. Traditional and simplified characters stay different ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from broadsheet.errors import UsageError

LONGEST_TERM = 200
"""Characters of a word or phrase: more is a text, pasted by mistake."""

MOST_FOLDED = 50_000
"""Characters whose folding is remembered: more than the press of the world uses, less than a page made of all of them would have us keep."""

# Scripts that write no spaces between words: Thai, Lao, Burmese, Khmer, kana, Han.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
)
_ANY_UNSPACED = re.compile(f"[{_UNSPACED}]")
_EDGE = re.compile(f"(?<=[{_UNSPACED}])(?=[^{_UNSPACED} ])|(?<=[^{_UNSPACED} ])(?=[{_UNSPACED}])")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_QUOTED_OR_WORD = re.compile(r'"([^"]*)"|(\S+)')
_STRAIGHT = str.maketrans("“”„«»", '""' + '"' * 3)
_SMALL_LETTERS = {"ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ı": "i"}  # that Unicode does not take apart
# Signs over and under letters that a search leaves out: of Latin, Greek and Cyrillic; Hebrew points; Arabic vowels and the stroke that only
# lengthens. Those of other scripts tell words apart (Indic vowels, the voice marks of kana).
_LEFT_OUT = ((0x0300, 0x036F), (0x0591, 0x05C7), (0x0610, 0x061A), (0x0640, 0x0640), (0x064B, 0x065F), (0x0670, 0x0670))
_ASCII = bytes(code if chr(code).isalnum() else ord(" ") for code in range(128)).lower().ljust(256)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word, a phrase, or (*begins*) the beginning of a word, ready to be looked for."""

    needle: str

    def is_in(self, text: str) -> bool:
        """Whether it occurs in a text that `searchable` made."""
        return self.needle in text


def read_term(said: str) -> Term:
    """What a person wrote as a term: `harbour`, `climate change`, `harbour*`. Raises UsageError for what cannot be looked for."""
    plain = said.strip()
    if len(plain) > LONGEST_TERM:
        raise UsageError(f"{plain[:40]}…", f"is longer than {LONGEST_TERM} characters", do="Look for a word or a phrase.")
    begins = plain.endswith("*")
    plain = plain.rstrip("*")
    if "*" in plain:
        raise UsageError(said, "has a * that is not at its end", do="Write the beginning of a word, then *: harbour*")
    words = searchable(plain).strip()
    if not words:
        raise UsageError(said or '""', "holds no letter and no digit to look for", do="Write a word or a phrase.")
    return Term(needle=_between_edges(words, begins=begins))


def searchable(text: str) -> str:
    """*text* in the form in which terms are looked for; a space at either end."""
    if text.isascii():  # most of it is; a twentieth of the time
        return f" {' '.join(text.encode().translate(_ASCII).decode().split())} "
    folded = " ".join(text.translate(_FOLDED).split())
    return f" {_EDGE.sub(' ', folded) if _ANY_UNSPACED.search(folded) else folded} "


def split_terms(said: str) -> tuple[str, ...]:
    """The terms of a search box: words, and phrases between quotation marks."""
    found = _QUOTED_OR_WORD.findall(said.translate(_STRAIGHT))
    return tuple(phrase or word for phrase, word in found if phrase.strip() or word)


def read_terms(said: Sequence[str]) -> tuple[Term, ...]:
    """`read_term` of each."""
    return tuple(read_term(one) for one in said)


def _between_edges(words: str, *, begins: bool) -> str:
    """*words* with a space at each end where a word must begin or end there.

    Where the script has no spaces, none is asked for. A Korean word is taken for a beginning, since particles are written on to it: 서울 must
    find 서울에서.
    """
    opens = "" if _ANY_UNSPACED.match(words[0]) else " "
    closes = "" if begins or _ANY_UNSPACED.match(words[-1]) or _HANGUL.match(words[-1]) else " "
    return f"{opens}{words}{closes}"


class _Folding(dict[int, str]):
    """What each character becomes, found out when it is first met. Character by character, since normalising a whole text takes quadratic
    time for one that is made to (long runs of combining marks)."""

    def __missing__(self, code: int) -> str:
        folded = _fold(chr(code))
        if len(self) < MOST_FOLDED:
            self[code] = folded
        return folded


_FOLDED = _Folding()


def _fold(char: str) -> str:
    if unicodedata.category(char) == "Cf":
        return ""  # soft hyphens, joiners, marks of direction: not seen
    if _HANGUL.match(char):
        return char  # which compatibility decomposition would take apart into letters
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
    return "".join(_fold_part(part) for part in parts)


def _fold_part(part: str) -> str:
    if any(first <= ord(part) <= last for first, last in _LEFT_OUT):
        return ""
    if part.isalnum() or unicodedata.category(part) in ("Mn", "Mc"):
        return _SMALL_LETTERS.get(part, part)
    return " "
