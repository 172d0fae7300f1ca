from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from broadsheet.fetch import Client
from broadsheet.fetch.robots import MAX_CRAWL_DELAY, Rules
from broadsheet.model import Declined, Failed, Fetched, Request

RULES = b"User-agent: *\nDisallow: /private/\n"


def get_pages(site: Any, *paths: str, apart: timedelta = timedelta(0)) -> Any:
    """Outcomes of getting *paths* one after another, *apart* in time."""

    async def action(client: Client) -> list[Any]:
        found = []
        for path in paths:
            found.append(await client.get(Request(url=site.url(path), kind="page")))
            site.clock.time += apart
        return found

    return site.run(action)


def test_a_page_that_robots_txt_forbids_is_not_asked_for(site: Any) -> None:
    site.says("/robots.txt", body=RULES)
    outcome = site.fetch("/private/story", kind="page")
    assert isinstance(outcome, Declined)
    assert (outcome.cause, site.paths) == ("robots", ["/robots.txt"])


def test_robots_txt_is_asked_before_the_first_page_and_once_for_all(site: Any) -> None:
    site.says("/robots.txt", body=RULES)
    site.says("/1")
    site.says("/2")
    get_pages(site, "/1", "/2", apart=timedelta(hours=11))
    assert site.paths == ["/robots.txt", "/1", "/2"]


def test_robots_txt_is_asked_again_after_a_day(site: Any) -> None:
    site.says("/robots.txt", body=RULES)
    site.says("/1")
    get_pages(site, "/1", "/1", apart=timedelta(hours=25))
    assert site.paths == ["/robots.txt", "/1"] * 2


def test_pages_that_start_together_share_one_robots_txt(site: Any) -> None:
    site.says("/robots.txt", body=RULES)
    site.says("/1")
    site.run(lambda client: asyncio.gather(*(client.get(Request(url=site.url("/1"))) for _ in range(5))))
    assert site.paths == ["/robots.txt"] + ["/1"] * 5


@pytest.mark.parametrize("kind", ["feed", "image", "sitemap"])
def test_only_articles_ask_robots_txt(site: Any, kind: str) -> None:
    site.says("/robots.txt", body=RULES)
    site.says("/private/x")
    assert isinstance(site.fetch("/private/x", kind=kind), Fetched)
    assert site.paths == ["/private/x"]


def test_an_operator_may_leave_robots_txt_aside(site: Any) -> None:
    site.says("/robots.txt", body=RULES)
    site.says("/private/x")
    assert isinstance(site.fetch("/private/x", kind="page", settings={"obey_robots": False}), Fetched)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_no_robots_txt_allows_everything(site: Any, status: int) -> None:
    site.says("/robots.txt", status=status)
    site.says("/1")
    assert isinstance(site.fetch("/1", kind="page"), Fetched)


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_robots_txt_that_cannot_be_had_now_puts_pages_off(site: Any, status: int) -> None:
    site.says("/robots.txt", status=status, headers={"Retry-After": "20"})
    outcome = site.fetch("/1", kind="page")
    assert isinstance(outcome, Failed)
    assert (outcome.retry, outcome.retry_after, site.paths) == (True, timedelta(seconds=20), ["/robots.txt"])


