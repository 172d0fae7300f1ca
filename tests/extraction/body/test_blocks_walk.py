"""The walk: what is a line, what is skipped, what is counted."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from broadsheet.markup.blocks import MASS_OF_CJK, read_blocks, text_mass


def texts(html: str) -> list[str]:
    return [block.text for block in read_blocks(LexborHTMLParser(html)).blocks if block.kind == "text"]


def test_inline_elements_do_not_end_a_line():
    assert texts("<p>One <b>and</b> <a href=/>the</a> same</p>") == ["One and the same"]


def test_a_block_inside_a_link_ends_the_line_and_the_link_goes_on():
    first, second = read_blocks(LexborHTMLParser("<a href=/x><div>Title</div><div>Teaser</div></a>")).blocks
    assert (first.link_mass, second.link_mass) == (5, 6)


def test_two_line_breaks_part_paragraphs_and_one_does_not():
    assert texts("<div>a poem<br>in two lines<br> <br>and a second verse</div>") == ["a poem in two lines", "and a second verse"]


def test_scripts_styles_and_words_for_screen_readers_are_not_text():
    assert texts("<p>Seen<script>x()</script><style>p{}</style><span class='sr-only'>Opens in a new window</span></p>") == ["Seen"]


def test_pictures_inside_noscript_are_found():
    assert [block.kind for block in read_blocks(LexborHTMLParser("<p><noscript><img src=/a.jpg></noscript></p>")).blocks] == ["image"]


def test_a_han_character_weighs_as_three_letters():
    assert text_mass("港务局 abc") == 3 * MASS_OF_CJK + 3


def test_a_hidden_box_is_marked_so():
    (box,) = [box for box in read_blocks(LexborHTMLParser("<div style='display: none'>x</div>")).boxes if box.tag == "div"]
    assert box.hidden
