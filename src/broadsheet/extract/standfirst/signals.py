"""Which line around the headline is the standfirst."""

from __future__ import annotations

from collections.abc import Iterator

from broadsheet.extract.masthead import PARAGRAPH_MASS, Line, masthead_of
from broadsheet.extract.weigh import Clues
from broadsheet.markup.page import Page
from broadsheet.markup.story import first_text, plain_text
from broadsheet.model import Claim
from broadsheet.text.plain import comparison_key

SHORTEST, LONGEST = 40, 900  # mass of a standfirst; Han characters count three
SAME_BEGINNING = 40  # letters and digits from which two texts that begin alike are the same text

_NAMES = frozenset(
    "standfirst dek deck lede subtitle subtitulo sottotitolo soustitre subheadline subhead subheading subheader strapline tagline excerpt abstract chapo"
    " chapeau bajada entradilla sumario ingress vorspann anreisser leadtext introtext intro preamble untertitel summary description lead"
    " standfirsts leadin ledetext manchet undertittel underrubrik alinea preambule zusammenfassung resumen riassunto onderkop perex".split()
)
_NOT_NAMES = frozenset(
    "image picture photo caption figure related newsletter video comment comments share social author byline bio meta nav menu cookie date time".split()
)


def named_line(clues: Clues) -> Iterator[Claim[str]]:
    """A line near the headline whose own class, id or itemprop calls it standfirst, dek, lead or the like."""
    for line in _candidates(clues.page):
        if not line.own_tokens.isdisjoint(_NAMES) and line.own_tokens.isdisjoint(_NOT_NAMES):
            yield Claim(value=line.text, saw=f"class {' '.join(sorted(line.own_tokens & _NAMES))}")
            return
    for line in _candidates(clues.page):
        if not line.tokens.isdisjoint(_NAMES) and line.tokens.isdisjoint(_NOT_NAMES):
            yield Claim(value=line.text, strength=0.6, saw=f"inside class {' '.join(sorted(line.tokens & _NAMES))}")
            return


def described_line(clues: Clues) -> Iterator[Claim[str]]:
    """A line before the text that begins as the page's description does; weaker where it is the first paragraph of the text."""
    keys = [comparison_key(plain_text(said)) for said in _descriptions(clues.page)]
    for line in _candidates(clues.page):
        if any(_begin_alike(comparison_key(line.text), key) for key in keys):
            yield Claim(value=line.text, strength=0.4 if _opens_text(clues.page, line) else 1.0, saw="the page's description")
            return


def feed_line(clues: Clues) -> Iterator[Claim[str]]:
    """A line before the text that begins as the feed's summary does; weaker where it is the first paragraph."""
    key = comparison_key(clues.hints.summary or "")
    for line in _candidates(clues.page):
        if _begin_alike(comparison_key(line.text), key):
            yield Claim(value=line.text, strength=0.3 if _opens_text(clues.page, line) else 1.0, saw="the feed's summary")
            return


def smaller_heading(clues: Clues) -> Iterator[Claim[str]]:
    """An h2 or h3 directly under the headline that is as long as a sentence, followed by more than links."""
    for line in masthead_of(clues.page).below[:6]:
        if line.block.kind == "text" and line.tag in ("h2", "h3", "h4"):
            if SHORTEST <= line.block.mass <= LONGEST and line.block.link_mass == 0:
                yield Claim(value=line.text, saw=f"{line.tag} under the headline")
            return


def apart_from_text(clues: Clues) -> Iterator[Claim[str]]:
    """The first sentence-long line under the headline that a byline, a date or a picture parts from the text."""
    lines = masthead_of(clues.page).below
    for at, line in enumerate(lines):
        if _fits(line):
            following = next((other for other in lines[at + 1 :] if other.block.kind != "rule"), None)
            if following is not None and (following.block.kind != "text" or following.block.mass < SHORTEST) and not _opens_text(clues.page, line):
                yield Claim(value=line.text, saw="parted from the text")
            return


def _candidates(page: Page) -> Iterator[Line]:
    """Lines that may be a standfirst: below the headline up to the second paragraph, then just above it."""
    masthead = masthead_of(page)
    paragraphs = 0
    for line in masthead.below:
        if _fits(line):
            yield line
        if line.block.mass >= PARAGRAPH_MASS:
            paragraphs += 1
            if paragraphs >= 2:
                break
    for line in masthead.above[:3]:
        if _fits(line):
            yield line


def _fits(line: Line) -> bool:
    return (
        line.block.kind == "text"
        and SHORTEST <= line.block.mass <= LONGEST
        and line.block.link_mass < line.block.mass * 0.5
        and line.tag not in ("figcaption", "li", "button", "h1", "blockquote", "td")
    )


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


def _begin_alike(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    return shorter >= SAME_BEGINNING // (1 if one.isascii() else 2) and one[:shorter][: SAME_BEGINNING * 2] == other[:shorter][: SAME_BEGINNING * 2]
