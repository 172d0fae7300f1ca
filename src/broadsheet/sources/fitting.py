"""Which of the feeds that a page names is the one a person meant who gave the page's address.

Publishers mostly name the main feed first, so the page's order stands wherever nothing speaks against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from broadsheet.markup.page import Page
from broadsheet.sources.links import FeedLink

_WORDS = re.compile(r"[^\W_]+")
_RECORDINGS = re.compile(r"podcast|episodes?\b|\baudio\b|\bvideos?\b|播客|ポッドキャスト|팟캐스트|подкаст|بودكاست", re.IGNORECASE)
_PART = re.compile(r"/(?:tags?|topics?|categor(?:y|ies)|authors?|people|series|search)/", re.IGNORECASE)


def best_first(links: Iterable[FeedLink], page: Page) -> tuple[FeedLink, ...]:
    """*links* named by *page*, the one that was most likely meant first.

    Comments come last, recordings and feeds of single tags or authors behind news, and before all what bears the name of the section or
    language edition that the page's own address names: papers name the feed of the whole paper, and of every edition, on each page.
    """
    known = [replace(link, is_comments=True) if _belongs_to_the_story(link, page) else link for link in links]
    section = _section_words(page)
    return tuple(sorted(known, key=lambda link: _rank(link, page, section)))


def _rank(link: FeedLink, page: Page, section: Sequence[str]) -> tuple[bool, bool, int]:
    path = unquote(urlsplit(link.url).path)
    in_part = _PART.search(path) is not None and _PART.search(urlsplit(page.url).path) is None
    aside = in_part or _is_of_recordings(link, page)
    said = {word.lower() for word in _WORDS.findall(f"{path} {urlsplit(link.url).query} {link.title or ''}")}
    return link.is_comments, aside, -sum(word in said for word in section)


def _section_words(page: Page) -> tuple[str, ...]:
    """The words of the page's path, when it is a section's or an edition's: `/de/world/` gives de, world. A story's own page has none."""
    if _is_story(page):
        return ()
    return tuple(word.lower() for word in _WORDS.findall(unquote(urlsplit(page.url).path)))


def _belongs_to_the_story(link: FeedLink, page: Page) -> bool:
    """Whether a feed lies below the address of a story: WordPress gives each story a feed of its comments, `/2026/rain/feed/`."""
    below = urlsplit(page.url).path.rstrip("/") + "/"
    return _is_story(page) and len(below) > 1 and urlsplit(link.url).path.startswith(below)


def _is_of_recordings(link: FeedLink, page: Page) -> bool:
    """Whether a feed is of podcasts or videos, on a page that is not itself about those."""
    return _RECORDINGS.search(f"{link.url} {link.title or ''}") is not None and _RECORDINGS.search(page.url) is None


def _is_story(page: Page) -> bool:
    return (page.first_meta("og:type") or "").lower() == "article"
