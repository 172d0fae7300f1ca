"""Names of sources."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.sources import source_id


def test_a_short_title_is_the_name():
    assert source_id("Le Monde", "https://www.lemonde.example/") == "le-monde"


def test_a_slogan_gives_way_to_the_host():
    assert source_id("The Daily Example: politics, business and all the sports", "https://www.daily.example/") == "daily-example"


def test_a_title_in_another_script_gives_way_to_the_host():
    assert source_id("人民日报 World", "https://people.example/") == "people-example"


def test_a_name_that_is_taken_gives_way_to_the_host():
    assert source_id("News Daily", "https://daily.example/", {"news-daily"}) == "daily-example"


def test_when_all_is_taken_a_number_is_added():
    assert source_id("Daily", "https://daily.example/", {"daily", "daily-example", "daily-2"}) == "daily-3"


def test_names_of_our_own_pages_are_not_given_away():
    assert source_id("Feeds", "https://x.example/") == "x-example"


def test_no_title_and_no_host_still_make_a_name():
    assert source_id(None, "") == "source"


@given(st.text(max_size=60), st.sets(st.sampled_from(["source", "a-example", "a", "b"])))
def test_a_name_is_new_and_fit_for_addresses(title: str, taken: set[str]):
    name = source_id(title, "https://a.example/", taken)
    assert name not in taken
    assert name.replace("-", "").isalnum()
    assert len(name) <= 40
