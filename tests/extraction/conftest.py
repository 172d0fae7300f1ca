"""Pages written for the tests of single fields."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from broadsheet.markup.page import Page
from broadsheet.parse.page import parse_page

PROSE = (
    "<p>The council met on the old bridge at noon, as it has done every spring since the flood, and counted the boats that came in"
    " with the tide before anyone spoke of money or of the harbour wall, which everyone agrees must be rebuilt before the winter.</p>"
    "<p>Nobody doubts that the wall must be rebuilt; the quarrel is about who shall pay, and whether the fishermen, who saw the"
    " storm coming and were not heard, shall have two seats on the board or only one, as the mayor proposed in the morning.</p>"
    "<p>By evening the vote was taken and the lamps were lit along the quay, and those who had lost went home without a word,"
    " while the winners stood about and wondered how they would ever find the stones that they had promised to bring.</p>"
)

MakePage = Callable[..., Page]


@pytest.fixture
def now() -> datetime:
    return datetime(2024, 7, 10, 12, tzinfo=UTC)


@pytest.fixture
def make_page() -> MakePage:
    """A page with this head and body; *article* goes to the usual three paragraphs, *ld* into a JSON-LD block."""

    def make(
        body: str = "",
        *,
        head: str = "",
        ld: object = None,
        url: str = "https://www.harbour-gazette.example/news/2024/flood-wall-48213",
        lang: str = "en",
    ) -> Page:
        block = f'<script type="application/ld+json">{json.dumps(ld)}</script>' if ld is not None else ""
        html = f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">{head}{block}</head><body>{body}</body></html>'
        return parse_page(html.encode(), url, content_type="text/html; charset=utf-8")

    return make


@pytest.fixture
def prose() -> str:
    """Three paragraphs of running text."""
    return PROSE
