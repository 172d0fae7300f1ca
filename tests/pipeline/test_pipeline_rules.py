"""Site rules on the way from the feed to the article: heard, and told of when they are out of date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from web import Web, item

from broadsheet.extraction.rules import RuleBook, rule_book
from broadsheet.extraction.rules.ftr import read_ftr
from broadsheet.model import Exchange, Extraction, Want
from broadsheet.pipeline.reading import Beforehand, read_exchanges
from broadsheet.pipeline.ruled import rule_for


def follow(web: Web, text: str) -> None:
    """From now on pages of the paper are read by the rule *text*."""
    rules: RuleBook = rule_book([read_ftr(text, "paper.example.txt")])

    async def read(first: Exchange, more: Sequence[tuple[Want, Exchange]], beforehand: Beforehand) -> Extraction:
        rule = rule_for(rules, first.final_url, first.body, fetched_at=first.fetched_at)
        return read_exchanges(first, more, replace(beforehand, rule=rule))

    web.read = read  # type: ignore[method-assign]


def test_an_article_is_read_by_its_sites_rule(web: Web) -> None:
    follow(web, "title: concat('Ruled: ', //h1)\nreplace_string(Story a): Tale a")
    web.poll(item("a"))
    assert web.titles() == ["Ruled: Tale a"]


def test_a_rule_that_finds_what_it_looks_for_is_no_event(web: Web) -> None:
    follow(web, "body: //article")
    web.poll(item("a"))
    assert "rule-stale" not in [event.kind for event in web.events]


def test_a_page_that_names_no_author_is_no_event(web: Web) -> None:
    follow(web, "body: //article\nauthor: //i")
    web.poll(item("a"))
    assert "rule-stale" not in [event.kind for event in web.events]


def test_a_rule_that_is_out_of_date_is_told_of_and_the_article_kept_all_the_same(web: Web) -> None:
    follow(web, "body: //div[@id='gone']")
    web.poll(item("a"))
    (event,) = [event for event in web.events if event.kind == "rule-stale"]
    assert (event.source_id, event.where) == ("paper", "https://paper.example/a")
    assert event.said.startswith("body: //div[@id='gone'] (paper.example.txt:1) gives nothing")
    assert web.titles() == ["Story a"]
