"""The page that `explain --html` writes, in a real browser: alone, on a phone, in both directions, in the dark."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from broadsheet import extract
from broadsheet.library.explaining import as_page

pytestmark = pytest.mark.browser

OUTSIDE = (Path(__file__).parent / "outside.js").read_text("utf-8")
CONTRAST = (Path(__file__).parent / "contrast.js").read_text("utf-8")
PAGES = Path(__file__).parents[2] / "benchmarks" / "extraction" / "pages"
LOOK = "[...document.querySelectorAll('.form .{}')].filter(block => block.checkVisibility()).length"


@pytest.fixture(scope="module", params=["ar", "ja", "en"])
def explained(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a page that explains one of the pages written for measuring."""
    gold = {page["id"]: page for page in map(json.loads, (PAGES / "gold.jsonl").read_bytes().splitlines())}
    html = (PAGES / "html" / f"{request.param}.html").read_bytes()
    reading = extract(html, gold[request.param]["url"], now=datetime(2026, 6, 1, tzinfo=UTC))
    file = tmp_path_factory.mktemp("explained") / "why.html"
    file.write_text(as_page(reading.extraction), "utf-8")
    return file.as_uri()


def test_the_page_loads_nothing_and_makes_no_complaint(browser, explained: str) -> None:
    visit = browser.open(explained)
    assert (visit.requests, visit.complaints) == ([explained], [])


def test_nothing_of_the_page_runs_over_the_edge_of_a_phone(browser, explained: str) -> None:
    visit = browser.open(explained, width=390)
    visit.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert visit.evaluate("document.documentElement.scrollWidth") == 390
    assert visit.evaluate(OUTSIDE) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_word_of_the_page_stands_out_from_its_ground(browser, explained: str, dark: bool) -> None:
    visit = browser.open(explained, dark=dark)
    visit.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert visit.evaluate(CONTRAST) == []


def test_kept_blocks_are_green_and_others_red(browser, explained: str) -> None:
    colour = "getComputedStyle(document.querySelector('.form .block.{}')).borderInlineStartColor"
    visit = browser.open(explained)
    assert [visit.evaluate(colour.format(look)) for look in ("kept", "dropped")] == ["rgb(11, 107, 46)", "rgb(163, 33, 27)"]


def test_the_article_can_be_shown_by_itself(browser, explained: str) -> None:
    visit = browser.open(explained)
    visit.evaluate("document.getElementById('show-kept').click()")
    assert visit.evaluate(LOOK.format("dropped")) == 0
    assert visit.evaluate(LOOK.format("kept")) > 4
