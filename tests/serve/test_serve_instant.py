"""`/feed?url=…` over a real server, from a real site on loopback."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from loopback import Site, serving
from lxml import etree

from broadsheet.config import ServeSettings, Settings
from broadsheet.errors import ConfigError
from broadsheet.fetch.config import FetchSettings
from broadsheet.pipeline.instant.config import InstantSettings
from broadsheet.publish.config import PublishSettings
from broadsheet.serve.instant import check_tokens
from broadsheet.serve.rates import Rate

TOKEN = "a-token-long-enough"
LINE = "<p>The harbour office closes at noon on day {}, the council said, and it opens again early on the next day.</p>"


class Paper(Site):
    """A feed of two teasers, their stories, and nothing else."""

    def do_GET(self) -> None:
        pages = {"/": self.front, "/feed.xml": self.feed, "/one": self.story, "/two": self.story}
        page = pages.get(self.path.partition("?")[0])
        body = page().encode() if page else b""
        self.send_response(200 if page else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def front(self) -> str:
        return "<html><head><link rel=alternate type='application/rss+xml' href='/feed.xml'></head><body>Front</body></html>"

    def feed(self) -> str:
        home = f"http://{self.headers['Host']}"
        told = "<item><title>Story {0}</title><link>{1}/{0}</link><description>Teaser …</description></item>"
        items = "".join(told.format(name, home) for name in ("one", "two"))
        return f"<rss version='2.0'><channel><title>The Harbour Paper</title><link>{home}/</link><description>x</description>{items}</channel></rss>"

    def story(self) -> str:
        text = "".join(LINE.format(n) for n in range(8))
        return f"<html><head><title>Story</title></head><body><article><h1>Story {self.path[1:]}</h1>{text}</article></body></html>"


class Bare(Site):
    """A site with nothing to watch."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<html><body><p>Nothing here yet.</p></body></html>")


@pytest.fixture(scope="module")
def home() -> Iterator[str]:
    with serving(Paper) as address:
        yield address


@pytest.fixture(scope="module")
def at(server_with):
    """A server that may ask the site on loopback, with these settings."""

    def start(instant, *, base_url=""):
        return server_with(Settings(
            fetch=FetchSettings(private_hosts=("127.0.0.1",), host_delay=0), serve=ServeSettings(port=0), instant=instant,
            publish=PublishSettings(base_url=base_url),
        ))  # fmt: skip

    return start


@pytest.fixture(scope="module")
def local(at):
    """A server as it is out of the box."""
    with at(InstantSettings()) as served:
        yield served


def test_a_site_named_by_its_home_page_becomes_a_full_text_feed(local, home):
    reply = local.ask(f"/feed?url={quote(home)}/")
    assert reply.status == 200
    assert reply.headers["Content-Type"].startswith("application/rss+xml")
    channel = etree.fromstring(reply.body)[0]
    assert channel.findtext("title") == "The Harbour Paper"
    assert "closes at noon on day 7" in reply.text


def test_the_address_of_the_older_tool_is_understood(local, home):
    reply = local.ask(f"/makefulltextfeed.php?url={quote(home)}%2Ffeed.xml&max=1&links=preserve&exc=&format=json&submit=Create+Feed")
    assert len(json.loads(reply.body)["items"]) == 1


def test_the_format_may_be_asked_for_by_accept(local, home):
    reply = local.ask(f"/feed?url={quote(home)}/feed.xml", accept="application/atom+xml, */*")
    assert reply.headers["Content-Type"].startswith("application/atom+xml")


def test_a_summary_alone_may_be_asked_for(local, home):
    assert "closes at noon on day 7" not in local.ask(f"/feed?url={quote(home)}/feed.xml&content=0").text


def test_who_has_it_already_hears_304(local, home):
    first = local.ask(f"/feed?url={quote(home)}/feed.xml")
    assert local.ask(f"/feed?url={quote(home)}/feed.xml", if_none_match=first.headers["ETag"]).status == 304


