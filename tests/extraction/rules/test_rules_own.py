"""Our own rules in TOML: what each key means, and where the error is when it means nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from broadsheet.errors import RuleError
from broadsheet.extraction.rules import SiteRule
from broadsheet.extraction.rules.own import KEYS_OF_FIELDS, read_own

FromText = Callable[[str], SiteRule]
HEAD = '[[rule]]\nhosts = ["a.example"]\n'


def refusal(text: str) -> RuleError:
    with pytest.raises(RuleError) as caught:
        read_own(text, "rules.toml")
    return caught.value


def test_a_text_is_css(own: FromText) -> None:
    (selector,) = own('title = "h1.head"').fields["headline"]
    assert (selector.kind, selector.expression) == ("css", "h1.head")


@pytest.mark.parametrize("kind", ["css", "xpath", "constant"])
def test_a_table_says_which_kind_it_is(own: FromText, kind: str) -> None:
    (selector,) = own(f'title = {{ {kind} = "h1" }}').fields["headline"]
    assert (selector.kind, selector.expression) == (kind, "h1")


def test_several_selectors_are_tried_in_order(own: FromText) -> None:
    rule = own('title = ["h1", { xpath = "//h2" }]')
    assert [selector.expression for selector in rule.fields["headline"]] == ["h1", "//h2"]


@pytest.mark.parametrize("key", KEYS_OF_FIELDS)
def test_every_field_can_be_named(own: FromText, key: str) -> None:
    assert list(own(f'{key} = "h1"').fields) == [KEYS_OF_FIELDS[key]]


def test_a_part_of_the_text_can_be_meant(own: FromText) -> None:
    (selector,) = own('authors = { css = ".by", after = "By ", before = " | ", split = [" and ", ","] }').fields["people"]
    assert selector.parts_of("By Ada and Bo, Cy | Staff") == ["Ada", "Bo", "Cy"]


def test_marks_that_are_not_there_change_nothing(own: FromText) -> None:
    (selector,) = own('authors = { css = ".by", after = "By ", before = " | " }').fields["people"]
    assert selector.parts_of("Ada Bo") == ["Ada Bo"]


def test_what_is_dropped_from_the_body_is_stripped(own: FromText) -> None:
    rule = own('strip = ".ad"\nbody = { css = "#story", drop = [".box"], prune = false }')
    assert [selector.expression for selector in rule.strip] == [".ad", ".box"]
    assert (rule.body[0].expression, rule.prune) == ("#story", False)


def test_a_rule_has_days_on_which_it_is_in_force(own: FromText) -> None:
    rule = own("from = 2024-03-01\nuntil = 2024-03-31")
    assert [rule.is_in_force(date(2024, month, 31)) for month in (1, 3, 5)] == [False, True, False]


def test_a_rule_without_days_is_always_in_force(own: FromText) -> None:
    assert own("").is_in_force(date(1999, 1, 1))


def test_a_test_page_has_what_must_and_what_must_not_be_there(own: FromText) -> None:
    (test,) = own('[[rule.test]]\nfile = "wall.html"\ntitle = "Wall"\ncontains = ["stones"]\nlacks = ["Subscribe"]').tests
    assert (test.file, test.title, test.contains, test.lacks, test.origin) == ("wall.html", "Wall", ("stones",), ("Subscribe",), "rules.toml:3")


def test_one_file_may_hold_the_rules_of_many_sites() -> None:
    rules = read_own('[[rule]]\nhosts = ["a.example", "www.b.example"]\n[[rule]]\nhosts = [".c.example"]\n', "rules.toml")
    assert [rule.hosts for rule in rules] == [("a.example", "b.example"), (".c.example",)]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("[[rule]]\nhosts = [1]\n", 2, "Expected `str`, got `int`"),
        ('\n[[rule]]\nhost = ["a.example"]\n', 3, "unknown field `host`"),
        ('[[rules]]\nhosts = ["a.example"]\n', 1, "unknown field `rules`"),
        ("[[rule]]\nhosts = []\n", 2, "names no host"),
        ('[[rule]]\nhosts = ["https://a.example/x"]\n', 2, "is no host"),
        (f'{HEAD}title = "h1["\n', 3, "is no CSS selector"),
        (f'{HEAD}title = {{ xpath = "//h1[" }}\n', 3, "ends too early"),
        (f'{HEAD}title = {{ css = "h1", xpath = "//h1" }}\n', 3, "must say where to look, once"),
        (f'{HEAD}title = {{ css = "h1", split = [""] }}\n', 3, "split at nothing"),
        (f'{HEAD}\nstrip_names = [" "]\n', 4, "holds an empty text"),
        (f'{HEAD}replace = [["", "x"]]\n', 3, "replaces nothing"),
        (f"{HEAD}from = 2024-02-02\nuntil = 2024-02-01\n", 4, "ends before it begins"),
        (f'{HEAD}from = "soon"\n', 3, "rule[0].from"),
        (f"{HEAD}[[rule.test]]\ntitle = 'x'\n", 3, "names no page"),
        (f"{HEAD}[[rule.test]]\nfile = 'x'\n[[rule.test]]\nfile = 3\n", 6, "rule[0].test[1].file"),
        (f"{HEAD}{HEAD}title = 3\n", 5, "rule[1].title"),
        (f"{HEAD}title = \n", 3, "is not TOML"),
        (f"{HEAD}title = 'x", 3, "is not TOML"),
        (f"{HEAD}from = 2024-13-01\n", 3, "is not TOML"),
        (f"{HEAD}x = {'[' * 5000}{']' * 5000}\n", 1, "too deeply"),
    ],
)
def test_what_cannot_be_followed_is_refused_with_the_line_it_stands_on(text: str, line: int, what: str) -> None:
    error = refusal(text)
    assert error.where == f"rules.toml:{line}"
    assert what in error.what
