"""What a site rule is, whatever dialect it was written in, and how several rules for one page become one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

Dialect = Literal["own", "ftr"]
SelectorKind = Literal["xpath", "css", "constant"]

MAX_SOURCE = 8_000_000
"""Characters of a page's source after replacing; replacements that would make it longer are not done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selector:
    """Where something stands on a page, and what of it is meant.

    Of the text found, only what lies *after* and *before* these words is taken, and it is parted at each of *split*; words that are
    not there change nothing. *attribute* is read instead of the text. *condition* is an XPath that must find something, or the
    selector is silent. A *general* selector is meant for any site: that it finds nothing is no news.
    """

    expression: str
    kind: SelectorKind = "xpath"
    origin: str = ""  # file:line
    attribute: str | None = None
    after: str = ""
    before: str = ""
    split: tuple[str, ...] = ()
    condition: str = ""
    general: bool = False

    def parts_of(self, text: str) -> list[str]:
        """What is meant of *text*: one piece, or several where it is to be split."""
        if self.after:
            text = text.partition(self.after)[2] or text
        if self.before:
            text = text.partition(self.before)[0]
        parts = [text]
        for mark in self.split:
            parts = [piece for part in parts for piece in part.split(mark)]
        return [part.strip() for part in parts if part.strip()]

    def __str__(self) -> str:
        return f"{self.expression} ({self.origin})" if self.origin else self.expression


@dataclass(frozen=True, slots=True, kw_only=True)
class TestPage:
    """A page on which a rule is known to work: at *url*, or saved as *file* beside the rule."""

    __test__ = False  # no test class, whatever its name

    url: str | None = None
    file: str | None = None
    title: str | None = None
    contains: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    origin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRule:
    """What is known about one site's pages. *fields* go by the names of the extraction's decisions.

    *hosts*: `example.com` is that host with and without `www.`; `.example.com` is any host one label below it. *since* and *until*
    bound, both included, the days on which a page was fetched. None for a yes-or-no means that the rule does not say.
    """

    hosts: tuple[str, ...]
    origin: str = ""
    dialect: Dialect = "own"
    since: date | None = None
    until: date | None = None
    alone: bool = False  # the community's rules for these hosts are not heard
    fields: Mapping[str, tuple[Selector, ...]] = field(default_factory=dict)
    body: tuple[Selector, ...] = ()
    strip: tuple[Selector, ...] = ()
    strip_names: tuple[str, ...] = ()  # parts of ids and class names
    strip_pictures: tuple[str, ...] = ()  # parts of their addresses
    dissolve: tuple[Selector, ...] = ()
    wrap: tuple[tuple[str, Selector], ...] = ()  # tag to put around what is found
    lazy_attributes: tuple[str, ...] = ()  # where pictures keep their address
    next_page: tuple[Selector, ...] = ()
    single_page: tuple[Selector, ...] = ()
    advertising: tuple[Selector, ...] = ()  # found on advertisements made to look like articles
    replacements: tuple[tuple[str, str], ...] = ()  # in the page's source, before it is parsed
    prune: bool | None = None  # drop unlikely blocks from what `body` selects; yes, unless a rule says no
    skip_json_ld: bool | None = None
    guess_next_page: bool | None = None
    use_general: bool | None = None  # no: the rules for any site are not heard
    tests: tuple[TestPage, ...] = ()
    notes: tuple[str, ...] = ()  # what the file asks for that is not done, and why

    def is_in_force(self, on: date) -> bool:
        """Whether the rule speaks of pages fetched on that day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)

    def replaced(self, source: str) -> str:
        """*source* with the rule's literal replacements done, in order."""
        for old, new in self.replacements:
            if len(source) + source.count(old) * (len(new) - len(old)) <= MAX_SOURCE:
                source = source.replace(old, new)
        return source


_LISTS = (
    "body", "strip", "strip_names", "strip_pictures", "dissolve", "wrap", "lazy_attributes", "next_page", "single_page", "advertising",
    "replacements",
)  # fmt: skip
_ANSWERS = ("prune", "skip_json_ld", "guess_next_page", "use_general")


def joined(rules: Sequence[SiteRule]) -> SiteRule | None:
    """One rule that says what all of *rules* say: lists one after the other, of yes-or-nos the first. None for no rules.

    Test pages and notes stay behind: they are for whoever keeps the rules, and need not travel with every page.
    """
    if not rules:
        return None
    said: dict[str, Any] = {name: tuple(dict.fromkeys(one for rule in rules for one in getattr(rule, name))) for name in _LISTS}
    said |= {name: next((stated for rule in rules if (stated := getattr(rule, name)) is not None), None) for name in _ANSWERS}
    names = dict.fromkeys(name for rule in rules for name in rule.fields)
    return SiteRule(
        hosts=tuple(dict.fromkeys(host for rule in rules for host in rule.hosts)),
        origin=", ".join(dict.fromkeys(rule.origin for rule in rules)),
        dialect=rules[0].dialect,
        fields={name: tuple(one for rule in rules for one in rule.fields.get(name, ())) for name in names},
        **said,
    )
