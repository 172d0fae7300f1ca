"""Articles as the templates show them: teasers for lists, bylines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from broadsheet.model import Article, Person, Picture, Role, Source, StoredArticle
from broadsheet.publish.site.album import LIST, Album, Room, ShownPicture
from broadsheet.publish.site.moments import Moment, clock, day, short
from broadsheet.text import cut_at_word

SUMMARY_CHARACTERS = 240
"""Three lines of a list on a desktop; a standfirst is rarely longer, a first paragraph often."""

HEADLINE_CHARACTERS = 90
"""Longer than nearly all headlines, shorter than most first paragraphs."""

LIST_PICTURE_MIN_PX = 120
"""Narrower pictures are icons or the author's portrait, and look torn when drawn as a thumbnail."""


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


def teaser(album: Album, stored: StoredArticle, sources: Mapping[str, Source], room: Room) -> Teaser:
    """*stored* for a list; *sources* holds those to be named beside their articles, *room* is for their pictures."""
    article, zone = stored.article, album.links.site.zone
    return Teaser(
        id=stored.id,
        title=headline(article),
        language=article.language,
        direction=article.direction,
        kicker=article.kicker,
        summary=cut_at_word(article.standfirst or _first_line(article.text), SUMMARY_CHARACTERS),
        picture=album.picture(article.lead_image, room) if _fits_a_list(article.lead_image) else None,
        source=sources.get(stored.source_id),
        at=clock(stored.sort_at, zone),
        dated=short(stored.sort_at, zone),
        is_excerpt=article.completeness != "full",
        is_revised=stored.is_revised,
    )


def by_day(album: Album, articles: Iterable[StoredArticle], sources: Mapping[str, Source]) -> Iterator[Day]:
    """*articles*, already newest first, under the days of the site's clock."""
    for date, those in groupby(articles, key=lambda stored: day(stored.sort_at, album.links.site.zone)):
        yield Day(date=date, teasers=tuple(teaser(album, stored, sources, LIST) for stored in those))


def _fits_a_list(image: Picture | None) -> bool:
    return image is not None and (image.width_px is None or image.width_px >= LIST_PICTURE_MIN_PX)


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")
