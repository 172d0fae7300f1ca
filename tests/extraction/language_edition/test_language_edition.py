"""The same story in other languages."""

from __future__ import annotations

from collections.abc import Callable

from broadsheet.extraction.language_edition import find_editions
from broadsheet.markup.page import Page
from broadsheet.model import LanguageEdition

MakePage = Callable[..., Page]
SITE = "https://www.harbour-gazette.example"


def alternate(language: str, path: str) -> str:
    return f'<link rel="alternate" hreflang="{language}" href="{SITE}{path}">'


def test_editions_in_other_languages_are_found(make_page: MakePage) -> None:
    page = make_page(head=alternate("fr", "/fr/mur-48213") + alternate("pt_br", "/pt/muro-48213"))
    assert find_editions(page).value == (
        LanguageEdition(url=f"{SITE}/fr/mur-48213", language="fr"),
        LanguageEdition(url=f"{SITE}/pt/muro-48213", language="pt-BR"),
    )


def test_the_page_itself_and_its_own_language_elsewhere_are_left_out(make_page: MakePage) -> None:
    page = make_page(
        head=alternate("en", "/news/2024/flood-wall-48213") + alternate("en-GB", "/uk/flood-wall-48213") + alternate("x-default", "/x/48213")
    )
    assert find_editions(page).value is None


def test_home_pages_in_other_languages_are_left_out(make_page: MakePage) -> None:
    assert find_editions(make_page(head=alternate("fr", "/") + alternate("de", "/de/"))).value is None


def test_the_two_forms_of_chinese_are_two_languages(make_page: MakePage) -> None:
    page = make_page(head=alternate("zh-Hant", "/zh-hant/48213"), lang="zh-Hans")
    assert find_editions(page).value == (LanguageEdition(url=f"{SITE}/zh-hant/48213", language="zh-Hant"),)


def test_a_link_to_the_english_original_under_a_translation_is_the_original(make_page: MakePage, prose: str) -> None:
    page = make_page(f'{prose}<p><a href="https://planet.example/2024/06/17/wall.html">点击查看本文英文版。</a></p>', lang="zh")
    assert find_editions(page).value == (LanguageEdition(url="https://planet.example/2024/06/17/wall.html", language="en", relation="original"),)


def test_an_invitation_to_read_it_in_another_language_is_an_edition(make_page: MakePage, prose: str) -> None:
    page = make_page(f'<p><a href="/es/muro-48213">Leer en español</a></p>{prose}')
    assert find_editions(page).value == (LanguageEdition(url=f"{SITE}/es/muro-48213", language="es"),)


def test_a_menu_of_languages_is_no_edition(make_page: MakePage, prose: str) -> None:
    assert find_editions(make_page(f'<nav><a href="/es/portada/todo">En español</a></nav>{prose}')).value is None
