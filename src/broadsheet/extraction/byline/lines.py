"""The lines in which a byline stands, and the words it opens with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from itertools import pairwise

from selectolax.lexbor import LexborNode

from broadsheet.extraction.masthead import Line, masthead_of
from broadsheet.extraction.words import longest_first, word_list, word_set
from broadsheet.markup.page import Page
from broadsheet.text.plain import collapse, is_cjk

MAX_BY = 40  # characters of a line that is nothing but "Written by" or "Reviewed by"
BYLINE_SPAN = 5  # lines over which one byline may spread

_LEADING = " \t|–—•·-"
_PREPOSITIONS = ("by", "von", "par", "por", "de", "di", "da", "door", "from")
_GLUED_BY = re.compile(r"^(?:Written by|Posted by|By|Von|Par|Por)(?=[A-ZÀ-ÖØ-Þ])")  # the space is a margin of the style sheet
_AFTER_WORD = re.compile(r"[\s:：/／|｜]")
_AUTHOR_PATHS = word_set("author_paths")


def head_lines(page: Page) -> tuple[Line, ...]:
    """The lines in which a byline may stand, those below the headline first."""
    return masthead_of(page).short


def close_together(page: Page, wanted: Callable[[Line], bool]) -> Iterator[tuple[Line, str]]:
    """The wanted lines, with the text of the line before each, as long as they are close to the first: further ones are teasers'."""
    first: int | None = None
    before = ""
    for line in head_lines(page):
        if wanted(line):
            first = line.at if first is None else first
            if abs(line.at - first) <= BYLINE_SPAN:
                yield line, before
        before = line.text


def parted(line: Line) -> str:
    """The line's words with a bar between inline elements that have nothing but space between them: two authors, two links."""
    parts: list[str] = []
    ended = False
    for piece in line.block.pieces:
        if piece is None:
            ended = True
        elif isinstance(piece, str):
            parts.append(piece)
            ended = ended and not piece.strip()
        elif ended:
            parts.append(" | ")
            ended = False
    text = collapse("".join(parts))
    pieces = [part for part in text.split("|") if part.strip()]
    return collapse(" ".join(pieces)) if all(len(part.split()) == 1 for part in pieces) else text


def author_link(node: LexborNode) -> str:
    """ "rel" for a link declared as an author's, "path" for one that looks like it, "" for any other."""
    attributes = node.attributes
    rel, itemprop, href = attributes.get("rel"), attributes.get("itemprop"), attributes.get("href")
    if (rel and "author" in rel.lower().split()) or (itemprop and "author" in itemprop.lower()):
        return "rel"
    return "path" if href and _leads_to_author(href) else ""


@lru_cache(maxsize=128)  # the links near one headline, each asked about by three signals
def _leads_to_author(href: str) -> bool:
    """Whether a folder of the path is called after authors and something stands in it: /author/amara-diallo."""
    folders = href.lower().partition("?")[0].partition("#")[0].split("/")
    return any(folder in _AUTHOR_PATHS and inside for folder, inside in pairwise(folders[1:]))


@cache
def opening(words: str) -> re.Pattern[str]:
    """A word of the list at the beginning of a line; a colon may follow. CJK words end where the name begins, others at a space.

    Words of other roles than writing are nouns as well ("Photo finish"), so a colon or a bar must follow them, or "by".
    """
    entries = [re.escape(word) for word in longest_first(words)]
    spaced = "|".join(word for word in entries if not is_cjk(word)) or "(?!)"
    joined = "|".join(word for word in entries if is_cjk(word)) or "(?!)"
    if words == "by":
        return re.compile(rf"^(?:(?:{spaced})(?:\s*[:：/／|｜]\s*|\s+)|(?:{joined})\s*[:：/／|｜]?\s*)(?=\S)", re.IGNORECASE)
    ending = "|".join(word for word in entries if word.rpartition(r"\ ")[2] in _PREPOSITIONS) or "(?!)"
    return re.compile(rf"^(?:(?:{ending})\s+|(?:{spaced}|{joined})\s*[:：/／|｜]\s*)(?=\S)", re.IGNORECASE)


@cache
def _first_words(words: str) -> frozenset[str]:
    return frozenset(map(first_word, word_list(words)))


def first_word(line: str) -> str:
    """What stands before the first space, colon or bar of a line, in lower case: one lookup tells most lines apart from those a list can open."""
    return _AFTER_WORD.split(line, maxsplit=1)[0].lower()


@lru_cache(maxsize=256)  # several signals ask of the same lines
def without_by(line: str) -> str:
    """*line* without the word for "by" it opens with."""
    bare = line.strip(_LEADING)
    rest = bare
    if _may_open_with_by(bare) and (opened := opening("by").match(bare)):
        rest = bare[opened.end() :]
    if glued := _GLUED_BY.match(rest):
        rest = rest[glued.end() :]
    return rest if rest != bare else line


def is_only_by(line: str) -> bool:
    """Whether a line is the word for "by" alone, the names standing in the next."""
    return 0 < len(line) <= MAX_BY and _may_open_with_by(line.strip(_LEADING)) and without_by(f"{line} x") == "x"


def _may_open_with_by(bare: str) -> bool:
    """A quick look that spares most lines the long pattern."""
    return first_word(bare) in _first_words("by") or is_cjk(bare[:1])
