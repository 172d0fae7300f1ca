from __future__ import annotations

from typing import Any

import pytest

from broadsheet.model import Declined, Failed, Fetched, Request, Unchanged, Validators

TAG = Validators(etag='"x"')


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed(site: Any, status: int) -> None:
    site.redirects("/old", "/new", status)
    site.says("/new", body=b"here")
    exchange = site.fetch("/old").exchange
    assert (exchange.url, exchange.final_url, exchange.body) == (site.url("/old"), site.url("/new"), b"here")


@pytest.mark.parametrize("location", ["new?q=%C3%A4", "./new?q=ä", "../sub/new?q=%C3%A4", "HTTP://A.TEST:{port}/sub/new?q=ä#top", " /sub/new?q=ä "])
def test_any_spelling_of_a_location_is_read(site: Any, location: str) -> None:
    site.redirects("/sub/old", location.format(port=site.port))
    site.says("/sub/new?q=%C3%A4")
    assert site.fetch("/sub/old").exchange.final_url == site.url("/sub/new?q=%C3%A4")


def test_escapes_are_passed_on_as_they_are(site: Any) -> None:
    site.redirects("/old", "/a%2Fb%7Ec?x=%2530&y=a+b")
    site.says("/a%2Fb%7Ec?x=%2530&y=a+b")
    assert isinstance(site.fetch("/old"), Fetched)


def test_a_chain_of_permanent_redirects_is_permanent(site: Any) -> None:
    site.redirects("/1", "/2", 301)
    site.redirects("/2", "/3", 308)
    site.says("/3")
    assert site.fetch("/1").exchange.permanent_url == site.url("/3")


@pytest.mark.parametrize(("first", "second"), [(301, 302), (302, 301), (307, 308), (308, 303)])
def test_a_chain_with_one_passing_redirect_is_not_permanent(site: Any, first: int, second: int) -> None:
    site.redirects("/1", "/2", first)
    site.redirects("/2", "/3", second)
    site.says("/3")
    assert site.fetch("/1").exchange.permanent_url is None


def test_redirects_are_followed_up_to_the_limit(site: Any) -> None:
    site.redirects("/1", "/2")
    site.redirects("/2", "/3")
    site.says("/3")
    assert isinstance(site.fetch("/1", settings={"max_redirects": 2}), Fetched)


def test_redirects_past_the_limit_are_declined(site: Any) -> None:
    site.redirects("/1", "/2")
    site.redirects("/2", "/3")
    outcome = site.fetch("/1", settings={"max_redirects": 1})
    assert isinstance(outcome, Declined)
    assert (outcome.cause, site.paths) == ("redirects", ["/1", "/2"])


def test_redirects_that_go_round_are_declined(site: Any) -> None:
    site.redirects("/1", "/2")
    site.redirects("/2", "/1")
    outcome = site.fetch("/1")
    assert (outcome.cause, "round in circles" in outcome.reason, site.paths) == ("redirects", True, ["/1", "/2"])


def test_a_redirect_that_leads_nowhere_is_a_failure(site: Any) -> None:
    site.says("/1", status=302)
    outcome = site.fetch("/1")
    assert isinstance(outcome, Failed)
    assert outcome.status == 302


def test_a_failure_at_the_end_of_a_chain_is_told_of_the_url_asked(site: Any) -> None:
    site.redirects("/1", "/2")
    outcome = site.fetch("/1")
    assert (outcome.url, outcome.status, outcome.retry) == (site.url("/1"), 404, False)


def test_a_consent_page_that_sets_a_cookie_and_sends_back_is_passed(site: Any) -> None:
    site.script["/story"] = lambda seen: {} if seen.get("cookie") == "ok=1" else {"status": 302, "headers": {"Location": "/consent"}}
    site.redirects("/consent", "/story", **{"Set-Cookie": "ok=1; Path=/"})
    assert isinstance(site.fetch("/story"), Fetched)
    assert site.paths == ["/story", "/consent", "/story"]


def test_a_cookie_lives_no_longer_than_one_request(site: Any) -> None:
    site.redirects("/1", "/2", **{"Set-Cookie": "ok=1; Path=/"})
    site.says("/2")
    site.run(lambda client: client.get(_request(site.url("/1"))))
    site.run(lambda client: client.get(_request(site.url("/2"))))
    assert [seen.get("cookie") for seen in site.seen] == [None, "ok=1", None]


def test_a_cookie_is_not_sent_to_another_host(site: Any) -> None:
    site.redirects("/1", site.url("/2", "b.test"), **{"Set-Cookie": "ok=1; Path=/"})
    site.says("/2")
    site.fetch("/1")
    assert [seen.get("cookie") for seen in site.seen] == [None, None]


def test_a_cookie_joins_those_of_the_operator(site: Any) -> None:
    site.redirects("/1", "/2", **{"Set-Cookie": "ok=1; Path=/"})
    site.says("/2")
    site.fetch("/1", headers=(("cookie", "subscriber=1"),))
    assert site.seen[1].get("cookie") == "subscriber=1; ok=1"


def test_an_operators_headers_stay_at_their_host(site: Any) -> None:
    site.redirects("/1", site.url("/2", "b.test"))
    site.redirects("/2", site.url("/3"))
    site.says("/3")
    site.fetch("/1", headers=(("X-Key", "secret"),))
    assert [seen.get("x-key") for seen in site.seen] == ["secret", None, "secret"]


def test_a_login_stays_at_its_host(site: Any) -> None:
    site.redirects("/1", site.url("/2", "b.test"))
    site.says("/2")
    site.run(lambda client: client.get(_request(f"http://me:word@a.test:{site.port}/1")))
    assert [seen.get("authorization") is not None for seen in site.seen] == [True, False]


def test_a_login_that_a_redirect_brings_along_is_not_used(site: Any) -> None:
    site.redirects("/1", f"http://x:y@a.test:{site.port}/2")
    site.says("/2")
    assert site.fetch("/1").exchange.final_url == site.url("/2")
    assert site.seen[1].get("authorization") is None


def test_validators_are_sent_only_to_the_url_that_gave_them(site: Any) -> None:
    site.redirects("/1", "/2")
    site.says("/2")
    site.fetch("/1", validators=TAG)
    assert [seen.get("if-none-match") for seen in site.seen] == ['"x"', None]


def test_validators_of_a_redirects_goal_are_sent_there(site: Any) -> None:
    site.redirects("/1", "/2")
    site.says("/2", status=304, body=b"")
    outcome = site.fetch("/1", validators=TAG, validators_url=site.url("/2"))
    assert isinstance(outcome, Unchanged)
    assert [seen.get("if-none-match") for seen in site.seen] == [None, '"x"']


def _request(url: str) -> Request:
    return Request(url=url, kind="feed")


def test_a_pictures_new_place_is_told_who_sent_us_on(site: Any) -> None:
    site.redirects("/old.jpg", "/new.jpg")
    site.says("/new.jpg")
    site.fetch("/old.jpg", kind="image")
    assert site.seen[1].get("referer") == site.url("/old.jpg")


def test_another_host_is_told_no_more_than_the_origin(site: Any) -> None:
    site.redirects("/old.jpg?key=1", f"http://b.test:{site.port}/new.jpg")
    site.says("/new.jpg")
    site.fetch("/old.jpg?key=1", kind="image")
    assert site.seen[1].get("referer") == site.url("/")


def test_an_article_told_of_no_redirect(site: Any) -> None:
    site.redirects("/old", "/new")
    site.says("/new")
    site.fetch("/old", kind="page")
    assert [seen.get("referer") for seen in site.seen if seen.path == "/new"] == [None]
