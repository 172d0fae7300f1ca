"""Answers kept with their page."""

from __future__ import annotations

from broadsheet.extraction.once import once_a_page
from broadsheet.markup.page import Page
from broadsheet.parse.page import parse_page

HTML = b"<html><title>A wall</title><body><p>It is being built."


def page() -> Page:
    return parse_page(HTML, "https://paper.example/a")


def test_a_page_is_asked_once() -> None:
    asked: list[Page] = []
    find = once_a_page(lambda one: asked.append(one) or len(asked))
    same = page()
    assert [find(same), find(same), len(asked)] == [1, 1, 1]


def test_another_page_is_asked_anew() -> None:
    seen: list[str] = []
    find = once_a_page(lambda one: seen.append(one.url) or len(seen))
    assert [find(page()), find(page())] == [1, 2]
