"""The guard as it works in the client: what a name resolves to, where redirects lead, what a socket connects to."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from broadsheet.fetch import Client, FetchSettings, wire
from broadsheet.fetch.guard import Resolver
from broadsheet.model import Declined, Request


def get(url: str, *answers: str, **settings: Any) -> Any:
    """What a client gets for *url* when every name has these addresses."""

    async def lookup(host: str, port: int) -> tuple[str, ...]:
        return answers

    async def scene() -> Any:
        async with Client(FetchSettings(host_delay=0, **settings), lookup=lookup) as one:
            return await one.get(Request(url=url, kind="feed"))

    return asyncio.run(scene())


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.7", "169.254.169.254", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "fd00::1"])
def test_a_name_that_resolves_to_a_special_address_is_declined(address: str) -> None:
    outcome = get("http://nas.example/feed", address)
    assert isinstance(outcome, Declined)
    assert outcome.cause == "address"
    assert f"nas.example resolves to {address}" in outcome.reason
    assert outcome.reason.endswith("To allow it, add nas.example to fetch.private_hosts")


def test_https_is_guarded_like_http() -> None:
    assert get("https://nas.example/feed", "10.0.0.7").cause == "address"


def test_several_special_addresses_are_no_better_than_one() -> None:
    assert get("http://nas.example/feed", "10.0.0.7", "::1", "127.0.0.1").cause == "address"


def test_a_name_without_addresses_cannot_be_resolved() -> None:
    assert get("http://nas.example/feed").reason == "the name nas.example cannot be resolved"


def test_the_socket_is_checked_even_if_the_resolver_lets_an_address_through(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "GuardedResolver", Resolver)  # a resolver without a conscience: only the socket is left to object
    monkeypatch.setattr("broadsheet.fetch.guard.WEB_PORTS", {site.port})
    site.says("/feed")
    outcome = site.fetch("/feed", settings={"private_hosts": ()})
    assert (outcome.cause, site.seen) == ("address", [])


def test_a_name_that_changes_its_address_is_refused_at_its_next_connection(site: Any) -> None:
    looked_up: list[str] = []

    async def lookup(host: str, port: int) -> tuple[str, ...]:
        looked_up.append(host)
        return ("127.0.0.1",)

    async def scene() -> Any:
        async with site.up(), Client(FetchSettings(host_delay=0, private_hosts=("a.test",)), lookup=lookup) as one:
            first = await one.get(Request(url=site.url("/feed"), kind="feed"))
            rebound = await one.get(Request(url="http://rebound.test/feed", kind="feed"))
            return first, rebound

    site.says("/feed")
    first, rebound = asyncio.run(scene())
    assert (first.exchange.status, rebound.cause, looked_up) == (200, "address", ["a.test", "rebound.test"])


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("location", ["http://169.254.169.254/latest/meta-data/", "http://2130706433/", "//[::1]/", "http://inner.test/"])
def test_a_redirect_to_a_special_address_is_declined(site: Any, status: int, location: str) -> None:
    site.redirects("/feed", location, status)
    outcome = site.fetch("/feed")
    assert isinstance(outcome, Declined)
    assert (outcome.cause, outcome.url, site.paths) == ("address", site.url("/feed"), ["/feed"])


def test_a_redirect_to_another_service_of_an_allowed_host_is_declined(site: Any) -> None:
    site.redirects("/feed", "http://a.test:6379/")
    assert site.fetch("/feed", settings={"private_hosts": (f"a.test:{site.port}",)}).cause == "address"


@pytest.mark.parametrize("location", ["file:///etc/passwd", "gopher://a.test/", "data:text/html,x", "javascript:alert(1)", "ftp://a.test/"])
def test_a_redirect_to_another_scheme_is_declined(site: Any, location: str) -> None:
    site.redirects("/feed", location)
    outcome = site.fetch("/feed")
    assert isinstance(outcome, Declined)
    assert outcome.cause == "scheme"


def test_a_robots_txt_that_leads_inside_is_not_followed(site: Any) -> None:
    site.redirects("/robots.txt", "http://127.0.0.1:1/secret")
    site.says("/story")
    outcome = site.fetch("/story", kind="page", settings={"private_hosts": ("a.test",)})
    assert (outcome.exchange.status, site.paths) == (200, ["/robots.txt", "/story"])


def test_the_environment_names_no_proxy(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    site.says("/feed")
    assert site.fetch("/feed").exchange.status == 200


def test_the_system_resolver_is_asked_when_no_other_is_given() -> None:
    assert "127.0.0.1" in asyncio.run(wire.look_up("localhost", 80))
