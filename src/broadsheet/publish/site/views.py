"""Articles as the templates show them: teasers for lists, bylines, pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from broadsheet.model import Article, Person, Picture, Role, Source, StoredArticle
from broadsheet.publish.site.moments import Moment, clock, day, short
from broadsheet.publish.site.place import Site
from broadsheet.text import cut_at_word
from broadsheet.urls import is_http

SUMMARY_CHARACTERS = 240
"""Three lines of a list on a desktop; a standfirst is rarely longer, a first paragraph often."""

HEADLINE_CHARACTERS = 90
"""Longer than nearly all headlines, shorter than most first paragraphs."""

LIST_PICTURE_MIN_PX = 120
"""Narrower pictures are icons or the author's portrait, and look torn when drawn as a thumbnail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPicture:
    """A picture ready for `<img>`: its address already rewritten, size only when both sides are known."""

    src: str
    width: int | None
    height: int | None
    alt: str
    caption: str | None
    credit: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """People who did the same, and the word for it before their names ("By", "Translated by"; empty for an agency)."""

    label: str
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Teaser:
    """One article in a list. *source* is None where the whole list is of one source."""

    id: str
    title: str
    language: str | None
    direction: str
    kicker: str | None
    summary: str
    picture: ShownPicture | None
    source: Source | None
    at: Moment  # under the heading of its day
    dated: Moment  # where there is no such heading
    is_excerpt: bool
    is_revised: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The articles of one day in a list."""

    date: Moment
    teasers: tuple[Teaser, ...]


_LABELS: Mapping[Role, str] = {
    "writer": "By",
    "translator": "Translated by",
    "contributor": "With contributions by",
    "photographer": "Photographs by",
    "editor": "Edited by",
    "agency": "",
}


def headline(article: Article) -> str:
    """The title; where there is none, how the text begins, so that every article can be found and opened."""
    return article.title.strip() or cut_at_word(_first_line(article.text), HEADLINE_CHARACTERS) or "Without a title"


def credits(people: Sequence[Person]) -> tuple[Credit, ...]:
    """The byline's parts in the order of `_LABELS`, names in the publisher's order; roles nobody had are left out."""
    found = ((role, tuple(person for person in people if person.role == role)) for role in _LABELS)
    return tuple(Credit(label=_LABELS[role], people=those) for role, those in found if those)


def picture(site: Site, image: Picture | None) -> ShownPicture | None:
    """*image* as it is drawn; its text alternative is empty when the caption under it already says what it shows."""
    if image is None or not is_http(image.url):
        return None
    both = bool(image.width_px and image.height_px)
    return ShownPicture(
        src=site.image(image.url) if site.image else image.url,
        width=image.width_px if both else None,
        height=image.height_px if both else None,
        alt=image.alt or "",
        caption=image.caption,
        credit=image.credit,
    )


def teaser(site: Site, stored: StoredArticle, sources: Mapping[str, Source]) -> Teaser:
    """*stored* for a list; *sources* holds those to be named beside their articles."""
    article = stored.article
    return Teaser(
        id=stored.id,
        title=headline(article),
        language=article.language,
        direction=article.direction,
        kicker=article.kicker,
        summary=cut_at_word(article.standfirst or _first_line(article.text), SUMMARY_CHARACTERS),
        picture=picture(site, article.lead_image) if _fits_a_list(article.lead_image) else None,
        source=sources.get(stored.source_id),
        at=clock(stored.sort_at, site.zone),
        dated=short(stored.sort_at, site.zone),
        is_excerpt=article.completeness != "full",
        is_revised=stored.is_revised,
    )


def by_day(site: Site, articles: Iterable[StoredArticle], sources: Mapping[str, Source]) -> Iterator[Day]:
    """*articles*, already newest first, under the days of the site's clock."""
    for date, those in groupby(articles, key=lambda stored: day(stored.sort_at, site.zone)):
        yield Day(date=date, teasers=tuple(teaser(site, stored, sources) for stored in those))


def _fits_a_list(image: Picture | None) -> bool:
    return image is not None and (image.width_px is None or image.width_px >= LIST_PICTURE_MIN_PX)


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")
