"""Telling the operator of what the store holds: each thing once, over every channel, whatever fails."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from broadsheet.alerts import AlertsSettings, Message
from broadsheet.config import Settings
from broadsheet.errors import AlertNotSent, UsageError
from broadsheet.fetch.config import FetchSettings
from broadsheet.library.alerting import Teller, teller


@dataclass
class Way:
    """A channel that can be broken, or be killed after so many messages."""

    name: str = "way"
    broken: bool = False
    killed_after: int | None = None
    sent: list[Message] = field(default_factory=list)
    tried: int = 0

    async def send(self, message: Message, now: datetime) -> None:
        self.tried += 1
        if self.broken:
            raise AlertNotSent(self.name, "is broken")
        if len(self.sent) == self.killed_after:
            raise KeyboardInterrupt
        self.sent.append(message)

    @property
    def subjects(self) -> list[str]:
        return [message.subject.removeprefix("Broadsheet: ") for message in self.sent]


def tell(one: Teller, now: datetime, **how: timedelta) -> None:
    asyncio.run(one.tell_untold(now, **how))


def over(desk, *ways: Way, **settings: object) -> Teller:
    return Teller(desk.store, Settings(alerts=AlertsSettings(**settings)), ways)  # type: ignore[arg-type]


def test_a_trouble_is_told_once(desk):
    desk.watch("paper")
    desk.breaks("paper")
    way = Way()
    one = over(desk, way)
    tell(one, desk.now)
    tell(one, desk.pass_by(days=1))
    assert way.subjects == ["The Paper: failing"]


def test_its_end_is_told_once(desk):
    desk.watch("paper")
    desk.breaks("paper")
    way = Way()
    one = over(desk, way)
    tell(one, desk.now)
    desk.mends("paper")
    tell(one, desk.now)
    tell(one, desk.now)
    assert way.subjects == ["The Paper: failing", "The Paper: works again"]


def test_ends_are_not_told_where_nobody_wants_them(desk):
    desk.watch("paper")
    desk.breaks("paper")
    way = Way()
    one = over(desk, way, ends=False)
    tell(one, desk.now)
    desk.mends("paper")
    tell(one, desk.now)
    assert way.subjects == ["The Paper: failing"]
    assert desk.store.incidents_to_tell(limit=9) == ()


def test_what_was_over_before_it_could_be_told_is_one_message(desk):
    desk.watch("paper")
    desk.breaks("paper")
    desk.mends("paper")
    way = Way()
    tell(over(desk, way), desk.now)
    assert way.subjects == ["The Paper: works again"]


def test_three_hundred_troubles_are_one_message(desk):
    names = [f"paper{number}" for number in range(300)]
    desk.watch(*names)
    desk.breaks(*names)
    way = Way()
    tell(over(desk, way), desk.now)
    assert way.subjects == ["300 sources are in trouble"]
    assert desk.store.incidents_to_tell(limit=9) == ()


def test_what_could_not_be_sent_stays_to_be_told(desk):
    desk.watch("paper")
    desk.breaks("paper")
    way = Way(broken=True)
    one = over(desk, way)
    tell(one, desk.now)
    assert len(desk.store.incidents_to_tell(limit=9)) == 1
    way.broken = False
    tell(one, desk.pass_by(minutes=2))
    assert way.subjects == ["The Paper: failing"]


def test_a_channel_that_failed_is_left_alone_for_a_while(desk):
    desk.watch("paper")
    desk.breaks("paper")
    way = Way(broken=True)
    one = over(desk, way)
    tell(one, desk.now)
    tell(one, desk.pass_by(seconds=30))
    assert way.tried == 1


def test_one_channel_that_fails_neither_delays_nor_repeats_the_other(desk):
    desk.watch("paper")
    desk.breaks("paper")
    good, bad = Way("good"), Way("bad", broken=True)
    one = over(desk, good, bad)
    tell(one, desk.now)
    bad.broken = False
    tell(one, desk.pass_by(minutes=2))
    assert (good.subjects, bad.subjects) == (["The Paper: failing"], ["The Paper: failing"])
    assert desk.store.incidents_to_tell(limit=9) == ()


def test_killed_between_two_messages_the_first_is_not_sent_again(desk):
    desk.watch("hill", "mill")
    desk.breaks("hill")
    desk.pass_by(minutes=1)
    desk.breaks("mill")
    with pytest.raises(KeyboardInterrupt):
        tell(over(desk, Way(killed_after=1)), desk.now)
    after = Way()
    tell(over(desk, after), desk.now)
    assert after.subjects == ["The Mill: failing"]


def test_troubles_are_gathered_before_they_are_told(desk):
    desk.watch("paper")
    desk.breaks("paper")
    way = Way()
    one = over(desk, way)
    tell(one, desk.pass_by(minutes=9), gather=timedelta(minutes=10))
    assert way.sent == []
    tell(one, desk.pass_by(minutes=1), gather=timedelta(minutes=10))
    assert way.subjects == ["The Paper: failing"]


def test_who_switches_alerts_on_is_not_told_of_last_month(desk):
    desk.watch("paper")
    desk.breaks("paper")
    way = Way()
    tell(over(desk, way), desk.pass_by(days=30))
    assert way.sent == []
    assert desk.store.incidents_to_tell(limit=9) == ()


def test_a_source_that_is_no_longer_watched_is_nobody_s_trouble(desk):
    desk.watch("paper")
    desk.breaks("paper")
    desk.store.remove_source("paper")
    way = Way()
    tell(over(desk, way), desk.now)
    assert way.sent == []


def test_without_channels_everything_waits(desk):
    desk.watch("paper")
    desk.breaks("paper")
    tell(over(desk), desk.now)
    assert len(desk.store.incidents_to_tell(limit=9)) == 1


def test_a_test_goes_over_every_channel_and_says_which_failed(desk):
    outcomes = asyncio.run(over(desk, Way("a"), Way("b", broken=True)).test(desk.now))
    assert [type(outcome) for outcome in outcomes] == [type(None), AlertNotSent]


def test_a_test_without_channels_says_what_to_set(desk):
    with pytest.raises(UsageError, match=r"alerts\.webhooks"):
        asyncio.run(over(desk).test(desk.now))


def test_the_channels_of_the_settings_are_told_for_real(desk, hook, mail_server):
    server = mail_server()
    alerts = AlertsSettings(webhooks=(hook.url,), mail_to=("op@x.example",), smtp_host="127.0.0.1", smtp_port=server.port, smtp_tls="none")
    settings = Settings(alerts=alerts, fetch=FetchSettings(host_delay=0))
    desk.watch("paper")
    desk.breaks("paper")

    async def told() -> None:
        async with teller(desk.store, settings) as one:
            await one.tell_untold(desk.now)

    asyncio.run(told())
    assert json.loads(hook.bodies[0])["incidents"][0]["source"] == "paper"
    assert server.letters[0]["Subject"] == "Broadsheet: The Paper: failing"
