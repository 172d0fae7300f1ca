"""Who says what the headline is."""

from __future__ import annotations

from collections.abc import Iterator

from broadsheet.extraction.body.tokens import tokens_of
from broadsheet.extraction.masthead import LIKE_ENOUGH, Line, headings_of, masthead_of
from broadsheet.extraction.once import once_a_page
from broadsheet.extraction.site_name.signals import resembles_host, site_names
from broadsheet.extraction.structured import structured_of
from broadsheet.extraction.titles import MAX_TITLE, beginnings, likeness, seams, stated_titles, title_key
from broadsheet.extraction.weigh import Clues
from broadsheet.extraction.words import word_set
from broadsheet.markup.blocks import Block
from broadsheet.markup.page import Page
from broadsheet.markup.story import first_text, plain_text, texts
from broadsheet.model import Claim
from broadsheet.text.plain import collapse, comparison_key

MAX_KICKER = 60
AGREED = 7.0  # how much more a feed's title counts that the page states as well: more than all its other titles together
WITH_LABEL = 0.9  # how much a heading counts with a label in it; the rest of the page decides whether it belongs there
UNRELATED = 0.3  # how much a heading counts that has no wording in common with anything the page's head says
MOST_HOST_WORDS = 3
_ELLIPSIS = ("…", "...")


def headline_key(title: str) -> str:
    """Headlines with equal keys are the same; a title cut short with an ellipsis is not the same as the whole."""
    return title_key(title)


def first_heading(clues: Clues) -> Iterator[Claim[str]]:
    """The heading that opens the story. A heading with a label inside it is claimed both ways, whole and without.

    Evidence: 113 news pages: right 96, wrong 16, silent 1; 31 Chinese pages: right 29, wrong 0, silent 2; 793 blogs and guides: right
    686, wrong 88, silent 19.
    """
    block = masthead_of(clues.page).headline
    if block is None:
        return
    text = plain_text(block.text)
    strength = 1.0 if _is_like_stated(text, clues.page) else UNRELATED
    bare = without_site_name(plain_text(_without_kicker(block)), clues.page)
    if bare != text:
        yield Claim(value=bare, strength=strength, saw="the heading without its kicker, the site's name or the section")
    yield Claim(value=text, strength=strength * (WITH_LABEL if bare != text else 1.0), saw="the heading")
    for part in _spans_of(block):
        if part != block.text and len(part) > len(block.text) * 0.5:
            yield Claim(value=part, strength=0.6 * strength, saw="part of the heading")


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
    said = clues.page.first_meta(
        "parsely-title", "sailthru.title", "dc.title", "dcterms.title", "cxenseparse:title", "citation_title", "headline", "hdl", "title"
    )
    if said:
        yield from _whole_and_parts(plain_text(said), clues.page, "meta title")


def marked_headline(clues: Clues) -> Iterator[Claim[str]]:
    """`headline` in microdata or RDFa, where JSON-LD has none."""
    if not clues.page.story.get("headline"):
        for said in structured_of(clues.page).get("headline", ())[:1]:
            yield from _whole_and_parts(plain_text(said), clues.page, "itemprop headline")


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
    for block in headings_of(clues.page)["h1"][:3]:
        parts = _spans_of(block)
        if len(parts) >= 2 and len(parts[0]) <= MAX_KICKER and comparison_key(parts[-1]) in _stated_keys(clues.page):
            yield Claim(value=parts[0].rstrip(" :|"), saw=repr(block.text))
            return


_KICKER_NAMES = word_set("kicker_classes")


def _is_kicker(line: Line) -> bool:
    return line.block.kind == "text" and not line.own_tokens.isdisjoint(_KICKER_NAMES)


def _without_kicker(block: Block) -> str:
    """The heading without an inline element at its beginning whose class name says kicker; whole if nothing else is in it.

    Evidence: 937 pages: 2 headings lose a label that was glued to them.
    """
    first = next((at for at, piece in enumerate(block.pieces) if piece is not None and not (isinstance(piece, str) and piece.isspace())), 0)
    opened = block.pieces[first] if block.pieces else None
    if opened is None or isinstance(opened, str) or tokens_of(opened.attributes.get("class") or "").isdisjoint(_KICKER_NAMES):
        return block.text
    end = _end_of(block, first)
    rest = collapse("".join(piece for piece in block.pieces[end:] if isinstance(piece, str)).lstrip(" |:–"))
    return rest or block.text


def _end_of(block: Block, start: int) -> int:
    """The position behind the inline element that opens at *start* of the block's pieces."""
    depth = 0
    for at in range(start, len(block.pieces)):
        piece = block.pieces[at]
        depth += 0 if isinstance(piece, str) else -1 if piece is None else 1
        if depth == 0:
            return at + 1
    return len(block.pieces)


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
    parting = seams(said)
    if not parting:
        return said
    names = site_names(page)
    for found in reversed(parting):
        tail = said[found.end() :]
        if found.start() >= 4 and (title_key(tail) in names or title_key(tail) in _section_names(page) or _is_host(tail, page)):
            return without_site_name(said[: found.start()], page)
    for found in parting:
        if len(said) - found.end() >= 4 and title_key(said[: found.start()]) in names:
            return said[found.end() :]
    return said


def _is_host(tail: str, page: Page) -> bool:
    """Whether the end of a title is one or two words made of the host's name: "Example Tires" at example.com."""
    return len(tail.split()) <= MOST_HOST_WORDS and resembles_host(tail, page.url)


def _is_like_stated(text: str, page: Page) -> bool:
    """Whether a heading says what the page's head says, in these or in other words; nothing speaks against it where the head is silent."""
    stated = [without_site_name(said, page) for said in stated_titles(page)]
    key = title_key(text)
    return not stated or any(key in title_key(said) or title_key(said) in key for said in stated) or likeness(text, stated) >= LIKE_ENOUGH


@once_a_page
def _section_names(page: Page) -> frozenset[str]:
    """Comparison keys of the sections that the head of the page states."""
    stated = [section for name in ("article:section", "section", "content_category") for section in page.meta.get(name, ())]
    said = (*stated, *texts(page.story.get("articleSection")))
    return frozenset(key for name in said if (key := comparison_key(name)))
