"""The little web of `web.py`, as a fixture."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from web import Web, page


@pytest.fixture
def web() -> Iterator[Web]:
    """A paper with the stories a, b and c on its pages, and a feed that is still empty."""
    made = Web(pages={f"https://paper.example/{name}": page(f"Story {name}") for name in "abc"})
    with made.store:
        yield made
