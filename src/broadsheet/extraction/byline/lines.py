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
    if "author" in (attributes.get("rel") or "").lower().split() or "author" in (attributes.get("itemprop") or "").lower():
        return "rel"
    return "path" if _leads_to_author(attributes.get("href") or "") else ""


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
def _beginnings(words: str) -> frozenset[str]:
    return frozenset(word[:2].lower() for word in word_list(words))


def may_open(words: str, line: str) -> bool:
    """A quick look: whether any entry of the list begins with the line's first two letters; spares most lines the long pattern."""
    return line[:2].lower() in _beginnings(words) or is_cjk(line[:1])


@lru_cache(maxsize=256)  # several signals ask of the same lines
def without_by(line: str) -> str:
    """*line* without the word for "by" it opens with."""
    bare = line.strip(_LEADING)
    if not may_open("by", bare):
        return line
    rest = _GLUED_BY.sub("", opening("by").sub("", bare, count=1))
    return rest if rest != bare else line


def is_only_by(line: str) -> bool:
    """Whether a line is the word for "by" alone, the names standing in the next."""
    return 0 < len(line) <= MAX_BY and without_by(f"{line} x") == "x"
