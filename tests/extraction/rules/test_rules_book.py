"""Which rules speak of a page, and in which order."""

from __future__ import annotations

from datetime import date

import pytest

from broadsheet.extraction.rules import RuleBook, SiteRule, rule_book
from broadsheet.extraction.rules.ftr import read_ftr
from broadsheet.extraction.rules.own import read_own

TODAY = date(2026, 6, 1)
WORDPRESS = b'<html><head><meta name="generator" content="WordPress 6.5">'


def file(host: str, *lines: str) -> SiteRule:
    return read_ftr("\n".join((f"body: '{host}'", *lines)), f"{host}.txt")


def own(host: str, *lines: str) -> SiteRule:
    return read_own("\n".join(("[[rule]]", f'hosts = ["{host}"]', 'body = "own"', *lines)), "own.toml")[0]


def bodies(book: RuleBook, url: str, *, on: date = TODAY, source: bytes = b"") -> list[str]:
    rule = book.for_url(url, on=on, source=source)
    return [selector.expression for selector in rule.body] if rule else []


@pytest.fixture
def book() -> RuleBook:
    hosts = ("a.example", ".a.example", "fingerprint.wordpress.com")
    return rule_book([*(file(host) for host in hosts), read_ftr("strip: //ad\ntitle: //x", "global.txt")])


def test_a_host_has_its_rule_with_and_without_www(book: RuleBook) -> None:
    assert bodies(book, "https://a.example/x") == bodies(book, "https://www.a.example/x") == ["'a.example'"]


def test_a_host_nobody_speaks_of_has_no_rule(book: RuleBook) -> None:
    assert book.for_url("https://b.example/", on=TODAY, source=b"<p>text") is None


def test_a_sub_domain_has_the_rule_with_the_dot(book: RuleBook) -> None:
    assert bodies(book, "https://sport.a.example/x") == ["'.a.example'"]


def test_the_rule_with_the_dot_reaches_one_label_deep(book: RuleBook) -> None:
    assert bodies(book, "https://live.sport.a.example/x") == []


def test_a_page_made_by_a_known_system_has_that_systems_rule_too(book: RuleBook) -> None:
    assert bodies(book, "https://a.example/x", source=WORDPRESS) == ["'a.example'", "'fingerprint.wordpress.com'"]
    assert bodies(book, "https://b.example/x", source=WORDPRESS) == ["'fingerprint.wordpress.com'"]


def test_a_systems_mark_may_have_its_attributes_the_other_way_round(book: RuleBook) -> None:
    assert bodies(book, "https://b.example/x", source=b"<META content='wordpress.com' name='generator'>") != []


def test_a_story_about_a_system_is_not_made_by_it(book: RuleBook) -> None:
    assert bodies(book, "https://b.example/x", source=b"<meta name=description content='WordPress explained'>") == []


def test_the_general_rule_strips_beside_another_and_says_nothing_of_fields(book: RuleBook) -> None:
    rule = book.for_url("https://a.example/x", on=TODAY)
    assert rule is not None
    assert [selector.expression for selector in rule.strip] == ["//ad"]
    assert rule.fields == {}


def test_the_general_rule_can_be_shut_out() -> None:
    book = rule_book([file("a.example", "autodetect_on_failure: no"), file("global", "strip: //ad")])
    rule = book.for_url("https://a.example/", on=TODAY)
    assert rule is not None
    assert rule.strip == ()


def test_our_own_rule_is_heard_before_the_communitys() -> None:
    assert bodies(rule_book([file("a.example"), own("a.example")]), "https://a.example/") == ["own", "'a.example'"]


def test_our_own_rule_can_be_heard_alone() -> None:
    assert bodies(rule_book([file("a.example"), own("a.example", "alone = true")]), "https://a.example/") == ["own"]


def test_the_first_yes_or_no_counts() -> None:
    book = rule_book([file("a.example", "prune: no"), file(".a.example", "prune: yes")])
    rule = book.for_url("https://a.example/", on=TODAY)
    assert rule is not None
    assert rule.prune is False


def test_a_rule_speaks_only_of_pages_fetched_while_it_was_in_force() -> None:
    book = rule_book([own("a.example", "until = 2025-12-31"), own("a.example", "from = 2026-01-01", 'title = "h1"')])
    old, new = (book.for_url("https://a.example/", on=date(year, 7, 1)) for year in (2025, 2026))
    assert old is not None
    assert new is not None
    assert (list(old.fields), list(new.fields)) == ([], ["headline"])


def test_what_travels_with_a_page_leaves_tests_and_notes_behind() -> None:
    book = rule_book([file("a.example", "test_url: https://a.example/1", "requires_login: yes")])
    rule = book.for_url("https://a.example/", on=TODAY)
    assert rule is not None
    assert (rule.tests, rule.notes) == ((), ())
