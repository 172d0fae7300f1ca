"""How long a text takes to read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.text.plain import word_count
from broadsheet.text.reading import reading_minutes


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("", 0),
        ("A word.", 1),
        ("word " * 690, 3),
        ("港口的墙" * 450, 4),
        ("ท่าเรือเก่า" * 300, 3),
        ("항구의 벽이 " * 345, 3),
    ],
)
def test_a_text_takes_minutes_by_its_script(text: str, minutes: int) -> None:
    assert reading_minutes(text) == minutes


@given(st.text(st.sampled_from("word’ ,.é港のท่항я"), max_size=3000))
def test_words_that_are_counted_already_change_nothing(text: str) -> None:
    assert reading_minutes(text, words=word_count(text)) == reading_minutes(text)
