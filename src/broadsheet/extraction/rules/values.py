"""From what a rule selected to the value of a field: text, persons, a time, a picture, a language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from broadsheet.extraction.byline.names import newsrooms_in, once, people_in
from broadsheet.extraction.rules.rule import Selector
from broadsheet.extraction.rules.tree import Found, value_of
from broadsheet.markup.page import Page
from broadsheet.markup.srcset import image_address
from broadsheet.model import Person, Picture, StatedTime
from broadsheet.text.dates import read_date
from broadsheet.text.language import language_tag
from broadsheet.text.plain import comparison_key
from broadsheet.urls import identity_key, join

Selected = Sequence[tuple[Selector, Found]]
Make = Callable[[Selected, Page, datetime], Any]


def text_in(selected: Selected, page: Page, now: datetime) -> str | None:
    """The first words selected."""
    return next(_words(selected), None)


def tags_in(selected: Selected, page: Page, now: datetime) -> tuple[str, ...] | None:
    """All words selected, each once."""
    return tuple(dict.fromkeys(_words(selected))) or None


def people_named(selected: Selected, page: Page, now: datetime) -> tuple[Person, ...] | None:
    """Everyone named. What is no name by our rules (a newsroom, a single word) is believed, since the rule points at it."""
    return once(person for words in _words(selected) for person in (list(people_in(words)) or newsrooms_in(words))) or None


def time_stated(selected: Selected, page: Page, now: datetime) -> StatedTime | None:
    """The first time selected that can be read; of an element its `datetime` comes before its words."""
    for selector, found in selected:
        stated = None if isinstance(found, str) or selector.attribute else found.get("datetime")
        for raw in [stated] * bool(stated) + selector.parts_of(value_of(found, selector.attribute)):
            if raw and (time := read_date(raw, now=now)) is not None and time.at is not None:
                return time
    return None


def picture_at(selected: Selected, page: Page, now: datetime) -> Picture | None:
    """The first picture selected: an image, something that holds one, or an address."""
    for selector, found in selected:
        if isinstance(found, str) or selector.attribute or found.tag == "meta":
            url = join(page.base_url, value_of(found, selector.attribute))
            if url is not None:
                return Picture(url=url)
            continue
        for image in found.iter("img"):
            if address := image_address(dict(image.attrib), page.base_url):
                return Picture(url=address, alt=(image.get("alt") or "").strip() or None)
    return None


def language_named(selected: Selected, page: Page, now: datetime) -> str | None:
    """The first language tag selected; of an element its `lang` comes before its words."""
    for selector, found in selected:
        stated = None if isinstance(found, str) or selector.attribute else found.get("lang")
        for words in [stated] * bool(stated) + selector.parts_of(value_of(found, selector.attribute)):
            if tag := language_tag(words):
                return tag
    return None


def addresses_in(selected: Selected, page: Page) -> Iterator[str]:
    """The web addresses selected that are not this page's own: of an element the first link in it."""
    for selector, found in selected:
        if isinstance(found, str) or selector.attribute:
            said: Any = value_of(found, selector.attribute)
        else:
            said = next((href for element in found.iter() if (href := element.get("href"))), None)
        url = join(page.base_url, said.strip()) if said else None
        if url is not None and identity_key(url) != identity_key(page.url):
            yield url


FIELDS: Mapping[str, Make] = {
    "headline": text_in,
    "kicker": text_in,
    "standfirst": text_in,
    "people": people_named,
    "published": time_stated,
    "modified": time_stated,
    "section": text_in,
    "tags": tags_in,
    "site_name": text_in,
    "language": language_named,
    "lead_image": picture_at,
}
"""The fields a rule may speak of, by the name of their decision, and how their value is made."""


def _words(selected: Selected) -> Iterator[str]:
    """The texts selected that say something: an expression that joins two others with a colon gives a colon where it finds neither."""
    for selector, found in selected:
        yield from (part for part in selector.parts_of(value_of(found, selector.attribute)) if comparison_key(part))