def test_without_an_address_there_is_a_form(local):
    reply = local.ask("/feed")
    assert "<form" in reply.text
    assert "form-action 'self'" in reply.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("url=javascript:alert(1)", 400, "http"),
        ("url=", 400, ""),
        (f"url={'a' * 3000}", 400, "longer than"),
        ("url=http://169.254.169.254/latest/meta-data/", 403, "169.254.169.254"),
        ("url=http://[::ffff:10.0.0.1]/", 403, ""),
        ("url=https://paper.example/&max=many", 400, "whole number"),
        ("url=https://paper.example/&format=pdf", 400, "rss"),
    ],
)
def test_what_cannot_be_done_is_said_in_words(local, query, status, said):
    reply = local.ask(f"/feed?{query}")
    assert reply.status == status
    assert reply.headers["Content-Type"].startswith("text/plain")
    assert said in reply.text


def test_a_site_without_a_feed_answers_404_and_says_what_was_tried(local):
    with serving(Bare) as bare:
        reply = local.ask(f"/feed?url={quote(bare)}/")
    assert reply.status == 404
    assert "tried" in reply.text


def test_another_site_cannot_ask_in_the_visitors_name(local, home):
    assert local.ask(f"/feed?url={quote(home)}/feed.xml", sec_fetch_site="cross-site").status == 403


def test_on_a_public_instance_it_is_off_out_of_the_box(at):
    with at(InstantSettings(), base_url="https://news.example/") as served:
        assert served.ask("/feed?url=https://paper.example/", host="news.example").status == 404


def test_a_token_opens_it_and_a_wrong_one_does_not(at, home):
    with at(InstantSettings(access="token", tokens=(TOKEN,))) as served:
        address = f"/feed?url={quote(home)}/feed.xml"
        assert served.ask(address).status == 403
        assert served.ask(f"{address}&token=wrong").status == 403
        assert served.ask(f"{address}&token={TOKEN}").status == 200
        assert served.ask(address, authorization=f"Bearer {TOKEN}").status == 200


def test_a_hash_opens_one_address_only(at, home):
    made = hashlib.sha1(f"{TOKEN}{home}/feed.xml".encode()).hexdigest()
    with at(InstantSettings(access="token", tokens=(TOKEN,))) as served:
        assert served.ask(f"/feed?url={quote(home)}/feed.xml&key=1&hash={made}").status == 200
        assert served.ask(f"/feed?url={quote(home)}/&key=1&hash={made}").status == 403


def test_named_hosts_are_open_to_anybody(at, home):
    with at(InstantSettings(access="hosts", hosts=("127.0.0.1",))) as served:
        assert served.ask(f"/feed?url={quote(home)}/feed.xml").status == 200
        assert served.ask("/feed?url=https://paper.example/").status == 403


def test_who_asks_too_often_is_told_when_to_come_back(at, home):
    with at(InstantSettings(per_minute=1)) as served:
        served.ask(f"/feed?url={quote(home)}/feed.xml")
        reply = served.ask(f"/feed?url={quote(home)}/feed.xml")
    assert reply.status == 429
    assert 0 < int(reply.headers["Retry-After"]) <= 60


def test_what_one_client_is_refused_does_not_count_against_the_others(at, home):
    with at(InstantSettings(per_minute=1, all_per_minute=2, client_header="X-Real-IP")) as served:
        greedy = [served.ask(f"/feed?url={quote(home)}/feed.xml", x_real_ip="192.0.2.1").status for _ in range(5)]
        assert greedy == [200, 429, 429, 429, 429]
        assert served.ask(f"/feed?url={quote(home)}/feed.xml", x_real_ip="192.0.2.2").status == 200


def test_a_token_that_can_be_guessed_is_refused_at_the_start():
    with pytest.raises(ConfigError, match="fewer than 16"):
        check_tokens(InstantSettings(access="token", tokens=("short",)))


def test_an_allowance_fills_up_again_and_is_each_clients_own():
    now = 0.0
    rate = Rate(per_minute=2, clock=lambda: now)
    assert (rate.wait("one"), rate.wait("one"), rate.wait("other")) == (0, 0, 0)
    assert rate.wait("one") == pytest.approx(30)
    now = 31.0
    assert rate.wait("one") == 0
