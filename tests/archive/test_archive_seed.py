"""The article this project grew from, which is not ours to keep here: read from the test data."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from broadsheet.archive import ArchivedArticle, read_archive
from broadsheet.archive.compatible import render_article
from broadsheet.markup.pictures import image_template
from broadsheet.model import StoredArticle

PROXY = image_template("https://images.weserv.nl/?url={bare_url}")
SEEN = datetime(2024, 6, 18, 6, tzinfo=UTC)


@pytest.fixture
def file(test_data: Path) -> Path:
    return test_data / "seed" / "article.md"


@pytest.fixture
def found(file: Path) -> ArchivedArticle:
    return next(read_archive(file))


@pytest.fixture
def again(found: ArchivedArticle) -> str:
    stored = StoredArticle(
        id="1", source_id="nyt", first_seen=SEEN, sort_at=SEEN, changed_at=SEEN, revision=1, content_hash="h", entry_guid=None,
        entry_published=found.entry_published, article=found.article,
    )  # fmt: skip
    return render_article(stored, image=PROXY)


def test_its_title_address_time_and_author_are_read(found):
    assert found.article.title == "普京将访问朝鲜，为俄乌战争寻求武器支持"
    assert found.article.url == "https://cn.nytimes.com/world/20240618/russia-north-korea-putin-kim/"
    assert found.entry_published.at == datetime(2024, 6, 18, 5, 7, 2, tzinfo=UTC)
    assert [person.name for person in found.article.people] == ["CHOE SANG-HUN"]


def test_its_paragraphs_and_pictures_are_read(found):
    assert found.article.body.count("<p>") == 29
    assert [picture.url.rpartition("-0")[2] for picture in (found.article.lead_image, *found.article.pictures)] == [
        "1-jgqk-master1050.jpg", "2-jgqk-master1050.jpg", "3-jgqk-master1050.jpg",
    ]  # fmt: skip
    assert found.article.lead_image.url.startswith("https://static01.nyt.com/images/2024/06/17/")


def test_its_notes_and_editions_are_read_and_the_promotion_is_not(found):
    assert [note.kind for note in found.article.notes] == ["contributor", "note", "translator", "original-edition"]
    assert found.article.editions[0].url == "https://www.nytimes.com/2024/06/17/world/asia/russia-north-korea-putin-kim.html"
    assert "feedx" not in repr(found)


def test_written_again_its_first_three_lines_are_the_same_to_the_byte(file, again):
    assert again.split("\n")[:4] == file.read_text().split("\n")[:4]


def test_written_again_its_html_is_the_same_but_for_what_we_leave_out(file, again):
    theirs = re.sub(r' (?:rel|target|title)="[^"]*"', "", file.read_text().split("\n")[4]).removesuffix("\n")
    ours = re.sub(r' (?:rel|target|title)="[^"]*"', "", again.split("\n")[4])
    assert ours == theirs.partition("<br><hr>")[0]
