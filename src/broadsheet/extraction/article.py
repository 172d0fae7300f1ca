"""The whole article: every field's decision, the body, and the pages it goes on in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from broadsheet.extraction.access import find_access
from broadsheet.extraction.body import Body, Head
from broadsheet.extraction.byline import find_agency, find_people
from broadsheet.extraction.canonical import find_canonical
from broadsheet.extraction.date import find_modified, find_published
from broadsheet.extraction.headline import find_headline, find_kicker
from broadsheet.extraction.language import find_language
from broadsheet.extraction.language_edition import find_editions
from broadsheet.extraction.lead_image import find_lead_image
from broadsheet.extraction.parts import read_parts
from broadsheet.extraction.section import find_section, find_tags
from broadsheet.extraction.site_name import find_site_name
from broadsheet.extraction.standfirst import find_standfirst
from broadsheet.markup.page import Page
from broadsheet.model import Access, Article, Completeness, Decision, Extraction, Hints, LanguageEdition, Person, Picture, StatedTime, Want
from broadsheet.text.language import direction_of
from broadsheet.text.plain import word_count

TEASER = 400
"""A body with fewer letters than this, on a page that is cut or asks for more, is a teaser."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fields:
    """What was decided for each field, by the field's name."""

    headline: Decision[str]
    kicker: Decision[str]
    standfirst: Decision[str]
    people: Decision[tuple[Person, ...]]
    published: Decision[StatedTime]
    modified: Decision[StatedTime]
    section: Decision[str]
    tags: Decision[tuple[str, ...]]
    site_name: Decision[str]
    language: Decision[str]
    lead_image: Decision[Picture]
    canonical_url: Decision[str]
    editions: Decision[tuple[LanguageEdition, ...]]
    access: Decision[Access]


def extract_article(page: Page, hints: Hints | None = None, more: Sequence[tuple[Want, Page]] = (), *, now: datetime) -> Extraction:
    """The article on *page*, joined with the pages in *more* that an earlier call wanted.

    Never raises. *wants* names the pages still missing; the article is usable as it is, and `completeness` says how far it goes.
    """
    headline, standfirst = find_headline(page, hints), find_standfirst(page, hints)
    people, lead_image = find_people(page, hints), find_lead_image(page, hints)
    head = Head(
        headline=headline.value,
        standfirst=standfirst.value,
        names=tuple(person.name for person in people.value or ()),
        lead_image=lead_image.value.url if lead_image.value else None,
    )
    body, wants = read_parts(page, hints, more, head)
    decided = _Fields(
        headline=headline,
        kicker=find_kicker(page),
        standfirst=standfirst,
        people=people,
        published=find_published(page, hints, now=now),
        modified=find_modified(page, hints, now=now),
        section=find_section(page),
        tags=find_tags(page),
        site_name=find_site_name(page),
        language=find_language(page, hints, text=body.text),
        lead_image=lead_image,
        canonical_url=find_canonical(page),
        editions=find_editions(page),
        access=find_access(page, body_letters=body.letters),
    )
    decisions = {field.name: getattr(decided, field.name) for field in fields(decided)}
    return Extraction(article=_article(page, decided, body, wants), decisions=decisions, wants=wants, body_report=body.report)


def _article(page: Page, decided: _Fields, body: Body, wants: tuple[Want, ...]) -> Article:
    people = decided.people.value or ()
    access = decided.access.value or "unknown"
    return Article(
        url=page.url,
        title=decided.headline.value or page.title,
        canonical_url=decided.canonical_url.value,
        kicker=decided.kicker.value,
        standfirst=None if body.opens_with_standfirst else decided.standfirst.value,
        people=people,
        published=decided.published.value,
        modified=decided.modified.value,
        section=decided.section.value,
        tags=decided.tags.value or (),
        site_name=decided.site_name.value,
        language=decided.language.value,
        direction=direction_of(decided.language.value, body.text),
        lead_image=decided.lead_image.value,
        pictures=body.pictures,
        body=body.html,
        text=body.text,
        notes=body.notes,
        editions=decided.editions.value or (),
        access=access,
        completeness=_completeness(body, access, wants),
        source_agency=next((person.name for person in people if person.role == "agency"), None) or find_agency(page).value,
        word_count=word_count(body.text),
    )


def _completeness(body: Body, access: Access, wants: Sequence[Want]) -> Completeness:
    """Full unless the page is cut or a page of it is still missing; then a teaser if next to nothing is there."""
    missing = access in ("paywalled", "cut") or bool(wants)
    if body.letters == 0 or (missing and body.letters < TEASER):
        return "teaser"
    return "partial" if missing else "full"
