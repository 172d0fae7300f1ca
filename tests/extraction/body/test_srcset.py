"""Which address a lazy image really has."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.markup.srcset import best_candidate, candidates, image_address, is_placeholder, references

BASE = "https://news.example/a/"


def test_the_widest_candidate_within_reason_is_best():
    assert best_candidate("/s.jpg 400w, /l.jpg 1600w, /print.jpg 6000w", BASE) == "https://news.example/l.jpg"


def test_an_address_with_commas_in_it_survives():
    assert best_candidate("/crop,w_400,h_300/a.jpg 1x, /crop,w_800,h_600/a.jpg 2x", BASE) == "https://news.example/crop,w_800,h_600/a.jpg"


def test_a_single_address_without_descriptor_is_a_candidate():
    assert [one.url for one in candidates("/only.jpg")] == ["/only.jpg"]


def test_a_candidate_with_a_descriptor_nobody_knows_is_left_out():
    assert [one.url for one in candidates("/a.jpg huge, /b.jpg 2x")] == ["/b.jpg"]


def test_references_may_be_parted_by_a_comma_alone():
    assert list(references("/a.jpg 1x,/b.jpg 2x, /c.jpg")) == [("/a.jpg", "1x"), ("/b.jpg", "2x"), ("/c.jpg", "")]


def test_what_a_script_would_load_outranks_the_placeholder():
    assert image_address({"src": "/img/blank.gif", "data-src": "/real.jpg"}, BASE) == "https://news.example/real.jpg"


def test_a_lone_placeholder_is_no_address():
    assert image_address({"src": "data:image/gif;base64,R0"}, BASE) is None


def test_json_in_a_data_attribute_is_not_taken_for_an_address():
    assert image_address({"src": "/real.jpg", "data-image": '{"url": "/x.jpg"}'}, BASE) == "https://news.example/real.jpg"


def test_a_blank_gif_is_a_placeholder_and_a_photograph_is_not():
    assert is_placeholder("https://cdn.example/assets/blank.gif?v=2")
    assert not is_placeholder("https://cdn.example/blank-street-coffee.jpg")


@given(st.text(max_size=200))
def test_no_srcset_raises(text):
    found = best_candidate(text, BASE)
    assert found is None or found.startswith(("http://", "https://"))


def test_an_address_that_a_script_would_still_have_to_fill_in_is_a_placeholder() -> None:
    assert is_placeholder("https://pictures.example/67807421_${formatId}.jpg")
    assert is_placeholder("https://pictures.example/67807421_$%7BformatId%7D.jpg")
    assert not is_placeholder("https://pictures.example/67807421_605.jpg?price=$5")
