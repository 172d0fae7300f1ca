"""Who made a story."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.extraction.byline import find_people
from broadsheet.extraction.byline.names import is_name, people_in
from broadsheet.markup.page import Page
from broadsheet.model import Hints, Person

MakePage = Callable[..., Page]
H1 = "<h1>Harbour wall gives way in spring flood</h1>"


def names(page: Page, hints: Hints | None = None, role: str = "writer") -> list[str]:
    return [person.name for person in find_people(page, hints).value or () if person.role == role]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By Amara Diallo", ["Amara Diallo"]),
        ("By AMARA DIALLO and Jonas de Vries", ["AMARA DIALLO", "Jonas de Vries"]),
        ("Von Amara Diallo, Berlin-Korrespondentin, und Jonas Vogt", ["Amara Diallo", "Jonas Vogt"]),
        ("Par Amara Diallo et Jean-Luc Petit", ["Amara Diallo", "Jean-Luc Petit"]),
        ("Por José Ortega y Gasset", ["José Ortega y Gasset"]),
        ("Por Amara Diallo y José Prado", ["Amara Diallo", "José Prado"]),
        ("Di Amara Diallo e Carlo Rossi", ["Amara Diallo", "Carlo Rossi"]),
        ("Av Åse Ødegård og Per Hansen", ["Åse Ødegård", "Per Hansen"]),
        ("Door Amara Diallo en Kees van der Meer", ["Amara Diallo", "Kees van der Meer"]),
        ("Автор: Иван Петров", ["Иван Петров"]),
        ("Written by: Amara Diallo | July 3, 2024", ["Amara Diallo"]),
        ("July 3, 2024 by Amara Diallo", ["Amara Diallo"]),
        ("ByAmara Diallo", ["Amara Diallo"]),
        ("By Dr. Amara Diallo, PhD", ["Dr. Amara Diallo"]),
        ("本报记者 王小明 李红", ["王小明", "李红"]),
        ("作者：王小明", ["王小明"]),
        ("文／王小明", ["王小明"]),
        ("김철수 기자", ["김철수"]),
        ("【文・山田太郎】", ["山田太郎"]),
    ],
)
def test_a_line_under_the_headline_names_its_writers(make_page: MakePage, prose: str, line: str, expected: list[str]) -> None:
    assert names(make_page(f"{H1}<div>{line}</div>{prose}")) == expected


@pytest.mark.parametrize(
    "line",
    ["By the numbers", "Por qué cayó el muro", "Von 1953 bis heute", "Di notte, in porto", "By now everyone knows", "Photo finish in the regatta"],
)
def test_a_line_that_only_begins_like_a_byline_names_nobody(make_page: MakePage, prose: str, line: str) -> None:
    assert find_people(make_page(f"{H1}<div>{line}</div>{prose}")).value is None


def test_the_word_by_may_stand_on_a_line_of_its_own(make_page: MakePage, prose: str) -> None:
    assert names(make_page(f"{H1}<div>By</div><div>Amara Diallo</div>{prose}")) == ["Amara Diallo"]


def test_json_ld_names_authors_with_their_pages(make_page: MakePage) -> None:
    ld = {"@type": "NewsArticle", "author": {"@type": "Person", "name": "Amara Diallo", "url": "https://www.harbour-gazette.example/by/diallo"}}
    assert find_people(make_page(ld=ld)).value == (Person(name="Amara Diallo", url="https://www.harbour-gazette.example/by/diallo"),)


def test_two_authors_side_by_side_are_two(make_page: MakePage, prose: str) -> None:
    page = make_page(f'{H1}<div class="byline"><span>Amara Diallo</span> <span>Jonas Vogt</span></div>{prose}')
    assert names(page) == ["Amara Diallo", "Jonas Vogt"]


def test_given_name_and_family_name_in_two_elements_are_one(make_page: MakePage, prose: str) -> None:
    assert names(make_page(f'{H1}<div class="byline"><span>Amara</span> <span>Diallo</span></div>{prose}')) == ["Amara Diallo"]


def test_the_address_of_a_profile_is_no_author(make_page: MakePage) -> None:
    assert find_people(make_page(head='<meta property="article:author" content="https://social.example/amara">')).value is None


def test_the_site_is_not_the_author_where_a_person_is_named(make_page: MakePage, prose: str) -> None:
    head = '<meta property="og:site_name" content="Harbour Gazette"><meta name="author" content="Harbour Gazette">'
    assert names(make_page(f"{H1}<div>By Amara Diallo</div>{prose}", head=head)) == ["Amara Diallo"]


def test_a_newsroom_stated_as_author_stands_where_nobody_is_named(make_page: MakePage) -> None:
    page = make_page(ld={"@type": "NewsArticle", "author": {"@type": "Organization", "name": "Gazette Newsroom"}})
    assert names(page) == ["Gazette Newsroom"]


def test_an_agency_has_its_own_role(make_page: MakePage, prose: str) -> None:
    assert names(make_page(f"{H1}<div>By Amara Diallo, Reuters</div>{prose}"), role="agency") == ["Reuters"]


@pytest.mark.parametrize(
    ("line", "role", "name"),
    [
        ("Translated by Jonas Vogt", "translator", "Jonas Vogt"),
        ("Übersetzt von Jonas Vogt", "translator", "Jonas Vogt"),
        ("翻译：李红", "translator", "李红"),
        ("Photographs by Mara Lind", "photographer", "Mara Lind"),
        ("Fotos: Mara Lind", "photographer", "Mara Lind"),
        ("攝影／陳大文", "photographer", "陳大文"),
        ("Additional reporting by Jonas Vogt", "contributor", "Jonas Vogt"),
        ("（责任编辑：李红）", "editor", "李红"),
    ],
)
def test_others_than_writers_keep_their_role(make_page: MakePage, prose: str, line: str, role: str, name: str) -> None:
    assert names(make_page(f"{H1}<div>By Amara Diallo</div><div>{line}</div>{prose}"), role=role) == [name]


def test_an_editor_named_after_the_text_in_chinese_is_found(make_page: MakePage, prose: str) -> None:
    assert names(make_page(f"{H1}{prose}<div>(责编：牛镛、岳弘)</div>"), role="editor") == ["牛镛", "岳弘"]


def test_who_reviewed_a_story_did_not_write_it(make_page: MakePage, prose: str) -> None:
    page = make_page(
        f'{H1}<div>By <a rel="author" href="/a">Amara Diallo</a></div><div>Reviewed by <a rel="author" href="/b">Jonas Vogt</a></div>{prose}'
    )
    assert names(page) == ["Amara Diallo"]


def test_the_names_of_other_stories_further_down_are_left_out(make_page: MakePage, prose: str) -> None:
    teasers = '<div class="teaser"><h3>Boats</h3><div class="author">Jonas Vogt</div></div>'
    assert names(make_page(f'{H1}<div class="author">Amara Diallo</div>{prose}{teasers}')) == ["Amara Diallo"]


def test_what_the_feed_says_is_heard(make_page: MakePage, prose: str) -> None:
    assert names(make_page(H1 + prose), Hints(authors=("Amara Diallo",))) == ["Amara Diallo"]


@pytest.mark.parametrize("said", ["https://a.example/x", "jane@a.example", "3. Juli 2024", "", "…", "a" * 90, "gazette.example", "15:30"])
def test_what_is_no_name_names_nobody(said: str) -> None:
    assert list(people_in(said)) == []


@given(st.text(max_size=80))
def test_every_name_given_is_short_and_without_an_address(said: str) -> None:
    found = [person.name for person in people_in(said)]
    assert all(is_name(name) and "://" not in name and len(name) <= 60 for name in found)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("休·佩洛 内尔·雷文斯卡", ["休·佩洛", "内尔·雷文斯卡"]),
        ("休·佩洛、内尔·雷文斯卡", ["休·佩洛", "内尔·雷文斯卡"]),
        ("ジョン・スミス", ["ジョン・スミス"]),
        ("片桐蒼・水城千早", ["片桐蒼", "水城千早"]),
        ("王小明 李红 张三", ["王小明", "李红", "张三"]),
        ("山田 太郎", ["山田 太郎"]),
        ("김철수·이영희 기자", ["김철수", "이영희"]),
        ("Ramon Gal·la", ["Ramon Gal·la"]),
        ("Amara Diallo · Jonas Vogt", ["Amara Diallo", "Jonas Vogt"]),
        ("طارق المهيري، ليان القصيمي", ["طارق المهيري", "ليان القصيمي"]),
        ("طارق المهيري و ليان القصيمي", ["طارق المهيري", "ليان القصيمي"]),
        ("Amara Diallo; Jonas Vogt", ["Amara Diallo", "Jonas Vogt"]),
        ("Amara Diallo；Jonas Vogt", ["Amara Diallo", "Jonas Vogt"]),
        ("Amara Diallo/Jonas Vogt", ["Amara Diallo", "Jonas Vogt"]),
        ("José Prado e Carla Rossi", ["José Prado", "Carla Rossi"]),
        ("Kees Bos en Jan Smit", ["Kees Bos", "Jan Smit"]),
    ],
)
def test_names_are_parted_where_two_meet_and_nowhere_else(said: str, expected: list[str]) -> None:
    assert [person.name for person in people_in(said)] == expected


def test_an_agency_behind_a_slash_is_an_agency() -> None:
    assert list(people_in("Amara Diallo/dpa")) == [Person(name="Amara Diallo"), Person(name="dpa", role="agency")]


def test_a_path_is_not_two_names() -> None:
    assert list(people_in("news/sport")) == []


def test_a_month_glued_to_a_name_is_no_part_of_it() -> None:
    assert [person.name for person in people_in("Amara DialloNovember 24, 2024")] == ["Amara Diallo"]


def test_a_name_alone_above_the_text_is_the_writers(make_page: MakePage, prose: str) -> None:
    assert names(make_page(f"{H1}<p>Amara Diallo/Jonas Vogt</p>{prose}")) == ["Amara Diallo", "Jonas Vogt"]


def test_a_bare_name_that_a_box_at_the_end_opens_with_is_the_writers(make_page: MakePage, prose: str) -> None:
    body = f"{H1}<div>Amara Diallo</div><div>5 min</div>{prose}<p>Amara Diallo writes about harbours.</p>"
    assert names(make_page(body)) == ["Amara Diallo"]


def test_the_heading_of_a_list_is_no_name(make_page: MakePage, prose: str) -> None:
    assert names(make_page(f"{H1}<p>Key Takeaways</p><ul><li>The wall that stood for two hundred years has given way</li></ul>{prose}")) == []


def test_a_line_that_says_the_headline_again_is_no_name(make_page: MakePage, prose: str) -> None:
    assert names(make_page(f"<h1>Harbour Wall</h1><div>Harbour Wall</div>{prose}")) == []


def test_a_section_of_the_menu_is_nobody_in_a_script_without_capitals(make_page: MakePage, prose: str) -> None:
    menu = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in "رياضة سياسة منوعات ثقافة اقتصاد صحة علوم سفر فن طقس".split())
    page = make_page(f'<ul>{menu}</ul>{H1}<div class="author"><a href="/c/7">سياسة</a></div>{prose}')
    assert names(page) == []


def test_one_word_in_the_place_of_the_writer_is_a_name_in_a_script_without_capitals(make_page: MakePage, prose: str) -> None:
    assert names(make_page(f'{H1}<div class="author"><a href="/c/7">أمارا</a></div>{prose}')) == ["أمارا"]


@pytest.mark.parametrize("account", ["admin", "Guest", "undefined", "someone.example.com"])
def test_an_account_is_no_newsroom(make_page: MakePage, prose: str, account: str) -> None:
    assert names(make_page(H1 + prose, ld={"@type": "NewsArticle", "author": {"name": account}})) == []


def test_json_ld_names_translators_and_editors(make_page: MakePage, prose: str) -> None:
    ld = {"@type": "NewsArticle", "author": "Amara Diallo", "translator": {"@type": "Person", "name": "Jonas Vogt"}}
    assert names(make_page(H1 + prose, ld=ld), role="translator") == ["Jonas Vogt"]


def test_a_writer_who_is_also_stated_as_editor_stays_the_writer(make_page: MakePage, prose: str) -> None:
    person = {"@type": "Person", "name": "Amara Diallo"}
    assert names(make_page(H1 + prose, ld={"@type": "NewsArticle", "author": person, "editor": person})) == ["Amara Diallo"]
