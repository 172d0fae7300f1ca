"""When a story was published and changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from broadsheet.extraction.date import find_modified, find_published
from broadsheet.markup.page import Page
from broadsheet.model import Hints, StatedTime

MakePage = Callable[..., Page]
H1 = "<h1>Harbour wall gives way in spring flood</h1>"


def at(found: StatedTime | None) -> datetime | None:
    return found.at if found else None


def test_json_ld_says_when_with_its_zone(make_page: MakePage, now: datetime) -> None:
    found = find_published(make_page(ld={"@type": "NewsArticle", "datePublished": "2024-07-02T23:30:00+02:00"}), now=now).value
    assert (at(found), found and found.offset_minutes) == (datetime(2024, 7, 2, 21, 30, tzinfo=UTC), 120)


def test_the_publishers_own_words_are_kept(make_page: MakePage, prose: str, now: datetime) -> None:
    found = find_published(make_page(f"{H1}<div>3. Juli 2024, 17:47 Uhr</div>{prose}"), now=now).value
    assert (found and found.raw, at(found)) == ("3. Juli 2024, 17:47 Uhr", datetime(2024, 7, 3, 17, 47, tzinfo=UTC))


def test_a_time_of_day_wins_over_a_bare_date_of_the_same_day(make_page: MakePage, prose: str, now: datetime) -> None:
    page = make_page(f"{H1}<div>July 3, 2024 at 5:47 pm</div>{prose}", head='<meta property="article:published_time" content="2024-07-03">')
    assert at(find_published(page, now=now).value) == datetime(2024, 7, 3, 17, 47, tzinfo=UTC)


def test_a_time_with_a_zone_wins_over_one_without(make_page: MakePage, prose: str, now: datetime) -> None:
    page = make_page(
        f'{H1}<time datetime="2024-07-03T17:47:00+02:00">3.7.2024 17:47</time>{prose}', head='<meta name="date" content="2024-07-03 17:47">'
    )
    assert at(find_published(page, now=now).value) == datetime(2024, 7, 3, 15, 47, tzinfo=UTC)


def test_an_updated_line_is_the_change_and_not_the_publication(make_page: MakePage, prose: str, now: datetime) -> None:
    page = make_page(f"{H1}<div>Published July 1, 2024</div><div>Updated20:49, 5 July 2024</div>{prose}")
    assert [at(find_published(page, now=now).value), at(find_modified(page, now=now).value)] == [
        datetime(2024, 7, 1, tzinfo=UTC),
        datetime(2024, 7, 5, 20, 49, tzinfo=UTC),
    ]


def test_both_dates_in_one_line_are_told_apart(make_page: MakePage, prose: str, now: datetime) -> None:
    page = make_page(f"{H1}<div>1. Juli 2024 - Aktualisiert am 5. Juli 2024</div>{prose}")
    assert [at(find_published(page, now=now).value), at(find_modified(page, now=now).value)] == [
        datetime(2024, 7, 1, tzinfo=UTC),
        datetime(2024, 7, 5, tzinfo=UTC),
    ]


def test_a_change_before_the_publication_is_not_believed(make_page: MakePage, now: datetime) -> None:
    page = make_page(ld={"@type": "NewsArticle", "datePublished": "2024-07-02T10:00:00Z", "dateModified": "2023-01-01T00:00:00Z"})
    assert find_modified(page, now=now).value is None


def test_a_date_in_a_caption_is_not_the_storys(make_page: MakePage, prose: str, now: datetime) -> None:
    page = make_page(f'{H1}<figure><img src="a.jpg"><figcaption>The wall on 24 April 2023</figcaption></figure><div>3 July 2024</div>{prose}')
    assert at(find_published(page, now=now).value) == datetime(2024, 7, 3, tzinfo=UTC)


def test_a_date_that_lies_ahead_is_none(make_page: MakePage, now: datetime) -> None:
    assert (
        find_published(make_page(head='<meta property="article:published_time" content="2031-01-01">', url="https://a.example/x"), now=now).value
        is None
    )


def test_the_address_is_asked_where_nothing_else_speaks(make_page: MakePage, prose: str, now: datetime) -> None:
    page = make_page(H1 + prose, url="https://a.example/2024/07/03/flood")
    assert at(find_published(page, now=now).value) == datetime(2024, 7, 3, tzinfo=UTC)


def test_the_feeds_date_is_heard(make_page: MakePage, prose: str, now: datetime) -> None:
    stated = StatedTime(raw="Wed, 03 Jul 2024 17:47:00 GMT", at=datetime(2024, 7, 3, 17, 47, tzinfo=UTC), offset_minutes=0)
    assert find_published(make_page(H1 + prose), Hints(published=stated), now=now).value == stated


@pytest.mark.parametrize(
    "line", ["2024年7月3日 12:44", "발행 2024.07.03 12:44", "3 juillet 2024 à 12h44", "3 июля 2024, 12:44", "٣ يوليو ٢٠٢٤ 12:44"]
)
def test_dates_in_many_languages_are_read(make_page: MakePage, prose: str, now: datetime, line: str) -> None:
    found = find_published(make_page(f"{H1}<div>{line}</div>{prose}"), now=now).value
    assert at(found) == datetime(2024, 7, 3, 12, 44, tzinfo=UTC)


def test_a_date_that_may_be_read_two_ways_is_left_unread(make_page: MakePage, prose: str, now: datetime) -> None:
    assert find_published(make_page(f"{H1}<div>03/07/2024 12:44</div>{prose}"), now=now).value is None


def test_the_seconds_that_weixins_pages_count_from_1970_are_found(make_page: MakePage, now: datetime) -> None:
    page = make_page('<em id="publish_time">昨天</em><script>var nickname = "x"; var ct = "1720010640";</script>')
    found = find_published(page, None, now=now).value
    assert found is not None
    assert found.at == datetime(2024, 7, 3, 12, 44, tzinfo=UTC)


def test_a_date_that_only_a_script_holds_is_found(make_page: MakePage, now: datetime) -> None:
    page = make_page('<div id="app"></div><script>var story = {"publishDate": "2024-07-03 12:44"}</script>')
    assert at(find_published(page, now=now).value) == datetime(2024, 7, 3, 12, 44, tzinfo=UTC)


def test_a_page_without_any_date_has_none(make_page: MakePage, prose: str, now: datetime) -> None:
    assert find_published(make_page(H1 + prose), now=now).value is None
