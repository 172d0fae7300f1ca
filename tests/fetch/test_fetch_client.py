from __future__ import annotations

import asyncio
import gzip
import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from broadsheet.errors import ConfigError, UsageError
from broadsheet.fetch import Client, FetchSettings
from broadsheet.fetch.client import exchange_id
from broadsheet.model import Declined, Failed, Fetched, Request, Unchanged, Validators

BOTH = Validators(etag='W/"a,b"', last_modified="yesterday, more or less")


def test_a_200_is_an_exchange_with_the_whole_body(site: Any) -> None:
    site.says("/feed", headers={"Content-Type": "text/xml", "ETag": '"x"'}, body=b"<rss/>")
    exchange = site.fetch("/feed").exchange
    assert (exchange.status, exchange.body, exchange.content_type, exchange.validators) == (200, b"<rss/>", "text/xml", Validators(etag='"x"'))
    assert (exchange.url, exchange.final_url, exchange.permanent_url) == (site.url("/feed"), site.url("/feed"), None)
    assert exchange.fetched_at == site.clock.time


def test_validators_are_sent_back_byte_for_byte(site: Any) -> None:
    site.says("/feed")
    site.fetch("/feed", validators=BOTH)
    assert site.seen[0].get("if-none-match") == 'W/"a,b"'
    assert site.seen[0].get("if-modified-since") == "yesterday, more or less"


def test_without_validators_nothing_conditional_is_asked(site: Any) -> None:
    site.says("/feed")
    site.fetch("/feed")
    assert (site.seen[0].get("if-none-match"), site.seen[0].get("if-modified-since")) == (None, None)


def test_a_304_is_unchanged_and_may_renew_validators(site: Any) -> None:
    site.says("/feed", status=304, headers={"ETag": '"new"'}, body=b"")
    outcome = site.fetch("/feed", validators=BOTH)
    assert isinstance(outcome, Unchanged)
    assert (outcome.url, outcome.headers.get("etag")) == (site.url("/feed"), '"new"')


def test_a_304_that_nobody_asked_for_is_a_failure(site: Any) -> None:
    site.says("/feed", status=304, body=b"")
    assert site.fetch("/feed").status == 304


@pytest.mark.parametrize("status", [400, 401, 402, 404, 405, 406, 410, 414, 451])
def test_a_final_no_is_not_asked_again(site: Any, status: int) -> None:
    site.says("/feed", status=status)
    outcome = site.fetch("/feed")
    assert isinstance(outcome, Failed)
    assert (outcome.status, outcome.retry, outcome.reason) == (status, False, f"a.test answered {status}")


@pytest.mark.parametrize("status", [206, 300, 403, 408, 418, 425, 500, 502, 503, 504, 520, 599])
def test_any_other_status_may_be_better_later(site: Any, status: int) -> None:
    site.says("/feed", status=status)
    outcome = site.fetch("/feed")
    assert isinstance(outcome, Failed)
    assert (outcome.status, outcome.retry, outcome.retry_after) == (status, True, None)


def test_a_503_says_when_to_come_back(site: Any) -> None:
    site.says("/feed", status=503, headers={"Retry-After": "120"})
    assert site.fetch("/feed").retry_after == timedelta(seconds=120)


def test_an_empty_204_is_a_body_of_nothing(site: Any) -> None:
    site.says("/feed", status=204, body=b"")
    assert site.fetch("/feed").exchange.body == b""


def test_we_say_who_we_are_and_what_we_can_read(site: Any) -> None:
    site.says("/feed")
    site.fetch("/feed", settings={"contact": "https://example.com/about"})
    assert (site.seen[0].get("user-agent") or "").startswith("Broadsheet/")
    assert (site.seen[0].get("user-agent") or "").endswith(" (+https://example.com/about)")
    assert site.seen[0].get("accept-encoding") == "gzip, deflate, br, zstd"
    assert (site.seen[0].get("accept") or "").startswith("application/atom+xml")


def test_an_operator_may_choose_the_user_agent(site: Any) -> None:
    site.says("/feed")
    site.fetch("/feed", settings={"user_agent": "Own/1"})
    assert site.seen[0].get("user-agent") == "Own/1"


def test_neither_referer_nor_cookie_nor_login_is_sent_unasked(site: Any) -> None:
    site.says("/feed")
    site.fetch("/feed")
    assert {name.lower() for name, _ in site.seen[0].headers} == {"host", "user-agent", "accept", "accept-encoding"}


