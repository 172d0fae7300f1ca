"""Who else made the story: translators, photographers, contributors, editors."""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadsheet.extraction.byline.lines import MAX_BY, head_lines, may_open, opening
from broadsheet.extraction.byline.names import once, people_in
from broadsheet.extraction.site_name.signals import site_names
from broadsheet.extraction.weigh import Clues
from broadsheet.markup.page import Page
from broadsheet.model import Person
from broadsheet.model.article import Role
from broadsheet.text.plain import is_cjk

_COLON = re.compile(r"[:：/｜|]")
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
        bare = line.strip("()（）[]【】 ")
        for role, words in _ROLES:
            if may_open(words, bare) and (found := opening(words).match(bare)):
                people += people_in(bare[found.end() :], not_names=site_names(clues.page), role=role, strict=True)
                break
    return once(tuple(people))


def _credit_lines(page: Page) -> Iterator[str]:
    """Short lines near the headline, and any line of the page that opens with a CJK word for a role and a colon: they close the text."""
    for line in head_lines(page):
        yield line.text
    for block in page.blocks.blocks:
        if (
            block.kind == "text"
            and len(block.text) <= MAX_BY
            and not block.text.isascii()
            and (_COLON.search(block.text[:8]))
            and is_cjk(block.text[:3])
        ):
            yield block.text
