"""What the head of a page says, in the languages and scripts of the press: who wrote, who translated, when, and how it is called."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from broadsheet.extraction.access import find_access
from broadsheet.extraction.byline import find_agency, find_people
from broadsheet.extraction.date import find_published
from broadsheet.extraction.headline import find_headline, find_kicker
from broadsheet.markup.page import Page
from broadsheet.parse.page import parse_page

NOW = datetime(2026, 11, 1, tzinfo=UTC)
DAY = datetime(2024, 7, 3, tzinfo=UTC).date()


def page_of(language: str, byline: str, date: str, *, extra: str = "") -> Page:
    """A page without any data for machines: its lines are all there is."""
    text = "".join(f"<p>{PROSE[language]}</p>" for _ in range(3))
    body = (
        f"<main><div class='kicker'>{KICKER[language]}</div><h1>{TITLE[language]}</h1><div>{byline}</div><div>{date}</div>{text}<p>{extra}</p></main>"
    )
    return parse_page(f'<html lang="{language}"><title>{TITLE[language]}</title><body>{body}'.encode(), "https://paper.example/a")


TITLE = {
    "de": "Der alte Hafen bekommt eine neue Mauer",
    "fr": "Le vieux port aura un nouveau mur",
    "es": "El puerto viejo tendrá un muro nuevo",
    "ru": "Старая гавань получит новую стену",
    "uk": "Стара гавань отримає нову стіну",
    "el": "Το παλιό λιμάνι αποκτά νέο τείχος",
    "ar": "الميناء القديم يحصل على جدار جديد",
    "he": "הנמל הישן מקבל חומה חדשה",
    "fa": "بندر قدیمی دیوار تازه‌ای می‌گیرد",
    "zh": "老港口将修建新的防波堤",
    "zh-TW": "老港口將修建新的防波堤",
    "ja": "古い港に新しい防波堤ができる",
    "ko": "옛 항구에 새 방파제가 들어선다",
    "th": "ท่าเรือเก่าจะมีกำแพงใหม่",
    "hi": "पुराने बंदरगाह को नई दीवार मिलेगी",
    "vi": "Cảng cũ sẽ có bức tường mới",
    "tr": "Eski limana yeni duvar yapılıyor",
    "id": "Pelabuhan tua mendapat tembok baru",
}
KICKER = {
    "de": "Hafenstadt", "fr": "Littoral", "es": "Puertos", "ru": "Порт", "uk": "Порт", "el": "Λιμάνια", "ar": "موانئ", "he": "נמלים", "fa": "بندرها",
    "zh": "港口", "zh-TW": "港口", "ja": "港湾", "ko": "항만", "th": "ท่าเรือ", "hi": "बंदरगाह", "vi": "Cảng biển", "tr": "Limanlar", "id": "Pelabuhan",
}  # fmt: skip
PROSE = {language: (title + (" " if " " in title else "，")) * 12 for language, title in TITLE.items()}

BYLINES = [
    ("de", "Von Amara Diallo und Jonas Vogt", ["Amara Diallo", "Jonas Vogt"]),
    ("fr", "Par Amara Diallo et Léa Morin", ["Amara Diallo", "Léa Morin"]),
    ("es", "Por Amara Diallo", ["Amara Diallo"]),
    ("ru", "Автор: Анна Северина", ["Анна Северина"]),
    ("uk", "Автор: Олена Гай", ["Олена Гай"]),
    ("el", "Γράφει η Μαρία Λιμνιού", ["Μαρία Λιμνιού"]),
    ("ar", "بقلم سلمى الراوي", ["سلمى الراوي"]),
    ("he", "מאת נועה שחר", ["נועה שחר"]),
    ("fa", "نویسنده: نیلوفر کاوه", ["نیلوفر کاوه"]),
    ("zh", "记者 顾行舟", ["顾行舟"]),
    ("zh-TW", "記者林知遠／綜合報導", ["林知遠"]),
    ("ja", "【水城千早記者】", ["水城千早"]),
    ("ko", "홍가람 기자", ["홍가람"]),
    ("th", "โดย มาลี ศรีจันทร์", ["มาลี ศรีจันทร์"]),
    ("hi", "लेखक: मीरा जोशी", ["मीरा जोशी"]),
    ("vi", "Tác giả: Lê Minh Anh", ["Lê Minh Anh"]),
    ("tr", "Yazan: Elif Deniz", ["Elif Deniz"]),
    ("id", "Oleh Sari Wulandari", ["Sari Wulandari"]),
]

DATES = [
    ("de", "3. Juli 2024, 18.56 Uhr"),
    ("fr", "Publié le 3 juillet 2024 à 18h56"),
    ("es", "3 de julio de 2024"),
    ("ru", "3 июля 2024, 18:56"),
    ("uk", "3 липня 2024, 18:56"),
    ("el", "Τετάρτη 3 Ιουλίου 2024"),
    ("ar", "٣ يوليو ٢٠٢٤"),
    ("he", "3 ביולי 2024"),
    ("fa", "چهارشنبه ۱۳ تیر ۱۴۰۳"),
    ("zh", "２０２４年７月３日"),
    ("zh-TW", "民國113年7月3日"),
    ("ja", "令和6年7月3日"),
    ("ko", "2024년 7월 3일 오후 6:56"),
    ("th", "3 ก.ค. 2567"),
    ("hi", "३ जुलाई २०२४"),
    ("vi", "Thứ tư, 3/7/2024"),
    ("tr", "3 Temmuz 2024"),
    ("id", "Rabu, 3 Juli 2024"),
]

TRANSLATORS = [
    ("de", "Übersetzt von Jonas Vogt", "Jonas Vogt"),
    ("fr", "Traduit par Léa Morin", "Léa Morin"),
    ("ru", "Перевод: Анна Северина", "Анна Северина"),
    ("zh", "翻译：顾行舟", "顾行舟"),
    ("zh-TW", "翻譯：林知遠", "林知遠"),
    ("ja", "翻訳：水城千早", "水城千早"),
    ("ko", "번역: 홍가람", "홍가람"),
    ("es", "Traducción: Amara Diallo", "Amara Diallo"),
]

WALLS = [
    ("de", "Exklusiv für Abonnenten"),
    ("fr", "Article réservé aux abonnés"),
    ("es", "Contenido exclusivo para suscriptores"),
    ("ru", "Только для подписчиков"),
    ("ar", "هذا المحتوى للمشتركين فقط"),
    ("he", "למנויים בלבד"),
    ("zh", "会员专享"),
    ("ja", "この記事は有料会員限定です"),
    ("ko", "구독자 전용 기사입니다"),
    ("tr", "Abonelere özel"),
]

AGENCIES = [
    ("de", "Quelle: dpa", "dpa"),
    ("zh", "来源：新华社", "新华社"),
    ("es", "Fuente: EFE", "EFE"),
    ("ru", "Источник: ТАСС", "ТАСС"),
    ("ja", "出典：共同通信", "共同通信"),
]


@pytest.mark.parametrize(("language", "byline", "names"), BYLINES, ids=[entry[0] for entry in BYLINES])
def test_a_byline_names_its_writers(language: str, byline: str, names: list[str]) -> None:
    people = find_people(page_of(language, byline, DATES[0][1])).value or ()
    assert [person.name for person in people if person.role == "writer"] == names


@pytest.mark.parametrize(("language", "date"), DATES, ids=[entry[0] for entry in DATES])
def test_a_date_line_says_which_day_it_was(language: str, date: str) -> None:
    found = find_published(page_of(language, "", date), now=NOW).value
    assert found is not None
    assert found.at is not None
    assert found.at.date() == DAY


@pytest.mark.parametrize(("language", "line", "name"), TRANSLATORS, ids=[entry[0] for entry in TRANSLATORS])
def test_a_translator_is_named_as_one(language: str, line: str, name: str) -> None:
    people = find_people(page_of(language, line, DATES[0][1])).value or ()
    assert [(person.name, person.role) for person in people] == [(name, "translator")]


@pytest.mark.parametrize(("language", "line"), WALLS, ids=[entry[0] for entry in WALLS])
def test_a_line_about_subscribers_on_a_short_page_is_a_wall(language: str, line: str) -> None:
    assert find_access(page_of(language, "", "", extra=line), body_letters=500).value == "paywalled"


@pytest.mark.parametrize(("language", "line", "agency"), AGENCIES, ids=[entry[0] for entry in AGENCIES])
def test_a_line_of_source_names_the_agency(language: str, line: str, agency: str) -> None:
    assert find_agency(page_of(language, line, "")).value == agency


@pytest.mark.parametrize("language", TITLE)
def test_the_heading_and_its_kicker_are_told_apart(language: str) -> None:
    page = page_of(language, "", "")
    assert (find_headline(page).value, find_kicker(page).value) == (TITLE[language], KICKER[language])
