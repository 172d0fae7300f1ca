"""The seed's page: every field of the one real article that the project grew from."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from broadsheet.extraction.byline import find_people
from broadsheet.extraction.date import find_published
from broadsheet.extraction.language import find_language
from broadsheet.extraction.language_edition import find_editions
from broadsheet.extraction.lead_image import find_lead_image
from broadsheet.markup.page import Page
from broadsheet.model import Person
from broadsheet.parse.page import parse_page

URL = "https://cn.nytimes.com/world/20240618/russia-north-korea-putin-kim/"


@pytest.fixture(scope="module")
def seed(test_data: Path) -> Page:
    return parse_page((test_data / "seed" / "page.html").read_bytes(), URL)


def test_the_seeds_english_original_is_found(seed: Page) -> None:
    originals = [edition.url for edition in find_editions(seed).value or () if edition.relation == "original"]
    assert originals == ["https://www.nytimes.com/2024/06/17/world/asia/russia-north-korea-putin-kim.html"]


def test_the_seeds_writer_and_translator_are_told_apart(seed: Page) -> None:
    assert find_people(seed).value == (Person(name="CHOE SANG-HUN"), Person(name="纽约时报中文网", role="translator"))


def test_the_seeds_time_is_read_with_its_zone(seed: Page) -> None:
    found = find_published(seed, now=datetime(2024, 7, 1, tzinfo=UTC)).value
    assert found is not None
    assert (found.at, found.offset_minutes) == (datetime(2024, 6, 18, 4, 44, 20, tzinfo=UTC), 480)


def test_the_seeds_lead_image_has_its_credit(seed: Page) -> None:
    found = find_lead_image(seed).value
    assert found is not None
    assert (found.width_px, found.credit) == (1050, "Korean Central News Agency, via AP Images")


def test_the_seed_is_in_simplified_chinese(seed: Page) -> None:
    assert find_language(seed, text="俄罗斯总统普京将于本周访问朝鲜，与朝鲜领导人金正恩进行九个月来的第二次会面。").value == "zh-Hans"
