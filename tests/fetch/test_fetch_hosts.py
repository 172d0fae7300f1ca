from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from broadsheet.fetch import Client
from broadsheet.fetch.client import UNSAID_WAIT
from broadsheet.fetch.hosts import Hosts
from broadsheet.model import Failed, Fetched, Request


def get_all(site: Any, *urls: str, kind: str = "feed") -> Callable[[Client], Any]:
    return lambda client: asyncio.gather(*(client.get(Request(url=url, kind=kind)) for url in urls))


def test_requests_to_one_host_go_one_at_a_time(site: Any) -> None:
    site.says("/feed")
    site.run(get_all(site, *[site.url("/feed")] * 8))
    assert (len(site.seen), site.most_at_once) == (8, 1)


def test_a_pause_lies_between_two_requests_to_one_host(site: Any) -> None:
    site.says("/feed")
    site.run(get_all(site, *[site.url("/feed")] * 3), host_delay=2.5)
    assert site.clock.slept == [2.5, 2.5]


def test_time_that_has_passed_counts_as_pause(site: Any) -> None:
    site.says("/feed")

    async def later(client: Client) -> None:
        await client.get(Request(url=site.url("/feed"), kind="feed"))
        site.clock.pass_(seconds=2)
        await client.get(Request(url=site.url("/feed"), kind="feed"))

    site.run(later, host_delay=2.5)
    assert site.clock.slept == [0.5]


def test_a_clock_that_is_set_back_costs_one_pause_and_no_more(site: Any) -> None:
    site.says("/feed")

    async def earlier(client: Client) -> None:
        await client.get(Request(url=site.url("/feed"), kind="feed"))
        site.clock.pass_(hours=-5)
        await client.get(Request(url=site.url("/feed"), kind="feed"))

    site.run(earlier, host_delay=2.5)
    assert site.clock.slept == [2.5]


def test_other_hosts_do_not_wait(site: Any) -> None:
    site.says("/feed")
    site.run(get_all(site, site.url("/feed"), site.url("/feed", "b.test")), host_delay=2.5)
    assert site.clock.slept == []


def test_a_host_that_hangs_holds_up_no_other(site: Any) -> None:
    site.says("/slow", raw=b"", hang=True)
    site.says("/feed")
    slow, quick = site.run(get_all(site, site.url("/slow"), site.url("/feed", "b.test")), timeout=0.3)
    assert (isinstance(slow, Failed), isinstance(quick, Fetched)) == (True, True)


def test_a_redirect_within_a_host_is_part_of_the_same_visit(site: Any) -> None:
    site.redirects("/1", "/2")
    site.says("/2")
    site.fetch("/1", settings={"host_delay": 2.5})
    assert site.clock.slept == []


def test_a_redirect_to_another_host_waits_in_that_hosts_queue(site: Any) -> None:
    site.redirects("/1", site.url("/2", "b.test"))
    site.says("/2")
    site.run(get_all(site, site.url("/2", "b.test"), site.url("/1")), host_delay=2.5)
    assert site.clock.slept == [2.5]


def test_hosts_that_redirect_to_each_other_do_not_wait_for_ever(site: Any) -> None:
    site.redirects("/to-b", site.url("/end", "b.test"))
    site.redirects("/to-a", site.url("/end"))
    site.says("/end")
    outcomes = site.run(get_all(site, *[site.url("/to-b"), site.url("/to-a", "b.test")] * 4))
    assert [type(outcome) for outcome in outcomes] == [Fetched] * 8


def test_after_a_429_the_whole_host_is_left_alone(site: Any) -> None:
    site.says("/busy", status=429, headers={"Retry-After": "120"})
    site.says("/feed")
    busy, held = site.run(get_all(site, site.url("/busy"), site.url("/feed")))
    assert (busy.status, busy.retry_after) == (429, timedelta(seconds=120))
    assert (held.status, held.retry_after, held.retry) == (None, timedelta(seconds=120), True)
    assert (site.paths, site.clock.slept) == (["/busy"], [])


def test_a_429_says_nothing_about_other_hosts(site: Any) -> None:
    site.says("/busy", status=429, headers={"Retry-After": "120"})
    site.says("/feed")
    _, other = site.run(get_all(site, site.url("/busy"), site.url("/feed", "b.test")))
    assert isinstance(other, Fetched)


def test_a_429_without_a_time_means_ten_minutes(site: Any) -> None:
    site.says("/busy", status=429)
    busy, held = site.run(get_all(site, site.url("/busy"), site.url("/busy")))
    assert (busy.retry_after, held.retry_after) == (None, UNSAID_WAIT)


def test_when_the_time_is_over_the_host_is_asked_again(site: Any) -> None:
    site.says("/busy", status=429, headers={"Retry-After": "120"})
    site.says("/busy")

    async def later(client: Client) -> Any:
        await client.get(Request(url=site.url("/busy"), kind="feed"))
        site.clock.pass_(seconds=121)
        return await client.get(Request(url=site.url("/busy"), kind="feed"))

    assert isinstance(site.run(later), Fetched)


def test_a_503_holds_up_no_other_request(site: Any) -> None:
    site.says("/broken", status=503, headers={"Retry-After": "120"})
    site.says("/feed")
    _, other = site.run(get_all(site, site.url("/broken"), site.url("/feed")))
    assert isinstance(other, Fetched)


def test_a_request_that_is_cancelled_lets_the_next_one_in(site: Any) -> None:
    site.says("/slow", raw=b"", hang=True)
    site.says("/feed")

    async def give_up(client: Client) -> Any:
        slow = asyncio.create_task(client.get(Request(url=site.url("/slow"), kind="feed")))
        await asyncio.sleep(0.05)
        slow.cancel()
        with pytest.raises(asyncio.CancelledError):
            await slow
        return await client.get(Request(url=site.url("/feed"), kind="feed"))

    assert isinstance(site.run(give_up), Fetched)


def test_one_that_is_cancelled_while_waiting_leaves_the_queue_in_order(site: Any) -> None:
    async def scene() -> timedelta | None:
        hosts = Hosts(now=site.clock.now, sleep=site.clock.sleep)
        async with hosts.visit() as first:
            await first.enter("a.test", timedelta(0))
            waiting = asyncio.create_task(hosts.visit().enter("a.test", timedelta(0)))
            await asyncio.sleep(0)
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
        return await hosts.visit().enter("a.test", timedelta(0))

    assert asyncio.run(scene()) is None


def test_hosts_that_owe_us_nothing_are_forgotten(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("broadsheet.fetch.hosts._FORGET_FROM", 2)
    hosts = Hosts(now=site.clock.now, sleep=site.clock.sleep)
    hosts.hold("held.test", timedelta(days=1))
    hosts.hold("short.test", timedelta(seconds=1))
    site.clock.pass_(hours=2)
    assert hosts.rest("new.test") is None
    assert sorted(hosts._hosts) == ["held.test", "new.test"]


def test_a_hold_is_never_made_shorter(site: Any) -> None:
    hosts = Hosts(now=site.clock.now, sleep=site.clock.sleep)
    hosts.hold("a.test", timedelta(days=1))
    hosts.hold("a.test", timedelta(seconds=1))
    assert hosts.rest("a.test") == timedelta(days=1)
