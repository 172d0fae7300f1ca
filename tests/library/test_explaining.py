"""`explain`: the evidence in lines, as values and as a page."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest
from rich.cells import cell_len

from broadsheet.library import read_page
from broadsheet.library.explaining import as_page, as_values, in_words
from broadsheet.library.explaining.nesting import MAX_BLOCKS, MAX_NEST, Box, Closed, steps
from broadsheet.model import Around, Extraction, Verdict

URL = "https://paper.example/harbour"
NOW = datetime(2026, 6, 1, tzinfo=UTC)
SENTENCES = [f"The harbour office closes at noon on day {n}, the council said, and opens again on the day after that." for n in range(6)]
TEXT = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
BOX = "<div class='related'><h3>Read more</h3><ul><li><a href='/a'>Ferry late</a></li><li><a href='/b'>Bridge shut</a></li></ul></div>"
PICTURE = "<figure><img src='/quay.jpg' alt='The quay'><figcaption>The quay at noon</figcaption></figure>"
PAGE = (
    '<!doctype html><html lang="en"><head><title>Harbour closes | The Paper</title></head><body><nav class="menu"><a href="/">Home</a></nav>'
    f'<article class="story"><h1>Harbour closes</h1><p class="byline">By Amara Diallo</p>{TEXT}{PICTURE}{BOX}</article></body></html>'
)


def read(page: str = PAGE) -> Extraction:
    return read_page(page, URL, now=NOW)


def words(page: str = PAGE) -> str:
    return "\n".join(in_words(read(page)))


@pytest.fixture(scope="module")
def blocks() -> dict[str, dict[str, object]]:
    """Each block of PAGE by its text, as a program gets it."""
    return {block["text"]: block for form in as_values(read())["body"] for block in form["blocks"]}


def test_a_field_is_shown_with_its_value_and_every_claim() -> None:
    assert re.search(r"^  headline +Harbour closes$", words(), re.M)
    assert re.search(r"^ +\+\d\.\d\d = first_heading +saw the heading$", words(), re.M)


def test_a_claim_that_lost_is_shown_with_what_it_said() -> None:
    assert re.search(r"^ +\+\d\.\d\d   title_element +Harbour closes \| The Paper", words(), re.M)


def test_every_block_is_shown_with_its_odds_and_its_reasons() -> None:
    lines = words().splitlines()
    at = next(n for n, line in enumerate(lines) if "noon on day 3" in line)
    assert re.match(r"  keep   \+\d\.\d p ", lines[at])
    assert re.match(r" {14}\w+ [+-]\d\.\d, ", lines[at + 1])


def test_what_was_never_weighed_is_counted_in_one_line() -> None:
    menu = "".join(f"<li><a href='/{n}'>Section {n}</a></li>" for n in range(40))
    shown = words(PAGE.replace("<nav class", f"<ul>{menu}</ul><nav class"))
    assert re.search(r"^  drop +\d\d × outside the part of the page", shown, re.M)
    assert "Section 7" not in shown


@pytest.mark.parametrize("text", ["港务处星期一起中午关门，市议会说，因为五名职员中有两名已经退休，至今没有人申请他们的职位。" * 3, "x" * 300])
def test_no_line_is_wider_than_a_hundred_columns(text: str) -> None:
    page = PAGE.replace("Harbour closes</h1>", f"{text}</h1>").replace(SENTENCES[0], text)
    assert max(map(cell_len, words(page).splitlines())) <= 100


def test_a_page_cannot_steer_the_terminal() -> None:
    assert "\x9b" not in words(PAGE.replace("Ferry late", "Ferry&#x9b;31m late\x9b0m"))


def test_pages_that_are_wanted_are_named() -> None:
    assert "wants the next-page page https://paper.example/harbour?page=2" in words(
        PAGE.replace("</article>", '<a rel="next" href="?page=2">2</a></article>')
    )


def test_what_a_site_rule_did_not_find_is_said() -> None:
    extraction = Extraction(article=read().article, rule_report=("title: //h9 found nothing",))
    assert "site rule: title: //h9 found nothing" in list(in_words(extraction))
    assert "site rule: title: //h9 found nothing" in as_page(extraction)


def test_data_that_was_used_instead_of_the_mark_up_is_shown_as_a_form_of_its_own() -> None:
    data = json.dumps({"@type": "NewsArticle", "articleBody": "\n".join(SENTENCES)})
    page = f'<html><head><script type="application/ld+json">{data}</script></head><body><h1>Harbour closes</h1><div>Loading</div></body></html>'
    forms = as_values(read(page))["body"]
    assert [form["used"] for form in forms] == [False, True]
    assert "taken from there" in forms[1]["remarks"][0]


def test_a_next_page_is_shown_after_the_first_and_both_are_used() -> None:
    first = PAGE.replace("</article>", '<a rel="next" href="?page=2">2</a></article>')
    second = PAGE.replace("noon", "midnight")
    forms = as_values(read_page(first, URL, now=NOW, pages={f"{URL}?page=2": second}))["body"]
    assert [form["used"] for form in forms] == [True, True]
    assert forms[1]["remarks"][0] == "next page"


def test_kept_text_a_field_and_what_was_left_out_are_told_apart(blocks: dict[str, dict[str, object]]) -> None:
    assert blocks[SENTENCES[2]]["fate"] == "kept"
    assert blocks["Harbour closes"]["fate"] == "own field"
    assert blocks["Ferry late"]["fate"] == "dropped"


def test_a_caption_and_the_lead_image_are_fields(blocks: dict[str, dict[str, object]]) -> None:
    assert (blocks["The quay at noon"]["fate"], blocks["The quay at noon"]["reason"]) == ("own field", "caption")
    assert (blocks["The quay"]["kind"], blocks["The quay"]["reason"]) == ("image", "lead image")


def test_a_block_is_shown_with_the_elements_around_it(blocks: dict[str, dict[str, object]]) -> None:
    assert blocks[SENTENCES[2]]["path"] == ["body", "article.story", "p"]


def test_the_heaviest_vote_comes_first(blocks: dict[str, dict[str, object]]) -> None:
    votes = blocks[SENTENCES[2]]["votes"]
    assert isinstance(votes, dict)
    assert len(votes) > 3
    assert next(iter(votes)) == max(votes, key=lambda name: abs(votes[name]))


def test_values_are_json() -> None:
    assert json.loads(json.dumps(as_values(read())))["fields"]["people"]["value"] == "Amara Diallo"


def test_the_page_shows_every_block_of_text() -> None:
    shown = as_page(read())
    assert all(text in shown for text in (*SENTENCES, "By Amara Diallo", "Ferry late", "Home", "The quay at noon"))


def test_the_page_has_one_style_which_its_policy_names_and_nothing_else() -> None:
    shown = as_page(read())
    assert re.search(r"content=\"default-src &#39;none&#39;; style-src &#39;sha256-[\w+/]{43}=&#39;; base-uri", shown)
    assert not re.search(r"<(?:script|img|iframe|link|object|video|audio)\b| style=| on\w+=| src=", shown)


def test_the_page_lets_no_mark_up_of_the_source_page_out() -> None:
    hostile = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;"
    page = (
        PAGE.replace("Harbour closes", hostile)
        .replace("story", 'x"&gt;&lt;script&gt;')
        .replace("The quay", f"'{hostile}")
        .replace("By Amara", hostile)
    )
    assert not re.search(r"<(?:script|img)", as_page(read(page)))


def test_boxes_on_the_page_are_closed_as_often_as_they_are_opened() -> None:
    verdicts = [one for one in read().body_report if isinstance(one, Verdict)]
    shown = list(steps(verdicts))
    assert sum(isinstance(one, Box) for one in shown) == sum(isinstance(one, Closed) for one in shown) > 0
    assert [one for one in shown if isinstance(one, Verdict)] == verdicts


def deep(levels: int) -> list[Verdict]:
    """A block beside each of *levels* elements inside one another."""
    around = Around(name="body")
    verdicts = []
    for _ in range(levels):
        around = Around(name="div", outer=around)
        verdicts.append(Verdict(fate="dropped", text="x", around=around))
    return verdicts


def test_elements_inside_one_another_are_drawn_only_so_deep() -> None:
    shown = list(steps(deep(200)))
    assert sum(isinstance(one, Box) for one in shown) == MAX_NEST
    assert sum(isinstance(one, Verdict) for one in shown) == 200


def test_a_page_of_very_many_blocks_is_shown_in_part() -> None:
    many = [Verdict(fate="dropped", text="x", around=Around(name="p"))] * (MAX_BLOCKS + 7)
    page = as_page(Extraction(article=read().article, body_report=many))
    assert "and 7 more blocks" in page
