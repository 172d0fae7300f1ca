"""Tables of figures and facts are kept whole; those that lay out, or lead elsewhere, are not taken for them."""

from __future__ import annotations

from broadsheet.extraction.body import find_body

TIMES = (
    "<table><tr><th>Week</th><th>By the table</th><th>By the clock</th></tr>"
    "<tr><td>First</td><td>07:12</td><td>07:31</td></tr><tr><td>Second</td><td>12:40</td><td>12:48</td></tr></table>"
)


def _behind_first(prose: str, more: str) -> str:
    return prose.replace("</p>", "</p>" + more, 1)


def test_a_table_of_short_cells_between_paragraphs_is_kept_whole(page_of, prose):
    html = find_body(page_of(_behind_first(prose, TIMES))).html
    assert "<tr><td>First</td><td>07:12</td><td>07:31</td></tr><tr><td>Second</td>" in html


def test_a_table_in_chinese_is_kept_too(page_of, chinese):
    table = "<table><tr><td>星期一</td><td>看土壤报告</td></tr><tr><td>星期三</td><td>给茶叶拍照</td></tr></table>"
    assert "星期三 给茶叶拍照" in find_body(page_of(_behind_first(chinese, table))).text


def test_an_empty_cell_keeps_the_others_in_their_columns(page_of, prose):
    table = "<table><tr><td></td><td>Monday</td></tr><tr><td>The ferry</td><td></td></tr><tr><td>The boat</td><td>twelve</td></tr></table>"
    assert "<tr><td></td><td>Monday</td></tr>" in find_body(page_of(_behind_first(prose, table))).html


def test_a_table_of_links_is_no_table_of_facts(page_of, prose):
    row = "<tr><td><a href='/a'>DAX</a></td><td><a href='/b'>Gold</a></td></tr>"
    table = f"<table>{row}{row.replace('DAX', 'Oil').replace('Gold', 'Euro')}</table>"
    assert "<table>" not in find_body(page_of(_behind_first(prose, table))).html


def test_a_table_away_from_the_text_is_dropped(page_of, prose):
    assert "07:12" not in find_body(page_of(prose, after=f"<aside class='tides'>{TIMES}</aside>")).text


def test_a_single_row_is_a_frame_and_no_table(page_of, prose):
    assert "<table>" not in find_body(page_of(_behind_first(prose, "<table><tr><td>Share</td><td>Print</td></tr></table>"))).html
