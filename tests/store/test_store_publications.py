"""Feeds of an operator's own making in the store, and who tells whose story."""

from __future__ import annotations

import pytest

from broadsheet.errors import UnknownPublication
from broadsheet.model import ArticleFilter, Publication
from broadsheet.store import Selection


@pytest.fixture
def climate(make):
    wanted = ArticleFilter(words=("climate",), languages=("en",), min_words=300)
    return Publication(name="climate", title="Climate", filter=wanted, content="summary", once=True, added_at=make.noon)


def test_a_publication_is_kept_as_it_was_given(desk, climate):
    desk.store.keep_publication(climate)
    assert desk.store.publication("climate") == climate


def test_keeping_one_twice_is_keeping_it_once(desk, climate):
    desk.store.keep_publication(climate)
    desk.store.keep_publication(climate)
    assert desk.store.publications() == (climate,)


def test_a_publication_that_is_not_there_is_an_error_that_says_where_to_look(desk):
    with pytest.raises(UnknownPublication, match="broadsheet feeds list"):
        desk.store.publication("climate")


def test_removing_a_publication_takes_no_article_with_it(desk, climate):
    desk.watch()
    kept = desk.collect()
    desk.store.keep_publication(climate)
    desk.store.remove_publication("climate")
    assert (desk.store.publications(), desk.store.article(kept.id)) == ((), kept)


def test_what_is_not_there_cannot_be_removed(desk):
    with pytest.raises(UnknownPublication):
        desk.store.remove_publication("climate")


def test_a_change_of_a_publication_is_a_change_of_the_store(desk, climate):
    before = desk.store.change_mark()
    desk.store.keep_publication(climate)
    assert desk.store.change_mark() != before


def test_near_duplicates_are_found_from_either_end(desk):
    desk.watch()
    first = desk.collect("a", "one")
    second = desk.collect("b", "two", near_duplicate_of=first.id)
    assert desk.store.near_duplicates([first.id]) == desk.store.near_duplicates([second.id]) == {second.id: first.id}


def test_near_duplicates_are_followed_through_what_lies_between(desk):
    desk.watch()
    first = desk.collect("a", "one")
    second = desk.collect("b", "two", near_duplicate_of=first.id)
    third = desk.collect("c", "three", near_duplicate_of=second.id)
    assert desk.store.near_duplicates([third.id]) == {second.id: first.id, third.id: second.id}


def test_a_story_of_its_own_has_no_near_duplicates(desk):
    desk.watch()
    kept = desk.collect()
    assert desk.store.near_duplicates([kept.id]) == {}


def test_a_selection_of_several_sources_holds_their_articles_and_no_others(desk):
    for name in ("harbour", "hill", "island"):
        desk.watch(name)
    kept = {name: desk.store.keep_revision(desk.make.draft(name, name, source_id=name)).id for name in ("harbour", "hill", "island")}
    chosen = desk.store.articles(Selection(source_ids=("harbour", "island")))
    assert {one.id for one in chosen} == {kept["harbour"], kept["island"]}


def test_a_selection_of_no_source_is_empty(desk):
    desk.watch()
    desk.collect()
    assert desk.store.articles(Selection(source_ids=())) == ()
