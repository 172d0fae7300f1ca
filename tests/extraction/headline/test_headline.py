"""What a story is called."""

from __future__ import annotations

from collections.abc import Callable

from broadsheet.extraction.headline import find_headline, find_kicker
from broadsheet.markup.page import Page
from broadsheet.model import Hints

MakePage = Callable[..., Page]
TITLE = "Harbour wall gives way in spring flood"


def test_the_heading_is_the_headline(make_page: MakePage, prose: str) -> None:
    assert find_headline(make_page(f"<h1>{TITLE}</h1>{prose}")).value == TITLE


def test_the_name_of_the_paper_in_the_first_heading_is_not(make_page: MakePage, prose: str) -> None:
    page = make_page(f'<h1><a href="/">Harbour Gazette</a></h1><h1>{TITLE}</h1>{prose}', head=f"<title>{TITLE} - Harbour Gazette</title>")
    assert find_headline(page).value == TITLE


def test_the_title_element_loses_the_name_of_the_site(make_page: MakePage, prose: str) -> None:
    head = f'<title>{TITLE} | Harbour Gazette</title><meta property="og:site_name" content="Harbour Gazette">'
    assert find_headline(make_page(prose, head=head)).value == TITLE


def test_a_name_in_front_of_the_title_is_lost_too(make_page: MakePage, prose: str) -> None:
    head = f'<title>Harbour Gazette: the news - {TITLE}</title><meta property="og:site_name" content="Harbour Gazette: the news">'
    assert find_headline(make_page(prose, head=head)).value == TITLE


def test_a_dash_inside_the_headline_stays(make_page: MakePage, prose: str) -> None:
    page = make_page(f"<h1>Storm – and then silence in the harbour</h1>{prose}", head="<title>Storm – and then silence in the harbour</title>")
    assert find_headline(page).value == "Storm – and then silence in the harbour"


def test_three_sources_that_agree_outvote_a_heading_that_is_a_section(make_page: MakePage, prose: str) -> None:
    head = f'<title>{TITLE}</title><meta property="og:title" content="{TITLE}">'
    assert find_headline(make_page(f"<h1>Harbour news</h1>{prose}", head=head, ld={"@type": "NewsArticle", "headline": TITLE})).value == TITLE


def test_without_a_heading_the_line_that_says_the_title_is_the_headline(make_page: MakePage) -> None:
    page = make_page("<div>港口的墙在风暴中倒塌</div><p>市议会星期二开会。</p>", head="<title>港口的墙在风暴中倒塌_港湾新闻网</title>")
    assert find_headline(page).value == "港口的墙在风暴中倒塌"


def test_entities_are_resolved_even_when_escaped_twice(make_page: MakePage, prose: str) -> None:
    page = make_page(prose, ld={"@type": "NewsArticle", "headline": "Fish &amp;amp; ships meet at the quay"})
    assert find_headline(page).value == "Fish & ships meet at the quay"


def test_a_feed_title_that_agrees_with_the_heading_strengthens_it(make_page: MakePage, prose: str) -> None:
    head = '<title>Live: the flood, hour by hour</title><meta property="og:title" content="Live: the flood, hour by hour">'
    page = make_page(f"<h1>{TITLE}</h1>{prose}", head=head, ld={"@type": "NewsArticle", "headline": "Live: the flood, hour by hour"})
    assert find_headline(page, Hints(title=TITLE)).value == TITLE


def test_a_cut_title_does_not_win_over_a_whole_one(make_page: MakePage, prose: str) -> None:
    page = make_page(prose, head=f"<title>{TITLE}</title>" + '<meta property="og:title" content="Harbour wall gives way in…">')
    assert find_headline(page).value == TITLE


def test_a_page_that_calls_itself_nothing_has_no_headline(make_page: MakePage) -> None:
    assert find_headline(make_page("<img src=a.jpg>")).value is None


def test_the_ballot_says_who_claimed_what(make_page: MakePage, prose: str) -> None:
    decision = find_headline(make_page(f"<h1>{TITLE}</h1>{prose}", head=f"<title>{TITLE}</title>"))
    assert [vote.signal for vote in decision.ballot][:2] == ["first_heading", "title_element"]


