"""Fixtures shared by every room's tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

pytest_plugins = ["strict_skips"]

# The machine may be busy: a slow example is no fault of the code, and timing is measured in benchmarks.
# In CI the examples are the same every time, so that a change is not judged by luck; everywhere else they explore.
settings.register_profile("unhurried", deadline=None, derandomize=bool(os.environ.get("BROADSHEET_CI")))
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def test_data() -> Path:
    """The folder with corpora, press and seed; tests that need it skip where it is not set."""
    place = os.environ.get("BROADSHEET_TEST_DATA")
    if not place:
        pytest.skip("BROADSHEET_TEST_DATA is not set: the corpora, the press and the seed are not here")
    return Path(place)
