"""Colours in links."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.images.colours import read_colour

HEX = "0123456789abcdefABCDEF"


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("red", (255, 0, 0, 1.0)),
        ("RebeccaPurple", (102, 51, 153, 1.0)),
        ("f00", (255, 0, 0, 1.0)),
        ("%23f00", (255, 0, 0, 1.0)),
        ("#ff8000", (255, 128, 0, 1.0)),
        ("8f00", (255, 0, 0, 0.533)),
        ("80ff0000", (255, 0, 0, 0.502)),
        ("0ff0000", (255, 0, 0, 0.941)),
        ("transparent", (0, 0, 0, 0.0)),
    ],
)
def test_a_colour_is_a_name_or_hexadecimal_with_its_opacity_first(text: str, colour: tuple[int, int, int, float]) -> None:
    assert read_colour(text) == colour


@pytest.mark.parametrize("text", ["", "ff", "12345", "123456789", "ggg", "rgb(1,2,3)", "reddish"])
def test_anything_else_is_no_colour(text: str) -> None:
    assert read_colour(text) is None


@given(st.text(HEX, min_size=6, max_size=6))
def test_six_digits_are_an_opaque_colour(digits: str) -> None:
    assert read_colour(digits) == (*bytes.fromhex(digits), 1.0)
