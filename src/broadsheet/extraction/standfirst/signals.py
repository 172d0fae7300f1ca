"""Which line around the headline is the standfirst."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from broadsheet.extraction.body.phrases import phrasing_of
from broadsheet.extraction.body.tokens import tokens_of
from broadsheet.extraction.info_line import is_info_line
from broadsheet.extraction.masthead import PARAGRAPH_MASS, Line, masthead_of
from broadsheet.extraction.once import once_a_page
from broadsheet.extraction.titles import stated_titles, title_key
from broadsheet.extraction.weigh import Clues
from broadsheet.extraction.words import word_set
from broadsheet.markup.page import Page
from broadsheet.markup.story import first_text, plain_text
from broadsheet.model import Claim
from broadsheet.text.plain import comparison_key

SHORTEST, LONGEST = 40, 900  # mass of a standfirst; Han characters count three
NAMED_WITHIN = 12  # lines below the headline
HEADING_WITHIN = 5  # lines below the headline
LAST_WORDS = 60  # characters in which a credit is looked for
SAME_BEGINNING = 40  # letters and digits from which two texts that begin alike are the same text

_LABEL = re.compile(
    r"\b(?:published|updated|posted|min(?:ute)?s? read|sign up|subscribe|log in|comments?|all rights)\b|会員登録|©|^[(（]?原(?:标题|標題|題)[:：]"
)  # in lower case: half as fast again as ignoring the case
_LABEL_WORDS = ("published", "updated", "posted", " read", "sign up", "subscribe", "log in", "comment", "all rights", "会員登録", "©", "原")
"""Of these a line holds one if it holds a label."""

_STOPS = frozenset(".!?…。！？")
_NAMES = word_set("standfirst_classes")
_NOT_NAMES = word_set("not_standfirst_classes")


def named_line(clues: Clues) -> Iterator[Claim[str]]:
    """A line near the headline whose own class, id or itemprop calls it standfirst, dek, lead or the like.

    Evidence: 91 news pages: right 43, wrong 3, silent 45.
    """
    for line in _candidates(clues.page):
        if not line.own_tokens.isdisjoint(_NAMES) and line.own_tokens.isdisjoint(_NOT_NAMES):
            yield Claim(value=line.text, saw=f"class {' '.join(sorted(line.own_tokens & _NAMES))}")
            return
    for line in masthead_of(clues.page).below[:NAMED_WITHIN]:
        if not line.tokens.isdisjoint(_NAMES) and line.tokens.isdisjoint(_NOT_NAMES) and not line.in_figure:
            whole = _whole_box(clues.page, line)
            if whole or _fits(line):
                yield Claim(value=whole or line.text, strength=1.0 if whole else 0.6, saw=f"inside class {' '.join(sorted(line.tokens & _NAMES))}")
                return


def described_line(clues: Clues) -> Iterator[Claim[str]]:
    """A line before the text that begins as the page's description does; weaker where it is the first paragraph of the text.

    Evidence: 91 news pages: right 62, wrong 8, silent 21.
    """
    keys = {_beginning(plain_text(said)) for said in _descriptions(clues.page)}
    for line in _candidates(clues.page):
        own = _beginning(line.text)
        if any(_begin_alike(own, key) for key in keys):
            yield Claim(value=line.text, strength=0.4 if _opens_text(clues.page, line) else 1.0, saw="the page's description")
            return


def feed_line(clues: Clues) -> Iterator[Claim[str]]:
    """A line before the text that begins as the feed's summary does; weaker where it is the first paragraph."""
    key = _beginning(clues.hints.summary or "")
    for line in _candidates(clues.page) if key else ():
        if _begin_alike(_beginning(line.text), key):
            yield Claim(value=line.text, strength=0.3 if _opens_text(clues.page, line) else 1.0, saw="the feed's summary")
            return


def smaller_heading(clues: Clues) -> Iterator[Claim[str]]:
    """An h2 or h3 directly under the headline that is as long as a sentence, followed by more than links.

    Evidence: 91 news pages: right 13, wrong 2, silent 76.
    """
    for line in _candidates(clues.page):
        if line.tag in ("h2", "h3", "h4") and 0 < line.at <= HEADING_WITHIN and line.block.link_mass == 0:
            yield Claim(value=line.text, saw=f"{line.tag} under the headline")
            return


