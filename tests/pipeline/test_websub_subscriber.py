"""The engine and the hub of a feed: asked, relied on with care, and left when it is of no use (rule 20 of polling)."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs

import pytest
from web import FEED, START, Web, item

from broadsheet.engine.config import EngineSettings
from broadsheet.engine.embedded import Embedded
from broadsheet.model import Exchange, Failed, Headers, Posted, PostOutcome, Subscription
from broadsheet.pipeline.tools import Reach, Tools
from broadsheet.websub.subscription import confirmed, pushed

HUB = "https://hub.example/"
DAY = timedelta(days=1)
OLD_DATE = "Sun, 01 Mar 2026 09:00:00 GMT"


@dataclass
class Hubbed(Web):
    """A paper whose feed names a hub, and a hub that answers as it is told."""

    names: str | None = HUB
    answer: PostOutcome = field(default_factory=lambda: Posted(status=202))
    posted: list[dict[str, list[str]]] = field(default_factory=list)
    base: str | None = "https://we.example/"

    def tools(self) -> Tools:
        return replace(super().tools(), post=self.post, websub=Reach(callback_base=self.base))

    async def post(self, url: str, body: bytes, *, media_type: str, headers: tuple[tuple[str, str], ...] = ()) -> PostOutcome:
        assert (url, media_type) == (self.names, "application/x-www-form-urlencoded")
        self.posted.append(parse_qs(body.decode()))
        return self.answer

    def offer(self, *items: str) -> None:
        """The feed now holds *items* and names its hub, if it has one."""
        link = f"<atom:link xmlns:atom='http://www.w3.org/2005/Atom' rel='hub' href='{self.names}'/>" if self.names else ""
        self.pages[FEED] = with_link(link, *items)

    def news(self, *items: str) -> None:
        """The feed holds *items*, and is polled when it is due."""
        self.offer(*items)
        self.now = max(self.now, self.store.poll_state("paper").next_due)
        self.run(wait=timedelta(0))

    def verify(self, **changes: Any) -> None:
        """The hub verifies what it was asked for, and has delivered before."""

        def change(held: Subscription | None) -> Subscription | None:
            assert held is not None
            active = confirmed(held, topic=held.topic_url, lease_seconds=None, now=self.now)
            assert active is not None
            return replace(pushed(active, self.now), **changes)

        self.store.change_subscription("paper", change)

    def deliver(self, body: bytes, *, number: int = 0) -> None:
        """What the server does with a genuine delivery."""
        exchange = Exchange(id=f"push{number}", url=FEED, final_url=FEED, status=200, headers=Headers(), body=body, fetched_at=self.now)
        self.store.keep_push("paper", self.now, exchange)

    @property
    def held(self) -> Subscription:
        held = self.store.subscription("paper")
        assert held is not None
        return held


def with_link(link: str, *items: str) -> bytes:
    head = f"<title>The Paper</title><link>https://paper.example/</link><description>News</description>{link}"
    return f"<rss version='2.0'><channel>{head}{''.join(items)}</channel></rss>".encode()


@pytest.fixture
def paper() -> Iterator[Hubbed]:
    with (made := Hubbed()).store:
        yield made


def test_a_hub_that_the_feed_names_is_asked_to_push(paper: Hubbed) -> None:
    paper.news(item("a"))
    (asked,) = paper.posted
    assert asked["hub.topic"] == [FEED]
    assert asked["hub.callback"] == [f"https://we.example/websub/{paper.held.token}"]
    assert paper.held.state == "asked"


def test_no_hub_is_asked_where_it_could_not_reach_us(paper: Hubbed) -> None:
    paper.base = None
    paper.news(item("a"))
    assert paper.posted == []
    assert paper.store.subscription("paper") is None


def test_every_callback_has_an_address_and_a_secret_of_its_own(paper: Hubbed) -> None:
    paper.news(item("a"))
    before = paper.held
    paper.names = "https://other.example/"
    paper.news(item("a"), item("b"))
    assert before.token != paper.held.token
    assert before.secret != paper.held.secret
    assert len(paper.held.token) >= 43


def test_a_feed_that_names_its_hub_no_more_is_polled_as_ever(paper: Hubbed) -> None:
    paper.news(item("a"))
    paper.verify()
    paper.names = None
    paper.news(item("a"), item("b", date=None))
    assert paper.store.subscription("paper") is None
    assert paper.store.poll_state("paper").next_due < paper.now + DAY / 2


def test_while_a_hub_pushes_the_feed_is_polled_once_a_day(paper: Hubbed) -> None:
    paper.news(item("a"))
    paper.verify()
    paper.news(item("a"))
    assert DAY * 0.85 < paper.store.poll_state("paper").next_due - paper.now <= DAY * 1.1


def test_a_hub_that_has_never_delivered_slows_nothing_down(paper: Hubbed) -> None:
    paper.news(item("a"))
    paper.verify(pushed_at=None)
    paper.news(item("a"))
    assert paper.store.poll_state("paper").next_due - paper.now < DAY / 2


def test_a_delivery_is_taken_in_without_asking_the_publisher(paper: Hubbed) -> None:
    paper.news(item("a"))
    paper.verify()
    before = paper.asked_for(FEED)
    paper.deliver(with_link("", item("b")))
    paper.run(wait=timedelta(0))
    assert [stored.entry.title for stored in paper.store.entries("paper")] == ["Story b", "Story a"]
    assert paper.asked_for(FEED) == before


def test_a_delivery_leaves_validators_and_hash_as_the_last_poll_left_them(paper: Hubbed) -> None:
    paper.news(item("a"))
    paper.verify()
    before = paper.store.poll_state("paper")
    paper.deliver(with_link("", item("b")))
    paper.run(wait=timedelta(0))
    after = paper.store.poll_state("paper")
    assert (after.validators, after.body_hash, after.next_due) == (before.validators, before.body_hash, before.next_due)


def test_a_delivery_that_was_filed_before_a_kill_is_taken_in_after_it(paper: Hubbed) -> None:
    paper.news(item("a"))
    paper.verify()
    paper.deliver(with_link("", item("b")))  # and here the process dies; another finds the store
    assert [push.exchange_id for push in paper.store.waiting_pushes(limit=9)] == ["push0"]
    paper.run(wait=timedelta(0))
    assert len(paper.store.entries("paper")) == 2
    assert paper.store.waiting_pushes(limit=9) == ()


def test_the_same_delivery_twice_makes_nothing_twice(paper: Hubbed) -> None:
    paper.news(item("a"))
    paper.verify()
    paper.deliver(with_link("", item("b")), number=1)
    paper.deliver(with_link("", item("b")), number=2)
    paper.run(wait=timedelta(0))
    assert len(paper.store.entries("paper")) == 2


def test_a_genuine_delivery_is_what_makes_a_hub_reliable(paper: Hubbed) -> None:
    paper.news(item("a"))
    paper.verify(pushed_at=None)
    paper.now += timedelta(hours=1)
    paper.deliver(with_link("", item("b")))
    paper.run(wait=timedelta(0))
    assert paper.held.pushed_at == START + timedelta(hours=1)


def test_a_delivery_that_is_no_feed_has_the_feed_polled_at_once(paper: Hubbed) -> None:
    paper.news(item("a"))
    paper.verify()
    paper.now += timedelta(hours=1)
    paper.offer(item("a"), item("b"))
    paper.deliver(b"<html><body>Hello</body></html>")
    paper.run(wait=timedelta(0))
    assert len(paper.store.entries("paper")) == 2


def test_a_sign_of_news_has_the_feed_polled_at_once(paper: Hubbed) -> None:
    paper.news(item("a"))
    paper.verify()
    paper.now += timedelta(hours=1)
    paper.offer(item("a"), item("b"))
    paper.store.keep_push("paper", paper.now)
    paper.run(wait=timedelta(0))
    assert len(paper.store.entries("paper")) == 2


def test_a_flood_of_signs_does_not_have_the_publisher_flooded(paper: Hubbed) -> None:
    paper.news(item("a"))
    paper.verify()
    before = paper.asked_for(FEED)
    for _ in range(5):
        paper.store.keep_push("paper", paper.now)
        paper.run(wait=timedelta(0))
        paper.now += timedelta(seconds=10)
    assert paper.asked_for(FEED) == before


def test_a_silent_hub_is_left_after_three_polls_that_found_what_it_had_kept_to_itself(paper: Hubbed) -> None:
    paper.news(item("a", date=OLD_DATE))
    paper.verify()
    paper.news(item("b", date=None))
    paper.news(item("c", date=None))
    assert (paper.held.state, paper.held.missed) == ("active", 2)
    paper.news(item("d", date=None))
    assert paper.held.state == "given-up"
    assert paper.store.poll_state("paper").next_due - paper.now < DAY / 2


def test_a_silent_hub_costs_no_entry(paper: Hubbed) -> None:
    paper.news(item("a", date=OLD_DATE))
    paper.verify()
    for name in "bcd":
        paper.news(item(name, date=None))
    assert sorted(str(stored.entry.title) for stored in paper.store.entries("paper")) == [f"Story {name}" for name in "abcd"]


def test_it_is_renewed_when_four_fifths_of_the_lease_are_over(paper: Hubbed) -> None:
    paper.news(item("a"))
    paper.verify()
    paper.now += 8 * DAY
    paper.run(wait=timedelta(0))
    assert len(paper.posted) == 2
    assert paper.held.state == "active"


def test_a_hub_that_refuses_is_left_alone(paper: Hubbed) -> None:
    paper.answer = Posted(status=403)
    paper.news(item("a"))
    assert (paper.held.state, paper.held.last_error) == ("given-up", "hub.example answered 403")
    paper.now += 7 * DAY
    paper.run(wait=timedelta(0))
    assert len(paper.posted) == 1


def test_a_hub_that_is_ill_is_asked_again_later(paper: Hubbed) -> None:
    paper.answer = Posted(status=503)
    paper.news(item("a"))
    paper.now += timedelta(hours=1)
    paper.run(wait=timedelta(0))
    assert len(paper.posted) == 2


def test_a_hub_is_asked_no_sooner_than_it_wants(paper: Hubbed) -> None:
    paper.answer = Posted(status=429, headers=Headers.of([("Retry-After", "86400")]))
    paper.news(item("a"))
    paper.now += timedelta(hours=6)
    paper.run(wait=timedelta(0))
    assert len(paper.posted) == 1


def test_a_hub_that_cannot_be_reached_is_given_up_in_the_end(paper: Hubbed) -> None:
    paper.answer = Failed(url=HUB, reason="nothing listens there")
    paper.news(item("a"))
    for _ in range(5):
        paper.now = paper.held.due
        paper.run(wait=timedelta(0))
    assert (paper.held.state, paper.held.last_error, len(paper.posted)) == ("given-up", "nothing listens there", 5)


def test_a_hub_that_never_verifies_is_given_up_in_the_end(paper: Hubbed) -> None:
    paper.news(item("a"))
    for _ in range(5):
        paper.now = paper.held.due
        paper.run(wait=timedelta(0))
    assert (paper.held.state, paper.held.last_error) == ("given-up", "the hub never verified the subscription")


def test_a_hub_that_verifies_before_it_answers_is_active_afterwards(paper: Hubbed) -> None:
    async def at_once(url: str, body: bytes, *, media_type: str, headers: tuple[tuple[str, str], ...] = ()) -> PostOutcome:
        paper.verify()
        return Posted(status=204)

    paper.post = at_once  # type: ignore[method-assign]
    paper.news(item("a"))
    assert paper.held.state == "active"


def test_a_fault_of_ours_at_one_hub_stops_nothing(paper: Hubbed) -> None:
    async def broken(url: str, body: bytes, *, media_type: str, headers: tuple[tuple[str, str], ...] = ()) -> PostOutcome:
        raise RuntimeError("a fault")

    paper.post = broken  # type: ignore[method-assign]
    paper.news(item("a"))
    assert len(paper.store.entries("paper")) == 1
    assert paper.held.due > paper.now


def test_a_push_for_a_source_that_is_not_watched_any_more_is_dropped(paper: Hubbed) -> None:
    paper.news(item("a"))
    paper.verify()
    paper.deliver(with_link("", item("b")))
    paper.store.remove_source("paper")
    paper.run(wait=timedelta(0))
    assert paper.store.waiting_pushes(limit=9) == ()


def test_a_running_engine_takes_in_within_seconds_what_the_server_filed(paper: Hubbed) -> None:
    paper.news(item("a"))
    paper.verify()

    async def scene() -> None:
        stop = asyncio.Event()
        running = asyncio.create_task(Embedded(paper.tools(), EngineSettings()).run(stop))
        await asyncio.sleep(0.1)
        paper.deliver(with_link("", item("b")))
        async with asyncio.timeout(20):
            while len(paper.store.entries("paper")) < 2:  # noqa: ASYNC110 (it is another process that would tell)
                await asyncio.sleep(0.05)
        stop.set()
        await running

    asyncio.run(scene())
    assert paper.store.waiting_pushes(limit=9) == ()
