"""What an operator's filter lets through, and which of several tellings of a story stays."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.compare.wanted import Sieve, told_already
from broadsheet.model import Article, ArticleFilter, Person

FERRY = Article(
    url="https://harbour.example/a", title="The last night ferry", kicker="Island life", standfirst="Forty years, three captains",
    text="She cast off for the last time.\nThe bridge opens on Monday.", section="Coast & Sea", tags=("shipping",), language="en-GB",
    people=(Person(name="Amara Diallo"), Person(name="Jonas Brandt", role="photographer"), Person(name="Li Wen", role="translator")),
    word_count=420,
)  # fmt: skip
WORD = st.text("abcd ", min_size=1, max_size=4).filter(str.strip)
TERMS = st.lists(WORD, max_size=3).map(tuple)
LINKS = st.dictionaries(st.sampled_from("bcdefgh"), st.sampled_from("abcdefgh"), max_size=7)


def takes(article: Article = FERRY, language: str | None = None, **conditions: object) -> bool:
    return Sieve.of(ArticleFilter(**conditions)).takes(article, language=language)  # type: ignore[arg-type]


def test_without_conditions_everything_is_wanted() -> None:
    assert takes()


@pytest.mark.parametrize("word", ["ferry", "island life", "captains", "bridge opens", "SHIPPING"])
def test_words_are_looked_for_in_title_kicker_standfirst_text_and_tags(word: str) -> None:
    assert takes(words=(word,))


def test_all_words_of_a_search_must_occur() -> None:
    assert takes(words=("ferry", "bridge"))
    assert not takes(words=("ferry", "tunnel"))


def test_one_of_the_words_to_include_is_enough() -> None:
    assert takes(include=("tunnel", "bridge"))
    assert not takes(include=("tunnel", "train"))


def test_a_word_to_exclude_outranks_those_to_include() -> None:
    assert not takes(include=("ferry",), exclude=("bridge",))


def test_a_phrase_does_not_begin_in_the_title_and_end_below_it() -> None:
    assert not takes(words=("ferry forty",))


@pytest.mark.parametrize("name", ["Amara Diallo", "diallo", "Li Wen"])
def test_an_author_is_anyone_who_wrote(name: str) -> None:
    assert takes(authors=(name, "Nobody"))


def test_a_photographer_is_no_author() -> None:
    assert not takes(authors=("Jonas Brandt",))


def test_a_section_is_found_by_a_word_of_its_name() -> None:
    assert takes(sections=("sea",))
    assert not takes(sections=("seaside",))


@pytest.mark.parametrize("language", ["en", "EN", "en-GB", "en_gb"])
def test_a_language_takes_its_kinds_too(language: str) -> None:
    assert takes(languages=(language,))


@pytest.mark.parametrize("language", ["e", "en-US", "de", "eng"])
def test_another_language_or_kind_is_not_taken(language: str) -> None:
    assert not takes(languages=(language,))


def test_an_article_that_does_not_say_its_language_is_in_that_of_its_source() -> None:
    assert takes(replace(FERRY, language=None), language="zh-Hans", languages=("zh",))
    assert not takes(replace(FERRY, language=None), languages=("zh",))


@pytest.mark.parametrize(("low", "high", "wanted"), [(420, 420, True), (421, None, False), (None, 419, False), (None, None, True)])
def test_lengths_include_their_bounds(low: int | None, high: int | None, wanted: bool) -> None:
    assert takes(min_words=low, max_words=high) is wanted


@given(st.lists(WORD, min_size=1), TERMS, TERMS)
def test_whatever_holds_an_excluded_word_is_never_taken(words: list[str], include: tuple[str, ...], exclude: tuple[str, ...]) -> None:
    article = replace(FERRY, text=" ".join(words))
    assert not takes(article, include=include, exclude=(*exclude, words[0]))


@given(st.lists(WORD, min_size=1), TERMS)
def test_whatever_holds_an_included_word_is_taken_unless_something_else_speaks_against_it(words: list[str], others: tuple[str, ...]) -> None:
    assert takes(replace(FERRY, text=" ".join(words)), include=(*others, words[-1]))


@given(TERMS, TERMS, st.text("abcd \n", max_size=40))
def test_one_more_condition_never_takes_more(words: tuple[str, ...], more: tuple[str, ...], text: str) -> None:
    article = replace(FERRY, text=text)
    assert takes(article, words=words) or not takes(article, words=(*words, *more))


def test_the_first_telling_of_a_story_stays() -> None:
    assert told_already(["c", "a", "b"], {"b": "a", "c": "a"}) == {"b", "c"}


def test_where_the_original_is_not_among_them_the_next_one_stays() -> None:
    assert told_already(["c", "b"], {"b": "a", "c": "a"}) == {"c"}


def test_a_near_duplicate_of_a_near_duplicate_tells_the_same_story() -> None:
    assert told_already(["a", "c"], {"b": "a", "c": "b"}) == {"c"}


def test_stories_of_their_own_all_stay() -> None:
    assert told_already(["a", "b", "c"], {"c": "x", "b": "y"}) == frozenset()


@given(st.sets(st.sampled_from("abcdefgh"), min_size=1), LINKS)
def test_something_of_what_is_there_always_stays(articles: set[str], near: dict[str, str]) -> None:
    assert told_already(articles, near) < articles


@given(st.sets(st.sampled_from("abcdefgh")), LINKS)
def test_what_stays_repeats_nothing(articles: set[str], near: dict[str, str]) -> None:
    assert told_already(articles - told_already(articles, near), near) == frozenset()