def test_the_label_above_the_headline_is_the_kicker(make_page: MakePage, prose: str) -> None:
    page = make_page(f'<p class="article-kicker">Storm season</p><h1>{TITLE}</h1>{prose}')
    assert find_kicker(page).value == "Storm season"


def test_a_label_inside_the_heading_is_the_kicker_and_not_the_headline(make_page: MakePage, prose: str) -> None:
    page = make_page(
        f"<h1><span>Storm season:</span> <span>{TITLE}</span></h1>{prose}", head=f'<meta property="og:title" content="{TITLE}"><title>{TITLE}</title>'
    )
    assert (find_kicker(page).value, find_headline(page).value) == ("Storm season", TITLE)


def test_a_breadcrumb_above_the_headline_is_no_kicker(make_page: MakePage, prose: str) -> None:
    assert find_kicker(make_page(f'<ul class="breadcrumb"><li>News</li></ul><h1>{TITLE}</h1>{prose}')).value is None


def test_a_feed_title_that_the_page_states_wins_over_its_other_titles(make_page: MakePage, prose: str) -> None:
    other = "Live: the flood, hour by hour"
    page = make_page(f"<h1>{other}</h1>{prose}", head=f'<title>{other}</title><meta property="og:title" content="{TITLE}">')
    assert find_headline(page, Hints(title=TITLE)).value == TITLE


def test_a_feed_title_that_the_page_does_not_know_is_one_voice_of_many(make_page: MakePage, prose: str) -> None:
    page = make_page(f"<h1>{TITLE}</h1>{prose}", head=f"<title>{TITLE}</title>")
    assert find_headline(page, Hints(title="Flood: what we know")).value == TITLE


def test_the_section_behind_the_title_is_lost_with_the_sites_name(make_page: MakePage, prose: str) -> None:
    head = f'<title>{TITLE} | Weather | Harbour Gazette</title><meta property="og:site_name" content="Harbour Gazette">'
    assert find_headline(make_page(prose, head=head + '<meta property="article:section" content="Weather">')).value == TITLE


def test_another_wording_in_the_heading_is_what_readers_see(make_page: MakePage, prose: str) -> None:
    page = make_page(f"<h1>How the spring flood broke the harbour wall</h1>{prose}", head=f'<meta property="og:title" content="{TITLE}">')
    assert find_headline(page).value == "How the spring flood broke the harbour wall"


def test_three_statements_that_agree_outvote_the_heading(make_page: MakePage, prose: str) -> None:
    head = f'<title>{TITLE}</title><meta property="og:title" content="{TITLE}">'
    page = make_page(f"<h1>The wall that gave way</h1>{prose}", head=head, ld={"@type": "NewsArticle", "headline": TITLE})
    assert find_headline(page).value == TITLE


def test_a_heading_of_something_else_is_not_the_headline(make_page: MakePage, prose: str) -> None:
    page = make_page(f"{prose}<h1>Share this post</h1>", head=f'<meta property="og:title" content="{TITLE}">')
    assert find_headline(page).value == TITLE


def test_a_kicker_inside_the_heading_is_left_out(make_page: MakePage, prose: str) -> None:
    page = make_page(f'<h1><span class="kicker">Harbour</span> <span>{TITLE}</span></h1>{prose}', head=f"<title>{TITLE}</title>")
    assert find_headline(page).value == TITLE


def test_the_label_behind_the_heading_is_lost_when_it_is_the_section(make_page: MakePage, prose: str) -> None:
    page = make_page(f"<h1>{TITLE} | Opinion</h1>{prose}", head='<meta property="article:section" content="Opinion">')
    assert find_headline(page).value == TITLE


def test_an_entity_escaped_twice_is_resolved(make_page: MakePage, prose: str) -> None:
    assert find_headline(make_page(f"<h1>Walls &amp;amp; floods of this spring</h1>{prose}")).value == "Walls & floods of this spring"


def test_an_unmarked_line_that_opens_the_title_is_the_headline_where_no_heading_is(make_page: MakePage, prose: str) -> None:
    assert find_headline(make_page(f"<div>{TITLE}</div>{prose}", head=f"<title>{TITLE} East Town</title>")).value == TITLE
