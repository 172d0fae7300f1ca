"""Which incidents make a message to the operator, and what it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from broadsheet.alerts import is_stale, is_time, messages, pause_after
from broadsheet.model import Incident, Source

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def incident(number: int = 1, **changes: object) -> Incident:
    made = Incident(
        id=f"i{number:03}", source_id=f"s{number}", kind="failing", opened_at=NOON, said="No answer.", do="Look at it.", detail="500\r\nBcc: x"
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def source(number: int = 1, title: str = "The Paper") -> Source:
    return Source(id=f"s{number}", kind="feed", url="https://p.example/feed?key=1", title=title, home_url="https://p.example/", added_at=NOON)


def sources(count: int) -> dict[str, Source]:
    return {f"s{number}": source(number) for number in range(count)}


def test_one_incident_makes_one_message_that_says_all():
    (message,) = messages([incident()], [], {"s1": source()}, our_urls={"s1": "https://me.example/sources/s1/"})
    assert message.subject == "Broadsheet: The Paper: failing"
    assert message.text.splitlines() == [
        "The Paper (s1): failing, since 2026-03-01 12:00 UTC",
        "No answer.",
        "In its own words: 500 Bcc: x",
        "Look at it.",
        "https://p.example/",
        "https://me.example/sources/s1/",
    ]


def test_its_end_is_another_message():
    ended = incident(closed_at=NOON + DAY, over="It answers again.")
    (message,) = messages([], [ended], {"s1": source()})
    assert (message.event, message.subject) == ("over", "Broadsheet: The Paper: works again")
    assert "Over since 2026-03-02 12:00 UTC. It answers again." in message.text


def test_a_few_incidents_make_a_message_each():
    assert len(messages([incident(number) for number in range(3)], [], sources(3))) == 3


def test_many_at_once_make_one_message_that_names_them_all():
    (message,) = messages([incident(number) for number in range(4)], [], sources(4))
    assert message.subject == "Broadsheet: 4 sources are in trouble"
    assert len(message.troubles) == 4


def test_of_hundreds_it_names_fifty_and_counts_the_others():
    (message,) = messages([incident(number) for number in range(300)], [], sources(300))
    assert message.text.count("No answer.") == 50
    assert "… and 250 more" in message.text


def test_our_own_outage_is_a_message_of_its_own_that_blames_no_source():
    (message,) = messages([incident(kind="outage")], [], {"s1": source()})
    assert message.subject == "Broadsheet: our connection is down"
    assert "The Paper" not in message.text


def test_a_title_cannot_become_a_header():
    (message,) = messages([incident()], [], {"s1": source(title="The\r\nBcc: all@x.example")})
    assert message.subject == "Broadsheet: The Bcc: all@x.example: failing"


def test_a_long_title_is_cut():
    (message,) = messages([incident()], [], {"s1": source(title="long " * 100)})
    assert len(message.subject) == 150


def test_the_address_that_is_polled_is_not_told():
    (message,) = messages([incident()], [], {"s1": source()})
    assert "key=1" not in message.text


def test_troubles_are_gathered_for_a_while():
    assert not is_time([incident()], now=NOON + 9 * MINUTE, gather=10 * MINUTE)
    assert is_time([incident(), incident(2, opened_at=NOON + 9 * MINUTE)], now=NOON + 10 * MINUTE, gather=10 * MINUTE)


def test_nothing_is_told_of_nothing():
    assert not is_time([], now=NOON, gather=timedelta(0))


def test_what_was_wrong_last_month_is_no_news():
    assert is_stale(incident(), NOON + 8 * DAY)
    assert not is_stale(incident(closed_at=NOON + 7 * DAY), NOON + 8 * DAY)


def test_a_channel_that_fails_is_left_alone_for_longer_each_time():
    assert [pause_after(failures) // MINUTE for failures in (1, 2, 3, 99)] == [1, 2, 4, 120]
