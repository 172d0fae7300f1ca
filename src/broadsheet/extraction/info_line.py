"""The line under a headline that tells when, from where and by whom: 2026年7月3日 18:56 来源：… 字号：大 中 小."""

from __future__ import annotations

import re

from broadsheet.extraction.words import longest_first, word_list
from broadsheet.text.plain import comparison_key

MAX_INFO = 160  # characters of a line of facts
SHORTEST_REST = 12  # letters and digits beside a date, below which a line is only that date

_DIGIT = re.compile(r"\d")
_COLON = re.compile(r"\s*[:：]")
_INFO_LABELS = tuple(word_list("info_labels"))
_SHARE = re.compile("|".join(map(re.escape, longest_first("share_words"))), re.IGNORECASE)
_DATE = re.compile(
    r"(?:\d{4}\s*[-/.年년]\s*\d{1,2}\s*[-/.月월]\s*\d{1,2}\s*[日일]?|\d{1,2}[./]\s?\d{1,2}[./]\s?\d{2,4})(?:\s*\(?[月火水木金土日一二三四五六]\)?)?"
    r"|(?<!\d)\d{1,2}\s*[:：時时시]\s*\d{2}(?:\s*[:：分분]\s*\d{2})?\s*[分분]?"
)


def is_info_line(text: str) -> bool:
    """Whether a line tells when, from where and by whom rather than what: 2026年7月3日 18:56 来源：… 字号：大 中 小.

    It does if two of its words announce such facts with a colon, or if hardly anything is left without its date, time and those words.

    Evidence: 937 pages: 4 lines that had passed for standfirsts are refused, all of them rightly.
    """
    if len(text) > MAX_INFO:
        return False
    facts = sum(text[: found.start()].endswith(_INFO_LABELS) for found in _COLON.finditer(text)) if ":" in text or "：" in text else 0
    if facts >= 2:
        return True
    if not _DIGIT.search(text):
        return False
    without_date = _DATE.sub("", text)
    return without_date != text and (facts > 0 or len(comparison_key(_SHARE.sub("", without_date))) < SHORTEST_REST)
