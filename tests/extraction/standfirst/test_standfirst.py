"""The summary under the headline."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from broadsheet.extraction.standfirst import find_standfirst
from broadsheet.markup.page import Page
from broadsheet.model import Hints

MakePage = Callable[..., Page]
H1 = "<h1>Harbour wall gives way in spring flood</h1>"
DEK = "The council wants to rebuild it before the winter, but nobody knows who shall pay."


def test_a_line_named_standfirst_is_one(make_page: MakePage, prose: str) -> None:
    assert find_standfirst(make_page(f'{H1}<p class="article__standfirst">{DEK}</p>{prose}')).value == DEK


def test_a_line_apart_that_the_description_repeats_is_one(make_page: MakePage, prose: str) -> None:
    page = make_page(f"{H1}<div>{DEK}</div><span>By Amara Diallo</span>{prose}", head=f'<meta name="description" content="{DEK}">')
    assert find_standfirst(page).value == DEK


def test_the_first_paragraph_is_none_though_the_description_repeats_it(make_page: MakePage, prose: str) -> None:
    first = prose.partition("<p>")[2].partition("</p>")[0]
    page = make_page(f"{H1}<div>{prose}</div>", head=f'<meta name="description" content="{first}">')
    assert find_standfirst(page).value is None


def test_a_description_that_is_not_shown_is_none(make_page: MakePage, prose: str) -> None:
    assert find_standfirst(make_page(f"{H1}<div>{prose}</div>", head=f'<meta name="description" content="{DEK}">')).value is None


def test_a_smaller_heading_as_long_as_a_sentence_is_one(make_page: MakePage, prose: str) -> None:
    assert find_standfirst(make_page(f"{H1}<h2>{DEK}</h2><div>{prose}</div>")).value == DEK


def test_the_headline_in_other_words_of_the_head_is_none(make_page: MakePage, prose: str) -> None:
    other = "Spring flood brings down the old harbour wall"
    assert find_standfirst(make_page(f"{H1}<h2>{other}</h2><div>{prose}</div>", ld={"@type": "NewsArticle", "headline": other})).value is None


def test_a_caption_is_none(make_page: MakePage, prose: str) -> None:
    page = make_page(f'{H1}<figure><img src="wall.jpg"><figcaption class="description">{DEK}</figcaption></figure><div>{prose}</div>')
    assert find_standfirst(page).value is None


def test_what_the_feed_said_confirms_a_line(make_page: MakePage, prose: str) -> None:
    page = make_page(f"{H1}<section>{DEK}</section><section><em>Amara Diallo</em></section><div>{prose}</div>")
    assert find_standfirst(page, Hints(summary=DEK[:60] + "…")).value == DEK


def test_several_lines_of_one_summary_belong_together(make_page: MakePage, prose: str) -> None:
    page = make_page(
        f'{H1}<ul class="summary"><li>The wall fell at noon on Tuesday</li><li>Nobody in the harbour was hurt</li></ul><div>{prose}</div>'
    )
    assert find_standfirst(page).value == "The wall fell at noon on Tuesday Nobody in the harbour was hurt"


def test_a_chinese_summary_needs_no_spaces(make_page: MakePage) -> None:
    dek = "市议会要在冬天以前重建港口的墙，但是没有人知道由谁来付钱。"
    page = make_page(f'<h1>港口的墙在风暴中倒塌</h1><div class="summary">{dek}</div><div><p>星期二开会。</p></div>', lang="zh")
    assert find_standfirst(page).value == dek


@pytest.mark.parametrize(
    "line",
    [
        "2026年11月23日 18:56 来源：港湾晚报 记者：沈砚秋 字号：大 中 小",
        "来源：港湾晚报 作者：休·佩洛 内尔·雷文斯卡 责任编辑：韩予安",
        "发布时间：2026-11-23 18:56:10 浏览次数：1289 分享到：微信 微博 打印",
        "2026年11月23日 20時56分 シェア ポスト はてな 印刷する 保存",
        "입력 : 2026.11.23 18:56 수정 : 2026.11.23 19:10 글자크기 : 크게 작게",
    ],
)
def test_a_line_of_date_source_and_buttons_is_none(make_page: MakePage, line: str) -> None:
    text = "<p>市议会要在冬天以前重建港口的墙，但是没有人知道由谁来付钱，渔民们说他们早就看见风暴要来，却没有人听他们的话，现在要两个席位。</p>"
    assert find_standfirst(make_page(f'<h1>港口的墙在风暴中倒塌</h1><div class="info">{line}</div><div>{text * 3}</div>', lang="zh")).value is None


def test_a_summary_that_mentions_a_year_is_still_one(make_page: MakePage) -> None:
    dek = "2026年11月，市议会要在冬天以前重建港口的墙，但是没有人知道由谁来付钱。"
    page = make_page(f'<h1>港口的墙在风暴中倒塌</h1><div class="summary">{dek}</div><div><p>星期二开会。</p></div>', lang="zh")
    assert find_standfirst(page).value == dek


def test_the_only_paragraph_of_a_story_is_none(make_page: MakePage) -> None:
    assert find_standfirst(make_page(f"{H1}<span>Tuesday</span><div>{DEK * 3}</div><div>More</div>")).value is None
