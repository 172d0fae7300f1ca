"""Captions that nothing marks but their words."""

from __future__ import annotations

from collections.abc import Callable

from broadsheet.extraction.body import find_body
from broadsheet.markup.page import Page

MakePage = Callable[..., Page]
TEXT = "".join(f"<p>The ferry to island number {number} sails again from Monday, the harbour office said in the morning.</p>" for number in range(6))
NEWS = {"@type": "NewsArticle", "headline": "Ferries sail again"}


def story(caption: str, alt: str = "Passengers wait at the pier") -> str:
    return f'<article><h1>Ferries sail again</h1><div><img src="/pier.jpg" alt="{alt}"></div><div>{caption}</div>{TEXT}</article>'


def test_a_line_behind_a_picture_that_says_its_alternative_text_is_its_caption(make_page: MakePage) -> None:
    body = find_body(make_page(story("Passengers wait at the pier. Reuters"), ld=NEWS))
    assert "Passengers wait" not in body.text
    assert body.pictures[0].caption is not None
    assert body.pictures[0].caption.startswith("Passengers wait at the pier")


def test_the_name_of_a_thing_below_its_picture_in_a_guide_is_text(make_page: MakePage) -> None:
    items = "".join(f'<div><img src="/{n}.jpg" alt="Kettle number {n} of ours"></div><p>Kettle number {n} of ours</p>{TEXT}' for n in range(3))
    assert "Kettle number 1" in find_body(make_page(f"<article><h1>The best kettles</h1>{items}</article>")).text


def test_words_that_another_line_parts_from_the_picture_are_text(make_page: MakePage) -> None:
    html = story("Passengers wait at the pier").replace("<div>Passengers", f"{TEXT}<p>Passengers").replace("pier</div>", "pier</p>")
    assert "Passengers wait" in find_body(make_page(html, ld=NEWS)).text
