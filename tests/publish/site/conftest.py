"""The made-up newspaper rack, whole pages, and how to read them back."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from broadsheet.publish.site import Edition, Site, category_collection, category_slugs, everything, render_site, source_collection


def _load_paper() -> ModuleType:
    spec = importlib.util.spec_from_file_location("made_up_paper", Path(__file__).with_name("paper.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def paper() -> ModuleType:
    """The articles of `paper.py`."""
    return _load_paper()


@pytest.fixture(scope="session")
def edition(paper: ModuleType) -> Edition:
    """Everything in the rack, as a site shows it."""
    members = {slug: [s.id for s in paper.SOURCES if s.category == name] for slug, name in category_slugs(paper.SOURCES).items()}
    categories = [
        category_collection(slug, name, paper.SOURCES, articles=[a for a in paper.ARTICLES if a.source_id in members[slug]])
        for slug, name in category_slugs(paper.SOURCES).items()
    ]
    return Edition(
        sources=[source_collection(source, paper.of(source)) for source in paper.SOURCES],
        merged=[everything(paper.SOURCES, paper.ARTICLES), *categories],
        revisions=lambda article_id: paper.REVISIONS,
    )


@pytest.fixture(scope="session")
def tree(edition: Edition) -> dict[str, bytes]:
    """The whole static site, four articles to a list page."""
    return dict(render_site(Site(page_articles=4), edition))
