"""Pages for the tests of this folder."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from broadsheet.markup.page import Page
from broadsheet.parse.page import parse_page

MakePage = Callable[..., Page]


@pytest.fixture
def page() -> MakePage:
    """Parses a page with this body and this head."""

    def make(body: str = "", head: str = "", url: str = "https://paper.example/") -> Page:
        return parse_page(f"<!doctype html><html lang='en'><head><title>The Paper</title>{head}</head><body>{body}</body></html>".encode(), url)

    return make
