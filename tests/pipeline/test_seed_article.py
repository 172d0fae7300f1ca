"""The article that the project grew from: its page and feed go in, and the archive file that people know comes out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from web import Web

from broadsheet.archive import compatible
from broadsheet.archive.reader import read_archive
from broadsheet.markup.pictures import image_template
from broadsheet.model import StoredArticle

LINK = "https://cn.nytimes.com/world/20240618/russia-north-korea-putin-kim/"


@pytest.fixture
def seed(test_data: Path) -> Path:
    return test_data / "seed"


@pytest.fixture
def stored(seed: Path, web: Web) -> StoredArticle:
    web.pages = {"https://paper.example/feed": (seed / "feed.xml").read_bytes(), LINK: (seed / "page.html").read_bytes()}
    web.run()
    return web.store.articles()[0]


@pytest.fixture
def written(stored: StoredArticle) -> str:
    return compatible.render_article(stored, image=image_template("https://images.weserv.nl/?url={bare_url}"))


def without_promotion(seed: Path) -> str:
    return (seed / "article.md").read_text("utf-8").partition("<br><hr>")[0]


def things(html: str) -> list[tuple[str, str]]:
    """The paragraphs, links, pictures, captions and credits of an archived article, in order."""
    found = re.findall(r'<(p|figcaption|cite|small)\b[^>]*>(.*?)</\1>|<a\b[^>]*?href="([^"]*)"|<img\b[^>]*?src="([^"]*)"', html)
    return [(tag, re.sub(r"<[^>]+>", "", words).strip()) if tag else ("a", href) if href else ("img", src) for tag, words, href, src in found]


def links_and_pictures(html: str) -> list[str]:
    return re.findall(r'(?:href|src)="([^"]*)"', html)


def test_the_first_three_lines_are_the_same_byte_for_byte(written: str, seed: Path) -> None:
    assert written.split("\n")[:3] == (seed / "article.md").read_text("utf-8").split("\n")[:3]


def test_paragraphs_captions_credits_and_notes_are_the_same_in_the_same_order(written: str, seed: Path) -> None:
    assert things(written) == things(without_promotion(seed))


def test_links_and_picture_addresses_are_the_same_in_the_same_order(written: str, seed: Path) -> None:
    assert links_and_pictures(written) == links_and_pictures(without_promotion(seed))


def test_the_article_stands_on_one_line(written: str) -> None:
    assert len(written.split("\n")) == 6


def test_reading_the_old_file_gives_what_reading_the_page_gives(stored: StoredArticle, seed: Path) -> None:
    (old,) = read_archive(seed / "article.md")
    assert (old.article.title, old.article.url, old.article.text) == (stored.article.title, LINK, stored.article.text)
    assert [person.name for person in old.article.people] == ["CHOE SANG-HUN"]
    assert old.entry_published is not None
    assert old.entry_published.at is not None
    assert int(old.entry_published.at.timestamp() * 1000) == 1718687222000
    assert [picture.url for picture in old.article.pictures] == [picture.url for picture in stored.article.pictures]
