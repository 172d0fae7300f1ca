"""Sending something: the same manners and the same guard as for asking, and an answer whatever its status."""

from __future__ import annotations

import asyncio
from typing import Any

from broadsheet.fetch import Client, FetchSettings
from broadsheet.model import Declined, Failed, Fetched, Posted, PostOutcome, Request


def post(site: Any, path: str, body: bytes = b"a=b", *, host: str = "a.test", settings: dict[str, Any] | None = None, **said: Any) -> PostOutcome:
    said = {"media_type": "text/plain", **said}
    outcome: PostOutcome = site.run(lambda client: client.post(site.url(path, host), body, **said), **(settings or {}))
    return outcome


def test_what_is_sent_arrives_with_its_type_and_headers(site: Any) -> None:
    site.says("/hub", status=202)
    post(site, "/hub", b"<feed/>", media_type="application/atom+xml", headers=(("X-Hub-Signature", "sha256=0"),))
    seen = site.seen[0]
    assert (seen.method, seen.body) == ("POST", b"<feed/>")
    assert seen.get("content-type") == "application/atom+xml"
    assert seen.get("x-hub-signature") == "sha256=0"


def test_an_answer_is_given_back_whatever_its_status(site: Any) -> None:
    site.says("/hub", status=410, body=b"gone")
    outcome = post(site, "/hub")
    assert isinstance(outcome, Posted)
    assert (outcome.status, outcome.body, outcome.is_success) == (410, b"gone", False)


def test_a_redirect_is_not_followed_after_sending(site: Any) -> None:
    site.redirects("/hub", "/elsewhere", status=307)
    outcome = post(site, "/hub")
    assert isinstance(outcome, Posted)
    assert (outcome.status, site.paths) == (307, ["/hub"])


def test_a_long_answer_is_cut_and_still_an_answer(site: Any) -> None:
    site.says("/hub", endless=True)
    outcome = post(site, "/hub")
    assert isinstance(outcome, Posted)
    assert (outcome.status, len(outcome.body)) == (200, 65_536)


def test_nothing_is_sent_to_a_private_address(site: Any) -> None:
    outcome = post(site, "/hub", settings={"private_hosts": ()})
    assert isinstance(outcome, Declined)
    assert outcome.cause == "address"
    assert site.seen == []


def test_an_address_of_the_operators_own_may_be_private(site: Any) -> None:
    outcome = post(site, "/hook", settings={"private_hosts": ()}, exempt=True)
    assert isinstance(outcome, Posted)


def test_an_address_that_cannot_be_read_is_declined() -> None:
    async def scene() -> PostOutcome:
        async with Client(FetchSettings()) as client:
            return await client.post("mailto:hub@a.test", b"", media_type="text/plain")

    outcome = asyncio.run(scene())
    assert isinstance(outcome, Declined)
    assert outcome.cause == "bad-url"


def test_nobody_listening_is_a_failure(site: Any) -> None:
    async def scene() -> PostOutcome:
        async with site.client() as client:
            return await client.post("http://no-such.name.invalid/", b"", media_type="text/plain")

    assert isinstance(asyncio.run(scene()), Failed)


def test_sending_waits_its_turn_at_the_host(site: Any) -> None:
    site.says("/hub", status=204)

    async def scene() -> None:
        async with site.up(), site.client(host_delay=5.0) as client:
            await client.post(site.url("/hub"), b"1", media_type="text/plain")
            await client.post(site.url("/hub"), b"2", media_type="text/plain")

    asyncio.run(scene())
    assert site.clock.slept == [5.0]


def test_a_host_that_answers_429_to_something_sent_is_left_alone(site: Any) -> None:
    site.says("/hub", status=429, headers={"Retry-After": "60"})

    async def scene() -> PostOutcome:
        async with site.up(), site.client() as client:
            await client.post(site.url("/hub"), b"", media_type="text/plain")
            return await client.post(site.url("/other"), b"", media_type="text/plain")

    outcome = asyncio.run(scene())
    assert isinstance(outcome, Failed)
    assert outcome.retry_after is not None
    assert site.paths == ["/hub"]


def test_a_callback_is_asked_as_it_is_written_and_no_redirect_followed(site: Any) -> None:
    site.redirects("/callback?x=1", "/elsewhere")
    site.says("/elsewhere", body=b"challenge")
    outcome = site.run(lambda client: client.get(Request(url=site.url("/callback?x=1"), kind="callback")))
    assert isinstance(outcome, Failed)
    assert site.paths == ["/callback?x=1"]


def test_a_callback_needs_no_leave_from_robots_txt(site: Any) -> None:
    site.says("/robots.txt", body=b"User-agent: *\nDisallow: /")
    site.says("/callback", body=b"challenge")
    outcome = site.run(lambda client: client.get(Request(url=site.url("/callback"), kind="callback")))
    assert isinstance(outcome, Fetched)
    assert site.paths == ["/callback"]
