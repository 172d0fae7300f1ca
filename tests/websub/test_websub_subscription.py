"""How a subscription of ours lives: asked for, confirmed, renewed, relied on with care, and given up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.model import Entry, StatedTime, Subscription
from broadsheet.websub import Offer, is_pushed, judge_push, sign, subscription_form, wanted
from broadsheet.websub.subscription import (
    MOST_TRIES,
    asking,
    confirmed,
    given_up,
    is_hopeless,
    polled,
    pushed,
)

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TOPIC = "https://paper.example/atom"
LATER = NOON + 10 * DAY  # before this, the lease of `active` runs


def new(hub: str = "https://hub.example/") -> Subscription:
    return wanted("paper", Offer(hub_url=hub, topic_url=TOPIC), token="token", secret="secret", now=NOON)


def asked() -> Subscription:
    return asking(new(), NOON)


def active(**changes: object) -> Subscription:
    said = confirmed(asked(), topic=TOPIC, lease_seconds=864_000, now=NOON)
    assert said is not None
    return replace(said, **{"pushed_at": NOON, **changes})  # type: ignore[arg-type]


def entry(age: timedelta | None, now: datetime = NOON + DAY) -> Entry:
    return Entry(guid="a", published=StatedTime(raw="then", at=now - age) if age is not None else None)


def after_poll(held: Subscription, *found: Entry, last_checked: datetime | None = NOON + HOUR, now: datetime = NOON + DAY) -> Subscription:
    return polled(held, found, last_checked=last_checked, now=now)


def test_a_hub_is_asked_with_callback_topic_lease_and_secret() -> None:
    form = parse_qs(subscription_form(new(), "https://we.example/websub/token").decode())
    assert form == {
        "hub.mode": ["subscribe"],
        "hub.topic": [TOPIC],
        "hub.callback": ["https://we.example/websub/token"],
        "hub.lease_seconds": ["864000"],
        "hub.secret": ["secret"],
    }


def test_a_secret_is_not_told_in_the_clear() -> None:
    assert b"secret" not in subscription_form(new("http://hub.example/"), "https://we.example/websub/token")


def test_neither_token_nor_secret_shows_when_a_subscription_is_logged() -> None:
    shown = repr(replace(new(), token="unguessable", secret="hidden"))
    assert "unguessable" not in shown
    assert "hidden" not in shown


def test_a_verification_of_what_we_asked_makes_it_active() -> None:
    held = confirmed(asked(), topic=TOPIC, lease_seconds=86_400, now=NOON)
    assert held is not None
    assert (held.state, held.lease_until) == ("active", NOON + DAY)


def test_it_is_renewed_at_four_fifths_of_the_lease() -> None:
    held = confirmed(asked(), topic=TOPIC, lease_seconds=10 * 86_400, now=NOON)
    assert held is not None
    assert held.due == NOON + 8 * DAY


@given(st.one_of(st.none(), st.integers()))
def test_no_lease_counts_for_more_than_14_days(seconds: int | None) -> None:
    held = confirmed(asked(), topic=TOPIC, lease_seconds=seconds, now=NOON)
    assert held is not None
    assert held.lease_until is not None
    assert NOON < held.lease_until <= NOON + 14 * DAY


def test_a_lease_of_a_minute_does_not_have_us_ask_every_minute() -> None:
    held = confirmed(asked(), topic=TOPIC, lease_seconds=60, now=NOON)
    assert held is not None
    assert held.due == NOON + HOUR


def test_a_verification_of_another_topic_is_not_confirmed() -> None:
    assert confirmed(asked(), topic="https://other.example/", lease_seconds=None, now=NOON) is None


def test_what_we_did_not_ask_for_is_not_confirmed() -> None:
    assert confirmed(new(), topic=TOPIC, lease_seconds=None, now=NOON) is None


def test_a_verification_counts_once() -> None:
    assert confirmed(active(), topic=TOPIC, lease_seconds=None, now=NOON) is None


def test_a_verification_that_comes_hours_late_still_counts() -> None:
    assert confirmed(asked(), topic=TOPIC, lease_seconds=None, now=NOON + 20 * HOUR) is not None


def test_a_verification_that_comes_days_late_does_not() -> None:
    assert confirmed(asked(), topic=TOPIC, lease_seconds=None, now=NOON + 2 * DAY) is None


def test_a_hub_that_stays_silent_is_asked_again_and_ever_later() -> None:
    once = asked()
    twice = asking(once, once.due)
    assert (once.due, twice.due) == (NOON + HOUR, NOON + 7 * HOUR)


def test_a_hub_that_never_verifies_is_given_up() -> None:
    assert is_hopeless(replace(asked(), tries=MOST_TRIES))


def test_a_hub_given_up_is_tried_once_more_after_a_month() -> None:
    left = given_up(active(), "dead", NOON)
    assert left.due == NOON + 30 * DAY
    assert asking(left, left.due).tries == 1


def test_a_running_subscription_stays_active_while_it_is_renewed() -> None:
    held = active()
    assert asking(held, held.due).state == "active"


def test_one_whose_lease_has_ended_is_asked_for_anew() -> None:
    assert asking(active(), LATER).state == "asked"


def test_a_hub_is_relied_on_once_it_has_delivered() -> None:
    assert is_pushed(active(), NOON + DAY)


def test_a_hub_that_has_never_delivered_is_not_relied_on() -> None:
    assert not is_pushed(active(pushed_at=None), NOON + DAY)


def test_nor_is_one_whose_lease_is_over() -> None:
    assert not is_pushed(active(), LATER)


def test_news_that_the_hub_did_not_push_counts_against_it() -> None:
    assert after_poll(active(), entry(HOUR)).missed == 1


def test_news_without_a_date_counts_against_it_too() -> None:
    assert after_poll(active(), entry(None)).missed == 1


def test_news_of_the_last_minutes_may_still_be_on_its_way() -> None:
    assert after_poll(active(), entry(timedelta(minutes=5))).missed == 0


def test_three_polls_in_a_row_that_find_what_was_not_pushed_end_it() -> None:
    left = after_poll(active(missed=2), entry(HOUR))
    assert left.state == "given-up"
    assert not is_pushed(left, NOON + DAY)


def test_a_poll_that_finds_nothing_after_a_delivery_clears_the_count() -> None:
    assert after_poll(pushed(active(missed=2), NOON + 2 * HOUR), last_checked=NOON + HOUR).missed == 0


def test_a_poll_that_finds_nothing_where_nothing_was_delivered_clears_nothing() -> None:
    assert after_poll(active(missed=2)).missed == 2


def judge(held: Subscription, body: bytes = b"<feed/>", **said: object) -> str:
    usual = {"body": body, "signature": sign(body, "secret"), "content_type": "application/atom+xml", "self_urls": ()}
    return judge_push(held, **{**usual, **said})  # type: ignore[arg-type]


def test_a_signed_feed_is_news() -> None:
    assert judge(active()) == "news"


def test_a_wrong_signature_is_forged() -> None:
    assert judge(active(), signature=sign(b"<feed/>", "guess")) == "forged"


def test_without_a_signature_it_only_says_that_there_is_news() -> None:
    assert judge(active(), signature=None) == "hint"


def test_so_does_a_signature_where_no_secret_was_told() -> None:
    assert judge(active(secret="")) == "hint"


def test_so_does_an_empty_delivery() -> None:
    assert judge(active(), b" \n") == "hint"


def test_so_does_a_page() -> None:
    assert judge(active(), content_type="text/html; charset=utf-8") == "hint"


def test_so_does_a_delivery_of_another_topic() -> None:
    assert judge(active(), self_urls=("https://paper.example/comments",)) == "hint"
