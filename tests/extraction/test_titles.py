"""Titles taken apart and compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.extraction.titles import beginnings, ending, likeness


def test_a_title_begins_before_each_separator_longest_first() -> None:
    assert list(beginnings("The wall must go – Harbour | The Gazette")) == ["The wall must go – Harbour", "The wall must go"]


def test_what_follows_the_last_separator_is_the_ending() -> None:
    assert ending("The wall must go – Harbour | The Gazette") == "The Gazette"


def test_a_hyphen_inside_a_word_parts_nothing() -> None:
    assert list(beginnings("The self-built harbour-wall")) == []


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("How the harbour wall will be rebuilt", "Rebuilding the harbour wall: what comes now"),
        ("旧港新墙将于冬季前完工", "冬季之前旧港将有新墙"),
    ],
)
def test_two_wordings_of_one_headline_are_alike(title: str, other: str) -> None:
    assert likeness(title, [other]) > 0.12


def test_a_heading_of_something_else_is_not_alike() -> None:
    assert likeness("Share this post", ["How the harbour wall will be rebuilt"]) < 0.12


@given(st.text(min_size=4, max_size=80))
def test_nothing_is_more_alike_than_itself(title: str) -> None:
    assert likeness(title, [title, "something else"]) >= likeness(title, ["something else"])
