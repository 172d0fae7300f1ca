"""The report on a page's blocks: what became of each, and why."""

from __future__ import annotations

import pytest

from broadsheet.extraction.body import Head, find_body
from broadsheet.model import Verdict

MENU = "<nav class='menu'><ul><li><a href='/a'>News</a></li><li><a href='/b'>Sport</a></li></ul></nav>"


@pytest.fixture
def verdicts(page_of, prose) -> dict[str, Verdict]:
    """Each block of a page with a menu, by its text."""
    page = page_of(f"{prose}<p>By Amara Diallo</p><img src='/quay.jpg' alt='The quay' width=600>", after=MENU)
    return {one.text: one for one in find_body(page, None, Head(lead_image="https://paper.example/none.jpg")).report if isinstance(one, Verdict)}


def test_every_sentence_that_is_kept_says_what_spoke_for_it(verdicts, sentences):
    assert all(verdicts[sentence].fate == "kept" and verdicts[sentence].votes for sentence in sentences)


def test_the_odds_are_told_by_themselves_and_with_the_neighbours(verdicts, sentences):
    verdict = verdicts[sentences[1]]
    assert verdict.odds is not None
    assert verdict.alone is not None
    assert verdict.odds > verdict.alone > 0  # its neighbours are sentences too


def test_a_menu_was_never_weighed(verdicts):
    assert (verdicts["News"].fate, verdicts["News"].odds, verdicts["News"].votes) == ("dropped", None, ())
    assert verdicts["News"].reason


def test_blocks_of_one_element_share_it(verdicts, sentences):
    paragraphs = [verdicts[sentence].around for sentence in sentences[:2]]
    assert paragraphs[0] is not paragraphs[1]
    assert paragraphs[0].outer is paragraphs[1].outer


def test_a_verdict_is_a_line_for_a_person(verdicts, sentences):
    assert str(verdicts[sentences[0]]).startswith("keep ")
    assert sentences[0][:40] in str(verdicts[sentences[0]])


def test_a_report_can_be_read_twice_and_counted(page_of, prose):
    report = find_body(page_of(prose)).report
    assert len(report) == len(list(report)) == len(list(report))
    assert str(report[0]).startswith("looked for in ")
