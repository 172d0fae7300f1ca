"""The head of the story as a reader sees it: the headline and the lines around it.

Kicker, standfirst, byline, date and lead picture stand within a few lines of the headline, above it or below. This finds the
headline's block in the page's flat list and the lines on both sides, until the text proper has begun.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from broadsheet.extraction.body.tokens import tokens_of
from broadsheet.extraction.words import word_set
from broadsheet.markup.blocks import Block, BlockList, Box
from broadsheet.markup.page import Page
from broadsheet.markup.story import first_text
from broadsheet.text.plain import collapse, comparison_key

LINES_ABOVE = 14
LINES_BELOW = 60
PARAGRAPH_MASS = 180  # letters from which a line is running text rather than part of the head
PARAGRAPHS_BELOW = 3  # of those, the first may be the standfirst and the second a caption
LEVELS = 5  # boxes around a line whose names speak for it
MAX_HEADLINE = 400  # characters
CAPTION_TOKENS = word_set("caption_classes")
SHORTEST_BEGINNING = 8  # characters
SHARE_OF_TITLE = 0.3  # of a stated title that a heading must cover to be it: a section called "Conclusions" does not

# What parts a title from the site's name and the section in `<title>`; the spaces keep "Spider-Man" whole.
SEPARATOR = re.compile(r"\s+[|·•»›—–-]\s+|\s*[|｜»_ㅣ]\s*|\s+::\s+|\s*--\s*|(?<=[\u3040-\u9fff\uac00-\ud7af])-(?=[\u3040-\u9fff\uac00-\ud7af])")


@dataclass(slots=True, kw_only=True, eq=False)
class Line:
    """One block near the headline. *at* is its distance from it: negative above, positive below. *tokens* are words of class names.

    Not frozen for the same reason as `Block`: there are dozens on a page, and nobody changes them.
    """

    block: Block
    at: int
    tag: str
    tokens: frozenset[str]  # of its own box and the boxes around it that are not around the headline
    own_tokens: frozenset[str]
    in_figure: bool = False  # a caption or a credit, whatever its own element

    @property
    def text(self) -> str:
        return self.block.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Masthead:
    """The headline's block (None: no headline was found on the page), the lines above it, nearest first, and those below it."""

    headline: Block | None
    above: tuple[Line, ...] = ()
    below: tuple[Line, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """All of them in reading order."""
        return (*reversed(self.above), *self.below)


@lru_cache(maxsize=2)  # the fields of one page are sought one after the other, each from here
def masthead_of(page: Page) -> Masthead:
    """The head of *page*. Without a headline in sight the lines are those at the top of the page's main part."""
    blocks = page.blocks
    headline = _headline_block(page, blocks)
    if headline is None:
        return Masthead(headline=None, below=tuple(_below(blocks, _start(blocks), set())))
    around = {box.index for box in blocks.ancestors(headline)}
    first = max(0, headline.index - LINES_ABOVE)
    above = [_line(blocks, blocks.blocks[at], at - headline.index, around) for at in range(headline.index - 1, first - 1, -1)]
    return Masthead(headline=headline, above=tuple(above), below=tuple(_below(blocks, headline.index, around)))


def heading_blocks(page: Page, tag: str = "h1") -> list[Block]:
    """The text blocks that stand in an element *tag*, hidden ones left out, in reading order."""
    blocks = page.blocks
    return [
        block
        for box in blocks.boxes
        if box.tag == tag and not _is_hidden(blocks, box)
        for block in blocks.blocks[box.first : box.last]
        if block.kind == "text" and len(block.text) <= MAX_HEADLINE
    ]


def beginnings(title: str) -> Iterator[str]:
    """*title* up to each separator, longest first; too short ones cannot be headlines."""
    ends = [found.start() for found in SEPARATOR.finditer(title)]
    for end in reversed(ends[-3:]):
        if end >= SHORTEST_BEGINNING:
            yield title[:end]


def stated_titles(page: Page) -> Iterator[str]:
    """What the page's head calls the story."""
    said = (
        first_text(page.story.get("headline")),
        page.first_meta("og:title"),
        page.first_meta("twitter:title"),
        page.first_meta("title"),
        page.title,
    )
    yield from (collapse(title)[:MAX_HEADLINE] for title in said if title)


def _headline_block(page: Page, blocks: BlockList) -> Block | None:
    """The h1 that says what the head of the page says; else a smaller heading or, without any h1, a line that says just that."""
    stated = list(stated_titles(page))
    titles = {key for said in stated if (key := comparison_key(said))}
    parts = titles | {comparison_key(part) for said in stated for part in beginnings(said)}
    headings = [block for block in heading_blocks(page) if not _is_site_link(block)]
    if agreeing := [block for block in headings if _agrees(comparison_key(block.text), titles)]:
        return max(agreeing, key=lambda block: (block.mass, -block.index))
    smaller = (block for tag in ("h2", "h3") for block in heading_blocks(page, tag) if comparison_key(block.text) in parts)
    if (exact := next(smaller, None)) is not None:
        return exact
    if long := [block for block in headings if block.mass >= SHORTEST_BEGINNING]:
        return long[0]
    return next((block for block in blocks.blocks if _could_be_headline(blocks, block) and comparison_key(block.text) in parts), None)


def _agrees(key: str, titles: set[str]) -> bool:
    return len(key) >= 4 and any((key in title and len(key) > len(title) * SHARE_OF_TITLE) or title in key for title in titles)


def _is_site_link(block: Block) -> bool:
    """A heading that is nothing but a link is the site's name, not the story's."""
    return block.mass > 0 and block.link_mass == block.mass


def _could_be_headline(blocks: BlockList, block: Block) -> bool:
    """A line outside lists and navigation: breadcrumbs end with the headline, too."""
    return SHORTEST_BEGINNING <= len(block.text) <= MAX_HEADLINE and not any(
        box.tag in ("li", "nav", "footer") or box.hidden for box in blocks.ancestors(block)
    )


def _below(blocks: BlockList, start: int, around: set[int]) -> Iterator[Line]:
    paragraphs = 0
    for block in blocks.blocks[start + 1 : start + 1 + LINES_BELOW]:
        line = _line(blocks, block, block.index - start, around)
        yield line
        if line.tag in ("p", "div", "section", "article") and block.mass - block.link_mass >= PARAGRAPH_MASS:
            paragraphs += 1
            if paragraphs >= PARAGRAPHS_BELOW:
                return


def _line(blocks: BlockList, block: Block, at: int, around: set[int]) -> Line:
    box = blocks.boxes[block.box]
    named = []
    in_figure = False
    for level, outer in enumerate(blocks.ancestors(block)):
        if level >= LEVELS or outer.index in around:
            break
        named.append(outer.tokens)
        in_figure = in_figure or outer.tag in ("figure", "figcaption")
    tokens = tokens_of(" ".join(named))
    in_figure = in_figure or not tokens.isdisjoint(CAPTION_TOKENS)
    return Line(block=block, at=at, tag=box.tag, tokens=tokens, own_tokens=tokens_of(box.tokens), in_figure=in_figure)


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
