"""Who says what the headline is."""

from __future__ import annotations

from collections.abc import Iterator

from broadsheet.extraction.masthead import SEPARATOR, Line, beginnings, heading_blocks, masthead_of, stated_titles
from broadsheet.extraction.site_name.signals import site_names
from broadsheet.extraction.weigh import Clues
from broadsheet.extraction.words import word_set
from broadsheet.markup.blocks import Block
from broadsheet.markup.page import Page
from broadsheet.markup.story import first_text, plain_text, texts
from broadsheet.model import Claim
from broadsheet.text.plain import collapse, comparison_key

MAX_TITLE = 400  # characters; longer ones are whole paragraphs in the wrong place
MAX_KICKER = 60
AGREED = 7.0  # how much more a feed's title counts that the page states as well: more than all its other titles together
_ELLIPSIS = ("…", "...")


def headline_key(title: str) -> str:
    """Headlines with equal keys are the same; a title cut short with an ellipsis is not the same as the whole."""
    return comparison_key(title)


def first_heading(clues: Clues) -> Iterator[Claim[str]]:
    """The heading that opens the story. A heading with a label inside it is claimed both ways, whole and without.

    Evidence: 113 news pages: right 96, wrong 16, silent 1; 31 Chinese pages: right 29, wrong 0, silent 2; 793 blogs and guides: right
    686, wrong 88, silent 19.
    """
    block = masthead_of(clues.page).headline
    if block is None:
        return
    yield Claim(value=block.text, saw="the heading")
    for part in _spans_of(block):
        if part != block.text and len(part) > len(block.text) * 0.5:
            yield Claim(value=part, strength=0.6, saw="part of the heading")


def jsonld_headline(clues: Clues) -> Iterator[Claim[str]]:
    """`headline` of the story's JSON-LD, `name` if there is none.

    Evidence: 113 news pages: right 90, wrong 13, silent 10; 793 blogs and guides: right 257, wrong 53, silent 483.
    """
    story = clues.page.story
    if said := first_text(story.get("headline")):
        yield from _whole_and_parts(said, clues.page, "JSON-LD headline")
    elif said := first_text(story.get("name")):
        yield from _whole_and_parts(said, clues.page, "JSON-LD name", strength=0.6)


def og_title(clues: Clues) -> Iterator[Claim[str]]:
    """`og:title`: often the headline, often with the site's name behind it, sometimes another headline for social networks.

    Evidence: 113 news pages: right 94, wrong 18, silent 1; 31 Chinese pages: right 14, wrong 3, silent 14; 793 blogs and guides: right
    564, wrong 169, silent 60.
    """
    if said := clues.page.first_meta("og:title"):
        yield from _whole_and_parts(plain_text(said), clues.page, "og:title")


def twitter_title(clues: Clues) -> Iterator[Claim[str]]:
    """`twitter:title`, mostly a copy of og:title.

    Evidence: 113 news pages: right 64, wrong 15, silent 34; 31 Chinese pages: right 2, wrong 0, silent 29; 793 blogs and guides: right
    338, wrong 106, silent 349.
    """
    if said := clues.page.first_meta("twitter:title"):
        yield from _whole_and_parts(plain_text(said), clues.page, "twitter:title")


def named_meta(clues: Clues) -> Iterator[Claim[str]]:
    """Titles that publishing systems leave for analytics and search: nearly always without the site's name.

    Evidence: 113 news pages: right 17, wrong 8, silent 88; 793 blogs and guides: right 60, wrong 21, silent 712.
    """
    said = clues.page.first_meta("parsely-title", "sailthru.title", "dc.title", "dcterms.title", "cxenseparse:title", "headline", "hdl", "title")
    if said:
        yield from _whole_and_parts(plain_text(said), clues.page, "meta title")


def title_element(clues: Clues) -> Iterator[Claim[str]]:
    """`<title>`, without the site's name when it carries it.

    Evidence: 113 news pages: right 72, wrong 41, silent 0; 31 Chinese pages: right 7, wrong 24, silent 0; 793 blogs and guides: right
    533, wrong 260, silent 0.
    """
    if clues.page.title:
        yield from _whole_and_parts(clues.page.title, clues.page, "<title>")


