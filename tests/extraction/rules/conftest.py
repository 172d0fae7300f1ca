"""A page of a small paper, and its rule in either dialect."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from broadsheet.extraction.article import extract_article
from broadsheet.extraction.rules import SiteRule
from broadsheet.extraction.rules.ftr import read_ftr
from broadsheet.extraction.rules.own import read_own
from broadsheet.model import Extraction, Want
from broadsheet.parse.page import parse_page

URL = "https://www.quay-courier.example/2026/wall"
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
SENTENCES = (
    "The council met on the old bridge at noon, as it has done every spring since the flood, and counted the boats.",
    "Nobody doubts that the wall must be rebuilt; the quarrel is about who shall pay for the stones and the mortar.",
    "The fishermen, who saw the storm coming and were not heard, shall have two seats on the board or only one.",
    "By evening the vote was taken and the lamps were lit along the quay, and those who had lost went home.",
    "The winners stood about and wondered how they would ever find the stones that they had promised to bring.",
)
TEXT = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
BOX = "<div class='promo-box'><p>Subscribe to our harbour letter today and read about every boat that ever came in here.</p></div>"
ASIDE = "<div id='essay'><p>Quite another text stands here, and it is long enough to be taken for a story by anyone at all.</p></div>"

FromText = Callable[[str], SiteRule]
Extract = Callable[..., Extraction]


@pytest.fixture
def ftr() -> FromText:
    """The rule that a site-config file of this content is."""
    return lambda text: read_ftr(text, "quay-courier.example.txt")


@pytest.fixture
def own() -> FromText:
    """The rule that these lines below `[[rule]]` are."""
    return lambda text: read_own(f'[[rule]]\nhosts = ["quay-courier.example"]\n{text}\n', "rules.toml")[0]


@pytest.fixture
def extract() -> Extract:
    """What a rule makes of a page with this story and head; *more* are further pages by the want that asked for them."""

    def made(rule: SiteRule | None, story: str = TEXT, *, head: str = "", more: tuple[tuple[Want, str], ...] = ()) -> Extraction:
        parts = [(want, parse_page(_page(html, "").encode(), want.url)) for want, html in more]
        return extract_article(parse_page(_page(story, head).encode(), URL), None, parts, now=NOW, rule=rule)

    return made


def _page(story: str, head: str) -> str:
    return (
        f"<html lang='en'><head><title>Wall | Courier</title><meta property='og:title' content='Seen at the quay'>{head}</head><body>"
        f"<h1>Seen at the quay</h1><h2 class='real'>The wall is rebuilt</h2><div class='by'>By Amara Diallo and Jonas Vogt</div>"
        f"<div id='story'>{story}</div>{ASIDE}</body></html>"
    )
