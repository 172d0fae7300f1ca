"""Which language a story is in."""

from __future__ import annotations

from collections.abc import Callable

from broadsheet.extraction.language import find_language
from broadsheet.markup.page import Page
from broadsheet.model import Hints

MakePage = Callable[..., Page]
CHINESE = "港口的墙在去年的风暴中倒塌了，市议会在星期二开会，要决定谁来付钱，也要决定渔民在新的委员会里有几个席位。"


def test_the_page_is_believed(make_page: MakePage) -> None:
    assert find_language(make_page(lang="pt-br"), text="").value == "pt-BR"


def test_the_letters_outweigh_a_template(make_page: MakePage) -> None:
    page = make_page(lang="en", head='<meta property="og:locale" content="en_US">')
    assert find_language(page, text=CHINESE).value == "zh-Hans"


def test_where_nothing_is_stated_the_text_is_identified(make_page: MakePage) -> None:
    text = "Der Stadtrat hat am Dienstag beschlossen, die Hafenmauer wieder aufzubauen, doch niemand weiß, wer dafür bezahlen soll."
    assert find_language(make_page(lang=""), text=text).value == "de"


def test_a_label_that_is_no_language_is_ignored(make_page: MakePage) -> None:
    assert find_language(make_page(lang="{{ locale }}"), Hints(language="fr"), text="").value == "fr"


def test_a_page_with_neither_statement_nor_text_has_none(make_page: MakePage) -> None:
    assert find_language(make_page(lang=""), text="").value is None
