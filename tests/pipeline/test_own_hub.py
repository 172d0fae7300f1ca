"""The engine and the subscribers of our own hub, or an external hub: who is told what, once, and how often it is tried."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from web import FEED, Web, feed, item

from broadsheet.model import Exchange, Failed, Fetched, Headers, Intent, Outcome, Posted, PostOutcome, Request, Subscriber
from broadsheet.pipeline.tools import PublishedFeed, Reach, Tools
from broadsheet.pipeline.websub import WebSub
from broadsheet.websub import is_genuine, subscriber_of
from broadsheet.websub.hub import intent

OURS = "https://news.example/feeds/paper.atom"
CALLBACK = "https://reader.example/push?id=1"
DAY = timedelta(days=1)
NO_WAIT = timedelta(0)


@dataclass
class Publisher(Web):
    """Ourselves with a feed to publish, and a subscriber who answers as told."""

    feed_body: bytes | None = b"<feed>1</feed>"
    callback: Posted | Failed = field(default_factory=lambda: Posted(status=200))
    echo: bool | Outcome = True
    sent: list[tuple[str, bytes, Headers]] = field(default_factory=list)
    verified: list[dict[str, list[str]]] = field(default_factory=list)
    hub_url: str = "https://news.example/hub"
    is_own: bool = True

    def tools(self) -> Tools:
        reach = Reach(hub_url=self.hub_url, is_own=self.is_own, published=self)
        return replace(super().tools(), post=self.post, websub=reach)

    async def feed(self, url: str) -> PublishedFeed | None:
        known = self.feed_body if url == OURS else None
        return PublishedFeed(body=known, media_type="application/atom+xml", state=f'"{known!r}"') if known else None

    async def topics(self, source_ids: Collection[str] | None) -> tuple[str, ...]:
        return tuple(f"https://news.example/feeds/{name}.atom" for name in sorted(source_ids or ["everything"]))

    async def post(self, url: str, body: bytes, *, media_type: str, headers: tuple[tuple[str, str], ...] = ()) -> PostOutcome:
        self.sent.append((url, body, Headers((*headers, ("Content-Type", media_type)))))
        return self.callback

    async def get(self, request: Request) -> Outcome:
        if request.kind != "callback":
            return await super().get(request)
        said = parse_qs(urlsplit(request.url).query)
        self.verified.append(said)
        if not isinstance(self.echo, bool):
            return self.echo
        body = said.get("hub.challenge", ["yes"])[0].encode() if self.echo else b"no"
        return Fetched(
            exchange=Exchange(id="c", url=request.url, final_url=request.url, status=200, headers=Headers(), body=body, fetched_at=self.now)
        )

    def subscribe(self, secret: str | None = None) -> Subscriber:
        """A verified subscriber who has the feed as it is."""
        asked = self.asks(secret=secret)
        kept = subscriber_of(asked, told=f'"{self.feed_body!r}"', now=self.now)
        self.store.carry_out_intent(asked, subscriber=kept)
        return kept

    def asks(self, mode: str = "subscribe", secret: str | None = None) -> Intent:
        return intent(mode, OURS, CALLBACK, secret=secret, lease_seconds=864_000, now=self.now)  # type: ignore[arg-type]

    def changes(self, body: bytes | None = b"<feed>2</feed>") -> None:
        """The published feed changes, as it does when an article is kept."""
        self.feed_body = body
        self.pages[FEED] = feed(item(f"{len(self.store.articles())}"))
        self.now += timedelta(minutes=11)
        self.run(everything=True, wait=NO_WAIT)
        self.pass_by(timedelta(seconds=10))

    def pass_by(self, time: timedelta) -> None:
        self.now += time
        self.run(wait=NO_WAIT)

    @property
    def subscriber(self) -> Subscriber | None:
        return self.store.subscriber(self.asks().id)


@pytest.fixture
def us() -> Iterator[Publisher]:
    with (made := Publisher()).store:
        made.run(wait=NO_WAIT)
        yield made


def test_who_asks_is_asked_back_before_they_are_sent_anything(us: Publisher) -> None:
    us.store.put_intent(us.asks())
    us.run(wait=NO_WAIT)
    (asked,) = us.verified
    assert asked["id"] == ["1"]
    assert asked["hub.mode"] == ["subscribe"]
    assert asked["hub.lease_seconds"] == ["864000"]
    assert us.sent == []


def test_who_confirms_becomes_a_subscriber(us: Publisher) -> None:
    us.store.put_intent(us.asks(secret="s"))
    us.run(wait=NO_WAIT)
    assert us.subscriber is not None
    assert (us.subscriber.secret, us.subscriber.lease_until) == ("s", us.now + 10 * DAY)


def test_who_does_not_echo_the_challenge_becomes_none(us: Publisher) -> None:
    us.echo = False
    us.store.put_intent(us.asks())
    us.run(wait=NO_WAIT)
    us.changes()
    assert us.subscriber is None
    assert us.sent == []


def test_who_answers_404_becomes_none(us: Publisher) -> None:
    us.echo = Failed(url=CALLBACK, reason="answered 404", status=404, retry=False)
    us.store.put_intent(us.asks())
    us.run(wait=NO_WAIT)
    us.pass_by(DAY)
    assert (us.subscriber, len(us.verified)) == (None, 1)


def test_a_callback_that_is_down_is_asked_three_times(us: Publisher) -> None:
    us.echo = Failed(url=CALLBACK, reason="nothing listens there")
    us.store.put_intent(us.asks())
    for _ in range(5):
        us.pass_by(timedelta(hours=1))
    assert len(us.verified) == 3
    assert us.store.due_intents(us.now + DAY, limit=9) == ()


def test_who_confirms_that_they_want_no_more_is_a_subscriber_no_more(us: Publisher) -> None:
    us.subscribe()
    us.store.put_intent(us.asks("unsubscribe"))
    us.run(wait=NO_WAIT)
    assert us.subscriber is None


def test_nobody_can_end_somebody_elses_subscription(us: Publisher) -> None:
    us.subscribe()
    us.echo = False
    us.store.put_intent(us.asks("unsubscribe"))
    us.run(wait=NO_WAIT)
    assert us.subscriber is not None


def test_a_change_is_delivered_with_type_links_and_signature(us: Publisher) -> None:
    us.subscribe(secret="s")
    us.changes()
    ((url, body, headers),) = us.sent
    assert (url, body, headers.get("content-type")) == (CALLBACK, b"<feed>2</feed>", "application/atom+xml")
    assert headers.get("link") == f'<https://news.example/hub>; rel="hub", <{OURS}>; rel="self"'
    assert is_genuine(headers.get("x-hub-signature") or "", body, "s")


def test_what_was_delivered_is_not_delivered_again(us: Publisher) -> None:
    us.subscribe()
    us.changes()
    us.pass_by(timedelta(hours=1))
    us.pass_by(timedelta(hours=1))
    assert len(us.sent) == 1


def test_no_delivery_is_made_of_a_feed_that_stayed_as_it_was(us: Publisher) -> None:
    us.subscribe()
    us.changes(us.feed_body)
    assert us.sent == []


def test_a_change_before_a_kill_is_delivered_after_it(us: Publisher) -> None:
    us.subscribe()
    us.feed_body = b"<feed>2</feed>"  # and here the process dies; the next one finds that the subscriber has not been told
    us.run(wait=NO_WAIT)
    assert len(us.sent) == 1


def test_a_subscriber_who_says_410_is_sent_nothing_more(us: Publisher) -> None:
    us.subscribe()
    us.callback = Posted(status=410)
    us.changes()
    assert us.subscriber is None


def test_a_subscriber_who_is_down_gets_it_when_they_are_up_again(us: Publisher) -> None:
    us.subscribe()
    us.callback = Failed(url=CALLBACK, reason="nothing listens there")
    us.changes()
    us.callback = Posted(status=204)
    us.pass_by(timedelta(hours=1))
    us.pass_by(timedelta(hours=1))
    assert len(us.sent) == 2


def test_a_redirect_is_no_success(us: Publisher) -> None:
    us.subscribe()
    us.callback = Posted(status=307)
    us.changes()
    us.pass_by(timedelta(hours=1))
    assert len(us.sent) == 2


def test_a_subscriber_is_left_alone_as_long_as_they_ask(us: Publisher) -> None:
    us.subscribe()
    us.callback = Posted(status=503, headers=Headers.of([("Retry-After", "7200")]))
    us.changes()
    us.pass_by(timedelta(hours=1))
    assert len(us.sent) == 1


def test_after_a_day_of_failures_only_the_next_change_is_tried(us: Publisher) -> None:
    us.subscribe()
    us.callback = Posted(status=500)
    us.changes()
    for _ in range(40):
        us.pass_by(timedelta(hours=1))
    tried = len(us.sent)
    us.pass_by(timedelta(hours=7))
    assert len(us.sent) == tried < 12
    us.changes(b"<feed>3</feed>")
    assert len(us.sent) == tried + 1


def test_two_changes_while_somebody_is_down_are_one_delivery_of_the_newest(us: Publisher) -> None:
    us.subscribe()
    us.callback = Posted(status=500)
    us.changes(b"<feed>2</feed>")
    us.callback = Posted(status=200)
    us.changes(b"<feed>3</feed>")
    us.pass_by(timedelta(hours=1))
    assert [body for _, body, _ in us.sent] == [b"<feed>2</feed>", b"<feed>3</feed>"]


def test_nothing_is_delivered_after_the_lease(us: Publisher) -> None:
    us.subscribe()
    us.now += 11 * DAY
    us.changes()
    assert us.sent == []
    assert us.subscriber is None


def test_subscribers_of_a_feed_that_is_no_more_are_told_so_once(us: Publisher) -> None:
    us.subscribe()
    us.changes(None)
    us.pass_by(timedelta(hours=1))
    us.pass_by(timedelta(hours=1))
    (told,) = us.verified
    assert (told["hub.mode"], told["hub.topic"], told["hub.reason"]) == (["denied"], [OURS], ["this feed is no more"])
    assert us.subscriber is None


@pytest.fixture
def far() -> Iterator[Publisher]:
    """Ourselves with an external hub."""
    with (made := Publisher(hub_url="https://hub.example/", is_own=False, callback=Posted(status=204))).store:
        made.poll(item("old"))
        made.pass_by(timedelta(minutes=11))
        yield made


def test_an_external_hub_is_not_told_of_what_was_there_before(far: Publisher) -> None:
    assert far.sent == []


def test_an_external_hub_is_told_which_feeds_have_changed(far: Publisher) -> None:
    far.changes()
    ((url, body, _),) = far.sent
    assert url == "https://hub.example/"
    assert parse_qs(body.decode()) == {"hub.mode": ["publish"], "hub.url": [OURS]}


def test_an_external_hub_is_told_once(far: Publisher) -> None:
    far.changes()
    far.pass_by(timedelta(hours=1))
    assert len(far.sent) == 1


def test_an_external_hub_that_was_down_is_told_later(far: Publisher) -> None:
    far.callback = Posted(status=500)
    far.changes()
    far.callback = Posted(status=204)
    far.pass_by(timedelta(hours=1))
    far.pass_by(timedelta(hours=1))
    assert len(far.sent) == 2


def test_without_a_hub_nothing_of_this_is_ever_due() -> None:
    with (web := Web()).store:
        web.poll(item("a"))
        assert WebSub(web.tools()).next_due() is None
