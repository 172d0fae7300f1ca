"""The head of the story as a reader sees it: the headline and the lines around it.

Kicker, standfirst, byline, date and lead picture stand within a few lines of the headline, above it or below. This finds the
headline's block in the page's flat list and the lines on both sides, until the text proper has begun.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from broadsheet.extraction.body.tokens import tokens_of
from broadsheet.extraction.once import once_a_page
from broadsheet.extraction.titles import MAX_TITLE, SHORTEST_BEGINNING, beginnings, ending, likeness, stated_titles, title_key
from broadsheet.extraction.words import word_set
from broadsheet.markup.blocks import Block, BlockList, Box
from broadsheet.markup.page import Page

LINES_ABOVE = 8
LINES_BELOW = 60
PARAGRAPH_MASS = 180  # letters from which a line is running text rather than part of the head
PARAGRAPHS_BELOW = 3  # of those, the first may be the standfirst and the second a caption
MAX_SHORT = 200  # characters; a longer line is prose
SHORT_ABOVE = 5  # lines above the headline in which a byline or a date may stand
CAPTION_TOKENS = word_set("caption_classes")
SHARE_OF_TITLE = 0.3  # of a stated title that a heading must cover to be it: a section called "Conclusions" does not
SHARE_OF_OPENING = 0.5  # of a stated title that a line without a heading's mark must open with
LIKE_ENOUGH = 0.12  # of `likeness`: two wordings of one headline have 0.2 to 0.9, headings of other things 0 to 0.08

_HEADINGS = ("h1", "h2", "h3")
_FIGURES = frozenset(("figure", "figcaption"))
_TEXT_TAGS = frozenset(("p", "div", "section", "article"))


class Line(msgspec.Struct, eq=False, gc=False):
    """One block near the headline. *at* is its distance from it: negative above, positive below. *tokens* are words of class names.

    A `Struct` for the same reasons as `Block`: there are dozens on a page, and nobody changes them.
    """

    block: Block
    at: int
    tag: str
    tokens: frozenset[str]  # of its own box and the boxes around it that are not around the headline
    own_tokens: frozenset[str]
    in_figure: bool  # a caption or a credit, whatever its own element
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Masthead:
    """The headline's block (None: no headline was found on the page), the lines above it, nearest first, and those below it."""

    headline: Block | None
    above: tuple[Line, ...] = ()
    below: tuple[Line, ...] = ()
    lines: tuple[Line, ...] = ()  # all of them in reading order
    short: tuple[Line, ...] = ()  # short texts outside figures, in which byline and date stand: those below the headline first


@once_a_page
def masthead_of(page: Page) -> Masthead:
    """The head of *page*. Without a headline in sight the lines are those at the top of the page's main part."""
    blocks = page.blocks
    headline = _headline_block(page, blocks)
    around = {box.index for box in blocks.ancestors(headline)} if headline is not None else {0}
    start = headline.index if headline is not None else _start(blocks)
    reader = _Lines(blocks, start, around)
    above = [] if headline is None else [reader.line(block) for block in reversed(blocks.blocks[max(0, start - LINES_ABOVE) : start])]
    below = list(reader.below())
    short = [line for line in below + above[:SHORT_ABOVE] if line.text and len(line.text) <= MAX_SHORT and not line.in_figure]
    return Masthead(headline=headline, above=tuple(above), below=tuple(below), lines=(*reversed(above), *below), short=tuple(short))


@once_a_page
def headings_of(page: Page) -> dict[str, list[Block]]:
    """The text blocks that stand in an h1, h2 and h3, by element, hidden ones left out, in reading order."""
    blocks = page.blocks
    found: dict[str, list[Block]] = {tag: [] for tag in _HEADINGS}
    for box in [box for box in blocks.boxes if box.tag in found]:  # a dozen of hundreds
        if not _is_hidden(blocks, box):
            found[box.tag] += [block for block in blocks.blocks[box.first : box.last] if block.text and len(block.text) <= MAX_TITLE]
    return found


