"""Pages written for these tests: prose in a few scripts, and the dirt that stands around it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from broadsheet.markup.page import Page
from broadsheet.parse.page import parse_page

SENTENCES = (
    "The harbour master said on Monday that the first ferry would leave before the ice closed the northern channel.",
    "Nobody in the village had expected the crossing to open so early, and the shops along the quay were still shuttered.",
    "According to the council, the repairs took eleven weeks and cost a third less than the engineers had planned.",
    "Two fishing boats followed the ferry out, their crews waving at the children who had come down to the water.",
    "By the evening the wind had turned, and the last passengers walked home along the dark road behind the church.",
    "The next sailing is planned for Thursday, provided that the channel stays open and the fog lifts in time.",
)
CHINESE = (
    "港务局局长周一表示，第一班渡轮将在北部航道结冰之前出发，届时将有三百多名乘客随船前往对岸。",
    "村里没有人料到航线会这么早开通，码头边的商店仍然关着门，只有几个孩子跑到岸边向渔船挥手。",
    "根据市议会的说法，维修工程历时十一周，费用比工程师原先的预算少了三分之一，令许多居民感到意外。",
    "到了傍晚，风向变了，最后一批乘客沿着教堂后面的小路走回家，路灯在雾中显得格外昏暗。",
)


@pytest.fixture
def prose() -> str:
    """Six paragraphs of English."""
    return "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)


@pytest.fixture
def sentences() -> tuple[str, ...]:
    return SENTENCES


@pytest.fixture
def chinese() -> str:
    """Four paragraphs of Chinese: no spaces, no capitals, no Latin letter."""
    return "".join(f"<p>{sentence}</p>" for sentence in CHINESE)


@pytest.fixture
def page_of() -> Callable[[str], Page]:
    """A page with a menu above, the article, and a footer below."""

    def made(article: str, *, head: str = "<title>First ferry leaves</title>", after: str = "") -> Page:
        html = (
            f"<html><head>{head}</head><body><nav><ul><li><a href='/'>Home</a></li><li><a href='/sport'>Sport</a></li></ul></nav>"
            f"<main><h1>First ferry leaves</h1><article>{article}</article></main>{after}"
            "<footer><p>© 2026 The Harbour Post. All rights reserved.</p><a href='/privacy'>Privacy policy</a></footer></body></html>"
        )
        return parse_page(html.encode(), "https://news.example/2026/ferry", content_type="text/html; charset=utf-8")

    return made
