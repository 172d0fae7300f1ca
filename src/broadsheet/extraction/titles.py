"""What the head of a page calls its story, and how such titles are taken apart and compared.

Titles come with the site's name, a section or a date behind them or in front; these functions find the seams and leave the choice
to the signals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from broadsheet.extraction.once import once_a_page
from broadsheet.markup.page import Page
from broadsheet.markup.story import first_text, plain_text
from broadsheet.text.plain import comparison_key, is_cjk

MAX_TITLE = 400  # characters; longer ones are whole paragraphs in the wrong place
SHORTEST_BEGINNING = 8  # characters

# What parts a title from the site's name and the section in `<title>`; the spaces keep "Spider-Man" whole.
SEPARATOR = re.compile(r"\s+[|·•»›—–-]\s+|\s*[|｜»_ㅣ]\s*|\s+::\s+|\s*--\s*|(?<=[\u3040-\u9fff\uac00-\ud7af])-(?=[\u3040-\u9fff\uac00-\ud7af])")
_SEAMS = frozenset("|·•»›—–-｜_ㅣ:")

title_key = lru_cache(maxsize=512)(comparison_key)
"""`comparison_key`, remembered: a page states its title five times and more, mostly in the same words."""


@once_a_page
def stated_titles(page: Page) -> tuple[str, ...]:
    """What the page's head calls the story, each wording once."""
    said = (
        first_text(page.story.get("headline")),
        page.first_meta("og:title"),
        page.first_meta("twitter:title"),
        page.first_meta("title"),
        page.title,
    )
    return tuple(dict.fromkeys(plain_text(title)[:MAX_TITLE] for title in said if title))


@lru_cache(maxsize=64)  # og:title, twitter:title and `<title>` are parted by five signals
def seams(title: str) -> tuple[re.Match[str], ...]:
    """Where *title* may be parted, in order."""
    return tuple(SEPARATOR.finditer(title)) if not _SEAMS.isdisjoint(title) else ()


def beginnings(title: str) -> Iterator[str]:
    """*title* up to each separator, longest first; too short ones cannot be headlines."""
    for found in reversed(seams(title)[-3:]):
        if found.start() >= SHORTEST_BEGINNING:
            yield title[: found.start()]


def ending(title: str) -> str:
    """What stands behind the last separator of *title*; "" if it has none."""
    found = seams(title)
    return title[found[-1].end() :] if found else ""


def likeness(title: str, others: Iterable[str]) -> float:
    """How much of its wording *title* shares with the most similar of *others*, 0 to 1: the Dice coefficient of short runs of letters.

    Runs of three letters, of two in Chinese, Japanese and Korean; no rule about words, so it holds in any script.
    """
    own = _runs(title)
    return max((2 * len(own & other) / (len(own) + len(other) or 1) for other in map(_runs, others)), default=0.0)


@lru_cache(maxsize=64)
def _runs(title: str) -> frozenset[str]:
    key = title_key(title)
    length = 2 if is_cjk(title) else 3
    return frozenset(key[at : at + length] for at in range(len(key) - length + 1))
