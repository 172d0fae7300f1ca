"""Languages, scripts and directions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.text.language import direction_of, language_by_script, language_of, language_tag


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("港口的墙在去年的风暴中倒塌了，市议会在星期二开会决定谁来付钱。", "zh-Hans"),
        ("港口的牆在去年的風暴中倒塌了，市議會在星期二開會決定誰來付錢。", "zh-Hant"),
        ("市議会は火曜日に港の壁の再建について話し合い、だれが費用を払うのかを決める。", "ja"),
        ("시의회는 화요일에 모여 항구의 벽을 다시 세우는 데 누가 돈을 낼지 결정한다.", "ko"),
        ("Το δημοτικό συμβούλιο αποφάσισε την Τρίτη να ξαναχτίσει τον τοίχο.", "el"),
        ("מועצת העיר החליטה ביום שלישי לבנות מחדש את חומת הנמל.", "he"),
    ],
)
def test_a_script_gives_its_language_away(text: str, language: str) -> None:
    assert language_by_script(text) == language


def test_latin_names_do_not_hide_the_script() -> None:
    assert language_by_script("アップルの iPhone と MacBook Air が港の店で売られているという話だ。") == "ja"


def test_shared_scripts_are_identified_by_their_words() -> None:
    assert language_of("Городской совет решил во вторник восстановить портовую стену до наступления зимы.") == "ru"


def test_a_few_letters_say_nothing() -> None:
    assert language_of("OK, 2024!") is None


@pytest.mark.parametrize(
    ("language", "direction"), [("ar", "rtl"), ("fa-IR", "rtl"), ("he", "rtl"), ("ur", "rtl"), ("en", "ltr"), ("az-Arab", "rtl"), ("ks-Latn", "ltr")]
)
def test_a_language_has_its_direction(language: str, direction: str) -> None:
    assert direction_of(language, "") == direction


def test_without_a_language_the_letters_show_the_direction() -> None:
    assert (direction_of(None, "قرر مجلس المدينة"), direction_of(None, "the council")) == ("rtl", "ltr")


@pytest.mark.parametrize(
    ("said", "tag"), [("ZH_hant", "zh-Hant"), ("pt-br", "pt-BR"), ("EN", "en"), ("zh-hans-cn", "zh-Hans-CN"), ("de-DE-1996", "de-DE-1996")]
)
def test_tags_are_spelt_as_usual(said: str, tag: str) -> None:
    assert language_tag(said) == tag


@pytest.mark.parametrize("said", ["", None, "english", "x-default", "{{lang}}", "中文", "1"])
def test_what_is_no_tag_is_none(said: str | None) -> None:
    assert language_tag(said) is None


@given(st.text(max_size=12))
def test_spelling_a_tag_twice_is_spelling_it_once(said: str) -> None:
    once = language_tag(said)
    assert once is None or language_tag(once) == once


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The council decided on Tuesday to rebuild the harbour wall before the winter.", "en"),
        ("Der Stadtrat hat am Dienstag beschlossen, die Mauer am Hafen vor dem Winter wieder aufzubauen.", "de"),
        ("Byrådet besluttede tirsdag at genopbygge havnemuren, og det skal være gjort før vinteren.", "da"),
        ("Bystyret vedtok tirsdag å gjenoppbygge havnemuren, og det skal være gjort før vinteren blir hard.", "no"),
        ("Міська рада вирішила у вівторок відновити портову стіну до зими.", "uk"),
        ("Градският съвет реши във вторник да възстанови пристанищната стена преди зимата.", "bg"),
        ("شورای شهر سه‌شنبه تصمیم گرفت دیوار بندر را پیش از زمستان بازسازی کند.", "fa"),
        ("قرر مجلس المدينة يوم الثلاثاء إعادة بناء جدار الميناء قبل الشتاء.", "ar"),
        ("شہر کی کونسل نے منگل کو فیصلہ کیا کہ موسم سرما سے پہلے دیوار دوبارہ تعمیر کی جائے۔", "ur"),
        ("नगर परिषद ने मंगलवार को सर्दी से पहले दीवार फिर से बनाने का फैसला किया।", "hi"),
        ("Hội đồng thành phố hôm thứ Ba quyết định xây lại bức tường cảng trước mùa đông.", "vi"),
        ("Dewan kota pada hari Selasa memutuskan untuk membangun kembali tembok pelabuhan itu.", "id"),
        ("Halmashauri ya jiji iliamua Jumanne kujenga upya ukuta wa bandari kabla ya baridi.", "sw"),
    ],
)
def test_a_sentence_of_a_shared_script_is_known_by_its_little_words(text: str, language: str) -> None:
    assert language_of(text) == language
