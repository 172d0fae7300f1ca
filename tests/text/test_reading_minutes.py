"""How long a text takes to read."""

from __future__ import annotations

import pytest

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
