"""The reading site in a real browser: at rest, on a phone, in both directions, in the dark."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

PAGES = [
    "index.html", "merged/all/index.html", "sources/marfa/index.html", "articles/01harbour0001/index.html",
    "articles/01harbour0002/index.html", "articles/01harbour0003/index.html", "articles/01harbour0004/index.html",
    "articles/01harbour0005/index.html", "articles/01harbour0001/revisions/index.html", "articles/01harbour0001/revisions/1/index.html",
]  # fmt: skip
OUTSIDE = (Path(__file__).parent / "outside.js").read_text("utf-8")
CONTRAST = (Path(__file__).parent / "contrast.js").read_text("utf-8")
TEXT_BOX = """(() => {
  const range = document.createRange(); range.selectNodeContents(document.querySelector('.body > p')); return range.getBoundingClientRect();
})()"""
LETTERS_A_LINE = """(p =>
  p.textContent.length / (p.getBoundingClientRect().height / parseFloat(getComputedStyle(p).lineHeight))
)(document.querySelector('.body p'))"""
LINK_AT_THE_EDGE = """(card => {
  const box = card.getBoundingClientRect();
  return document.elementFromPoint(box.left + 4, box.top + 4).closest('a').textContent.trim();
})(document.querySelector('.embed'))"""
PICTURE_SIZE = """(picture =>
  [getComputedStyle(picture).aspectRatio, ...['width', 'height'].map(side => picture.computedStyleMap().get(side).toString())]
)(document.querySelector('.body figure img'))"""


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_for_nothing_but_its_own_files_and_makes_no_complaint(browser, site_folder: Path, page: str) -> None:
    visit = browser.open((site_folder / page).as_uri())
    foreign = [url for url in visit.requests if not url.startswith((site_folder.as_uri(), "data:image/"))]
    assert (foreign, visit.complaints) == ([], [])


@pytest.mark.parametrize("page", PAGES)
def test_nothing_runs_over_the_edge_of_a_phone(browser, site_folder: Path, page: str) -> None:
    visit = browser.open((site_folder / page).as_uri(), width=390)
    assert visit.evaluate("document.documentElement.scrollWidth") == 390
    assert visit.evaluate(OUTSIDE) == []


@pytest.mark.parametrize("page", ["index.html", "articles/01harbour0004/index.html", "articles/01harbour0005/index.html"])
def test_nothing_runs_over_the_edge_of_a_very_small_phone(browser, site_folder: Path, page: str) -> None:
    assert browser.open((site_folder / page).as_uri(), width=320).evaluate(OUTSIDE) == []


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("page", ["index.html", "merged/all/index.html", "articles/01harbour0001/index.html", "articles/01harbour0004/index.html"])
def test_text_stands_out_from_its_ground(browser, site_folder: Path, page: str, dark: bool) -> None:
    assert browser.open((site_folder / page).as_uri(), dark=dark).evaluate(CONTRAST) == []


def test_the_page_is_dark_where_the_reader_wants_it_dark(browser, site_folder: Path) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    light, dark = (browser.open((site_folder / "index.html").as_uri(), dark=dark).evaluate(ground) for dark in (False, True))
    assert (light, dark) == ("rgb(253, 252, 249)", "rgb(23, 22, 20)")


def test_arabic_runs_from_the_right(browser, site_folder: Path) -> None:
    visit = browser.open((site_folder / "articles/01harbour0004/index.html").as_uri())
    assert visit.evaluate(f"Math.abs({TEXT_BOX}.right - document.querySelector('.body').getBoundingClientRect().right) < 1")
    assert visit.evaluate("getComputedStyle(document.querySelector('.body blockquote')).borderRightStyle") == "solid"


def test_the_words_around_an_arabic_article_stay_left_to_right(browser, site_folder: Path) -> None:
    visit = browser.open((site_folder / "articles/01harbour0004/index.html").as_uri())
    assert visit.evaluate("getComputedStyle(document.querySelector('.record')).direction") == "ltr"
    assert visit.evaluate("getComputedStyle(document.querySelector('.when span')).direction") == "ltr"


@pytest.mark.parametrize(("article", "slant"), [("01harbour0001", "italic"), ("01harbour0002", "normal"), ("01harbour0003", "normal")])
def test_only_scripts_that_have_italics_are_set_in_them(browser, site_folder: Path, article: str, slant: str) -> None:
    visit = browser.open((site_folder / f"articles/{article}/index.html").as_uri())
    assert visit.evaluate("getComputedStyle(document.querySelector('.body em')).fontStyle") == slant


def test_the_first_tab_leads_past_the_masthead(browser, site_folder: Path) -> None:
    visit = browser.open((site_folder / "index.html").as_uri())
    browser.call("Input.dispatchKeyEvent", session=visit.session, type="keyDown", key="Tab", code="Tab", windowsVirtualKeyCode=9)
    assert visit.evaluate("document.activeElement.className") == "skip"
    assert visit.evaluate("document.activeElement.getBoundingClientRect().top >= 0")


def test_lines_are_of_a_length_that_reads_well(browser, site_folder: Path) -> None:
    visit = browser.open((site_folder / "articles/01harbour0001/index.html").as_uri(), width=1600)
    letters = visit.evaluate(LETTERS_A_LINE)
    assert 45 <= letters <= 80


def test_headings_skip_no_level(browser, site_folder: Path) -> None:
    visit = browser.open((site_folder / "articles/01harbour0001/index.html").as_uri())
    levels = visit.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])")
    assert levels[0] == 1
    assert max(lower - upper for upper, lower in itertools.pairwise(levels)) <= 1


def test_pictures_keep_their_room_before_they_arrive(browser, site_folder: Path) -> None:
    visit = browser.open((site_folder / "articles/01harbour0001/index.html").as_uri(), width=390)
    assert visit.evaluate(PICTURE_SIZE) == ["auto 1000 / 640", "1000px", "auto"]  # known from the attributes alone


def test_the_whole_card_of_an_embed_is_its_one_link(browser, site_folder: Path) -> None:
    visit = browser.open((site_folder / "articles/01harbour0001/index.html").as_uri())
    visit.evaluate("document.querySelector('.embed').scrollIntoView()")
    assert visit.evaluate(LINK_AT_THE_EDGE) == "YouTube: The last crossing in ninety seconds"
    assert visit.evaluate("document.querySelectorAll('.embed a').length") == visit.evaluate("document.querySelectorAll('.embed').length")


def test_a_mark_leads_to_its_footnote_and_back(browser, site_folder: Path) -> None:
    visit = browser.open((site_folder / "articles/01harbour0001/index.html").as_uri())
    visit.evaluate("document.querySelector('sup a').click()")
    assert visit.evaluate("document.querySelector(':target').tagName") == "LI"
    visit.evaluate("document.querySelector('.footnotes a').click()")
    assert visit.evaluate("document.querySelector(':target').textContent") == "1"


def test_a_formula_is_set_as_one(browser, site_folder: Path) -> None:
    visit = browser.open((site_folder / "articles/01harbour0001/index.html").as_uri())
    assert visit.evaluate("getComputedStyle(document.querySelector('mfrac')).display") == "block math"


@pytest.mark.parametrize("path", ["articles/{plain}/", "nothing/to/see/here"])
def test_a_served_page_keeps_to_the_servers_policy(browser, served, path: str) -> None:
    server, plain = served
    visit = browser.open(server.url + path.format(plain=plain.id))
    refused = [complaint for complaint in visit.complaints if "404" not in complaint]
    assert refused == []
    assert {url for url in visit.requests if not url.startswith(server.url)} == set()
    assert visit.evaluate("document.styleSheets.length") == 1
