"""The paper of `paper.py`, as a fixture."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import ModuleType

import pytest

from broadsheet.store import open_memory_store

sys.path.insert(0, str(Path(__file__).parent))

from paper import Paper


def _scripted_server() -> ModuleType:
    """The loopback server that the tests of fetching use."""
    spec = importlib.util.spec_from_file_location("scripted_server", Path(__file__).parents[1] / "fetch" / "conftest.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules["scripted_server"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def paper() -> Iterator[Paper]:
    """A paper with three entries, an hour apart, that gives an ETag."""
    server = _scripted_server()
    with server.listen() as listener:
        site = server.Site(listener)
        with open_memory_store(now=site.clock.now) as store:
            made = Paper(site, store)
            made.watch()
            made.news(*(n * timedelta(hours=1) for n in range(1, 4)), ETag='"1"')
            yield made
