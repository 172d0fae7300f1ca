"""Who says in which section a story stands, and what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from broadsheet.extraction.structured import structured_of
from broadsheet.extraction.weigh import Clues
from broadsheet.markup.story import each, first_text, plain_text, texts, types_of
from broadsheet.model import Claim
from broadsheet.text.plain import comparison_key

MAX_SECTION = 60
MAX_TAG = 80
MAX_TAGS = 30
_COMMAS = re.compile(r"\s*[,;，、；|]\s*")


def meta_section(clues: Clues) -> Iterator[Claim[str]]:
    """`article:section` and its kin."""
    said = clues.page.first_meta(
        "article:section", "og:article:section", "parsely-section", "cxenseparse:section", "dc.subject.section", "section", "content_category"
    )
    if said:
        yield from _section(plain_text(said), "article:section")


def jsonld_section(clues: Clues) -> Iterator[Claim[str]]:
    """`articleSection` of the story's JSON-LD, the first of several."""
    if said := first_text(clues.page.story.get("articleSection"), "name"):
        yield from _section(said, "JSON-LD articleSection")


def marked_section(clues: Clues) -> Iterator[Claim[str]]:
    """`articleSection` in microdata or RDFa."""
    if not clues.page.story.get("articleSection"):
        for said in structured_of(clues.page).get("articlesection", ())[:1]:
            yield from _section(plain_text(said), "itemprop articleSection")


def breadcrumb(clues: Clues) -> Iterator[Claim[str]]:
    """The last crumb before the story itself in a JSON-LD BreadcrumbList."""
    for thing in clues.page.json_ld:
        if "breadcrumblist" in types_of(thing):
            names = [name for item in each(thing.get("itemListElement")) if isinstance(item, Mapping) for name in _crumb(item)]
            title = comparison_key(clues.page.title)
            if len(names) >= 2 and comparison_key(names[-1]) in title:
                names.pop()
            if len(names) >= 2:
                yield from _section(names[-1], "JSON-LD breadcrumb")
            return


def article_tags(clues: Clues) -> Iterator[Claim[tuple[str, ...]]]:
    """`article:tag` elements and their kin."""
    for name in ("article:tag", "og:article:tag", "parsely-tags", "sailthru.tags", "news_keywords"):
        yield from _tags(clues.page.meta.get(name, ()), name)


def jsonld_keywords(clues: Clues) -> Iterator[Claim[tuple[str, ...]]]:
    """`keywords` of the story's JSON-LD."""
    yield from _tags(list(texts(clues.page.story.get("keywords"), "name")), "JSON-LD keywords")


def meta_keywords(clues: Clues) -> Iterator[Claim[tuple[str, ...]]]:
    """`keywords`; the same on every page of some sites."""
    yield from _tags(clues.page.meta.get("keywords", ()), "keywords")


def _crumb(item: Mapping[str, object]) -> Iterator[str]:
    said = first_text(item.get("name")) or first_text(item.get("item"), "name")
    if said:
        yield said


def _section(said: str, saw: str) -> Iterator[Claim[str]]:
    name = _COMMAS.split(said)[0].strip()
    if 2 <= len(name) <= MAX_SECTION and not name.startswith(("http:", "https:", "/")):
        yield Claim(value=name, saw=saw)


def _tags(said: Iterable[str], saw: str) -> Iterator[Claim[tuple[str, ...]]]:
    """One claim of all tags; a list in one string is taken apart at its commas."""
    found: dict[str, str] = {}
    for text in said:
        for tag in _COMMAS.split(plain_text(text)):
            # "type:story" and the like are a publishing system's bookkeeping.
            if 2 <= len(tag) <= MAX_TAG and ":" not in tag:
                found.setdefault(tag.casefold(), tag)
    if found:
        yield Claim(value=tuple(found.values())[:MAX_TAGS], saw=saw)
