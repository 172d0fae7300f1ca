"""How claims become a decision."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.extraction.weigh import Clues, Signal, weigh, weigh_agreement
from broadsheet.markup.page import Page
from broadsheet.model import Claim


@pytest.fixture
def clues(make_page: Callable[..., Page]) -> Clues:
    return Clues(page=make_page("<p>Text"))


def saying(name: str, *values: str, strength: float = 1.0) -> Signal[str]:
    def signal(clues: Clues) -> Iterator[Claim[str]]:
        for value in values:
            yield Claim(value=value, strength=strength)

    signal.__name__ = name
    return signal


def test_without_claims_nothing_is_decided(clues: Clues) -> None:
    assert weigh(clues, {saying("silent"): 3.0}, same=str).value is None


def test_two_weak_witnesses_outvote_a_strong_one(clues: Clues) -> None:
    weights = {saying("strong", "a"): 3.0, saying("weak", "b"): 2.0, saying("weak too", "B"): 1.5}
    assert weigh(clues, weights, same=str.casefold).value == "b"


def test_a_signal_that_repeats_itself_counts_once(clues: Clues) -> None:
    weights = {saying("chatty", "a", "a", "a"): 1.0, saying("strong", "b"): 2.0}
    assert weigh(clues, weights, same=str).value == "b"


def test_strength_scales_the_weight(clues: Clues) -> None:
    weights = {saying("unsure", "a", strength=0.5): 3.0, saying("sure", "b"): 2.0}
    assert weigh(clues, weights, same=str).value == "b"


def test_the_heaviest_wording_is_the_one_chosen(clues: Clues) -> None:
    weights = {saying("light", "TIDE"): 1.0, saying("heavy", "Tide"): 2.0}
    assert weigh(clues, weights, same=str.casefold).value == "Tide"


def test_the_ballot_lists_every_claim_heaviest_first(clues: Clues) -> None:
    decision = weigh(clues, {saying("light", "a"): 1.0, saying("heavy", "b"): 2.0}, same=str)
    assert [(vote.signal, vote.weight) for vote in decision.ballot] == [("heavy", 2.0), ("light", 1.0)]


def test_a_value_with_too_little_behind_it_is_not_decided(clues: Clues) -> None:
    assert weigh(clues, {saying("weak", "a"): 0.5}, same=str, least=0.9).value is None


def test_partial_agreement_counts_in_part(clues: Clues) -> None:
    weights = {saying("one", "ab"): 2.0, saying("two", "abc"): 1.5, saying("three", "abc"): 0.4}
    decision = weigh_agreement(clues, weights, agree=lambda a, b: len(a & b) / len(a | b), key=frozenset)
    assert decision.value == "ab"


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0.1, 5)), min_size=1, max_size=6))
def test_the_value_chosen_has_at_least_as_much_support_as_any_other(said: list[tuple[str, float]]) -> None:
    weights = {saying(f"s{at}", value): weight for at, (value, weight) in enumerate(said)}
    decision = weigh(Clues(page=None), weights, same=str)  # type: ignore[arg-type]
    support = {value: sum(weight for other, weight in said if other == value) for value, _ in said}
    assert support[decision.value or ""] >= max(support.values()) - 1e-9
