"""Words and phrases in texts of any script: what is found, what is not, and at what price."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from broadsheet.errors import UsageError
from broadsheet.text.search import LONGEST_TERM, Term, read_term, searchable, split_terms

TEXTS = st.text(max_size=200)
LETTERS = st.characters(categories=("Ll", "Lu", "Lo", "Nd"))
# A sign may be a letter by its category and still be nothing by itself: U+FE70 is a mark that needs another to stand on.
WORDS = st.text(LETTERS, min_size=1, max_size=20).filter(lambda word: any(char.isalnum() for char in searchable(word)))
MOST_LETTERS_OF_ONE = 18  # U+FDFA, a whole blessing in one character


def found(term: str, text: str) -> bool:
    return read_term(term).is_in(searchable(text))


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("harbour", "The HARBOUR, closed."),
        ("climate change", "climate-change\nlaw"),
        ("harbour*", "harbours"),
        ("harbour*", "the harbour"),
        ("muller", "Müller"),
        ("Müller", "Mu\u0308ller"),
        ("strasse", "Straße"),
        ("lodz", "Łódź"),
        ("елка", "ёлка"),
        ("don't", "DON’T"),
        ("U.S.", "the U.S. Navy"),
        ("coöperate", "co\u00adöperate"),
        ("سلام", "سَلَام"),
        ("北京", "他住在北京市"),
        ("ＧＤＰ", "中国GDP成長率"),
        ("GDP成長", "中国ＧＤＰ成長率"),
        ("ガス", "東京ｶﾞｽ会社"),
        ("กรุงเทพ", "ในกรุงเทพมหานคร"),
        ("서울", "서울에서 열린"),
        ("हिन्दी", "आज हिन्दी दिवस"),
    ],
)
def test_a_word_that_is_there_is_found(term: str, text: str) -> None:
    assert found(term, text)


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("harbour", "harbours"),
        ("cat", "education"),
        ("bour*", "harbour"),
        ("change climate", "climate change"),
        ("カス", "ガス会社"),
        ("京上", "北京、上海"),
        ("울", "서울에서"),
        ("हिन्द", "आज हिन्दी दिवस"),
    ],
)
def test_a_part_of_a_word_is_not_the_word(term: str, text: str) -> None:
    assert not found(term, text)


@pytest.mark.parametrize("said", ["", "  ", "*", "–", "…", "har*bour", "*bour", "x" * (LONGEST_TERM + 1)])
def test_what_cannot_be_looked_for_is_refused_with_what_to_write(said: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_term(said)
    assert refused.value.do


def test_a_search_box_takes_words_and_phrases_in_any_quotation_marks() -> None:
    assert split_terms('climate "paris agreement"  “big fish” «le monde» wind*') == ("climate", "paris agreement", "big fish", "le monde", "wind*")


def test_empty_quotation_marks_are_no_term() -> None:
    assert split_terms('"" " " sea') == ("sea",)


@given(st.lists(WORDS, min_size=1, max_size=8), st.data())
def test_every_word_of_a_text_is_found_in_it(words: list[str], data: st.DataObject) -> None:
    assert found(data.draw(st.sampled_from(words)), " ".join(words))


@given(st.lists(WORDS, min_size=2, max_size=8))
def test_two_words_that_follow_each_other_are_a_phrase_of_the_text(words: list[str]) -> None:
    assert found(" ".join(words[:2]), " ".join(words))


@given(TEXTS)
@example("İI\u0131\u0307")
@example("ﾞか\u3099")
def test_a_text_in_form_stays_as_it_is(text: str) -> None:
    assert searchable(searchable(text)) == searchable(text)


@given(TEXTS, TEXTS)
def test_paragraphs_are_brought_into_form_one_by_one(first: str, second: str) -> None:
    assert searchable(f"{first}\n{second}").split() == [*searchable(first).split(), *searchable(second).split()]


@given(TEXTS)
def test_the_form_of_a_text_grows_with_its_length_and_no_faster(text: str) -> None:
    assert len(searchable(text)) <= 2 + 2 * MOST_LETTERS_OF_ONE * len(text)


def test_a_term_is_looked_for_once_in_each_text() -> None:
    class Counting(str):
        looks = 0

        def __contains__(self, needle: object) -> bool:
            Counting.looks += 1
            return False

    Term(needle="a" * 100).is_in(Counting("a" * 10_000))
    assert Counting.looks == 1


def test_a_text_made_to_be_slow_to_normalise_is_not_normalised_as_a_whole() -> None:
    runs = "a" + "\u0315\u0300" * 200_000  # sorting one such run takes unicodedata minutes
    assert searchable(runs) == " a "
