"""Laws of plain text."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.text.plain import collapse, comparison_key, word_count, words

WHITE = st.sampled_from(" \t\n\r\x0b\x0c\x1c\x85\xa0\u1680\u2003\u2028\u202f\u205f\u3000")


@given(st.lists(st.one_of(WHITE, st.text(max_size=3)), max_size=12).map("".join))
def test_a_line_has_one_space_for_every_run_of_white_space_and_none_at_its_ends(text: str) -> None:
    assert collapse(text) == " ".join(text.split())


def test_invisible_characters_that_are_no_white_space_stay() -> None:
    assert collapse(" a\u200bb\u00ad ") == "a\u200bb\u00ad"


MIXED = st.text(st.one_of(st.sampled_from(" .,，：（）\u3000—’「」_-ßÄé\u0301港ｶﾞ½Ⅳﬁ"), st.characters(codec="utf-16")), max_size=90)


@given(MIXED)
def test_a_comparison_key_is_the_letters_and_digits_in_their_usual_form(text: str) -> None:
    folded = unicodedata.normalize("NFKC", text).casefold()
    assert comparison_key(text) == "".join(character for character in folded if character.isalnum())


@given(MIXED)
def test_as_many_words_are_counted_as_there_are(text: str) -> None:
    assert word_count(text) == len(words(text))


def test_han_and_kana_are_a_word_each() -> None:
    assert words("港の wall") == ["港", "の", "wall"]
