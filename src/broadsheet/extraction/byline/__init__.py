"""The byline: who wrote the story, and who else made it.

In: a page, the feed's authors if it named any. Out: persons in the order of the byline, each as written and with what they did: writer,
translator, photographer, contributor, editor, or an agency. Never a URL or a date; the newsroom's or the site's name only where the
page's data states it as the author and nobody else is named anywhere.
"""

from __future__ import annotations

from broadsheet.extraction.byline.names import person_key
from broadsheet.extraction.byline.others import other_people, stated_people
from broadsheet.extraction.byline.weights import AGENCIES, LAST_RESORTS, NEWSROOMS, WEIGHTS
from broadsheet.extraction.weigh import Clues, weigh, weigh_agreement
from broadsheet.markup.page import Page
from broadsheet.model import Decision, Hints, Person

__all__ = ["find_agency", "find_people"]


def find_people(page: Page, hints: Hints | None = None) -> Decision[tuple[Person, ...]]:
    """Everyone the byline names: those most witnesses agree on, then translators, photographers and the like.

    Where it names nobody, the agency that the page gives as its source.
    """
    clues = Clues(page=page, hints=hints or Hints())
    decision = weigh_agreement(clues, WEIGHTS, agree=_names_in_common, key=_names)
    agency = None
    if not decision.ballot:
        decision = weigh_agreement(clues, NEWSROOMS, agree=_names_in_common, key=_names)
        agency = find_agency(page).value
    if not decision.ballot:
        decision = weigh_agreement(clues, LAST_RESORTS, agree=_names_in_common, key=_names)
    others = other_people(clues)
    others_keys = {person_key(person): person for person in others}
    chosen = [others_keys.pop(person_key(person), person) for person in decision.value or ()]
    if agency and not chosen:
        chosen.append(Person(name=agency, role="agency"))
    known = {person_key(person) for person in chosen} | set(others_keys)
    for person in stated_people(clues):
        if person_key(person) not in known:
            others_keys.setdefault(person_key(person), person)
    people = (*(_with_address(person, decision) for person in chosen), *others_keys.values())
    return Decision(value=people or None, ballot=decision.ballot)


def find_agency(page: Page) -> Decision[str]:
    """The news agency the story was taken from, if a source line or the dateline names one; a byline may name another."""
    return weigh(Clues(page=page), AGENCIES, same=str.casefold)


def _names(people: tuple[Person, ...]) -> frozenset[str]:
    """What is compared: the persons; the agencies only when no person is named beside them."""
    persons = frozenset(person_key(person) for person in people if person.role != "agency")
    return persons or frozenset(person_key(person) for person in people)


def _names_in_common(one: frozenset[str], other: frozenset[str]) -> float:
    """How far two bylines agree: twice the names in both, by the names in each."""
    return 2 * len(one & other) / (len(one) + len(other))


def _with_address(person: Person, decision: Decision[tuple[Person, ...]]) -> Person:
    """*person* with the author page that any witness gave for the name."""
    if person.url:
        return person
    key = person_key(person)
    found = next((p.url for vote in decision.ballot for p in vote.claim.value if p.url and person_key(p) == key), None)
    return Person(name=person.name, role=person.role, url=found) if found else person
