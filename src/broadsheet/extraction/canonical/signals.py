"""Who says what the story's own address is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from broadsheet.extraction.weigh import Clues
from broadsheet.markup.page import Page
from broadsheet.markup.story import texts
from broadsheet.model import Claim
from broadsheet.urls import identity_key, is_http, join, site_of, without_tracking

_WORD = re.compile(r"[^\W_]{4,}|\d{3,}")
_HOME = re.compile(r"^https?://[^/?#]+/?(?:(?:index|home|default)(?:\.\w+)?/?)?(?:[a-z]{2}(?:-[a-z]{2})?/?)?$", re.I)

story_key = lru_cache(maxsize=64)(identity_key)
"""`identity_key`, remembered: a page states its own address five times and more, mostly in the same words."""

_SHARED_WORDS = 0.3  # of the words of the shorter address; the same story under another path keeps its slug or its number


def link_canonical(clues: Clues) -> Iterator[Claim[str]]:
    """`<link rel=canonical>`."""
    for link in clues.page.links:
        if "canonical" in link.rel:
            yield from _believable(link.href, clues.page, "link rel=canonical")
            return


def og_url(clues: Clues) -> Iterator[Claim[str]]:
    """`og:url`."""
    if said := clues.page.first_meta("og:url"):
        yield from _believable(said, clues.page, "og:url")


def jsonld_address(clues: Clues) -> Iterator[Claim[str]]:
    """`mainEntityOfPage` or `url` of the story's JSON-LD."""
    for field in ("mainEntityOfPage", "url"):
        for said in list(texts(clues.page.story.get(field), "@id", "url"))[:1]:
            yield from _believable(said, clues.page, f"JSON-LD {field}")


def _believable(said: str, page: Page, saw: str) -> Iterator[Claim[str]]:
    if address := _story_address(said.strip(), page.base_url, page.url):
        yield Claim(value=address, saw=f"{saw} {said.strip()[:200]}")


@lru_cache(maxsize=8)  # the head of a page states the same address three times
def _story_address(said: str, base: str, url: str) -> str | None:
    address = join(base, said)
    return without_tracking(address) if address and not is_home(address) and _is_this_story(address, url) else None


def is_home(url: str) -> bool:
    """Whether *url* is a site's home page, or that of one of its languages."""
    return _HOME.match(url) is not None


def _is_this_story(address: str, url: str) -> bool:
    """Whether *address* can be the story at *url*: the same address, one that shares its slug or number, or one on another site.

    Another site is believed: stories are syndicated, and say where they come from.
    """
    if not is_http(url) or is_home(url):
        return True
    if story_key(address) == story_key(url) or site_of(address) != site_of(url):
        return True
    one, other = _words(address), _words(url)
    return not one or not other or len(one & other) >= min(len(one), len(other)) * _SHARED_WORDS


def _words(url: str) -> set[str]:
    return set(_WORD.findall(story_key(url).partition("/")[2].lower()))