def apart_from_text(clues: Clues) -> Iterator[Claim[str]]:
    """The first sentence-long line under the headline that a byline, a date or a picture parts from the text.

    Evidence: 91 news pages: right 50, wrong 7, silent 34.
    """
    lines = masthead_of(clues.page).below
    first = next((line for line in _candidates(clues.page) if line.at > 0), None)
    if first is None or any(map(str.isdigit, first.text[-12:])) or _opens_text(clues.page, first):
        return
    if all(line.block.mass < PARAGRAPH_MASS for line in lines if line.at > first.at):
        return  # nothing follows: the story is one paragraph long
    following = next((line for line in lines if line.at > first.at and line.block.kind != "rule"), None)
    if following is not None and (following.block.kind != "text" or following.block.mass < SHORTEST) and any(not _fits(line) for line in lines[:8]):
        yield Claim(value=first.text, saw="parted from the text")


def _whole_box(page: Page, line: Line) -> str | None:
    """All lines of the named box around *line*, joined: a standfirst of several paragraphs or points; None if it holds more than that."""
    blocks = page.blocks
    for box in blocks.ancestors(line.block):
        tokens = tokens_of(box.tokens)
        if not tokens.isdisjoint(_NAMES):
            inside = blocks.blocks[box.first : box.last]
            fits = len(inside) > 1 and all(block.kind == "text" for block in inside) and SHORTEST <= sum(block.mass for block in inside) <= LONGEST
            return " ".join(block.text for block in inside) if fits else None
    return None


@once_a_page
def _candidates(page: Page) -> tuple[Line, ...]:
    """Lines that may be a standfirst: below the headline up to the second paragraph, then just above it."""
    return tuple(_find_candidates(page))


def _find_candidates(page: Page) -> Iterator[Line]:
    masthead = masthead_of(page)
    titles = [title_key(title) for title in stated_titles(page)]
    captions = _captions(page)
    paragraphs = 0
    for line in masthead.below:
        if _fits(line) and line.at not in captions and not _is_title(line, titles):
            yield line
        if line.block.mass >= PARAGRAPH_MASS:
            paragraphs += 1
            if paragraphs >= 2:
                break
    for line in masthead.above[:3]:
        if _fits(line) and not _is_title(line, titles):
            yield line


def _captions(page: Page) -> set[int]:
    """Distances of lines that directly follow a picture and are called its description."""
    lines = masthead_of(page).lines
    return {line.at for before, line in pairwise(lines) if before.block.kind == "image" and "description" in line.own_tokens}


def _is_title(line: Line, titles: list[str]) -> bool:
    """Another wording of the headline, as given for search engines or social networks."""
    if len(line.text) > 2 * max(map(len, titles), default=0):
        return False
    key = comparison_key(line.text)
    return any(title.startswith(key) or key in title for title in titles)


def _fits(line: Line) -> bool:
    return (
        line.block.kind == "text"
        and SHORTEST <= line.block.mass <= LONGEST
        and line.block.link_mass < line.block.mass * 0.5
        and line.tag not in ("button", "h1", "blockquote", "td", "label", "form", "nav", "footer")
        and not line.in_figure
        and not _holds_label(line.text.lower())
        and not is_info_line(line.text)
        and not _is_caption(line.text)
    )


def _holds_label(lower: str) -> bool:
    """Whether a line says when it was published, or asks to subscribe; the words first, since the pattern takes ten times as long."""
    return any(word in lower for word in _LABEL_WORDS) and _LABEL.search(lower) is not None


def _is_caption(text: str) -> bool:
    """Whether a line ends with the name of an agency or another credit, and not like a sentence: a caption that stands in no figure.

    Evidence: on 144 news and Chinese pages it takes one standfirst away, a caption ("… gehen. Bild: Christoph Soeder/dpa"), and no
    true one: these end with a full stop, or without a credit.
    """
    return text[-1:] not in _STOPS and phrasing_of(text[-LAST_WORDS:]).ends_credit


def _opens_text(page: Page, line: Line) -> bool:
    """Whether the line is the first of several plain paragraphs in one box, and so the beginning of the text itself."""
    if line.tag != "p" or line.own_tokens & _NAMES:
        return False
    blocks = page.blocks
    parent = blocks.boxes[line.block.box].parent
    siblings = [box for box in blocks.boxes[line.block.box + 1 :][:12] if box.parent == parent and box.tag == "p"]
    return sum(1 for box in siblings if sum(block.mass for block in blocks.blocks[box.first : box.last]) >= PARAGRAPH_MASS / 2) >= 2


def _descriptions(page: Page) -> Iterator[str]:
    for said in (
        first_text(page.story.get("description")),
        page.first_meta("og:description"),
        page.first_meta("description"),
        page.first_meta("twitter:description"),
    ):
        if said:
            yield said


def _beginning(text: str) -> str:
    """The letters and digits that `_begin_alike` looks at, and some more."""
    return comparison_key(text[: SAME_BEGINNING * 5])


def _begin_alike(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    return shorter >= SAME_BEGINNING // (1 if one.isascii() else 2) and one[:shorter][: SAME_BEGINNING * 2] == other[:shorter][: SAME_BEGINNING * 2]
