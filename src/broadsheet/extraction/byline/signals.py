"""Who says who wrote the story."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from broadsheet.extraction.byline.lines import MAX_BY, author_link, close_together, head_lines, is_only_by, parted, without_by
from broadsheet.extraction.byline.names import newsrooms_in, once, people_in
from broadsheet.extraction.hydration import hydrated_authors
from broadsheet.extraction.links import links_of
from broadsheet.extraction.masthead import LINES_ABOVE, MAX_SHORT, PARAGRAPH_MASS, Line, masthead_of
from broadsheet.extraction.site_name.signals import site_names
from broadsheet.extraction.structured import structured_of
from broadsheet.extraction.weigh import Clues
from broadsheet.extraction.words import find_word, word_list, word_set
from broadsheet.markup.page import Page
from broadsheet.markup.story import each, first_text, plain_text, texts, types_of
from broadsheet.model import Claim, Person
from broadsheet.text.plain import comparison_key, is_cjk
from broadsheet.urls import is_http, join

_BY_WITHIN = re.compile(r"(?<=[\d\s,|·•])(?:by|By|BY|von|Von|par|Par|por|Por|door|Door|av|Av|di|Di)\s+(?=[^\W\d_])")

MAX_BARE = 80  # characters of a line of nothing but names
BARE_WITHIN = 9  # lines below the headline
_BARE_TAGS = frozenset(("p", "div", "li", "section", "address", "h4", "h5", "h6"))
_BYLINE_TOKENS = word_set("byline_classes")
_NOT_BYLINE_TOKENS = word_set("not_byline_classes")


def jsonld_author(clues: Clues) -> Iterator[Claim[tuple[Person, ...]]]:
    """`author` of the story's JSON-LD: one or many, persons or organisations, names or references; `creator` if there is none.

    Evidence: 111 news pages: right 73, wrong 7, silent 31; 618 blogs and guides: right 185, wrong 17, silent 416.
    """
    story = clues.page.story
    for field in ("author", "creator"):
        people = tuple(person for thing in each(story.get(field)) for person in _jsonld_people(thing, clues.page))
        if people:
            yield Claim(value=once(people), saw=f"JSON-LD {field}")
            return


def meta_author(clues: Clues) -> Iterator[Claim[tuple[Person, ...]]]:
    """Meta elements for authors, the first that names a person; several of one name are several authors.

    Evidence: 111 news pages: right 43, wrong 8, silent 60; 618 blogs and guides: right 204, wrong 17, silent 397.
    """
    for name in word_list("meta_author"):
        people = tuple(
            person for said in clues.page.meta.get(name, ()) for person in people_in(without_by(plain_text(said)), not_names=site_names(clues.page))
        )
        if people:
            yield Claim(value=once(people), saw=name)
            return


def marked_author(clues: Clues) -> Iterator[Claim[tuple[Person, ...]]]:
    """`author` in microdata or RDFa, where JSON-LD names nobody."""
    if clues.page.story.get("author"):
        return
    stated = structured_of(clues.page)
    said = stated.get("author") or stated.get("creator") or ()
    people = tuple(person for name in said for person in people_in(without_by(name), not_names=site_names(clues.page)))
    if people:
        yield Claim(value=once(people), saw="itemprop author")


def labelled_author(clues: Clues) -> Iterator[Claim[tuple[Person, ...]]]:
    """`twitter:data1` whose label says "Written by" in any language: what previews of links show."""
    for number in ("1", "2"):
        label, name = clues.page.first_meta(f"twitter:label{number}"), clues.page.first_meta(f"twitter:data{number}")
        if label and name and is_only_by(label) and (people := tuple(people_in(plain_text(name), not_names=site_names(clues.page)))):
            yield Claim(value=once(people), saw=f"twitter:label{number} {label}")
            return


def feed_authors(clues: Clues) -> Iterator[Claim[tuple[Person, ...]]]:
    """Whom the feed's entry named."""
    people = tuple(person for said in clues.hints.authors for person in people_in(without_by(said), not_names=site_names(clues.page)))
    if people:
        yield Claim(value=once(people), saw="the feed's entry")


def stated_newsroom(clues: Clues) -> Iterator[Claim[tuple[Person, ...]]]:
    """Whatever JSON-LD names as author, newsrooms and the paper itself included: asked only when nobody else is named.

    Evidence: 111 news pages: right 14, wrong 0, silent 97; 618 blogs and guides: right 35, wrong 5, silent 578.
    """
    for thing in each(clues.page.story.get("author")):
        for name in texts(thing, "name"):
            if people := tuple(newsrooms_in(without_by(name), site_names=site_names(clues.page))):
                yield Claim(value=people, saw="JSON-LD author")
                return


