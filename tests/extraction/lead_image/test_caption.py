"""The words that belong to the lead picture."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from broadsheet.extraction.credits import credit_apart
from broadsheet.extraction.lead_image import find_lead_image
from broadsheet.markup.page import Page

MakePage = Callable[..., Page]
H1 = "<h1>Harbour wall gives way in spring flood</h1>"
CAPTION = "The harbour wall at noon, an hour after the flood had gone."
Words = tuple[str | None, str | None]


def words(page: Page) -> Words:
    found = find_lead_image(page).value
    return (found.caption, found.credit) if found else (None, None)


@pytest.mark.parametrize(
    ("picture", "expected"),
    [
        (f'<div class="img-box"><img src="/w.jpg"><div class="img-cap">{CAPTION}</div></div>', (CAPTION, None)),
        (f'<div><img src="/w.jpg"><p class="legend">{CAPTION}</p></div>', (CAPTION, None)),
        (f'<table class="photo"><tr><td><img src="/w.jpg"></td></tr><tr><td>{CAPTION}</td></tr></table>', (CAPTION, None)),
        (f'<div class="media"><img src="/w.jpg"><div>{CAPTION}</div></div>', (CAPTION, None)),
        (f'<img src="/w.jpg"><div class="caption">{CAPTION}</div><div class="credit">Mara Lind</div>', (CAPTION, "Mara Lind")),
        (
            f'<div class="m"><img src="/w.jpg"><div class="m__caption">{CAPTION} <span class="m__credit">(Mara Lind)</span></div></div>',
            (CAPTION, "Mara Lind"),
        ),
    ],
)
def test_words_beside_the_picture_are_its_caption(make_page: MakePage, prose: str, picture: str, expected: Words) -> None:
    assert words(make_page(f"{H1}{picture}<div>{prose}</div>")) == expected


@pytest.mark.parametrize(
    "picture",
    [
        '<div class="media"><img src="/w.jpg"><div>July 3, 2024</div></div>',
        f'<div><img src="/w.jpg"><div>{CAPTION}</div></div>',
        f'<div class="media"><div>{CAPTION}</div><img src="/w.jpg"></div>',
        f'<div class="media"><img src="/w.jpg"><h3>{CAPTION}</h3></div>',
    ],
)
def test_words_that_may_be_anything_are_none(make_page: MakePage, prose: str, picture: str) -> None:
    assert words(make_page(f"{H1}{picture}<div>{prose}</div>")) == (None, None)


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        ("The wall at noon. Photo: Mara Lind", "The wall at noon.", "Photo: Mara Lind"),
        ("The wall at noon (Photo by Mara Lind/Getty Images)", "The wall at noon", "Photo by Mara Lind/Getty Images"),
        ("Die Mauer am Mittag. Foto: Mara Lind/dpa", "Die Mauer am Mittag.", "Foto: Mara Lind/dpa"),
        ("The wall at noon. © Mara Lind", "The wall at noon.", "© Mara Lind"),
        ("The wall at noon. Mara Lind/Reuters", "The wall at noon.", "Mara Lind/Reuters"),
        ("修复后的桥横跨支流，桥屋共十一间。 青岚晚报记者 顾行舟 摄", "修复后的桥横跨支流，桥屋共十一间。", "青岚晚报记者 顾行舟 摄"),
        ("雪の残る鉄道を走る列車＝高瀬航撮影", "雪の残る鉄道を走る列車", "高瀬航撮影"),
        ("시장의 아침 사진=홍길동 기자", "시장의 아침", "사진=홍길동 기자"),
        ("السوق القديم (تصوير: بدر العامودي)", "السوق القديم", "تصوير: بدر العامودي"),
    ],
)
def test_a_credit_is_known_by_its_words(line: str, caption: str, credit: str) -> None:
    assert credit_apart(line) == (caption, credit)


@pytest.mark.parametrize(
    "line", ["This picture shows the wall", "Press to view image in full size", "An image of someone reading his post", CAPTION, ""]
)
def test_a_picture_that_is_only_mentioned_is_no_credit(line: str) -> None:
    assert credit_apart(line) == (line, "")
