"""The whole of the body's making with the weights of a model that is not shipped: what a reader would have got from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

from broadsheet.extraction import extract_article
from broadsheet.extraction.body import choose, hearing
from broadsheet.extraction.body.choose import NEIGHBOUR_NAMES
from broadsheet.extraction.body.weights import WEIGHTS
from train.fit import Model
from train.pages import PageRows, parsed

SMALLEST = 0.05
"""Class words that weigh less are not shipped."""

NOW = datetime(2030, 1, 1, tzinfo=UTC)  # after every page of the corpora, so that no date counts as lying ahead


def shipped_words(model: Model) -> dict[str, float]:
    """The class words that are heavy enough to be shipped, and what they weigh."""
    return {word: round(weight, 2) for word, weight in sorted(model.tokens.items()) if abs(weight) >= SMALLEST}


def written_lines(folder: Path, page: PageRows) -> list[str]:
    """The lines of the article that the extractor makes of *page*, standfirst first."""
    article = extract_article(parsed(folder, page.corpus, page.name, page.url), None, now=NOW).article
    return [*filter(None, [article.standfirst]), *article.text.split("\n")]


@contextmanager
def weighing_by(model: Model) -> Iterator[None]:
    """The extractor weighs by *model* for the time."""
    words = shipped_words(model)
    places: Mapping[ModuleType, Mapping[str, Any]] = {
        hearing: {
            "BIAS": model.bias,
            "WEIGHTS": dict(zip(WEIGHTS, map(float, model.signals), strict=True)),
            "NEWS_BIAS": model.news_bias,
            "NEWS": dict(zip(WEIGHTS, map(float, model.news), strict=True)),
            "token_weights": lambda: words,
        },
        choose: {"NEIGHBOURS": dict(zip(NEIGHBOUR_NAMES, map(float, model.neighbours), strict=True))},
    }
    with ExitStack() as stack:
        for module, values in places.items():
            stack.enter_context(patch.multiple(module, **values))
        _forget()
        stack.callback(_forget)
        yield


def _forget() -> None:
    for remembered in (hearing.weights_of, hearing.tables_of, hearing._weighed_words):
        remembered.cache_clear()