def feed_title(clues: Clues) -> Iterator[Claim[str]]:
    """What the feed's entry was called; a cut one says little, one that the page states too as good as everything.

    Which of its titles a story goes by is the publisher's choice, and the entry is where it is made.
    """
    said = without_site_name(collapse(clues.hints.title or ""), clues.page)
    if said and not said.endswith(_ELLIPSIS):
        agreed = headline_key(said) in _keys_of_page(clues.page)
        yield Claim(value=said, strength=AGREED if agreed else 1.0, saw="the feed's entry" + (" and the page" if agreed else ""))


def label_above(clues: Clues) -> Iterator[Claim[str]]:
    """A short line just above the headline whose class name says kicker; breadcrumbs and dates are not labels."""
    for line in masthead_of(clues.page).above[:4]:
        if len(line.text) <= MAX_KICKER and _is_kicker(line):
            yield Claim(value=line.text, saw=f"class {' '.join(sorted(line.own_tokens))}")
            return


def label_inside(clues: Clues) -> Iterator[Claim[str]]:
    """The first of two parts of the heading, when the head of the page states only the second as title."""
    for block in heading_blocks(clues.page)[:3]:
        parts = _spans_of(block)
        if len(parts) >= 2 and len(parts[0]) <= MAX_KICKER and comparison_key(parts[-1]) in _stated_keys(clues.page):
            yield Claim(value=parts[0].rstrip(" :|"), saw=repr(block.text))
            return


_KICKER_NAMES = word_set("kicker_classes")


def _is_kicker(line: Line) -> bool:
    return line.block.kind == "text" and not line.own_tokens.isdisjoint(_KICKER_NAMES)


def _spans_of(block: Block) -> list[str]:
    """The texts of the heading's inline elements and of what stands between them, in order; one if it has no parts."""
    parts: list[str] = []
    current: list[str] = []
    for piece in block.pieces:
        if isinstance(piece, str):
            current.append(piece)
        elif current:
            parts.append("".join(current))
            current = []
    parts.append("".join(current))
    return [text for part in parts if (text := collapse(part).strip("|:– "))]


def _stated_keys(page: Page) -> set[str]:
    said = (first_text(page.story.get("headline")), page.first_meta("og:title"))
    return {comparison_key(title) for title in said if title}


def _keys_of_page(page: Page) -> set[str]:
    """Everything the page calls the story, as comparison keys."""
    heading = masthead_of(page).headline
    shown = [heading.text, *_spans_of(heading)] if heading is not None else []
    return {headline_key(without_site_name(title, page)) for title in (*shown, *stated_titles(page))}


def _whole_and_parts(said: str, page: Page, saw: str, *, strength: float = 1.0) -> Iterator[Claim[str]]:
    """*said* whole, and the piece before a separator; the piece is the better claim when what follows is the site's name."""
    said = collapse(said)[:MAX_TITLE]
    bare = without_site_name(said, page)
    if bare != said:
        yield Claim(value=bare, strength=strength, saw=f"{saw} without the site's name")
        yield Claim(value=said, strength=strength * 0.3, saw=saw)
        return
    cut = said.endswith(_ELLIPSIS)
    yield Claim(value=said, strength=strength * (0.3 if cut else 1.0), saw=saw)
    for part in beginnings(said):
        yield Claim(value=part, strength=strength * 0.5, saw=f"beginning of {saw}")


def without_site_name(said: str, page: Page) -> str:
    """*said* without the site's name and its separator, at the end or at the beginning, and without the section's at the end."""
    names = site_names(page)
    endings = names | _section_names(page)
    for found in reversed(list(SEPARATOR.finditer(said))):
        if comparison_key(said[found.end() :]) in endings and found.start() >= 4:
            return without_site_name(said[: found.start()], page)
    for found in SEPARATOR.finditer(said):
        if comparison_key(said[: found.start()]) in names and len(said) - found.end() >= 4:
            return said[found.end() :]
    return said


def _section_names(page: Page) -> frozenset[str]:
    """Comparison keys of the sections that the head of the page states."""
    stated = [section for name in ("article:section", "section", "content_category") for section in page.meta.get(name, ())]
    said = (*stated, *texts(page.story.get("articleSection")))
    return frozenset(key for name in said if (key := comparison_key(name)))
