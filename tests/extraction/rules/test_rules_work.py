"""Expressions that would take too long on a page of some shape are not begun; on ordinary pages all of them are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from broadsheet.extraction.rules import Selector, SiteRule, apply_rule
from broadsheet.extraction.rules.ftr import read_ftr
from broadsheet.extraction.rules.own import read_own
from broadsheet.extraction.rules.tree import MAX_ELEMENTS, MAX_WORK, RuleTree
from broadsheet.extraction.rules.xpath import MAX_LENGTH, Malformed, read_xpath
from broadsheet.markup.page import Page
from broadsheet.model import Extraction
from broadsheet.parse.page import parse_page

FLAT = "<p class='a'>x</p>" * 12_000
DEEP = "<div class='a'>" * 1_800 + "x" + "</div>" * 1_800
ORDINARY = "<div class='a'><ul>" + "<li><p class='b'>Some words of text</p></li>" * 8 + "</ul></div>"
HOSTILE = (
    "//*/following-sibling::*",
    "//*[//*[//*]]",
    "//*[.//*[.//*[.//*[.//*]]]]",
    "//*[preceding-sibling::*[preceding-sibling::*[preceding-sibling::q]]]",
    "//*[@class = //*/@class]",
    "(//*/following::*/preceding::*)[1]",
    "//*[count(.//* | //*) > 5]",
)


def page(markup: str) -> Page:
    return parse_page(f"<html><body>{markup}</body></html>".encode(), "https://a.example/x")


def refused(expression: str, markup: str) -> list[str]:
    tree = RuleTree(page(markup))
    tree.find(Selector(expression=expression))
    return tree.refused


@pytest.mark.parametrize("expression", HOSTILE)
def test_an_exploding_expression_is_not_begun_on_a_page_made_for_it(expression: str) -> None:
    assert refused(expression, FLAT) or refused(expression, DEEP)


@pytest.mark.parametrize(
    "expression",
    [*HOSTILE[:1], "//div[@class='a']//li[.//p]/following-sibling::*[1]", "//ul/li[not(preceding-sibling::li)]", "//*[contains(., 'text')]"],
)
def test_on_an_ordinary_page_every_expression_is_evaluated(expression: str) -> None:
    assert refused(expression, ORDINARY * 40) == []


def test_all_expressions_of_a_rule_share_one_allowance() -> None:
    tree = RuleTree(page(ORDINARY * 200))
    cost = Selector(expression="//*[following::b]")
    for _ in range(100):
        tree.find(cost)
    assert tree.refused


def test_what_was_not_begun_is_reported_and_left_to_the_signals(extract: Callable[..., Extraction]) -> None:
    extraction = extract(read_ftr("title: //*/following-sibling::*", "a.example.txt"), FLAT)
    assert extraction.article.title == "Seen at the quay"
    assert "could take too long on a page of this shape" in extraction.rule_report[-1]


def test_css_that_tries_every_pair_of_ancestors_is_not_begun_on_a_deep_page() -> None:
    selector = ".q " + ".a " * 4
    assert RuleTree(page(DEEP), [selector]).refused
    assert not RuleTree(page(ORDINARY * 40), [selector]).refused


def test_a_page_with_too_many_elements_is_left_to_the_signals() -> None:
    rule = read_ftr("body: //p", "a.example.txt")
    ruled = apply_rule(rule, page("<i></i>" * (MAX_ELEMENTS + 1)), now=datetime(2026, 6, 1, tzinfo=UTC))
    assert ruled.report == ("the page is too large for site rules; the signals decided",)


def test_putting_elements_around_others_does_not_grow_without_end() -> None:
    tree = RuleTree(page("<p>x</p>" * 3_000))
    for _ in range(3):
        tree.wrap("div", tree.find(Selector(expression="//p")))
    assert (tree.page().tree.html or "").count("<div>") <= 1_000


def test_replacing_does_not_blow_a_page_up() -> None:
    rule = SiteRule(hosts=(), replacements=(("a", "a" * 1_000_000),))
    assert rule.replaced("a" * 100) == "a" * 100


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("//p[" * 40 + "1" + "]" * 40, "nested more than"),
        ("a" + "|a" * 500, "operators"),
        ("//" + "a" * MAX_LENGTH, "characters"),
        ("//p[$x]", "cannot be read"),
        ("document('file:///etc/passwd')", "no function of XPath 1.0"),
        ("re:test(., 'x')", "no function of XPath 1.0"),
        ("up::p", "no axis"),
        ("//", "ends where a name should follow"),
        ("(//p", "lacks a ')'"),
    ],
)
def test_an_expression_beyond_xpath_or_reason_is_refused_when_it_is_read(expression: str, why: str) -> None:
    with pytest.raises(Malformed, match=why.replace("(", r"\(").replace(")", r"\)")):
        read_xpath(expression)


def test_words_that_are_operators_elsewhere_may_be_names() -> None:
    assert read_xpath("//div/mod[or and and]/*[* * *]").words == "//div/mod[or and and]/*[* * *]"


def test_a_name_with_a_prefix_is_rewritten_so_that_it_is_found() -> None:
    assert read_xpath("//fb:like[1]/@x:y").words == "//*[name()='fb:like'][1]/@*[name()='x:y']"


def test_no_rule_of_ours_costs_more_than_a_hundredth_of_the_allowance_on_an_ordinary_page() -> None:
    text = '[[rule]]\nhosts = ["a.example"]\ntitle = "main article header h1.head"\nbody = { css = ".a .b", drop = [".x .y > .z", "li:has(p)"] }'
    (rule,) = read_own(text, "rules.toml")
    tree = RuleTree(page(ORDINARY * 40), [selector.expression for selector in (*rule.body, *rule.strip)])
    assert tree._left > 0.99 * MAX_WORK
