"""What a page's boxes hold, and what stands around them."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from broadsheet.extraction.body.choose import choose
from broadsheet.extraction.body.ground import Ground, survey
from broadsheet.extraction.body.phrases import SILENT, _western_words, find_phrases, phrasing_of
from broadsheet.extraction.body.spots import spots_of
from broadsheet.extraction.body.sums import Keys, Sums
from broadsheet.extraction.body.tokens import tokens_of
from broadsheet.extraction.body.wholes import _wholes
from broadsheet.markup.blocks import Block, read_blocks
from broadsheet.markup.page import Page

LINE = "A sentence that is long enough to be one of an article, with a comma in it, and one more."
TAGS = st.sampled_from("<div> <p> <ul> <li> <span> </div> </p> </ul> </li> <br> <img>".split())


def ground(html: str) -> Ground:
    page = Page(url="https://e.test/", base_url="https://e.test/", tree=LexborHTMLParser(html), meta={}, links=(), json_ld=())
    return survey(page, page.blocks, None)


@given(st.lists(st.one_of(TAGS, st.text(alphabet="ab <", max_size=9)), max_size=40).map("".join))
def test_a_box_holds_what_its_blocks_hold_together(html):
    flat = read_blocks(LexborHTMLParser(html))
    sums = Sums(flat.boxes, [block.mass for block in flat.blocks])
    assert [sums[box.index] for box in flat.boxes] == [sum(b.mass for b in flat.blocks[box.first : box.last]) for box in flat.boxes]


@given(st.lists(st.text(alphabet="ab", min_size=20, max_size=40), max_size=12), st.text(alphabet="ab", min_size=1, max_size=30))
def test_a_key_is_found_in_as_many_places_as_the_lines_hold_it(lines, key):
    blocks = [Block(at, 0, "text", line, len(line), 0, ()) for at, line in enumerate(lines)]
    assert Keys(blocks).count(key) == sum(line.count(key) for line in lines)


def test_paragraphs_side_by_side_share_their_setting():
    page = ground(f"<div class='text'><p class='a'>{LINE}</p><p class='a'>{LINE}</p><p class='b'>{LINE}</p></div>")
    first, second, other = (page.around.of(block.box) for block in page.flat.blocks)
    assert first is second
    assert other is not first


def test_class_words_of_all_boxes_around_are_known():
    page = ground(f"<section class='storyPage'><div class='text-body'><p>{LINE}</p></div></section>")
    assert page.around.of(page.flat.blocks[0].box).words == {"story", "page", "text", "body"}


def test_the_words_around_a_box_have_a_limit():
    names = " ".join(f"{chr(97 + at // 26)}{chr(97 + at % 26)}x" for at in range(320))
    deep = "".join(f"<div class='{part}'>" for part in (names[:499], names[500:999], names[1000:1500], "last"))
    page = ground(f"{deep}<p class='never'>{LINE}</p>")
    assert "never" not in page.around.of(page.flat.blocks[0].box).words


def test_what_a_hidden_box_holds_is_hidden():
    page = ground(f"<div><div hidden><p>{LINE}</p></div><p>{LINE}</p></div>")
    assert [page.around.of(block.box).hidden for block in page.flat.blocks] == [True, False]


def test_a_heading_two_boxes_up_makes_a_heading():
    page = ground("<h2><div><div>Near</div></div></h2><h2><div><div><div>Far</div></div></div></h2>")
    assert [page.around.of(block.box).heading for block in page.flat.blocks] == [2, 3]


def test_what_holds_the_core_is_no_discussion():
    comments = f"<div class='comments'><p>{LINE}</p></div>"
    page = ground(f"<div class='comments-open'><article>{f'<p>{LINE}</p>' * 6}</article>{comments}</div>")
    said = [page.around.of(block.box).discussed for block in page.flat.blocks]
    assert said == [False] * 6 + [True]


def test_a_phrase_is_found_wherever_its_longest_word_stands():
    assert [(one.kind, one.opens) for one in find_phrases("Read also: the bridge")] == [("related", True)]


def test_a_phrase_in_the_midst_of_a_line_does_not_open_it():
    assert [one.opens for one in find_phrases("Please sign up for our newsletter") if one.kind == "notice"].count(True) == 0


def test_a_line_without_a_phrase_is_silent():
    assert phrasing_of("The ferry left at noon.") is SILENT


@given(st.text(alphabet="aÉß²_1 '’“—…\u00a0\u0130字и", max_size=20))
def test_western_words_are_the_runs_of_letters_and_digits(text):
    assert _western_words(text) in (None, re.findall(r"\w+", text.lower()))


def test_typographic_signs_make_no_line_foreign():
    assert _western_words("“Über uns” – l’été…") == ["über", "uns", "l", "été"]


def test_names_in_camel_case_are_taken_apart():
    assert tokens_of("articleBody__related-links HTMLPage x 42") == {"article", "body", "related", "links", "htmlpage"}


@given(st.text(alphabet="aB-_1é ", max_size=60))
def test_words_of_names_are_small_letters_two_or_more(names):
    assert all(word.isascii() and word.islower() and len(word) >= 2 for word in tokens_of(names))


def test_a_list_inside_a_list_is_judged_with_the_outer_one():
    page = ground(f"<main><p>{LINE}</p><p>{LINE}</p><section><ul><li>One</li><li>Two<ul><li>Three</li></ul></li></ul></section></main>")
    outer = next(box.index for box in page.flat.boxes if box.tag == "ul")
    assert _wholes(choose(spots_of(page))) == {outer: [2, 3, 4]}


def test_a_page_without_text_has_nothing_to_choose_from():
    assert choose(spots_of(ground("<img src='/a.jpg'>"))) == []
