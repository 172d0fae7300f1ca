from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from certificates import Authority

from broadsheet.errors import ConfigError
from broadsheet.fetch import Client, FetchSettings
from broadsheet.model import Declined, Failed, Fetched, Request


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


def test_a_server_of_an_authority_we_were_told_of_is_trusted(site: Any, authority: Authority) -> None:
    site.tls = authority.server("a.test")
    site.says("/feed")
    assert isinstance(site.fetch("/feed", settings={"ca_file": authority.file}), Fetched)


def test_a_server_of_an_unknown_authority_is_not_trusted_and_the_remedy_named(site: Any, authority: Authority) -> None:
    site.tls = authority.server("a.test")
    site.says("/feed")
    outcome = site.fetch("/feed")
    assert isinstance(outcome, Failed)
    assert outcome.reason.startswith("its certificate is not trusted: ")
    assert outcome.reason.endswith("name it in fetch.ca_file")
    assert site.seen == []


def test_a_certificate_for_another_name_is_not_trusted(site: Any, authority: Authority) -> None:
    site.tls = authority.server("b.test")
    outcome = site.fetch("/feed", settings={"ca_file": authority.file})
    assert "certificate is not trusted" in outcome.reason


def test_a_certificate_that_has_run_out_is_not_trusted(site: Any, authority: Authority) -> None:
    site.tls = authority.server("a.test", days=-1)
    outcome = site.fetch("/feed", settings={"ca_file": authority.file})
    assert outcome.reason == "its certificate is not trusted: certificate has expired"


def test_a_server_that_does_not_answer_in_tls_makes_no_connection(site: Any) -> None:
    outcome = site.run(lambda client: client.get(_feed(f"https://a.test:{site.port}/")), connect_timeout=0.2)
    assert (isinstance(outcome, Failed), outcome.reason) == (True, "no connection was made within 0.2 seconds")


def test_an_operators_headers_are_not_sent_in_the_clear_after_https(site: Any, proxy: Any, authority: Authority) -> None:
    site.tls = authority.server("a.test")
    site.redirects("/feed", "http://a.test/plain")
    outcome = proxy.fetch("https://me:word@a.test/feed", ca_file=authority.file)
    assert (outcome.status, proxy.asked[-1].path, proxy.asked[-1].get("authorization")) == (404, "http://a.test/plain", None)


def test_a_plain_request_goes_to_the_proxy_in_absolute_form(site: Any, proxy: Any) -> None:
    site.says("http://news.example/feed", body=b"by proxy")
    outcome = proxy.fetch("http://news.example/feed")
    assert (outcome.exchange.body, proxy.asked[0].get("host")) == (b"by proxy", "news.example")


def test_https_goes_through_a_tunnel(site: Any, proxy: Any, authority: Authority) -> None:
    site.tls = authority.server("news.example")
    site.says("/feed", body=b"by tunnel")
    outcome = proxy.fetch("https://news.example/feed", ca_file=authority.file)
    assert (outcome.exchange.body, proxy.asked[0].method, proxy.asked[0].path) == (b"by tunnel", "CONNECT", "news.example:443")


def test_a_certificate_is_checked_through_a_tunnel_too(site: Any, proxy: Any, authority: Authority) -> None:
    site.tls = authority.server("other.example")
    outcome = proxy.fetch("https://news.example/feed", ca_file=authority.file)
    assert "certificate is not trusted" in outcome.reason


def test_the_proxys_user_and_password_are_sent_to_it_alone(site: Any, proxy: Any, authority: Authority) -> None:
    site.tls = authority.server("news.example")
    site.says("/feed")
    proxy.fetch("https://news.example/feed", proxy=proxy.url.replace("//", "//me:word@"), ca_file=authority.file)
    assert (proxy.asked[0].get("proxy-authorization"), site.seen[0].get("proxy-authorization")) == ("Basic bWU6d29yZA==", None)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "https://[::1]/", "http://2130706433/", "http://localhost/", "https://nas.local/", "http://news.example:22/"]
)
def test_a_special_target_is_never_handed_to_the_proxy(site: Any, proxy: Any, url: str) -> None:
    outcome = proxy.fetch(url)
    assert isinstance(outcome, Declined)
    assert (outcome.cause, proxy.asked) == ("address", [])


def test_a_redirect_to_a_special_target_is_not_handed_to_the_proxy_either(site: Any, proxy: Any) -> None:
    site.redirects("http://news.example/feed", "http://169.254.169.254/latest/")
    outcome = proxy.fetch("http://news.example/feed")
    assert (outcome.cause, [seen.path for seen in proxy.asked]) == ("address", ["http://news.example/feed"])


def test_a_private_host_is_handed_to_the_proxy_when_allowed(site: Any, proxy: Any) -> None:
    site.says("http://nas.lan:8123/feed")
    assert isinstance(proxy.fetch("http://nas.lan:8123/feed", private_hosts=("nas.lan",)), Fetched)


def test_a_proxy_that_refuses_the_tunnel_is_named(site: Any, proxy: Any) -> None:
    proxy.status = 502
    assert proxy.fetch("https://news.example/feed").reason == "the proxy answered 502 when asked to connect to news.example"


def test_a_proxy_that_wants_a_password_says_so(site: Any, proxy: Any) -> None:
    proxy.status = 407
    assert proxy.fetch("https://news.example/feed").reason.endswith("Check fetch.proxy")


def test_a_429_of_the_proxy_is_not_the_hosts(site: Any, proxy: Any) -> None:
    proxy.status = 429
    outcome = proxy.fetch("https://news.example/feed")
    assert (outcome.status, outcome.retry_after) == (None, None)


@pytest.mark.parametrize("url", ["http://news.example/", "https://news.example/"])
def test_a_proxy_that_cannot_be_reached_is_named_without_its_password(site: Any, proxy: Any, url: str) -> None:
    proxy.listener.close()
    outcome = site.run(lambda client: client.get(_feed(url)), proxy="http://me:s3cret@127.0.0.1:1")
    assert outcome.reason == "the proxy cannot be reached. Check fetch.proxy"


@pytest.mark.parametrize(
    "setting",
    ["socks5://me:s3cret@x:1", "https://me:s3cret@x", "me:s3cret@x", "http://me:s3cret@", "http://me:s3cret@x:99999", "http://me:s3cret@x/path"],
)
def test_a_proxy_that_is_none_is_a_config_error_without_its_password(setting: str) -> None:
    with pytest.raises(ConfigError, match=r"^fetch\.proxy") as error:
        Client(FetchSettings(proxy=setting))
    assert "s3cret" not in str(error.value)


def _feed(url: str) -> Request:
    return Request(url=url, kind="feed")
