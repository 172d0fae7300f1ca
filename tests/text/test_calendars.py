"""Other digits and other calendars."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.text.calendars import as_gregorian, gregorian_of_persian
from broadsheet.text.dates import read_date

NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("令和6年7月3日", date(2024, 7, 3)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("民國113年7月3日", date(2024, 7, 3)),
        ("２０２４年７月３日", date(2024, 7, 3)),
        ("۱۳ تیر ۱۴۰۳", date(2024, 7, 3)),
        ("۱۴۰۳/۰۴/۱۳", date(2024, 7, 3)),
        ("27 ذو الحجة 1445 هـ الموافق 3 يوليو 2024", date(2024, 7, 3)),
        ("3 تموز 2024", date(2024, 7, 3)),
        ("3 كانون الثاني 2024", date(2024, 1, 3)),
        ("3 ก.ค. 67", date(2024, 7, 3)),
        ("3 กรกฎาคม พ.ศ. 2567", date(2024, 7, 3)),
        ("ngày 3 tháng 7 năm 2024", date(2024, 7, 3)),
        ("2024 оны 7-р сарын 3", date(2024, 7, 3)),
        ("৩ জুলাই ২০২৪", date(2024, 7, 3)),
        ("3 ივლისი 2024", date(2024, 7, 3)),
        ("3 հուլիսի 2024", date(2024, 7, 3)),
        ("3 ജൂലൈ 2024", date(2024, 7, 3)),
        ("2024ko uztailaren 3a", date(2024, 7, 3)),
    ],
)
def test_a_date_as_news_sites_print_it_is_read(said: str, day: date) -> None:
    found = read_date(said, now=NOW)
    assert found is not None
    assert found.at is not None
    assert found.at.date() == day


@pytest.mark.parametrize("said", ["6.56pm, 3 July 2024", "3.7.2024 klo 18.56", "3. Juli 2024, 18.56 Uhr", "3 luglio 2024 alle 18.56"])
def test_a_time_with_a_point_is_a_time(said: str) -> None:
    found = read_date(said, now=NOW)
    assert found is not None
    assert found.at == datetime(2024, 7, 3, 18, 56, tzinfo=UTC)


def test_a_lunar_date_alone_is_left_unread() -> None:
    found = read_date("27 ذو الحجة 1445 هـ", now=NOW)
    assert found is None or found.at is None


@pytest.mark.parametrize(("day_first", "month"), [(True, 5), (False, 4)])
def test_a_date_in_numbers_is_read_in_the_known_order(day_first: bool, month: int) -> None:  # a parameter of the test
    found = read_date("04/05/2024", now=NOW, day_first=day_first)
    assert found is not None
    assert found.at is not None
    assert found.at.month == month


def test_without_a_known_order_it_stays_unread() -> None:
    found = read_date("04/05/2024", now=NOW)
    assert found is not None
    assert found.at is None


@settings(max_examples=20)
@given(st.dates(min_value=date(1925, 1, 1), max_value=date(2080, 1, 1)))
def test_persian_dates_follow_one_another_without_gaps(day: date) -> None:
    found = {gregorian_of_persian(day.year - 621 - back, month, number) for back in (0, 1) for month in range(1, 13) for number in range(1, 32)}
    assert {day, day + timedelta(days=1)} <= found


@given(st.text(max_size=60))
def test_any_text_keeps_its_letters(said: str) -> None:
    assert as_gregorian(as_gregorian(said)) == as_gregorian(said)
