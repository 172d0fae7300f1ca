"""Who else made the story: translators, photographers, contributors, editors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from broadsheet.extraction.byline.lines import MAX_BY, first_word, head_lines, opening
from broadsheet.extraction.byline.names import once, people_in
from broadsheet.extraction.site_name.signals import site_names
from broadsheet.extraction.weigh import Clues
from broadsheet.extraction.words import word_list
from broadsheet.markup.page import Page
from broadsheet.markup.story import each, first_text, types_of
from broadsheet.model import Person
from broadsheet.model.article import Role
from broadsheet.text.plain import is_cjk

_COLON = re.compile(r"[:：/｜|]")
_STATED: tuple[tuple[str, Role], ...] = (("translator", "translator"), ("contributor", "contributor"), ("editor", "editor"))
_AROUND = "()（）[]【】 "
_ROLES: tuple[tuple[Role, str], ...] = (
    ("translator", "translated_by"),
    ("photographer", "photos_by"),
    ("contributor", "contributed_by"),
    ("editor", "edited_by"),
)


def other_people(clues: Clues) -> tuple[Person, ...]:
    """Translators, photographers, contributors and editors, from lines that say so and name them."""
    people: list[Person] = []
    for line in _credit_lines(clues.page):
        bare = line.strip(_AROUND)
        for role, words in _roles(bare):
            if found := opening(words).match(bare):
                people += people_in(bare[found.end() :], not_names=site_names(clues.page), role=role, strict=True)
                break
    return once(tuple(people))


def stated_people(clues: Clues) -> Iterator[Person]:
    """Translators, editors and contributors of the story's JSON-LD; an editor there is often the whole desk, so a Person must be named.

    Publishing systems repeat the writer in these fields: whoever is known as writer is not made anything else by them.
    """
    for field, role in _STATED:
        for thing in each(clues.page.story.get(field)):
            if isinstance(thing, Mapping) and "person" in types_of(thing) and (name := first_text(thing.get("name"))):
                yield from people_in(name, not_names=site_names(clues.page), role=role)


def _roles(line: str) -> Iterable[tuple[Role, str]]:
    """The roles that *line* may open with, by its first word; any if it opens in Han or kana. Most lines open with none."""
    return _ROLES if is_cjk(line[:1]) else _first_words().get(first_word(line), ())


@cache
def _first_words() -> Mapping[str, tuple[tuple[Role, str], ...]]:
    found: dict[str, dict[tuple[Role, str], None]] = {}
    for entry in _ROLES:
        for word in word_list(entry[1]):
            found.setdefault(first_word(word), {})[entry] = None
    return {word: tuple(entries) for word, entries in found.items()}


def _credit_lines(page: Page) -> Iterator[str]:
    """Short lines near the headline, and any line of the page that opens with a word for a role and a colon: they close the text."""
    for line in head_lines(page):
        yield line.text
    # The cheapest question first: hundreds of lines are asked.
    short = [text for block in page.blocks.blocks if len(text := block.text) <= MAX_BY and not text.isascii()]
    for text in short:
        if is_cjk(text[:3]) and _COLON.search(text[:8]):
            yield text