def test_a_broken_off_robots_txt_puts_pages_off(site: Any) -> None:
    site.says("/robots.txt", raw=b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nUser-")
    assert isinstance(site.fetch("/1", kind="page"), Failed)


def test_a_failing_robots_txt_is_not_asked_for_every_page(site: Any) -> None:
    site.says("/robots.txt", status=500)
    get_pages(site, "/1", "/2", "/3")
    assert site.paths == ["/robots.txt"]


def test_a_failing_robots_txt_is_asked_again_soon(site: Any) -> None:
    site.says("/robots.txt", status=500)
    site.says("/robots.txt", body=RULES)
    site.says("/1")
    first, second = get_pages(site, "/1", "/1", apart=timedelta(minutes=2))
    assert (isinstance(first, Failed), isinstance(second, Fetched)) == (True, True)


def test_rules_we_had_stay_in_force_while_robots_txt_cannot_be_had(site: Any) -> None:
    site.says("/robots.txt", body=RULES)
    site.says("/robots.txt", status=500)
    site.says("/1")
    *_, allowed, forbidden = get_pages(site, "/1", "/1", "/private/1", apart=timedelta(hours=25))
    assert (isinstance(allowed, Fetched), isinstance(forbidden, Declined)) == (True, True)


def test_a_redirect_into_what_robots_txt_forbids_is_declined(site: Any) -> None:
    site.says("/robots.txt", body=RULES)
    site.redirects("/1", "/private/1")
    outcome = site.fetch("/1", kind="page")
    assert isinstance(outcome, Declined)
    assert (outcome.cause, outcome.url, site.paths) == ("robots", site.url("/1"), ["/robots.txt", "/1"])


def test_a_redirect_to_another_host_asks_that_hosts_robots_txt(site: Any) -> None:
    site.says("/robots.txt", body=RULES)
    site.redirects("/1", site.url("/2", "b.test"))
    site.says("/2")
    assert isinstance(site.fetch("/1", kind="page"), Fetched)
    assert site.paths == ["/robots.txt", "/1", "/robots.txt", "/2"]


def test_a_redirect_to_another_origin_of_the_same_host_does_not_wait_for_itself(site: Any) -> None:
    site.says("/robots.txt", body=RULES)
    site.redirects("/1", f"https://a.test:{site.port}/2")

    async def within_reason(client: Client) -> Any:
        async with asyncio.timeout(10):
            return await client.get(Request(url=site.url("/1")))

    assert "robots.txt cannot be had" in site.run(within_reason, connect_timeout=0.2).reason


def test_a_429_for_robots_txt_is_no_permission(site: Any) -> None:
    site.says("/robots.txt", status=429, headers={"Retry-After": "20"})
    site.says("/robots.txt", body=RULES)
    _, later = get_pages(site, "/private/1", "/private/1", apart=timedelta(seconds=30))
    assert isinstance(later, Declined)


def test_a_robots_txt_that_has_moved_is_followed(site: Any) -> None:
    site.redirects("/robots.txt", site.url("/rules", "b.test"), 301)
    site.says("/rules", body=RULES)
    assert isinstance(site.fetch("/private/1", kind="page"), Declined)


def test_our_own_group_outranks_the_general_one(site: Any) -> None:
    site.says("/robots.txt", body=b"User-agent: *\nDisallow: /\n\nUser-agent: broadsheet\nDisallow: /private/\n")
    site.says("/1")
    assert isinstance(site.fetch("/1", kind="page"), Fetched)


@pytest.mark.parametrize("body", [b"", b"<html>Not found</html>", bytes(range(256)), b"\xef\xbb\xbf", b"Disallow: /"])
def test_a_robots_txt_that_says_nothing_allows_everything(site: Any, body: bytes) -> None:
    site.says("/robots.txt", body=body)
    site.says("/1")
    assert isinstance(site.fetch("/1", kind="page"), Fetched)


def test_a_byte_order_mark_does_not_hide_the_first_line(site: Any) -> None:
    site.says("/robots.txt", body=b"\xef\xbb\xbf" + RULES)
    assert isinstance(site.fetch("/private/1", kind="page"), Declined)


def test_a_crawl_delay_is_kept_between_pages(site: Any) -> None:
    site.says("/robots.txt", body=b"User-agent: *\nCrawl-delay: 7\n")
    site.says("/1")
    get_pages(site, "/1", "/1")
    assert site.clock.slept == [7, 7]


def test_a_crawl_delay_of_hours_is_capped(site: Any) -> None:
    site.says("/robots.txt", body=b"User-agent: *\nCrawl-delay: 36000\n")
    site.says("/1")
    site.fetch("/1", kind="page")
    assert site.clock.slept == [MAX_CRAWL_DELAY.total_seconds()]


@pytest.mark.parametrize("said", [b"-5", b"nan", b"inf", b"soon", b""])
def test_a_crawl_delay_that_is_none_is_none(site: Any, said: bytes) -> None:
    site.says("/robots.txt", body=b"User-agent: *\nCrawl-delay: " + said + b"\n")
    site.says("/1")
    assert isinstance(site.fetch("/1", kind="page"), Fetched)
    assert site.clock.slept in ([], [MAX_CRAWL_DELAY.total_seconds()])


def test_no_rules_allow_everything() -> None:
    assert (Rules().allows("http://a.test/x"), Rules().crawl_delay) == (True, timedelta(0))


def test_only_so_many_hosts_are_remembered(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("broadsheet.fetch.robots._KEPT", 1)
    site.says("/1")

    async def there_and_back(client: Client) -> None:
        await client.get(Request(url=site.url("/1")))
        await client.get(Request(url=site.url("/1", "b.test")))
        await client.get(Request(url=site.url("/1")))

    site.run(there_and_back)
    assert site.paths == ["/robots.txt", "/1"] * 3
