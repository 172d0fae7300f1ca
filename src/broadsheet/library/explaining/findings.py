"""The evidence behind an extraction, in the order in which it is shown, every value already in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from broadsheet.library.rendering import iso_time
from broadsheet.model import Around, Decision, Extraction, LanguageEdition, Person, Picture, StatedTime, Verdict, Want
from broadsheet.text.plain import collapse, comparison_key

FOLLOWS = "next page"
"""The remark before a page that is added to what was read so far; any other announces a form that was used instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One line of a ballot: what a signal said the field is, and what it looked at."""

    signal: str
    weight: float
    value: str
    saw: str
    agrees: bool  # with the value that was chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field with its ballot, heaviest first. *value* is "" when nothing was decided."""

    name: str
    value: str
    ballot: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One form of the page that was read (as fetched, data in a script, a next page, AMP …): remarks on it, and its blocks.

    Not *used*: a later form held more and stands in its place.
    """

    remarks: tuple[str, ...]
    verdicts: tuple[Verdict, ...]
    used: bool = True

    def count(self, fate: str) -> int:
        """How many of its blocks of text met *fate*."""
        return sum(1 for verdict in self.verdicts if verdict.fate == fate and verdict.kind == "text")

    @property
    def letters(self) -> int:
        """How many characters the kept ones have."""
        return sum(len(verdict.text) for verdict in self.verdicts if verdict.fate == "kept" and verdict.kind == "text")


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Everything there is to show."""

    title: str
    url: str
    language: str | None
    direction: str
    access: str
    completeness: str
    fields: tuple[Field, ...]
    remarks: tuple[str, ...]
    wants: tuple[Want, ...]
    forms: tuple[Form, ...]


def findings_of(extraction: Extraction) -> Findings:
    """The evidence of *extraction*, put in order."""
    article = extraction.article
    return Findings(
        title=article.title,
        url=article.url,
        language=article.language,
        direction=article.direction,
        access=article.access,
        completeness=article.completeness,
        fields=tuple(_field(name, decision) for name, decision in extraction.decisions.items()),
        remarks=tuple(f"site rule: {said}" for said in extraction.rule_report),
        wants=extraction.wants,
        forms=_forms(extraction.body_report),
    )


def path_of(around: Around | None) -> tuple[str, ...]:
    """The names of the elements around a block, outermost first."""
    names: list[str] = []
    while around is not None:
        names.append(around.name)
        around = around.outer
    return tuple(reversed(names))


def why(verdict: Verdict, *, votes: int) -> str:
    """Why a block met its fate: the rule that decided, and the heaviest *votes* of what was heard."""
    heard = ", ".join(f"{name} {weight:+.1f}" for name, weight in verdict.votes[:votes])
    return " · ".join(part for part in (verdict.reason, heard) if part)


def in_few_words(value: object) -> str:
    """A field's value as a person would write it down."""
    match value:
        case None:
            return ""
        case Person(name=name, role=role):
            return name if role == "writer" else f"{name} ({role})"
        case StatedTime(raw=raw):
            read = iso_time(value) or "not to be read"
            return raw if raw == read else f"{read} ({raw!r})"
        case Picture(url=url):
            return url
        case LanguageEdition(url=url, language=language):
            return f"{language or '?'}: {url}"
        case tuple() | list():
            return ", ".join(in_few_words(one) for one in value)
    return collapse(str(value))


def _field(name: str, decision: Decision[object]) -> Field:
    chosen = in_few_words(decision.value)
    key = comparison_key(chosen)
    said = ((vote, in_few_words(vote.claim.value)) for vote in decision.ballot)
    ballot = tuple(
        Said(signal=vote.signal, weight=vote.weight, value=value, saw=collapse(vote.claim.saw), agrees=bool(key) and comparison_key(value) == key)
        for vote, value in said
    )
    return Field(name=name, value=chosen, ballot=ballot)


def _forms(report: Iterable[Verdict | str]) -> tuple[Form, ...]:
    """The report cut where a remark follows a block; what such a remark announces takes the place of all before, or follows it."""
    forms: list[Form] = []
    for is_remark, group in groupby(report, key=lambda line: isinstance(line, str)):
        if not is_remark:
            last = forms.pop() if forms else Form(remarks=(), verdicts=())
            forms.append(replace(last, verdicts=tuple(line for line in group if isinstance(line, Verdict))))
            continue
        remarks = tuple(str(line) for line in group)
        if remarks[0] != FOLLOWS:
            forms = [replace(form, used=False) for form in forms]
        forms.append(Form(remarks=remarks, verdicts=()))
    return tuple(forms)
