"""Numbers that count down and never lose their width."""

from datetime import UTC, datetime
from itertools import islice

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.archive.compatible.numbers import FIRST, LAST, Numbered, ledger_file, places_after

DAY = datetime(2024, 6, 18, tzinfo=UTC)


def row(folder, number):
    return Numbered(folder=folder, number=number, id="a", at=DAY, title="t")


def test_the_first_article_of_a_source_has_the_number_that_archives_began_with():
    assert next(places_after([], "nyt")) == ("nyt", 1_048_574)


def test_the_count_goes_on_below_the_lowest_number_taken():
    assert next(places_after([row("nyt", 1_048_574), row("nyt", 1_041_947)], "nyt")) == ("nyt", 1_041_946)


def test_after_the_last_number_of_seven_digits_a_continuation_folder_begins():
    assert next(places_after([row("nyt", LAST)], "nyt")) == ("nyt.2", FIRST)


def test_a_continuation_folder_is_gone_on_with_although_the_first_has_room():
    assert next(places_after([row("nyt", 1_048_574), row("nyt.2", 1_048_000)], "nyt")) == ("nyt.2", 1_047_999)


def test_a_source_has_room_for_every_article_it_will_ever_have():
    places = list(islice(places_after([], "nyt"), 150_000))
    assert len(set(places)) == 150_000
    assert {len(str(number)) for _, number in places} == {7}


@given(st.integers(LAST + 1, FIRST))
def test_a_newer_name_sorts_before_an_older_one(number):
    (_, newer) = next(places_after([row("nyt", number)], "nyt"))
    assert f"{newer}.md" < f"{number}.md"


def test_a_file_of_the_ledger_holds_a_thousand_numbers():
    assert ledger_file(row("nyt", 1_048_574)) == ledger_file(row("nyt", 1_048_000)) == ".broadsheet/numbers/nyt/1048.jsonl"
