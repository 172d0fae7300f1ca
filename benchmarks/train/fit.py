"""Logistic regression in two hearings: a block by its own signals, then by its neighbours' odds. Newton's method, ridge penalty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from broadsheet.extraction.body.choose import LIMIT, NEIGHBOUR_NAMES, neighbour_values
from train.pages import PageRows

SIGNAL_RIDGE = 2.0
NEWS_RIDGE = 20.0
"""What a signal weighs more or less on pages that call themselves news is learned from a tenth of the pages: it must show more."""

TOKEN_RIDGE = 10.0
"""Class words are many and each is rare, so they must show more to be believed."""

TOKEN_PUBLISHERS = 10
"""A class word is heard from this many publishers on; below, it is one template's private language."""

STEPS = 6


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """What was learned: the bias and one weight per signal, the same for news, one per class word and per value of the second hearing."""

    bias: float
    signals: np.ndarray
    news_bias: float
    news: np.ndarray  # what is added to *signals* on pages that call themselves news
    tokens: dict[str, float]
    neighbours: np.ndarray


def learn(pages: Sequence[PageRows], words: Sequence[str]) -> Model:
    """The model that fits *pages*; *words* are the class words it may weigh."""
    x = np.vstack([design(page, words) for page in pages])
    y = np.concatenate([(page.share > 0.5).astype(np.float32) for page in pages])
    weight = np.concatenate([page.weight for page in pages])
    count = pages[0].signals.shape[1]
    ridge = np.concatenate([[0.01], np.full(count, SIGNAL_RIDGE), np.full(1 + count, NEWS_RIDGE), np.full(len(words), TOKEN_RIDGE)])
    beta = _newton(x, y, weight, ridge)
    odds = x @ beta.astype(np.float32)
    odds[np.concatenate([page.far for page in pages])] = -LIMIT
    second = np.vstack([_second(page, part) for page, part in zip(pages, _split(odds, pages), strict=True)])
    neighbours = _newton(second, y, weight, np.ones(len(NEIGHBOUR_NAMES)))
    signals, news, named = beta[1 : 1 + count], beta[1 + count : 2 + 2 * count], beta[2 + 2 * count :]
    tokens = {word: float(value) for word, value in zip(words, named, strict=True)}
    return Model(float(beta[0]), signals, float(news[0]), news[1:], tokens, neighbours)


def decide(model: Model, page: PageRows) -> np.ndarray:
    """The log-odds of every block of *page*."""
    own = model.bias + page.signals @ model.signals + np.array([sum(model.tokens.get(word, 0.0) for word in words) for words in page.tokens])
    if page.news:
        own = own + model.news_bias + page.signals @ model.news
    return _second(page, np.where(page.far, -LIMIT, own)) @ model.neighbours


def class_words(pages: Sequence[PageRows]) -> list[str]:
    """The class words that enough publishers use, sorted."""
    users: defaultdict[str, set[str]] = defaultdict(set)
    for page in pages:
        for word in frozenset[str]().union(*page.tokens):
            users[word].add(page.publisher)
    return sorted(word for word, publishers in users.items() if len(publishers) >= TOKEN_PUBLISHERS)


def design(page: PageRows, words: Sequence[str]) -> np.ndarray:
    """One row a block: a one for the bias, the signals, both once more on news, the class words."""
    place = {word: at for at, word in enumerate(words)}
    named = np.zeros((len(page.texts), len(words)), np.float32)
    for row, bearing in enumerate(page.tokens):
        for word in bearing:
            if (at := place.get(word)) is not None:
                named[row, at] = 1
    own = np.hstack([np.ones((len(page.texts), 1), np.float32), page.signals])
    return np.hstack([own, own * page.news, named])


def _second(page: PageRows, odds: np.ndarray) -> np.ndarray:
    return np.array(neighbour_values(page.voices._replace(odds=odds.tolist())), dtype=np.float32)


def _split(odds: np.ndarray, pages: Sequence[PageRows]) -> list[np.ndarray]:
    return np.split(odds, np.cumsum([len(page.texts) for page in pages])[:-1])


def _newton(x: np.ndarray, y: np.ndarray, weight: np.ndarray, ridge: np.ndarray) -> np.ndarray:
    heard = weight > 1e-4
    x, y, weight = x[heard], y[heard], weight[heard]
    beta = np.zeros(x.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(x @ beta.astype(np.float32), -20, 20)))
        slope = x.T @ (weight * (chance - y)).astype(np.float32) + ridge * beta
        bend = (weight * chance * (1 - chance) + 1e-6).astype(np.float32)
        curvature = ((x * bend[:, None]).T @ x).astype(float)
        curvature[np.diag_indices_from(curvature)] += ridge
        beta = beta - np.linalg.solve(curvature, slope)
    return beta
