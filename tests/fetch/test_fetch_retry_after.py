from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.fetch.retry_after import MAX_WAIT, MIN_WAIT, retry_after
from broadsheet.model import Headers

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def wait(said: str) -> timedelta | None:
    return retry_after(Headers.of([("retry-after", said)]), now=NOW)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120),
        (" 7 ", 7),
        ("Sun, 01 Mar 2026 12:02:00 GMT", 120),
        ("Sunday, 01-Mar-26 12:02:00 GMT", 120),
        ("Sun Mar  1 12:02:00 2026", 120),
        ("Sun, 01 Mar 2026 13:02:00 +0100", 120),
    ],
)
def test_both_forms_are_read(said: str, seconds: int) -> None:
    assert wait(said) == timedelta(seconds=seconds)


@pytest.mark.parametrize("said", ["0", "Sun, 01 Mar 2026 11:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT"])
def test_a_wait_of_nothing_is_one_second(said: str) -> None:
    assert wait(said) == MIN_WAIT


@pytest.mark.parametrize("said", ["99999999999999999999", "Sun, 01 Mar 2126 12:00:00 GMT"])
def test_a_misplaced_year_does_not_silence_a_source(said: str) -> None:
    assert wait(said) == MAX_WAIT


@pytest.mark.parametrize("said", ["", "soon", "-5", "1.5", "12 minutes", "٣", "Sun, 99 Mar 2026 12:02:00 GMT", "Sun, 01 Mar 99999 12:02:00 GMT"])
def test_what_cannot_be_read_counts_as_absent(said: str) -> None:
    assert wait(said) is None


def test_no_header_is_no_wait() -> None:
    assert retry_after(Headers(), now=NOW) is None


@given(st.text())
def test_anything_is_either_absent_or_within_bounds(said: str) -> None:
    found = wait(said)
    assert found is None or MIN_WAIT <= found <= MAX_WAIT
