"""Who made or owns a picture, told apart from what its caption says.

One place for both who need it: the lead image and the pictures in the text. A credit is known by its words ("Photo:", "©", 摄, 撮影,
تصوير) or by its form, never by a list of photographers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from broadsheet.extraction.words import longest_first, word_set

CREDIT_TOKENS = word_set("credit_classes")
"""Words of class names that say that an element holds a credit."""

JOINTS = " \t(（[【|–—-/,、＝="
"""What stands between a caption and the credit behind it."""

_LABELS = "|".join(map(re.escape, longest_first("credit_labels")))
_BEFORE = r"(?:^|(?<=[\s.!?…»”\"'’)\]|–—·•,;/。！？，、）】（(\[【]))"
_CAPITAL = "(?-i:[A-ZÀ-ÖØ-Þ])"
_HAN = r"[\u4e00-\u9fff々]"
_HAN_NAME = rf"(?:{_HAN}{{2,4}}|{_HAN}{{1,6}}(?:[·‧・]{_HAN}{{1,6}})+)"
_NAMED = r"(?:(?![.!?]\s+\w+\s\w+\s\w)[^()（）\[\]【】]){2,120}"  # no sentence may follow, or the caption stands behind the credit
_PREPOSITIONS = frozenset("by von de di par av door".split())


class _Form(NamedTuple):
    """A form of credit, and the signs of which a line must hold one before the form is tried: most captions hold none of them."""

    signs: frozenset[str]
    pattern: str


def _form(signs: str, pattern: str) -> _Form:
    return _Form(frozenset(signs), pattern)


@cache  # when a line first holds its signs: all of them together take 20 ms
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_HAN_SIGNS = "摄攝供提撮"
_FORMS = (
    # Photo: Mara Lind; (Foto: Mara Lind/dpa); 사진=홍길동 기자
    _form(":：|/=＝©", rf"{_BEFORE}[(（\[【]?(?P<credit>(?:{_LABELS})\s*[:：|/=＝©]\s*{_NAMED})[)）\]】]?\s*$"),
    _form("©ⓒ(cC", r"(?P<credit>(?:©|ⓒ|\(c\)|copyright)\s*[^()（）]{2,80})[)）]?\s*$"),
    _form("pPiI", r"^(?P<credit>(?:photo|image|picture) (?:credits?|courtesy)\s.{2,80})$"),
    _form("/", rf"^(?P<credit>(?:{_CAPITAL}[\w.'’-]*\s?){{1,4}}//?\s?{_CAPITAL}[\w .'’-]{{1,40}})$"),
    _form("(（[【", rf"[(（\[【](?P<credit>(?:{_LABELS})\s[^()（）\[\]【】]{{2,80}})[)）\]】]\s*$"),
    # At noon. Mara Lind/Reuters; at noon. | Mara Lind
    _form("|", r"(?<=[.!?”\"»])\s\|\s(?P<credit>[^|.]{3,80})$"),
    _form("/", r"(?<=[.!?”\"»]\s)(?<!\b\w\.\s)(?P<credit>(?:[^\W\d_][\w.'’-]*\s?){1,4}/\s?[^\W\d_][\w .'’-]{1,40})$"),
    # 青岚晚报记者 顾行舟 摄
    _form(
        _HAN_SIGNS,
        rf"(?:^|(?<=[\s。！？，、；）】（(]))(?P<credit>(?:{_HAN}{{0,8}}(?:记者|記者|通讯员|特约)\s*)?{_HAN_NAME}(?:、{_HAN_NAME})*\s*(?:摄影|攝影|摄|攝|供图|供圖|提供))[)）]?\s*$",
    ),
    # ＝片桐蒼撮影
    _form(_HAN_SIGNS, r"[＝=（(。、\s](?P<credit>[^＝=（）()。、\s]{2,20}(?:撮影|提供))[)）]?\s*$"),
    _form("기제연", r"(?:[/=]\s?|\s)(?P<credit>[가-힣]{2,4}\s?(?:기자|제공)|(?<=[/=])연합뉴스)$"),
)
_BY = rf"{_BEFORE}[(（\[【]?(?P<credit>(?:{_LABELS})\s*\b(?:{'|'.join(_PREPOSITIONS)})\b\s*{_NAMED})[)）\]】]?\s*$"


def credit_apart(text: str) -> tuple[str, str]:
    """(caption, credit) in one line, the credit known by its words: "Photo:", "©", 摄, 撮影, تصوير; ("…", "") if there is none."""
    for found in _found(text):
        return text[: found.start()].rstrip(JOINTS), found["credit"].strip()
    return text, ""


def _found(text: str) -> Iterator[re.Match[str]]:
    if not _PREPOSITIONS.isdisjoint(text.lower().split()) and (said := _compiled(_BY).search(text)):
        yield said
    for form in _FORMS:
        if not form.signs.isdisjoint(text) and (said := _compiled(form.pattern).search(text)):
            yield said


def unbracketed(said: str) -> str:
    """A credit without the brackets around it."""
    return said[1:-1].strip() if said[:1] + said[-1:] in ("()", "（）", "[]", "【】") else said
