"""Dates as publishers write them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.text.date_tables import months
from broadsheet.text.dates import read_date

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
MAY = datetime(2020, 5, 25, 4, 45, 26, tzinfo=UTC)


@pytest.mark.parametrize(
    "said",
    [
        "Mon, 25 May 2020 04:45:26 GMT",
        "Mon, 25 May 2020 06:45:26 +0200",
        "Mon,25 May 2020 06:45:26 +02:00",
        "25 May 20 04:45:26 UT",
        "Sun, 24 May 2020 23:45:26 EST",
        "Sunday, 24-May-20 21:45:26 PDT",
        "Mon May 25 04:45:26 UTC 2020",
        "Mon May 25 2020 12:45:26 GMT+0800 (China Standard Time)",
        "2020-05-25T04:45:26Z",
        "2020-05-25T04:45:26.123456+00:00",
        "2020-05-25 06:45:26 +0200",
        "20200525T044526Z",
        "2020/05/25 04:45:26",
        "May 25, 2020 4:45:26 AM",
        "5/25/2020 4:45:26 AM",
        "lundi 25 mai 2020 04:45:26",
        "Κυρ, 25 Μαΐ 2020 07:45:26 EEST",
        "2020년 5월 25일 오전 04:45:26",
        "2020年5月25日 04时45分26秒",
        "25 พฤษภาคม 2563 04:45:26",
        "٢٥ مايو ٢٠٢٠ 04:45:26",
        "25.05.2020 04:45:26",
        "1590381926",
        "1590381926000",
    ],
)
def test_every_usual_and_unusual_form_is_read(said: str):
    found = read_date(said, now=NOW)
    assert found is not None
    assert found.at == MAY


def test_the_words_are_kept():
    found = read_date(" Mon,25 May 2020 06:45:26 +0200\n", now=NOW)
    assert found is not None
    assert (found.raw, found.offset_minutes) == ("Mon,25 May 2020 06:45:26 +0200", 120)


@pytest.mark.parametrize("said", ["2020-05-25", "25 May 2020", "25.5.2020", "2020年5月25日", "May 25th, 2020"])
def test_a_bare_date_is_midnight_and_says_so(said: str):
    found = read_date(said, now=NOW)
    assert found is not None
    assert (found.at, found.has_time, found.has_zone) == (datetime(2020, 5, 25, tzinfo=UTC), False, False)


def test_a_time_without_a_zone_says_so():
    found = read_date("2020-05-25T04:45:26", now=NOW)
    assert found is not None
    assert (found.at, found.has_time, found.has_zone) == (MAY, True, False)


def test_a_zone_nobody_knows_is_no_zone():
    found = read_date("Mon, 25 May 2020 04:45:26 XYZ", now=NOW)
    assert found is not None
    assert (found.at, found.has_zone) == (MAY, False)


@pytest.mark.parametrize("said", ["04/05/2020", "4/5/2020 16:45"])
def test_a_date_whose_day_and_month_cannot_be_told_apart_is_not_guessed(said: str):
    found = read_date(said, now=NOW)
    assert found is not None
    assert found.at is None


@pytest.mark.parametrize(
    "said", ["Mon, 01 Jan 0001 00:00:00 +0000", "1969-12-31", "0000-00-00 00:00:00", "2020-02-31", "9999-12-31T23:59:59Z", "25:99"]
)
def test_what_cannot_be_true_is_kept_in_words_only(said: str):
    found = read_date(said, now=NOW)
    assert found is not None
    assert (found.raw, found.at) == (said, None)


def test_a_day_ahead_is_a_wrong_zone_and_three_days_are_a_mistake():
    tomorrow, later = (read_date((NOW + timedelta(days=days)).isoformat(), now=NOW) for days in (1, 3))
    assert tomorrow is not None
    assert tomorrow.at is not None
    assert later is not None
    assert later.at is None


@pytest.mark.parametrize("said", ["", "soon", "May", "N/A"])
def test_words_without_a_number_are_no_date(said: str):
    assert read_date(said, now=NOW) is None


def test_a_short_weekday_that_is_a_month_elsewhere_is_no_month():
    found = read_date("mar, 12 mag 2020 10:00", now=NOW)
    assert found is not None
    assert found.at == datetime(2020, 5, 12, 10, tzinfo=UTC)


def test_twenty_four_hours_is_the_next_midnight():
    found = read_date("2020-05-24T24:00:00Z", now=NOW)
    assert found is not None
    assert found.at == datetime(2020, 5, 25, tzinfo=UTC)


def test_the_table_of_months_has_twelve():
    assert set(months().values()) == set(range(1, 13))


@given(st.datetimes(min_value=datetime(1970, 1, 2), max_value=datetime(2026, 11, 23)))
def test_what_we_write_we_read(moment: datetime):
    moment = moment.replace(microsecond=0, tzinfo=UTC)
    found = read_date(moment.strftime("%a, %d %b %Y %H:%M:%S GMT"), now=NOW)
    assert found is not None
    assert found.at == moment


@given(st.integers(1970, 2026), st.integers(0, 13), st.integers(0, 32), st.integers(0, 24), st.integers(-15, 15))
def test_a_date_for_machines_reads_alike_with_a_space_instead_of_the_t(year: int, month: int, day: int, hour: int, zone: int) -> None:
    said = f"{year:04}-{month:02}-{day:02}T{hour:02}:00:00{zone:+03}:00"
    plain, spaced = read_date(said, now=NOW), read_date(said.replace("T", " "), now=NOW)
    assert plain is not None
    assert spaced is not None
    assert replace(plain, raw="") == replace(spaced, raw="")


@given(st.text(max_size=60))
def test_any_text_is_a_date_or_none(said: str):
    found = read_date(said, now=NOW)
    assert found is None or found.at is None or found.at.tzinfo is UTC


@given(st.text(alphabet="0123456789 :.-/+TZam,年月日MonayJu", max_size=40))
def test_anything_like_a_date_is_a_date_or_none(said: str):
    found = read_date(said, now=NOW)
    assert found is None or found.at is None or found.at <= NOW + timedelta(hours=48)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("August 16, 2019 - Updated July 9, 2025", "2019-08-16"),
        ("16 August 2019, updated 9 July 2025 14:30", "2019-08-16"),
        ("[v1] Thu, 18 Dec 2025", "2025-12-18"),
        ("[Submitted on 18 Dec 2025 (v1), last revised 3 Jan 2026]", "2025-12-18"),
        ("5 min read · July 9, 2025", "2025-07-09"),
        ("2 comments July 9, 2025", "2025-07-09"),
        ("Part 3: May 4, 2022", "2022-05-04"),
        ("Thu Jul 9 18:56:30 +0800 2025", "2025-07-09"),
        ("mar. 12 mag. 2020", "2020-05-12"),
        ("1st of May 2024", "2024-05-01"),
        ("25 พฤษภาคม 2567", "2024-05-25"),
        ("HealthDECEMBER 22, 2022", "2022-12-22"),
    ],
)
def test_the_numbers_beside_the_month_are_its_day_and_year(said: str, expected: str) -> None:
    found = read_date(said, now=NOW)
    assert found is not None
    assert found.at is not None
    assert found.at.date().isoformat() == expected


def test_the_time_of_a_second_date_is_not_the_first_ones() -> None:
    found = read_date("16 August 2019, updated 9 July 2025 14:30", now=NOW)
    assert found is not None
    assert not found.has_time
