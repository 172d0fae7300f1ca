"""How a line is set, box in box, is compared with how the text is set."""

from __future__ import annotations

from broadsheet.extraction.body.choose import NEIGHBOUR_NAMES, neighbour_values, voices_of
from broadsheet.extraction.body.ground import survey
from broadsheet.extraction.body.signals.boxes import in_core, like_but_other_make, same_make, same_make_outside
from broadsheet.extraction.body.signals.line import label_then_link
from broadsheet.extraction.body.signals.place import closes_text, same_make_after_core, short_but_same_make
from broadsheet.extraction.body.signals.wording import notice_with_link
from broadsheet.extraction.body.spots import Spot, spots_of
from broadsheet.markup.page import Page

TEASER = "<div class='teaser'><div class='pad'><p>Nach dem Sturm hat der Rat der Stadt lange über die neue Mauer am Hafen beraten.</p></div></div>"


def test_a_paragraph_of_the_text_is_of_its_make(page_of, prose):
    assert same_make(spot_saying(page_of(prose), "harbour master"))


def test_a_teaser_set_in_paragraphs_too_is_of_another_make(page_of, prose):
    teaser = spot_saying(page_of(prose + TEASER), "Nach dem Sturm")
    assert like_but_other_make(teaser)
    assert not same_make(teaser)


def test_paragraphs_each_in_a_box_of_its_own_are_of_one_make_outside_the_core(page_of, sentences):
    last = spot_saying(page_of(boxed(sentences)), "next sailing")
    assert not in_core(last)
    assert same_make_outside(last)


def test_a_short_last_line_set_as_the_text_closes_it(page_of, prose):
    last = spot_saying(page_of(prose + "<p>“So be it,” she said.</p>"), "So be it")
    assert same_make_after_core(last)
    assert closes_text(last)


def test_a_short_last_line_in_another_box_does_not_close_the_text(page_of, prose):
    assert not closes_text(spot_saying(page_of(prose + "<div class='more'><p>“So be it,” she said.</p></div>"), "So be it"))


def test_short_lines_in_a_row_set_as_the_text_are_heard(page_of, prose):
    assert short_but_same_make(spot_saying(page_of(prose + "<p>Northport: 4</p><p>Southport: 3</p>"), "Southport"))


def test_lines_of_one_make_have_one_voice_together(page_of, sentences):
    spots = spots_of(survey(page := page_of(boxed(sentences)), page.blocks, None))
    at = NEIGHBOUR_NAMES.index("make")
    assert len({values[at] for values in neighbour_values(voices_of(spots))}) == 1


def test_a_label_and_a_link_behind_it_are_heard_in_any_language(page_of, prose):
    assert label_then_link(spot_saying(page_of(prose + "<p>FUNDA FUTHI | <a href='/x'>Kuboshwe abahlanu</a></p>"), "Kuboshwe"))


def test_a_label_with_words_behind_its_link_is_text(page_of, prose):
    assert not label_then_link(spot_saying(page_of(prose + "<p>The plan: <a href='/x'>a new wall</a> by the winter.</p>"), "new wall"))


def test_a_notice_with_a_link_is_told_from_one_without(page_of, prose):
    page = page_of(prose + "<p>Subscribe to <a href='/n'>our letter</a>.</p><p>They did not subscribe to that view.</p>")
    assert notice_with_link(spot_saying(page, "our letter"))
    assert not notice_with_link(spot_saying(page, "that view"))


def boxed(sentences: tuple[str, ...]) -> str:
    """Each sentence in a box of its own, two boxes deep."""
    return "".join(f"<section><div><p>{sentence}</p></div></section>" for sentence in sentences)


def spot_saying(page: Page, words: str) -> Spot:
    """The first spot of *page* with these words."""
    return next(spot for spot in spots_of(survey(page, page.blocks, None)) if words in spot.text)
