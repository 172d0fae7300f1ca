"""The text ends with text, not with what announces something that is not there."""

from __future__ import annotations

from dataclasses import replace

from broadsheet.extraction.body.choose import Choice, choose
from broadsheet.extraction.body.ending import SURE, without_dangling_end
from broadsheet.extraction.body.ground import survey
from broadsheet.extraction.body.spots import spots_of
from broadsheet.markup.page import Page


def test_a_doubtful_heading_behind_the_text_goes(page_of, prose):
    assert "Ferries of the world" not in ending(page_of(prose + "<h3>Ferries of the world</h3>"))


def test_several_headings_behind_the_text_go(page_of, prose):
    assert "Ferries" not in ending(page_of(prose + "<h3>Ferries of the world</h3><h3>Ferries of old</h3>"))


def test_a_line_that_ends_in_a_colon_goes_with_what_it_announced(page_of, prose):
    assert "Sources" not in ending(page_of(prose + "<p>Sources:</p>"))


def test_a_heading_with_text_under_it_stays(page_of, prose):
    assert "Ferries of the world" in ending(page_of("<h3>Ferries of the world</h3>" + prose))


def test_a_heading_with_a_picture_under_it_stays(page_of, prose):
    assert "In pictures" in ending(page_of(prose + "<h3>In pictures</h3><img src='/ferry.jpg' alt='The ferry'>"))


def test_a_sure_heading_stays(page_of, prose):
    assert "Ferries of the world" in ending(page_of(prose + "<h3>Ferries of the world</h3>"), odds=SURE + 1)


def test_a_text_of_nothing_but_headings_stays(page_of):
    assert "Ferries of the world" in ending(page_of("<h3>Ferries of the world</h3>"))


def ending(page: Page, *, odds: float = 0.5) -> str:
    """What stays of the article on *page* when every block of it was kept with the same odds."""
    return "\n".join(choice.spot.text for choice in without_dangling_end(all_kept(page, odds)) if choice.kept)


def all_kept(page: Page, odds: float) -> list[Choice]:
    return [
        replace(choice, kept=choice.spot.setting.tags.isdisjoint({"nav", "footer"}), odds=odds)
        for choice in choose(spots_of(survey(page, page.blocks, None)))
    ]