def test_the_referer_given_is_sent(site: Any) -> None:
    site.says("/x.jpg")
    site.fetch("/x.jpg", kind="image", referer="https://example.com/story")
    assert site.seen[0].get("referer") == "https://example.com/story"


def test_an_operators_headers_are_sent(site: Any) -> None:
    site.says("/feed")
    site.fetch("/feed", headers=(("Cookie", "subscriber=1"),))
    assert site.seen[0].get("cookie") == "subscriber=1"


def test_a_value_that_would_begin_a_header_of_its_own_is_left_out(site: Any) -> None:
    site.says("/feed")
    site.fetch("/feed", validators=Validators(etag='"x"\r\nX-Evil: 1'), referer="http://x/\nX-Evil: 1")
    assert "x-evil" not in {name.lower() for name, _ in site.seen[0].headers}


def test_a_login_in_the_url_is_sent_as_a_header_and_shown_nowhere(site: Any) -> None:
    site.says("/feed")
    outcome = site.run(lambda client: client.get(Request(url=f"http://me:se%40cret@a.test:{site.port}/feed", kind="feed")))
    assert site.seen[0].get("authorization") == "Basic bWU6c2VAY3JldA=="
    assert "cret" not in repr(outcome)
    assert outcome.exchange.url == site.url("/feed")


def test_a_packed_body_is_unpacked(site: Any) -> None:
    site.says("/feed", headers={"Content-Encoding": "gzip"}, body=gzip.compress(b"<rss/>"))
    assert site.fetch("/feed").exchange.body == b"<rss/>"


def test_a_truncated_gzip_body_may_be_whole_later(site: Any) -> None:
    site.says("/feed", headers={"Content-Encoding": "gzip"}, body=gzip.compress(b"<rss/>")[:-4])
    outcome = site.fetch("/feed")
    assert isinstance(outcome, Failed)
    assert outcome.retry


def test_an_unknown_coding_is_a_failure_that_names_it(site: Any) -> None:
    site.says("/feed", headers={"Content-Encoding": "sdch"})
    assert "'sdch'" in site.fetch("/feed").reason


@pytest.mark.parametrize("kind", ["page", "feed", "sitemap", "image"])
def test_a_body_past_the_limit_of_its_kind_is_declined(site: Any, kind: str) -> None:
    site.says("/x", endless=True)
    limits = {"max_page_bytes": 20_000, "max_feed_bytes": 20_000, "max_image_bytes": 20_000, "obey_robots": False}
    outcome = site.fetch("/x", kind=kind, settings=limits)
    assert isinstance(outcome, Declined)
    assert (outcome.cause, outcome.reason) == ("too-large", "its body is larger than 20000 bytes")


def test_a_body_announced_past_the_limit_is_not_read(site: Any) -> None:
    site.says("/x", raw=b"HTTP/1.1 200 OK\r\nContent-Length: 50000000\r\n\r\n")
    outcome = site.fetch("/x", settings={"max_feed_bytes": 20_000})
    assert (outcome.cause, "50000000" in outcome.reason) == ("too-large", True)


def test_a_bomb_is_declined(site: Any) -> None:
    site.says("/x", headers={"Content-Encoding": "gzip"}, body=gzip.compress(bytes(5_000_000)))
    assert site.fetch("/x").cause == "too-large"


@pytest.mark.parametrize(
    "raw",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nhalf",
        b"HTTP/1.1 200 OK\r\nContent-Len",
        b"220 mail.example.com ESMTP\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: ten\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000 + b"\r\n\r\n",
        b"",
    ],
)
def test_an_answer_that_breaks_off_or_is_not_http_may_be_better_later(site: Any, raw: bytes) -> None:
    site.says("/feed", raw=raw)
    outcome = site.fetch("/feed")
    assert isinstance(outcome, Failed)
    assert (outcome.status, outcome.retry) == (None, True)


