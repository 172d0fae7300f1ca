"""What strangers may try: odd paths, other names, errors, other sites' scripts."""

from __future__ import annotations

import pytest

from broadsheet.errors import BroadsheetError, NoFeedFound, StoreInUse, StoreTooNew, UnknownSource, UsageError
from broadsheet.serve.errors import status_of
from broadsheet.serve.guard import is_loopback
from broadsheet.store import Store

ANY = ["/", "/feeds/harbour.rss", "/style.css", "/health", "/nothing/here", "/feeds/nobody.rss", "/sources/harbour"]
PROBES = [
    "/../../../../etc/passwd", "/..%2f..%2f..%2fetc%2fpasswd", "/feeds/..%2f..%2fstyle.css.rss", "/feeds/%00.rss", "/sources/%2e%2e/",
    "/articles/..%5c..%5c/", "/style.css/../../app.py", "/%252e%252e/", "/merged/%ff.rss", "//evil.example/%2e%2e", "/feeds/'%20or%201=1--.rss",
    "/sources/harbour/before/99999999999999999999-x/", "/sources/harbour/before/-1-x/", "/articles/x/revisions/999999999999999999999999/",
]  # fmt: skip


@pytest.mark.parametrize("path", ANY)
def test_every_answer_bears_the_security_headers_once(server, path: str) -> None:
    headers = server.ask(path).headers
    assert len(headers.get_all("Content-Security-Policy")) == 1
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert (headers["X-Content-Type-Options"], headers["Referrer-Policy"]) == ("nosniff", "no-referrer")


@pytest.mark.parametrize("path", PROBES)
def test_odd_paths_find_nothing(server, path: str) -> None:
    assert server.ask(path).status in (404, 400)


@pytest.mark.parametrize("path", ["/<script>alert(1)</script>", "/feeds/%3Cscript%3E.rss", "/sources/%22onload=x/"])
def test_error_pages_say_nothing_of_the_request(server, path: str) -> None:
    page = server.ask(path)
    assert page.status == 404
    assert "script" not in page.text
    assert "onload" not in page.text


def test_an_error_page_finds_its_style_sheet_at_any_depth(server) -> None:
    assert 'href="/style.css"' in server.ask("/a/b/c/d").text


def test_a_server_on_loopback_answers_to_no_other_name(server) -> None:
    assert server.ask("/", host="attacker.example").status == 421
    assert server.ask("/feeds/harbour.json", host="attacker.example:8000").status == 421
    assert server.ask("/", host="").status == 421


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1:8000", "[::1]:8000"])
def test_a_server_on_loopback_answers_to_loopback_names(server, host: str) -> None:
    assert server.ask("/", host=host).status == 200


def test_the_published_name_and_those_an_operator_adds_are_answered(serve, store: Store) -> None:
    running = serve(store, base_url="https://news.example/", names=("paper.lan",))
    assert [running.ask("/", host=host).status for host in ("news.example", "paper.lan", "other.example")] == [200, 200, 421]


def test_a_server_for_everybody_answers_to_any_name(serve, store: Store) -> None:
    running = serve(store, host="0.0.0.0")
    assert running.ask("/", host="whatever.example").status == 200


def test_other_sites_scripts_may_read_only_published_json_feeds(serve, store: Store) -> None:
    running = serve(store, base_url="https://news.example/")
    allowed = [running.ask(path).headers["Access-Control-Allow-Origin"] for path in ("/feeds/harbour.json", "/feeds/harbour.rss", "/")]
    assert allowed == ["*", None, None]


def test_other_sites_scripts_read_nothing_from_a_private_server(server) -> None:
    assert server.ask("/feeds/harbour.json").headers["Access-Control-Allow-Origin"] is None


def test_a_store_that_cannot_be_read_is_a_passing_trouble(serve, broken_store: Store) -> None:
    answer = serve(broken_store).ask("/")
    assert (answer.status, answer.headers["Retry-After"]) == (503, "60")
    assert "secret-folder" not in answer.text


def test_a_fault_of_ours_shows_no_inner_workings(serve, faulty_store: Store) -> None:
    answer = serve(faulty_store).ask("/")
    assert answer.status == 500
    assert "Traceback" not in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("error", "status"),
    [(UsageError, 400), (UnknownSource, 404), (StoreInUse, 503), (StoreTooNew, 503), (NoFeedFound, 500), (BroadsheetError, 500)],
)
def test_each_kind_of_error_has_its_status(error: type[BroadsheetError], status: int) -> None:
    assert status_of(error("somewhere", "something")) == status


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.0.1", "::1", "[::1]", "localhost"])
def test_loopback_is_known_in_every_spelling(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.7", "news.example"])
def test_other_addresses_are_not_taken_for_loopback(host: str) -> None:
    assert not is_loopback(host)
