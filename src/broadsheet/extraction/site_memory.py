"""The memory of a site: what its last pages left behind, and what of a page therefore belongs to the site and not to the story.

Plain functions from values to values. Two pages are the same story, however their addresses differ, when they share their texts;
what such twins have in common is the story's own and says nothing about the site.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import blake2b

from broadsheet.extraction.site_change import noticed
from broadsheet.markup.blocks import text_mass
from broadsheet.model import Article, PageTrace, Picture, SiteMemory
from broadsheet.text.plain import comparison_key
from broadsheet.urls import identity_key, is_http

PAGES = 20
"""Pages remembered of a host: enough to tell a site's boxes from a topic's sentences, and some 10 kB as kept."""

WITNESSES = 2
"""Other pages that must hold the same before it counts as repeated."""

COMMON = 2 / 3
"""From this share of the pages on, what they hold is the site's: in the press 0.95 of its kept letters were no text of the story, and
below it 0.01 (agency texts that several stories of a day tell). On 646 articles of 84 sites."""

EVERYWHERE = 0.9
"""A lead image leaves only when so many pages have it: sites without pictures name their logo on every page, and a picture of an agency
may well illustrate most of a week's stories on one event."""

TOLD_AGAIN = 0.5
"""Pages with this share of their long texts in common tell one story, at two addresses or under two headlines."""

TOLD_AGAIN_BY_NAME = 0.2
"""…and with this much, if they bear the same headline."""

SAME_TEMPLATE = 4
"""With this many other pages whose text stands in the same place, only these are asked: a paper's videos have other boxes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeats:
    """How many of the *pages* compared with hold each text or picture, by its hash. Those on one page only are left out."""

    pages: int = 0
    counts: Mapping[int, int] = field(default_factory=dict)

    def is_common(self, number: int) -> bool:
        """Whether so many pages hold it that it must be the site's own."""
        return self.counts.get(number, 0) >= COMMON * self.pages > 0


NO_REPEATS = Repeats()


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyTrace:
    """The part of a trace that comes from the body of a page: the path to it, the hashes of the blocks and pictures around it."""

    path: tuple[str, ...] = ()
    texts: tuple[int, ...] = ()
    lines: tuple[int, ...] = ()
    pictures: tuple[int, ...] = ()

    def joined(self, other: BodyTrace) -> BodyTrace:
        """The trace of a story that is read from two places, found where the first says."""
        return BodyTrace(
            path=self.path,
            texts=_merged(self.texts, other.texts),
            lines=_merged(self.lines, other.lines),
            pictures=_merged(self.pictures, other.pictures),
        )


NO_TRACE = BodyTrace()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recollection:
    """What is remembered of a site, as one of its pages asks for it: the page's address and headline, as hashes, tell it from the others."""

    memory: SiteMemory
    page: int
    title: int

    def repeats(self, own: BodyTrace) -> Repeats:
        """What of *own* and of the site's other pages at least WITNESSES hold, twins of this page not counted."""
        others = [page for page in self.memory.pages if page.page != self.page]
        common = _common_texts(others)
        others = [page for page in others if not _same_story(page, own.texts, common, by_name=page.title == self.title)]
        alike = [page for page in others if page.path == own.path]
        if len(alike) >= SAME_TEMPLATE:
            others = alike
        counts: Counter[int] = Counter()
        for page in others:
            counts.update({*page.texts, *page.lines, *page.pictures})
        return Repeats(pages=len(others), counts={number: count for number, count in counts.items() if count >= WITNESSES})

    def shows_everywhere(self, picture: str) -> bool:
        """Whether nearly all of the site's other pages, and enough of them, show the picture at this address."""
        others = [page for page in self.memory.pages if page.page != self.page]
        shown = sum(hash_of(picture) in page.pictures for page in others)
        return shown >= SAME_TEMPLATE and shown >= EVERYWHERE * len(others)


def recollect(memory: SiteMemory | None, *, address: str, headline: str) -> Recollection | None:
    """The recollection of a site for the page whose own *address* this is; None where nothing is remembered."""
    if memory is None:
        return None
    key = identity_key(address) if is_http(address) else address
    return Recollection(memory=memory, page=hash_of(key), title=hash_of(comparison_key(headline)))


def trace_page(
    article: Article, body: BodyTrace, recollection: Recollection | None, *, now: datetime, lead_image: Picture | None
) -> PageTrace | None:
    """What to remember of a page that was read as *article*. *lead_image* is the one that the page states, the site's own or not."""
    if recollection is None:
        return None
    lead = (hash_of(lead_image.url),) if lead_image else ()
    return PageTrace(
        page=recollection.page,
        title=recollection.title,
        read_at=now,
        path=body.path,
        texts=body.texts,
        lines=body.lines,
        pictures=_merged(body.pictures, lead),
        letters=text_mass(article.text),
    )


def hash_of(words: str) -> int:
    """64 bits that stand for *words* in every process: Python's own hash is salted."""
    return int.from_bytes(blake2b(words.encode(errors="replace"), digest_size=8).digest(), "big")


def remember(memory: SiteMemory, trace: PageTrace) -> SiteMemory:
    """*memory* with one page more, or with a page seen anew in its old place. Doing it twice changes nothing."""
    at = next((index for index, page in enumerate(memory.pages) if page.page == trace.page), None)
    pages = (*memory.pages, trace) if at is None else (*memory.pages[:at], trace, *memory.pages[at + 1 :])
    pages = pages[-PAGES:]
    return replace(memory, pages=pages, change=noticed(pages, memory.change))


def _common_texts(pages: Sequence[PageTrace]) -> frozenset[int]:
    """The long texts that most pages hold: they make no twins."""
    counts = Counter(number for page in pages for number in set(page.texts))
    return frozenset(number for number, count in counts.items() if count >= max(WITNESSES, COMMON * len(pages)))


def _same_story(page: PageTrace, texts: Sequence[int], common: frozenset[int], *, by_name: bool) -> bool:
    """Whether *page* tells what *texts* tell. Texts that most pages hold do not count, unless the headlines are the same as well: then all
    that is remembered may be one story at many addresses."""
    if by_name and _shared(set(page.texts), set(texts)) >= TOLD_AGAIN:
        return True
    return _shared(set(page.texts) - common, set(texts) - common) >= (TOLD_AGAIN_BY_NAME if by_name else TOLD_AGAIN)


def _shared(one: set[int], other: set[int]) -> float:
    return len(one & other) / max(len(one), len(other), 1)


def _merged(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(dict.fromkeys((*one, *other)))
