"""Whether two articles tell the same text."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from broadsheet.compare import NEAR, distance, fingerprint, is_near
from broadsheet.errors import UsageError

DICE = random.Random(7)
ENGLISH = ["".join(DICE.choices("abcdefghijklmnop", k=DICE.randint(2, 9))) for _ in range(900)]
CHINESE = "".join(chr(DICE.randint(0x4E00, 0x5E00)) for _ in range(900))


def sketch(text):
    made = fingerprint(text)
    assert made is not None
    return made


def test_the_same_text_is_at_no_distance():
    assert distance(sketch(" ".join(ENGLISH)), sketch(" ".join(ENGLISH))) == 0.0


def test_capitals_and_punctuation_make_no_distance():
    assert distance(sketch(" ".join(ENGLISH)), sketch(", ".join(ENGLISH).upper())) == 0.0


def test_other_words_are_far_away():
    assert distance(sketch(" ".join(ENGLISH[:450])), sketch(" ".join(ENGLISH[450:]))) > 0.9


def test_agency_copy_with_a_cut_end_and_a_new_first_line_is_near():
    reprint = ["our", "correspondent", "reports", *ENGLISH[:800]]
    assert is_near(sketch(" ".join(ENGLISH)), sketch(" ".join(reprint)))


def test_a_text_of_which_half_is_new_is_not_near():
    other = [*ENGLISH[:450], *reversed(ENGLISH[450:])]
    assert not is_near(sketch(" ".join(ENGLISH)), sketch(" ".join(other)))


def test_chinese_without_spaces_is_compared_too():
    assert is_near(sketch(CHINESE), sketch("本报讯 " + CHINESE[:820]))
    assert not is_near(sketch(CHINESE[:450]), sketch(CHINESE[450:]))


def test_near_texts_share_a_band():
    one, other = sketch(" ".join(ENGLISH)), sketch(" ".join(ENGLISH[60:]))
    assert distance(one, other) <= NEAR
    assert set(one.bands) & set(other.bands)


def test_far_texts_share_no_band():
    assert not set(sketch(" ".join(ENGLISH[:450])).bands) & set(sketch(" ".join(ENGLISH[450:])).bands)


@pytest.mark.parametrize("text", ["", "A short note.", "渡轮晚点", "same " * 500])
def test_a_text_too_short_or_too_uniform_has_no_fingerprint(text):
    assert fingerprint(text) is None


def test_sketches_of_two_schemes_are_never_near_and_have_no_distance():
    one = sketch(CHINESE)
    other = replace(one, scheme="of another year")
    assert not is_near(one, other)
    with pytest.raises(UsageError):
        distance(one, other)
