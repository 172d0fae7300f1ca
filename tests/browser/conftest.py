"""One headless Chromium for all browser tests, the site's tree on disk, and pictures from a loopback host."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from broadsheet.config import ServeSettings, Settings
from broadsheet.publish.addresses import PictureAddresses
from broadsheet.publish.site import Edition, Site, everything, render_site, source_collection
from broadsheet.store import open_memory_store

HERE = Path(__file__).parent


def _load(name: str, file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, file)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


chromium = _load("headless_chromium", HERE / "chromium.py")


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    """A running Chromium. Where none is installed the tests are skipped, but not in CI, where that would hide a failure."""
    if chromium.program() is None:
        assert not os.environ.get("CI"), "CI must run the browser tests: install Chromium"
        pytest.skip("Chromium is not installed")
    running = chromium.Browser(tmp_path_factory.mktemp("profile"))
    yield running
    running.close()


@pytest.fixture(scope="session")
def paper() -> ModuleType:
    """The made-up rack of the site's tests."""
    return _load("made_up_paper_browsed", HERE.parent / "publish" / "site" / "paper.py")


@pytest.fixture(scope="session")
def site_folder(paper: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The static site on disk; its pictures are drawn inside their own addresses, so that nothing is to be fetched."""
    root = tmp_path_factory.mktemp("site")
    edition = Edition(
        sources=[source_collection(source, paper.of(source)) for source in paper.SOURCES],
        merged=[everything(paper.SOURCES, paper.ARTICLES)],
        revisions=lambda article_id: paper.REVISIONS,
    )
    for path, content in render_site(Site(pictures=PictureAddresses(image=_drawn)), edition):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    return root


@pytest.fixture(scope="session")
def served(paper: ModuleType) -> Iterator[tuple[object, object]]:
    """The rack behind a real server, and an article of it without pictures."""
    serve_tests = _load("serve_tests", HERE.parent / "serve" / "conftest.py")
    with open_memory_store(now=lambda: paper.NOW) as store:
        kept = serve_tests.fill(store, paper)
        with serve_tests.serving(store, Settings(serve=ServeSettings(port=0))) as running:
            yield running, kept[7]


def _drawn(url: str) -> str:
    width, height = url.rpartition("-")[2].removesuffix(".svg").split("x")
    return f"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}'%3E%3C/svg%3E"
