"""Who is quoted stays with the quotation."""

from __future__ import annotations

from broadsheet.extraction.body import find_body

SAID = "<p>We waited for the boat until the lamps went out.</p>"
QUOTED = "<blockquote><p>We waited for the boat until the lamps went out.</p><p><cite>Joan Tregarrow</cite></p></blockquote>"


def _behind_first(prose: str, more: str) -> str:
    return prose.replace("</p>", "</p>" + more, 1)


def test_a_footer_inside_the_quotation_names_the_speaker(page_of, prose):
    quote = f"<blockquote>{SAID}<footer>Joan Tregarrow</footer></blockquote>"
    assert QUOTED in find_body(page_of(_behind_first(prose, quote))).html


def test_a_cite_right_behind_the_quotation_moves_into_it(page_of, prose):
    quote = f"<aside><blockquote>{SAID}</blockquote><cite>Joan Tregarrow</cite></aside>"
    assert QUOTED in find_body(page_of(_behind_first(prose, quote))).html


def test_a_caption_of_a_figure_with_a_quotation_names_the_speaker(page_of, prose):
    quote = f"<figure><blockquote>{SAID}</blockquote><figcaption>Joan Tregarrow</figcaption></figure>"
    assert QUOTED in find_body(page_of(_behind_first(prose, quote))).html


def test_a_footer_away_from_any_quotation_is_still_dropped(page_of, prose):
    assert "Joan Tregarrow" not in find_body(page_of(prose + "<footer>Joan Tregarrow</footer>")).text
