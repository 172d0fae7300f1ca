"""Reads the community's site-config files: `directive: value` a line, one file for one host.

    title: //h1[@class="headline"]
    body: //div[@id="story"]
    strip_id_or_class: share
    prune: no
    test_url: https://paper.example/story

The format belongs to FiveFilters' Full-Text RSS; its rules are in the public domain. What a directive means here is one line in the tables
below; those that are known but not followed become notes, with the reason, and whatever else is refused by file and line.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from broadsheet.errors import RuleError
from broadsheet.extraction.rules.book import GENERAL
from broadsheet.extraction.rules.check import host_of_rule, xpath_fault
from broadsheet.extraction.rules.rule import Selector, SiteRule, TestPage
from broadsheet.markup.vocabulary import ELEMENTS

MAX_TEXT = 1_000_000
"""Characters of one file; the longest of 2,040 has some 20,000."""

FIELDS: Mapping[str, str] = {"title": "headline", "author": "people", "date": "published"}
"""Directives that speak of a field, by what the field is called here."""

SELECTORS: Mapping[str, str] = {
    "body": "body",
    "strip": "strip",
    "strip_attr": "strip",
    "dissolve": "dissolve",
    "next_page_link": "next_page",
    "single_page_link": "single_page",
    "native_ad_clue": "advertising",
}
"""Directives whose value is an XPath, and where a rule keeps it."""

TEXTS: Mapping[str, str] = {"strip_id_or_class": "strip_names", "strip_image_src": "strip_pictures", "src_lazy_load_attr": "lazy_attributes"}
"""Directives whose value is looked for as it stands."""

ANSWERS: Mapping[str, str] = {
    "prune": "prune",
    "skip_json_ld": "skip_json_ld",
    "autodetect_next_page": "guess_next_page",
    "autodetect_on_failure": "use_general",
}
"""Directives that say yes or no."""

ANYWAY = frozenset(("tidy", "parser", "convert_double_br_tags", "insert_detected_image", "strip_comments", "footnotes", "post_strip_attr", "https"))
"""Directives that ask for what is done with every page, or that only another parser needed."""

_NO_LOGIN = "we do not log in; give the source the headers of a subscription you pay for"
NOT_DONE: Mapping[str, str] = {
    "http_header": "requests say who we are, to every site alike",
    "requires_login": _NO_LOGIN,
    "not_logged_in_xpath": _NO_LOGIN,
    "login_uri": _NO_LOGIN,
    "login_username_field": _NO_LOGIN,
    "login_password_field": _NO_LOGIN,
    "login_extra_fields": _NO_LOGIN,
    "single_page_link_in_feed": "the feed's entry is not searched for links",
    "move_into": "its meaning is documented nowhere",
    "skip_id_or_class": "its meaning is documented nowhere",
}
"""Directives that are known and deliberately not followed, and why."""

_OTHERS = frozenset(("find_string", "replace_string", "if_page_contains", "wrap_in", "test_url", "test_contains"))
KNOWN = frozenset((*FIELDS, *SELECTORS, *TEXTS, *ANSWERS, *ANYWAY, *NOT_DONE, *_OTHERS))
"""Every directive there is."""

_WITH_ARGUMENT = re.compile(r"(?P<name>[a-z_]+)\((?P<argument>.*?)\)\s*:(?P<value>.*)", re.S)
_ANSWER = re.compile(r"(?P<yes>yes|true|1)\b|(?:no|false|0)\b", re.I)


def read_ftr(text: str, name: str) -> SiteRule:
    """The rule in *text*, the content of the file *name* (`example.com.txt`). Raises RuleError with file and line."""
    if len(text) > MAX_TEXT:
        raise RuleError(f"{name}:1", f"has more than {MAX_TEXT:_} characters", do="A file of rules for one site is a few lines long.")
    reader = _Reader(name)
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff")), start=1):
        reader.read(line.strip(), number)
    return reader.rule()


def host_in(name: str) -> str | None:
    """The host that a file of this name speaks of; None if it is no file of rules (LICENSE.txt, README.txt)."""
    stem = name.removesuffix(".txt")
    return GENERAL if stem == GENERAL else host_of_rule(stem)


class _Reader:
    """Gathers one file, line by line."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._line = 1
        self._lists: dict[str, list[Any]] = {}
        self._fields: dict[str, list[Selector]] = {}
        self._answers: dict[str, bool] = {}
        self._old: list[tuple[str, int]] = []
        self._new: list[str] = []
        self._tests: list[TestPage] = []
        self._notes: list[str] = []
        self._last_link = ""

    def read(self, line: str, number: int) -> None:
        self._line = number
        if not line or line.startswith("#"):
            return
        directive, argument, value = self._parted(line)
        if directive not in KNOWN:
            raise self._refusal(f"knows no directive {directive!r}", _advice(directive))
        if directive in NOT_DONE:
            self._notes.append(f"{self._place()}: {directive} is not followed: {NOT_DONE[directive]}")
        elif directive not in ANYWAY and (value or directive == "replace_string"):
            self._take(directive, argument, value)

    def rule(self) -> SiteRule:
        if len(self._old) != len(self._new):
            self._line = self._old[-1][1] if self._old else 1
            said = f"has {len(self._old)} find_string for {len(self._new)} replace_string"
            raise self._refusal(said, "Each find_string needs its replace_string, which may be empty.")
        pairs = [(old, new) for (old, _), new in zip(self._old, self._new, strict=True)]
        lists: dict[str, Any] = {kept: tuple(said) for kept, said in self._lists.items()}
        lists["replacements"] = (*pairs, *lists.get("replacements", ()))
        host = host_in(self._name.rpartition("/")[2])
        return SiteRule(
            hosts=(host,) if host else (),
            origin=self._name,
            dialect="ftr",
            fields={name: tuple(said) for name, said in self._fields.items()},
            tests=tuple(self._tests),
            notes=tuple(self._notes),
            **lists,
            **self._answers,  # type: ignore[arg-type]  # names and types are those of ANSWERS
        )

    def _parted(self, line: str) -> tuple[str, str, str]:
        """Directive, argument in brackets, value. The first colon parts them, or the first after the brackets: an argument may hold one."""
        if (found := _WITH_ARGUMENT.fullmatch(line)) is not None:
            return found["name"], found["argument"], found["value"].strip()
        directive, colon, value = line.partition(":")
        if not colon:
            raise self._refusal(f"cannot read {line[:60]!r}", "A line is `directive: value`; a comment begins with #.")
        return directive.strip(), "", value.strip()

    def _take(self, directive: str, argument: str, value: str) -> None:
        if directive in FIELDS:
            self._fields.setdefault(FIELDS[directive], []).append(self._selector(value))
        elif directive in SELECTORS:
            self._keep(SELECTORS[directive], self._selector(value))
            self._last_link = SELECTORS[directive] if directive.endswith("_link") else self._last_link
        elif directive in TEXTS:
            self._keep_text(directive, value.strip("\"' "))
        elif directive in ANSWERS:
            self._answers[ANSWERS[directive]] = self._answer(directive, value)
        else:
            _TAKE[directive](self, argument, value)

    def _find(self, argument: str, value: str) -> None:
        self._old.append((value, self._line))

    def _replace(self, argument: str, value: str) -> None:
        if argument:
            self._keep("replacements", (argument, value))
        else:
            self._new.append(value)

    def _wrap(self, argument: str, value: str) -> None:
        tag = argument.strip().lower()
        if tag not in ELEMENTS:
            raise self._refusal(f"cannot wrap anything in {argument!r}", "Name an element that articles have: wrap_in(blockquote).")
        self._keep("wrap", (tag, self._selector(value)))

    def _condition(self, argument: str, value: str) -> None:
        """The line speaks of the link before it."""
        links = self._lists.get(self._last_link)
        if not links:
            raise self._refusal("has an if_page_contains without a link before it", "It belongs below a next_page_link or single_page_link.")
        links[-1] = replace(links[-1], condition=self._selector(value).expression)

    def _test_url(self, argument: str, value: str) -> None:
        self._tests.append(TestPage(url=value, origin=self._place()))

    def _test_contains(self, argument: str, value: str) -> None:
        if not self._tests:
            raise self._refusal("has a test_contains without a test_url before it", "Put the test_url of the page above it.")
        self._tests[-1] = replace(self._tests[-1], contains=(*self._tests[-1].contains, value))

    def _selector(self, value: str) -> Selector:
        if fault := xpath_fault(value):
            raise self._refusal(f"{value[:80]!r} {fault}", "Its value must be an XPath 1.0 expression.")
        return Selector(expression=value, origin=self._place())

    def _answer(self, directive: str, value: str) -> bool:
        found = _ANSWER.match(value)
        if found is None:
            raise self._refusal(f"{directive} says {value[:40]!r}", "It must say yes or no.")
        return found["yes"] is not None

    def _keep_text(self, directive: str, text: str) -> None:
        if not text:
            raise self._refusal(f"{directive} names nothing", "Name a part of the id, class or address that is meant: nothing would be everything.")
        self._keep(TEXTS[directive], text)

    def _keep(self, kept: str, value: Any) -> None:
        self._lists.setdefault(kept, []).append(value)

    def _place(self) -> str:
        return f"{self._name}:{self._line}"

    def _refusal(self, what: str, do: str) -> RuleError:
        return RuleError(self._place(), what, do=do)


_TAKE: Mapping[str, Callable[[_Reader, str, str], None]] = {
    "find_string": _Reader._find,
    "replace_string": _Reader._replace,
    "wrap_in": _Reader._wrap,
    "if_page_contains": _Reader._condition,
    "test_url": _Reader._test_url,
    "test_contains": _Reader._test_contains,
}


def _advice(directive: str) -> str:
    if directive.startswith(("/", ";", "--")):
        return "A comment begins with #."
    near = difflib.get_close_matches(directive, KNOWN, n=1, cutoff=0.7)
    return f"Did you mean {near[0]}?" if near else "A line is `directive: value`; the directives are listed in the reference of site rules."
