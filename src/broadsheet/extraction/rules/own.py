"""Reads our own rules: a TOML file with one `[[rule]]` for each site, or for each of its designs.

    [[rule]]
    hosts = ["paper.example"]
    from = 2024-03-01
    title = "h1.headline"
    authors = { css = ".byline", after = "By ", split = [" and "] }
    body = { css = "div.story", drop = [".box", { xpath = "//p[contains(., 'Read also')]" }] }

    [[rule.test]]
    file = "pages/story.html"
    title = "The wall is rebuilt"
    contains = ["a vote was taken"]

A text where a selector is due is CSS. The reference of site rules lists every key.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import msgspec

from broadsheet.errors import RuleError
from broadsheet.extraction.rules.check import css_fault, host_of_rule, xpath_fault
from broadsheet.extraction.rules.rule import Selector, SiteRule, TestPage

MAX_TEXT = 2_000_000
"""Characters of one file."""

KEYS_OF_FIELDS = {
    "title": "headline", "kicker": "kicker", "standfirst": "standfirst", "authors": "people", "published": "published", "modified": "modified",
    "section": "section", "tags": "tags", "site_name": "site_name", "language": "language", "lead_image": "lead_image",
}  # fmt: skip
"""Keys that speak of a field, by what the extraction calls it."""

_SYNTAX_PLACE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")
_PATH = re.compile(r" - at `\$(.*)`$")
_PATH_STEP = re.compile(r"\.([\w-]+)|\[(\d+)\]")
_RULE_HEAD = re.compile(r"\s*\[\[\s*rule\s*\]\]")
_TEST_HEAD = re.compile(r"\s*\[\[\s*rule\s*\.\s*test\s*\]\]")


class _Selector(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    css: str | None = None
    xpath: str | None = None
    constant: str | None = None
    attribute: str | None = None
    after: str = ""
    before: str = ""
    split: list[str] = []


_Selectors = str | _Selector | list[str | _Selector]


class _Body(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    css: str | None = None
    xpath: str | None = None
    keep: _Selectors = []
    drop: _Selectors = []
    prune: bool | None = None


class _Test(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    file: str | None = None
    url: str | None = None
    title: str | None = None
    contains: list[str] = []
    lacks: list[str] = []


class _Rule(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    hosts: list[str]
    since: date | None = msgspec.field(default=None, name="from")
    until: date | None = None
    alone: bool = False
    title: _Selectors = []
    kicker: _Selectors = []
    standfirst: _Selectors = []
    authors: _Selectors = []
    published: _Selectors = []
    modified: _Selectors = []
    section: _Selectors = []
    tags: _Selectors = []
    site_name: _Selectors = []
    language: _Selectors = []
    lead_image: _Selectors = []
    body: str | _Body | list[str | _Selector] = []
    strip: _Selectors = []
    strip_names: list[str] = []
    unwrap: _Selectors = []
    lazy_attributes: list[str] = []
    next_page: _Selectors = []
    single_page: _Selectors = []
    guess_next_page: bool | None = None
    json_ld: bool = True
    replace: list[tuple[str, str]] = []
    test: list[_Test] = []


class _File(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    rule: list[_Rule]


def read_own(text: str, name: str) -> tuple[SiteRule, ...]:
    """The rules in *text*, the content of the file *name*. Raises RuleError with file and line."""
    if len(text) > MAX_TEXT:
        raise RuleError(f"{name}:1", f"has more than {MAX_TEXT:_} characters", do="Divide the rules among several files.")
    try:
        # TOML knows line feeds only; an editor's byte-order mark is none of its business.
        tables = tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n"))
        file = msgspec.convert(tables, _File)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{name}:{_line_of_syntax(error, text)}", f"is not TOML: {_SYNTAX_PLACE.sub('', str(error))}") from error
    except RecursionError as error:
        raise RuleError(f"{name}:1", "nests arrays or tables too deeply", do="A rule needs three levels.") from error
    except msgspec.ValidationError as error:
        raise _refused(str(error), text, name) from error
    except ValueError as error:  # a number or date that Python has no room for
        raise RuleError(f"{name}:1", f"holds a value that cannot be read: {error}") from error
    return tuple(_Reader(rule, at, text, name).rule() for at, rule in enumerate(file.rule))


class _Reader:
    """Makes a site rule of one `[[rule]]` that has the right shape."""

    def __init__(self, said: _Rule, at: int, text: str, name: str) -> None:
        self._said, self._at, self._text, self._name = said, at, text, name

    def rule(self) -> SiteRule:
        said = self._said
        if said.since and said.until and said.until < said.since:
            raise self._refusal("until", "ends before it begins", "until must not lie before from.")
        body, drop, prune = self._body()
        return SiteRule(
            hosts=tuple(self._hosts()),
            origin=self._place("hosts"),
            since=said.since,
            until=said.until,
            alone=said.alone,
            fields={field: found for key, field in KEYS_OF_FIELDS.items() if (found := self._selectors(key, getattr(said, key)))},
            body=body,
            strip=(*self._selectors("strip", said.strip), *drop),
            strip_names=self._texts("strip_names", said.strip_names),
            dissolve=self._selectors("unwrap", said.unwrap),
            lazy_attributes=self._texts("lazy_attributes", said.lazy_attributes),
            next_page=self._selectors("next_page", said.next_page),
            single_page=self._selectors("single_page", said.single_page),
            replacements=tuple(self._replacements()),
            prune=prune,
            skip_json_ld=None if said.json_ld else True,
            guess_next_page=said.guess_next_page,
            tests=tuple(self._tests()),
        )

    def _hosts(self) -> Iterator[str]:
        if not self._said.hosts:
            raise self._refusal("hosts", "names no host", 'Say which sites are meant: hosts = ["paper.example"].')
        for said in self._said.hosts:
            host = host_of_rule(said)
            if host is None:
                raise self._refusal("hosts", f"{said!r} is no host", "Give the bare name: paper.example, or .paper.example for its sub-domains.")
            yield host

    def _body(self) -> tuple[tuple[Selector, ...], tuple[Selector, ...], bool | None]:
        """What to take, what to drop from it, and whether to prune."""
        said = self._said.body
        if not isinstance(said, _Body):
            return self._selectors("body", said), (), None
        taken = (_Selector(css=said.css),) if said.css else (_Selector(xpath=said.xpath),) if said.xpath else ()
        keep = self._selectors("body", [*taken])
        return (*keep, *self._selectors("body", said.keep)), self._selectors("body", said.drop), said.prune

    def _selectors(self, key: str, said: _Selectors) -> tuple[Selector, ...]:
        return tuple(self._selector(key, one) for one in (said if isinstance(said, list) else [said]))

    def _selector(self, key: str, said: str | _Selector) -> Selector:
        said = _Selector(css=said) if isinstance(said, str) else said
        kinds: tuple[tuple[Any, str | None, Callable[[str], str | None] | None], ...] = (
            ("css", said.css, css_fault),
            ("xpath", said.xpath, xpath_fault),
            ("constant", said.constant, None),
        )
        given = [(kind, expression, check) for kind, expression, check in kinds if expression is not None]
        if len(given) != 1:
            raise self._refusal(key, f"{key} must say where to look, once", "Give one of css, xpath and constant.")
        kind, expression, check = given[0]
        assert expression is not None
        if fault := check(expression) if check is not None else None:
            raise self._refusal(key, f"{key} = {expression[:80]!r} {fault}", 'A text is taken for CSS; write { xpath = "…" } for XPath.')
        if "" in said.split:
            raise self._refusal(key, f"{key} is to be split at nothing", "Name the characters between two values.")
        return Selector(
            expression=expression, kind=kind, origin=self._place(key), attribute=said.attribute, after=said.after, before=said.before,
            split=tuple(said.split),
        )  # fmt: skip

    def _texts(self, key: str, said: list[str]) -> tuple[str, ...]:
        if not all(text.strip() for text in said):
            raise self._refusal(key, f"{key} holds an empty text", "It would mean everything: take it out.")
        return tuple(said)

    def _replacements(self) -> Iterator[tuple[str, str]]:
        for old, new in self._said.replace:
            if not old:
                raise self._refusal("replace", "replaces nothing by something", "The first text of each pair is what is looked for.")
            yield old, new

    def _tests(self) -> Iterator[TestPage]:
        for at, test in enumerate(self._said.test):
            line = _line_of(self._text, [("rule", self._at), ("test", at)])
            if test.file is None and test.url is None:
                raise RuleError(f"{self._name}:{line}", "names no page to test with", do="Give the test a file, a url, or both.")
            yield TestPage(
                url=test.url, file=test.file, title=test.title, contains=tuple(test.contains), lacks=tuple(test.lacks), origin=f"{self._name}:{line}"
            )

    def _place(self, key: str) -> str:
        return f"{self._name}:{_line_of(self._text, [('rule', self._at), (key, None)])}"

    def _refusal(self, key: str, what: str, do: str) -> RuleError:
        return RuleError(self._place(key), what, do=do)


_Step = tuple[str, int | None]


def _refused(message: str, text: str, name: str) -> RuleError:
    """The error for tables that have another shape than rules, placed at the line that the message's path leads to."""
    found = _PATH.search(message)
    path = _steps(found[1]) if found else []
    unknown = re.search(r"unknown field `([^`]*)`", message)
    line = _line_of(text, [*path, (unknown[1], None)] if unknown else path)
    shown = ".".join(key if at is None else f"{key}[{at}]" for key, at in path)
    what = _PATH.sub("", message).replace("Object", "the table").replace("object", "table")
    return RuleError(f"{name}:{line}", f"{shown}: {what}" if shown else what, do="The keys and their kinds are in the reference of site rules.")