def test_more_bytes_than_announced_are_a_failure_not_a_page_cut_short(site: Any) -> None:
    site.says("/feed", raw=b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhalf of it")
    outcome = site.fetch("/feed")
    assert isinstance(outcome, Failed)
    assert outcome.retry


@pytest.mark.parametrize("raw", [b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", b"HTTP/1.1 200 OK\r\nX-Drip: ", b""])
def test_a_server_that_stops_speaking_times_out(site: Any, raw: bytes) -> None:
    site.says("/feed", raw=raw, hang=True)
    outcome = site.fetch("/feed", settings={"timeout": 0.2})
    assert isinstance(outcome, Failed)
    assert (outcome.reason, outcome.retry) == ("no whole answer came within 0.2 seconds", True)


def test_long_headers_are_read(site: Any) -> None:
    site.says("/feed", headers={"Content-Security-Policy": "x" * 40_000})
    assert isinstance(site.fetch("/feed"), Fetched)


def test_header_bytes_of_any_age_are_text(site: Any) -> None:
    site.says("/feed", raw=b"HTTP/1.1 200 OK\r\nX-New: caf\xc3\xa9\r\nX-Old: caf\xe9\r\nContent-Length: 0\r\n\r\n")
    headers = site.fetch("/feed").exchange.headers
    assert (headers.get("x-new"), headers.get("x-old")) == ("café", "café")


def test_a_name_that_does_not_exist_is_a_failure(site: Any) -> None:
    outcome = site.fetch("/feed", host="nowhere.example", settings={"private_hosts": ("nowhere.example",)})
    assert isinstance(outcome, Failed)
    assert (outcome.reason, outcome.retry) == ("the name nowhere.example cannot be resolved", True)


def test_a_port_where_nothing_listens_is_a_failure(site: Any) -> None:
    port = site.port
    site.listener.close()

    async def scene() -> Any:
        async with site.client() as client:
            return await client.get(Request(url=f"http://a.test:{port}/", kind="feed"))

    assert asyncio.run(scene()).reason == "a.test cannot be reached: nothing listens there"


@pytest.mark.parametrize(
    "url",
    ["", "feed", "file:///etc/passwd", "gopher://example.com/", "data:text/html,x", "http://", "http://[::x]/", "http://a:b:c/", "http://256.1.1.1/"],
)
def test_an_address_that_is_none_is_declined(site: Any, url: str) -> None:
    outcome = site.run(lambda client: client.get(Request(url=url)))
    assert isinstance(outcome, Declined)
    assert outcome.cause == "bad-url"


@pytest.mark.parametrize("url", ["http://a..b/", "http://" + "x" * 70 + ".example/", "http://xn--/", "http://exa_mple.test/"])
def test_an_odd_name_raises_nothing(url: str) -> None:
    async def scene() -> Any:
        async with Client(FetchSettings(host_delay=0)) as client:
            return await client.get(Request(url=url, kind="feed"))

    assert isinstance(asyncio.run(scene()), Failed)


def test_connections_are_used_again(site: Any) -> None:
    site.says("/feed")

    async def twice(client: Client) -> None:
        await client.get(Request(url=site.url("/feed"), kind="feed"))
        await client.get(Request(url=site.url("/feed"), kind="feed"))

    site.run(twice)
    assert (len(site.seen), site.connections) == (2, 1)


def test_a_missing_certificate_file_is_a_config_error() -> None:
    with pytest.raises(ConfigError, match=r"fetch\.ca_file: /nowhere/ca\.pem cannot be read"):
        Client(FetchSettings(ca_file="/nowhere/ca.pem"))


def test_a_file_without_certificates_is_a_config_error(tmp_path: Any) -> None:
    (tmp_path / "ca.pem").write_text("not a certificate")
    with pytest.raises(ConfigError, match="holds no certificate"):
        Client(FetchSettings(ca_file=str(tmp_path / "ca.pem")))


def test_exchange_ids_are_ordered_by_time() -> None:
    rng, start = random.Random(7), datetime(2026, 3, 1, tzinfo=UTC)
    ids = [exchange_id(start + timedelta(milliseconds=passed), rng) for passed in range(50)]
    assert (ids == sorted(ids), len(set(ids))) == (True, 50)


def test_a_client_that_was_not_opened_says_so() -> None:
    with pytest.raises(UsageError, match="async with"):
        asyncio.run(Client(FetchSettings()).get(Request(url="http://example.com/", kind="feed")))


def test_only_so_many_requests_are_on_the_wire_at_once(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("broadsheet.fetch.client.MAX_AT_ONCE", 1)
    site.says("/slow", raw=b"", hang=True)
    site.says("/feed")

    async def both(client: Client) -> list[str]:
        slow = asyncio.create_task(client.get(Request(url=site.url("/slow"), kind="feed")))
        quick = asyncio.create_task(client.get(Request(url=site.url("/feed", "b.test"), kind="feed")))
        await asyncio.wait([slow])
        seen_meanwhile = list(site.paths)
        await quick
        return seen_meanwhile

    assert site.run(both, timeout=0.2) == ["/slow"]
