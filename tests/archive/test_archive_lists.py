"""List pages: newest first, months that close for good."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from broadsheet.archive.folder import open_folder
from broadsheet.archive.lists import NEWEST, OPEN, Listed, Listing, write_lists
from broadsheet.archive.native.lists import list_form

MAY = datetime(2024, 5, 31, 23, tzinfo=UTC)
JUNE = datetime(2024, 6, 10, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path):
    with open_folder(tmp_path, "native") as opened:
        yield opened


def write(folder, articles, *, now, zone=UTC):
    write_lists(folder, Listing(stem="x", title="X", articles=articles), list_form(zone), zone=zone, now=now)


def listed(number, at=JUNE):
    return Listed(at=at + timedelta(minutes=number), title=f"T{number}", path=f"articles/x/{number}.md")


def page(folder, name):
    return (folder.read(f"lists/{name}.md") or b"").decode()


def test_a_month_is_open_until_three_days_after_its_end(folder):
    write(folder, [listed(1, MAY - timedelta(days=9))], now=datetime(2024, 6, 3, 23, tzinfo=UTC))
    assert page(folder, "x/2024-05") == ""
    write(folder, [listed(1, MAY - timedelta(days=9))], now=datetime(2024, 6, 4, tzinfo=UTC))
    assert "[T1](../../articles/x/1.md)" in page(folder, "x/2024-05")


def test_a_closed_month_is_never_rewritten(folder):
    write(folder, [listed(1, MAY)], now=JUNE)
    before = page(folder, "x/2024-05")
    write(folder, [listed(1, MAY), listed(2, MAY)], now=JUNE)
    assert page(folder, "x/2024-05") == before


def test_what_comes_late_for_a_closed_month_has_a_page_and_a_link(folder):
    write(folder, [listed(1, MAY)], now=JUNE)
    write(folder, [listed(1, MAY), listed(2, MAY)], now=JUNE)
    assert "T2" in page(folder, "x/2024-05-later")
    assert "T1" not in page(folder, "x/2024-05-later")
    assert "(x/2024-05-later.md)" in page(folder, "x")


def test_the_first_page_holds_the_newest_only(folder):
    write(folder, [listed(n) for n in range(NEWEST + 5)], now=JUNE)
    assert page(folder, "x").count("](../articles/") == NEWEST
    assert page(folder, "x").index("T304") < page(folder, "x").index("T303")


def test_articles_of_an_open_month_that_the_first_page_does_not_reach_are_listed_too(folder):
    write(folder, [listed(n) for n in range(NEWEST + 5)], now=JUNE)
    assert "[T0]" in page(folder, "x/2024-06")
    assert OPEN in page(folder, "x/2024-06")


def test_the_page_of_an_open_month_is_finished_when_the_month_closes(folder):
    write(folder, [listed(n) for n in range(NEWEST + 5)], now=JUNE)
    write(folder, [listed(n) for n in range(NEWEST + 6)], now=JUNE + timedelta(days=60))
    assert OPEN not in page(folder, "x/2024-06")
    assert "T305" in page(folder, "x/2024-06")


def test_months_are_those_of_the_zone(folder):
    write(folder, [listed(1, MAY)], now=JUNE + timedelta(days=60), zone=timezone(timedelta(hours=8)))
    assert page(folder, "x/2024-05") == ""
    assert "- 2024-06-01 [T1]" in page(folder, "x/2024-06")


def test_every_article_is_on_some_page(folder):
    articles = [listed(n, JUNE - timedelta(days=n)) for n in range(700)]
    write(folder, articles[350:], now=JUNE)
    write(folder, articles, now=JUNE)
    pages = " ".join(folder.read(path).decode() for path in folder.files("lists", ".md"))
    assert [one.title for one in articles if f"[{one.title}]" not in pages] == []
