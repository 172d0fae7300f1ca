"""The whole article: every field's decision, the body, and the pages it goes on in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import TypeVar

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
from broadsheet.extraction.rules import Ruled, SiteRule, apply_rule
from broadsheet.extraction.section import find_section, find_tags
from broadsheet.extraction.site_memory import Recollection, recollect, trace_page
from broadsheet.extraction.site_name import find_site_name
from broadsheet.extraction.standfirst import find_standfirst
from broadsheet.garbage import collector_paused
from broadsheet.markup.page import Page
from broadsheet.model import (
    Access,
    Article,
    Completeness,
    Decision,
    Extraction,
    Hints,
    LanguageEdition,
    Person,
    Picture,
    SiteMemory,
    StatedTime,
    Want,
)
from broadsheet.text.language import direction_of
from broadsheet.text.plain import word_count
from broadsheet.text.reading import reading_minutes

T = TypeVar("T")

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


@collector_paused()
def extract_article(
    page: Page,
    hints: Hints | None = None,
    more: Sequence[tuple[Want, Page]] = (),
    *,
    now: datetime,
    memory: SiteMemory | None = None,
    rule: SiteRule | None = None,
) -> Extraction:
    """The article on *page*, joined with the pages in *more* that an earlier call wanted.

    Never raises. *wants* names the pages still missing; the article is usable as it is, and `completeness` says how far it goes.
    With the *memory* of its site, what other pages hold too is left out, and `traces` says what to remember of this one. The site's
    *rule* outranks the signals field by field; `rule_report` says where it found nothing and they decided after all.
    """
    ruled = apply_rule(rule, page, now=now) if rule is not None else None
    page = page if ruled is None else ruled.page
    headline = _over(ruled, "headline", find_headline(page, hints))
    standfirst = _over(ruled, "standfirst", find_standfirst(page, hints))
    canonical = find_canonical(page)
    recollection = recollect(memory, address=canonical.value or page.url, headline=headline.value or page.title)
    people = _over(ruled, "people", find_people(page, hints))
    stated_image = find_lead_image(page, hints)
    lead_image = _over(ruled, "lead_image", _not_the_sites(stated_image, recollection))
    head = Head(
        headline=headline.value,
        standfirst=standfirst.value,
        names=tuple(person.name for person in people.value or ()),
        lead_image=lead_image.value.url if lead_image.value else None,
    )
    body, wants = read_parts(page, hints, more, head, recollection=recollection, ruled=ruled)
    published = _over(ruled, "published", find_published(page, hints, now=now))
    decided = _Fields(
        headline=headline,
        kicker=_over(ruled, "kicker", find_kicker(page)),
        standfirst=standfirst,
        people=people,
        published=published,
        modified=_over(ruled, "modified", find_modified(page, hints, now=now, published=published.value)),
        section=_over(ruled, "section", find_section(page)),
        tags=_over(ruled, "tags", find_tags(page)),
        site_name=_over(ruled, "site_name", find_site_name(page)),
        language=_over(ruled, "language", find_language(page, hints, text=body.text)),
        lead_image=lead_image,
        canonical_url=canonical,
        editions=find_editions(page),
        access=find_access(page, body_letters=body.letters),
    )
    decisions = {field.name: getattr(decided, field.name) for field in fields(decided)}
    cut = any(part.is_cut for part in (page, *(part for want, part in more if want.kind == "next-page")))
    article = _article(page, decided, body, wants, cut=cut)
    traces = trace_page(article, body.trace, recollection, now=now, lead_image=stated_image.value)
    report = () if ruled is None else (*ruled.report, *body.rule_report)
    return Extraction(article=article, decisions=decisions, wants=wants, body_report=body.report, traces=traces, rule_report=report)


def _over(ruled: Ruled | None, name: str, decision: Decision[T]) -> Decision[T]:
    """What the signals decided on a field, or what the site's rule says of it."""
    return decision if ruled is None else ruled.over(name, decision)


def _not_the_sites(lead_image: Decision[Picture], recollection: Recollection | None) -> Decision[Picture]:
    """The lead image, unless most pages of the site have the same one: a logo that stands in where a story has no picture."""
    if recollection is None or lead_image.value is None or not recollection.shows_everywhere(lead_image.value.url):
        return lead_image
    return Decision(value=None, ballot=lead_image.ballot)


def _article(page: Page, decided: _Fields, body: Body, wants: tuple[Want, ...], *, cut: bool) -> Article:
    people = decided.people.value or ()
    access = decided.access.value or "unknown"
    words = word_count(body.text)
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
        completeness=_completeness(body, access, missing=cut or bool(wants)),
        source_agency=next((person.name for person in people if person.role == "agency"), None) or find_agency(page).value,
        word_count=words,
        reading_minutes=reading_minutes(body.text, words=words),
    )


def _completeness(body: Body, access: Access, *, missing: bool) -> Completeness:
    """Full unless its readers see only a part, or a part is *missing*: a page still wanted, or what lies beyond our limits.

    Then a teaser if next to nothing is there.
    """
    missing = missing or access in ("paywalled", "cut")
    if body.letters == 0 or (missing and body.letters < TEASER):
        return "teaser"
    return "partial" if missing else "full"