def _steps(path: str) -> list[_Step]:
    steps: list[_Step] = []
    for key, index in _PATH_STEP.findall(path):
        if key:
            steps.append((key, None))
        elif steps:
            steps[-1] = (steps[-1][0], int(index))
    return steps


def _line_of(text: str, path: list[_Step]) -> int:
    """The line on which *path* most likely begins; that of the table around it where it is written in an unusual way."""
    lines = text.splitlines()
    first, last = 0, len(lines)
    for key, at in path:
        head = _RULE_HEAD if key == "rule" else _TEST_HEAD if key == "test" else None
        if head is not None and at is not None:
            heads = [place for place in range(first, last) if head.match(lines[place])]
            if at < len(heads):
                first, last = heads[at], heads[at + 1] if at + 1 < len(heads) else last
            continue
        own = re.compile(rf"\s*\[*\s*(?:[\w\s.-]*\.)?[\"']?{re.escape(key)}[\"']?\s*[\].=]")
        return next((place for place in range(first, last) if own.match(lines[place])), first) + 1
    return min(first, max(len(lines) - 1, 0)) + 1


def _line_of_syntax(error: tomllib.TOMLDecodeError, text: str) -> int:
    found = _SYNTAX_PLACE.search(str(error))
    return int(found[1]) if found and found[1] else max(len(text.splitlines()), 1)