def meta_newsroom(clues: Clues) -> Iterator[Claim[tuple[Person, ...]]]:
    """The same of meta elements.

    Evidence: 111 news pages: right 4, wrong 1, silent 106; 618 blogs and guides: right 56, wrong 7, silent 555.
    """
    for name in word_list("meta_author")[:7]:
        for said in clues.page.meta.get(name, ())[:1]:
            if people := tuple(newsrooms_in(without_by(plain_text(said)), site_names=site_names(clues.page))):
                yield Claim(value=people, saw=name)
                return


def hydrated_author(clues: Clues) -> Iterator[Claim[tuple[Person, ...]]]:
    """Whom the state of the page's scripts names as the story's authors; asked only when nobody else is named."""
    said = hydrated_authors(clues.page)
    if people := tuple(person for name in said for person in people_in(without_by(name), not_names=site_names(clues.page))):
        yield Claim(value=once(people), saw="the page's state")


def visible_newsroom(clues: Clues) -> Iterator[Claim[tuple[Person, ...]]]:
    """The first name, of whatever form, behind a "By" near the headline.

    Evidence: 111 news pages: right 4, wrong 0, silent 107; 618 blogs and guides: right 20, wrong 13, silent 585.
    """
    for line in head_lines(clues.page):
        rest = without_by(line.text)
        first = re.split(r"[,|·•]", rest)[0] or rest
        if (
            rest != line.text
            and len(first) <= MAX_BY
            and not first[:1].islower()
            and (people := tuple(newsrooms_in(first, site_names=site_names(clues.page))))
        ):
            yield Claim(value=people, saw=repr(line.text))
            return


def author_links(clues: Clues) -> Iterator[Claim[tuple[Person, ...]]]:
    """Links near the headline that lead to an author's page, by `rel`, `itemprop` or the path; not those of reviewers.

    Evidence: 111 news pages: right 42, wrong 4, silent 65; 618 blogs and guides: right 162, wrong 21, silent 435.
    """
    people: list[Person] = []
    for line, before in close_together(clues.page, _has_author_link):
        lead = before if len(before) <= MAX_BY else ""
        for text, node in links_of(line.block):
            at = line.text.find(text)
            if (kind := author_link(node)) and not find_word("reviewed", line.text[:at] if at > 0 else lead):
                url = join(clues.page.base_url, node.attributes.get("href") or "")
                people += people_in(without_by(text), not_names=site_names(clues.page), url=url, strict=kind == "path")
            lead = ""
    if people:
        yield Claim(value=once(people), saw="links to authors' pages")


def byline_class(clues: Clues) -> Iterator[Claim[tuple[Person, ...]]]:
    """Short lines near the headline in an element whose class, id or itemprop says byline or author.

    Evidence: 111 news pages: right 48, wrong 8, silent 55; 618 blogs and guides: right 163, wrong 28, silent 427.
    """
    people: list[Person] = []
    saw: list[str] = []
    for line, before in close_together(clues.page, _is_byline_class):
        if find_word("reviewed", line.text) or find_word("reviewed", before) or _is_in_menu(clues.page, line.text):
            continue
        if named := list(people_in(without_by(parted(line)), not_names=site_names(clues.page), strict=True)):
            people += named
            saw.append(line.text)
    if people:
        yield Claim(value=once(tuple(people)), saw=repr(" / ".join(saw)[:120]))


def by_line(clues: Clues) -> Iterator[Claim[tuple[Person, ...]]]:
    """A line near the headline that opens with "By" in any language and goes on with names, or is followed by them.

    Evidence: 111 news pages: right 29, wrong 8, silent 74; 618 blogs and guides: right 149, wrong 35, silent 434.
    """
    before = ""
    for line in head_lines(clues.page):
        follows_by = is_only_by(before)
        rest = line.text if follows_by else without_by(line.text)
        before = line.text
        if (follows_by or rest != line.text) and (people := tuple(people_in(rest, not_names=site_names(clues.page), strict=True))):
            yield Claim(value=people, saw=repr(line.text))
            return