def _headline_block(page: Page, blocks: BlockList) -> Block | None:
    """The heading that says what the head of the page says; without any, a line that says just that.

    Each step is tried in turn: an h1 that is a stated title to the letter; an h1 that holds one or is part of one; a smaller heading
    that is one; an h1 with another wording of one; any other line that is one; the first h1 of some length.
    """
    stated = stated_titles(page)
    titles = {key for said in stated if (key := title_key(said))}
    parts = titles | {title_key(part) for said in stated for part in beginnings(said)}
    endings = {title_key(ending(said)) for said in stated} - titles
    headings = [block for block in headings_of(page)["h1"] if not _is_link(block) or title_key(block.text) in titles]
    if exact := [block for block in headings if title_key(block.text) in titles and not _is_link(block)]:
        return exact[0]
    if agreeing := [block for block in headings if _agrees(title_key(block.text), titles) and title_key(block.text) not in endings]:
        return max(agreeing, key=lambda block: (block.mass, -block.index))
    for smaller in (*headings_of(page)["h2"], *headings_of(page)["h3"]):
        if title_key(smaller.text) in parts:
            return smaller
    long = [block for block in headings if block.mass >= SHORTEST_BEGINNING]
    alike = [(likeness(block.text, stated), block) for block in long]
    likest = max(alike, key=lambda pair: pair[0], default=(0.0, None))
    if likest[0] >= LIKE_ENOUGH:
        return likest[1]
    return _titled_line(blocks, parts) or (long[0] if long else None)


def _agrees(key: str, titles: set[str]) -> bool:
    return len(key) >= 4 and any((key in title and len(key) > len(title) * SHARE_OF_TITLE) or title in key for title in titles)


def _is_link(block: Block) -> bool:
    """A heading that is nothing but a link is the site's name, not the story's, unless the page is called just that."""
    return block.mass > 0 and block.link_mass == block.mass


def _titled_line(blocks: BlockList, titles: set[str]) -> Block | None:
    """The first line outside lists and navigation that says one of *titles*: breadcrumbs end with the headline, too.

    Else the first that opens one of them: small publishing systems put section and site behind the headline with nothing but a space.
    """
    longest = max(map(len, titles), default=0) * 2
    lines = [block for block in blocks.blocks if SHORTEST_BEGINNING <= len(block.text) <= longest]
    exact = (block for block in lines if title_key(block.text) in titles and not _is_listed(blocks, block))
    opening = (block for block in lines if _opens_title(title_key(block.text), titles) and not _is_listed(blocks, block))
    return next(exact, None) or next(opening, None)


def _opens_title(key: str, titles: set[str]) -> bool:
    return any(title.startswith(key) and len(key) >= max(SHORTEST_BEGINNING, SHARE_OF_OPENING * len(title)) for title in titles)


def _is_listed(blocks: BlockList, block: Block) -> bool:
    return any(box.tag in ("li", "nav", "footer") or box.hidden for box in blocks.ancestors(block))


class _Lines:
    """Makes lines of the blocks around the headline; what the boxes around them are called is gathered once a box."""

    def __init__(self, blocks: BlockList, start: int, around: set[int]) -> None:
        self._blocks = blocks
        self._start = start
        self._known: dict[int, tuple[frozenset[str], bool]] = dict.fromkeys((-1, *around), (frozenset(), False))

    def below(self) -> Iterator[Line]:
        """The lines after the headline, until the text has begun."""
        paragraphs = 0
        for block in self._blocks.blocks[self._start + 1 : self._start + 1 + LINES_BELOW]:
            line = self.line(block)
            yield line
            if block.mass - block.link_mass >= PARAGRAPH_MASS and line.tag in _TEXT_TAGS:
                paragraphs += 1
                if paragraphs >= PARAGRAPHS_BELOW:
                    return

    def line(self, block: Block) -> Line:
        box = self._blocks.boxes[block.box]
        tokens, in_figure = self._known.get(block.box) or self._names(block.box)
        return Line(block, block.index - self._start, box.tag, tokens, tokens_of(box.tokens), in_figure, block.text)

    def _names(self, index: int) -> tuple[frozenset[str], bool]:
        """The words of the class names of a box and of the boxes around it, up to one around the headline, and whether one is a figure."""
        inner: list[Box] = []
        while index not in self._known:
            inner.append(self._blocks.boxes[index])
            index = inner[-1].parent
        names = self._known[index]
        for box in reversed(inner):
            own = tokens_of(box.tokens)
            tokens = names[0] | own if own else names[0]
            names = self._known[box.index] = tokens, names[1] or box.tag in _FIGURES or not own.isdisjoint(CAPTION_TOKENS)
        return names


def _start(blocks: BlockList) -> int:
    """Just before the first block of the page's main part."""
    for box in blocks.boxes:
        if box.tag in ("article", "main") and box.last > box.first:
            return box.first - 1
    return -1


def _is_hidden(blocks: BlockList, box: Box) -> bool:
    while box.parent >= 0:
        if box.hidden:
            return True
        box = blocks.boxes[box.parent]
    return False
