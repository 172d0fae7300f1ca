"""A fetched and parsed HTML document: its tree, and what its head says.

Made by `parse.page`; read by `sources` and `extraction`; changed by nobody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from broadsheet.markup.blocks import BlockList, read_blocks
from broadsheet.markup.story import story_of


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadLink:
    """A `<link>`: *rel* lower-cased words, *href* absolute."""

    rel: tuple[str, ...]
    href: str
    type: str | None = None
    hreflang: str | None = None
    title: str | None = None
    media: str | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Page:
    """One parsed document. *url* is where it was read, *base_url* what its relative addresses resolve against.

    *meta* maps lower-cased `name`, `property`, `itemprop` or `http-equiv` to its contents in order. *json_ld* is every object of
    every JSON-LD block, `@graph` flattened, broken blocks left out. A page is itself and no other (`eq=False`), and has no slots, so
    that the views below are made once.
    """

    url: str
    base_url: str
    tree: LexborHTMLParser
    html_lang: str | None = None
    title: str = ""
    meta: Mapping[str, tuple[str, ...]]
    links: Sequence[HeadLink]
    json_ld: Sequence[Mapping[str, Any]]
    truncated: bool = False  # cut before it was parsed, at a limit on bytes, depth or attributes

    @cached_property
    def blocks(self) -> BlockList:
        """The page as a flat list of texts and pictures; the one walk that everything in `extraction` shares."""
        return read_blocks(self.tree)

    @property
    def is_cut(self) -> bool:
        """Whether something of the page lies beyond a limit and was not read."""
        return self.truncated or self.blocks.cut

    @cached_property
    def story(self) -> Mapping[str, Any]:
        """The JSON-LD object that speaks of this page's article, references to other objects resolved; empty if there is none."""
        return story_of(self.json_ld, self.url)

    def first_meta(self, *names: str) -> str | None:
        """The first non-empty content of the first of *names* that has one."""
        for name in names:
            for content in self.meta.get(name, ()):
                if content.strip():
                    return content.strip()
        return None