def by_within_line(clues: Clues) -> Iterator[Claim[tuple[Person, ...]]]:
    """A short line near the headline that holds a date and, behind it, "by" and a name: "July 3, 2024 by Amara Diallo".

    Evidence: 618 blogs and guides: right 11, wrong 10, silent 597.
    """
    for line in head_lines(clues.page):
        if line.block.mass <= MAX_SHORT // 2 and any(map(str.isdigit, line.text)):
            for found in _BY_WITHIN.finditer(line.text):
                if people := tuple(people_in(line.text[found.end() :], not_names=site_names(clues.page), strict=True)):
                    yield Claim(value=people, saw=repr(line.text))
                    return


def bare_name(clues: Clues) -> Iterator[Claim[tuple[Person, ...]]]:
    """A line that is nothing but names, under the headline and before the first long paragraph.

    Latin and similar scripts only: two to four words with capitals are a name there, in others they could be anything. It counts
    directly above the text, or where another line of the page opens with the same name: the box about the author. A line that only
    says the headline again is no byline: products and shows are called like people.

    Evidence: 1,026 pages: right 38, wrong 5, silent 977, and 6 on pages whose authors nobody knows.
    """
    lines = list(_before_text(clues.page))
    headline = masthead_of(clues.page).headline
    for line, following in pairwise(lines):
        if not _may_be_bare(line, following) or (headline is not None and line.text == headline.text):
            continue
        bare = without_by(line.text).replace("/", ", ")
        people = tuple(people_in(bare, not_names=site_names(clues.page), strict=True))
        if not people or sum(len(person.name) for person in people) < len(bare) * 0.8:
            continue
        if following.block.mass >= PARAGRAPH_MASS / 3 or _recurs(clues.page, line, people[0].name):
            yield Claim(value=people, saw=repr(line.text))
            return


def _may_be_bare(line: Line, following: Line) -> bool:
    """Whether a line has the form of a bare name; what a list follows is its heading ("Key Takeaways")."""
    heads_list = following.tag == "li" and line.tag != "li"
    text = line.text
    return (
        text != text.lower()
        and len(text) <= MAX_BARE
        and not line.block.links
        and line.tag in _BARE_TAGS
        and not heads_list
        and text[-1:] not in ":："
        and not is_cjk(text)
    )


def _before_text(page: Page) -> Iterator[Line]:
    """The lines of text between the headline and the first long paragraph, and that paragraph."""
    for line in masthead_of(page).below[:BARE_WITHIN]:
        if line.text:
            yield line
        if line.block.mass >= PARAGRAPH_MASS:
            return


def _recurs(page: Page, line: Line, name: str) -> bool:
    """Whether another line behind this one opens with *name* and is not a link."""
    blocks = page.blocks.blocks[line.block.index + 2 :]
    return any(block.text.startswith(name) and block.link_mass < block.mass for block in blocks)


def _is_byline_class(line: Line) -> bool:
    return not line.tokens.isdisjoint(_BYLINE_TOKENS) and line.own_tokens.isdisjoint(_NOT_BYLINE_TOKENS)


def _is_in_menu(page: Page, text: str) -> bool:
    """Whether one word alone is also a link far above the headline: a section's name, which scripts without capitals cannot tell from a person's."""
    headline = masthead_of(page).headline
    if headline is None or " " in text:
        return False
    menu = page.blocks.blocks[: max(0, headline.index - LINES_ABOVE)]
    return any(block.text == text and block.link_mass == block.mass > 0 for block in menu)


def _has_author_link(line: Line) -> bool:
    if not line.block.links:
        return False
    opened = [piece for piece in line.block.pieces if not isinstance(piece, str) and piece is not None]
    return any(node.tag == "a" and author_link(node) for node in opened)


def _jsonld_people(thing: Any, page: Page) -> Iterator[Person]:
    if isinstance(thing, str):
        yield from people_in(without_by(plain_text(thing)), not_names=site_names(page))
    elif isinstance(thing, Mapping) and (name := first_text(thing.get("name"), "name")):
        url = first_text(thing.get("url"), "@id")
        # A Person that bears the site's name is real, someone's own blog, unless an organisation publishes under that name.
        not_names = _organisations(page) if "person" in types_of(thing) and " " in name else site_names(page)
        yield from people_in(without_by(name), not_names=not_names, url=url if url and is_http(url) else None)


def _organisations(page: Page) -> frozenset[str]:
    """Comparison keys of the organisations among the publishers."""
    publishers = [thing for thing in each(page.story.get("publisher")) if isinstance(thing, Mapping) and "person" not in types_of(thing)]
    return frozenset(comparison_key(name) for thing in publishers for name in texts(thing.get("name")))
