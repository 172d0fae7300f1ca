"""The simulated month, small: what the documentation says of it holds for a few feeds and days too."""

from __future__ import annotations

import random
import sys
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from broadsheet.sources import SourcesSettings
from polling_month import Publisher, Tally, by_schedule, evenly, measured, publisher

DAYS, FEEDS = 14, 24


@pytest.fixture(scope="module")
def publishers() -> list[Publisher]:
    rng = random.Random(1)
    return [publisher(number, rng, DAYS) for number in range(FEEDS)]


@pytest.fixture(scope="module")
def ours(publishers: list[Publisher]) -> dict[str, Tally]:
    return measured(publishers, DAYS, partial(by_schedule, settings=SourcesSettings()))


def test_the_same_seed_makes_the_same_publishers(publishers: list[Publisher]) -> None:
    assert publisher(0, random.Random(1), DAYS) == publishers[0]


def test_news_usually_comes_sooner_than_by_polling_evenly_with_as_many_requests(publishers: list[Publisher], ours: dict[str, Tally]) -> None:
    even = measured(publishers, DAYS, partial(evenly, every=timedelta(days=1) / ours["all"].a_day))
    assert median(ours["all"].delays) < 0.7 * median(even["all"].delays)


def test_feeds_without_validators_are_asked_a_few_times_a_day_at_most(ours: dict[str, Tally]) -> None:
    assert ours["give no validators"].a_day < 5
