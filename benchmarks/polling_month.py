"""A month of polling a thousand feeds, simulated: how many requests, how many of them 304, and how late the news is.

    python benchmarks/polling_month.py [--feeds 1000] [--days 30] [--seed 1]

The publishers are made up: agencies, papers of several time zones, morning editions, weeklies, blogs, and some that have fallen silent; with and
without validators, dates, `ttl`, `max-age`, limits on how often one may ask, outages, redirects. The schedule is the real one
(`sources.next_poll`) on a clock of its own, beside hourly polling and polling evenly with as many requests on the same network.
"""

from __future__ import annotations

import argparse
import random
import time
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from statistics import median, quantiles

from broadsheet.model import Entry, Exchange, Failed, Feed, Fetched, Habits, Headers, Outcome, PollState, StatedTime, Unchanged
from broadsheet.sources import SourcesSettings, body_hash, next_poll

START = datetime(2026, 3, 2, tzinfo=UTC)
BEFORE = timedelta(days=40)  # of which the feeds hold entries when they are first asked
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

KINDS: dict[str, tuple[float, float, float, int]] = {  # share of the feeds, stories a day from and to, entries in the feed
    "agency": (0.08, 50, 150, 60),
    "paper": (0.27, 12, 50, 40),
    "morning edition": (0.10, 8, 25, 30),
    "local paper": (0.20, 2, 10, 25),
    "weekly": (0.08, 1, 2, 20),
    "blog": (0.17, 0.2, 1, 10),
    "silent": (0.10, 0, 0, 15),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """A feed and its server. *times* are those of its stories, oldest first; *limit*: who asks more often gets 429."""

    name: str
    kind: str
    times: Sequence[datetime]
    entries: Sequence[Entry]
    size: int
    headers: tuple[tuple[str, str], ...]
    ttl: int | None
    has_validators: bool
    changes_always: bool
    limit: timedelta
    outages: Sequence[tuple[datetime, datetime]]
    moves_at: datetime | None

    def at(self, when: datetime) -> int:
        """How many stories there were by then."""
        return bisect_right(self.times, when)

    def feed(self, number: int) -> Feed:
        return Feed(
            url=f"https://{self.name}.example/feed",
            dialect="rss",
            entries=tuple(reversed(self.entries[max(0, number - self.size) : number])),
            ttl_minutes=self.ttl,
        )


def publisher(number: int, rng: random.Random, days: int) -> Publisher:
    kind = rng.choices(list(KINDS), [share for share, *_ in KINDS.values()])[0]
    _, fewest, most, size = KINDS[kind]
    zone = rng.choice((-8, -5, 0, 1, 1, 2, 8, 9))
    times = sorted(_times(kind, rng.uniform(fewest, most), zone, rng, days))
    dated = rng.choices(("exact", "day", "none"), (92, 5, 3))[0]
    validators = rng.choices(("yes", "no", "never the same"), (85, 10, 5))[0]
    headers = [("Cache-Control", f"max-age={rng.choice((0, 60, 300, 600, 900, 1800, 3600))}")] if rng.random() < 0.35 else []
    outages = [_outage(rng, days) for _ in range(rng.choices((0, 1, 2), (92, 6, 2))[0])]
    return Publisher(
        name=f"p{number}", kind=kind, times=times, entries=[_entry(at, index, dated) for index, at in enumerate(times)], size=size,
        headers=tuple(headers), ttl=rng.choice((5, 15, 30, 60, 60, 60, 120, 1440)) if rng.random() < 0.3 else None,
        has_validators=validators == "yes", changes_always=validators == "never the same",
        limit=rng.choice((10, 20, 40)) * MINUTE if rng.random() < 0.04 else timedelta(0), outages=outages,
        moves_at=START + rng.uniform(0, days) * DAY if rng.random() < 0.02 else None,
    )  # fmt: skip


def _times(kind: str, a_day: float, zone: int, rng: random.Random, days: int) -> Iterator[datetime]:
    """When the stories of such a publisher appear, its days and hours being those of its zone."""
    if kind == "silent":
        yield from (START - BEFORE - rng.uniform(0, 100) * DAY for _ in range(15))
        return
    edition = rng.uniform(4, 7)
    for day in range(-BEFORE.days, days):
        midnight = START + day * DAY - zone * HOUR
        weekend = (START + day * DAY).weekday() >= 5
        for _ in range(_count(kind, a_day, (START + day * DAY).weekday(), weekend, rng)):
            yield midnight + _hour(kind, edition, rng) * HOUR


def _count(kind: str, a_day: float, weekday: int, weekend: bool, rng: random.Random) -> int:
    if kind == "weekly":
        return round(7 * a_day) if weekday == 3 else 0
    share = {"agency": 0.7, "paper": 0.5, "morning edition": 0.6, "local paper": 0.15, "blog": 0.5}[kind] if weekend else 1.0
    expected = a_day * share * rng.uniform(0.6, 1.4)
    return int(expected) + (rng.random() < expected % 1)


def _hour(kind: str, edition: float, rng: random.Random) -> float:
    if kind == "agency":
        return rng.uniform(0, 24) if rng.random() < 0.35 else rng.triangular(5, 23, 13)
    if kind == "morning edition" and rng.random() < 0.8:
        return edition + rng.uniform(0, 0.3)
    if kind == "weekly":
        return 10 + rng.uniform(0, 0.5)
    if kind == "blog":
        return rng.triangular(7, 24, 20)
    return min(max(rng.choice((rng.gauss(8.5, 1.5), rng.gauss(15, 3.5))), 0.0), 23.9)


def _entry(at: datetime, index: int, dated: str) -> Entry:
    day = at.replace(hour=0, minute=0, second=0, microsecond=0)
    stated = {"exact": StatedTime(raw="", at=at), "day": StatedTime(raw="", at=day, has_time=False), "none": None}[dated]
    return Entry(guid=str(index), published=stated)


def _outage(rng: random.Random, days: int) -> tuple[datetime, datetime]:
    begins = START + rng.uniform(0, days) * DAY
    return begins, begins + rng.uniform(1, 48) * HOUR


@dataclass
class Server:
    """Answers for a publisher as its server would, and counts."""

    of: Publisher
    served_at: datetime | None = None
    asked: int = 0
    not_modified: int = 0
    refused: int = 0

    def answer(self, now: datetime, known: int | None) -> tuple[Outcome, int]:
        """The outcome for one who has seen *known* stories; and how many there are."""
        self.asked += 1
        number, url = self.of.at(now), f"https://{self.of.name}.example/feed"
        if any(begins <= now < ends for begins, ends in self.of.outages):
            return Failed(url=url, reason="answered 502", status=502), number
        if self.served_at is not None and now - self.served_at < self.of.limit:
            self.refused += 1
            return Failed(url=url, reason="answered 429", status=429, retry_after=self.of.limit), number
        self.served_at = now
        moved = f"https://{self.of.name}.example/rss" if self.of.moves_at and now > self.of.moves_at else None
        headers = Headers((("ETag", f'"{number}"'), *self.of.headers)) if self.of.has_validators else Headers(self.of.headers)
        if self.of.has_validators and number == known:
            self.not_modified += 1
            return Unchanged(url=url, headers=headers, permanent_url=moved), number
        body = f"{number} {now if self.of.changes_always else ''}".encode()
        exchange = Exchange(id="x", url=url, final_url=url, status=200, headers=headers, body=body, fetched_at=now, permanent_url=moved)
        return Fetched(exchange=exchange), number


@dataclass
class Tally:
    """What a way of polling came to."""

    feeds: int
    days: int
    delays: list[float] = field(default_factory=list)  # minutes
    lost: int = 0
    asked: int = 0
    not_modified: int = 0
    refused: int = 0

    def saw(self, one: Publisher, since: int, number: int, now: datetime) -> None:
        """Stories from *since* to *number* are seen now, as far as the feed still holds them."""
        held = max(since, number - one.size)
        self.lost += held - since
        self.delays += [(now - at) / MINUTE for at in one.times[held:number] if at >= START]

    def add(self, server: Server) -> None:
        self.asked += server.asked
        self.not_modified += server.not_modified
        self.refused += server.refused

    def add_all(self, other: Tally) -> None:
        self.delays += other.delays
        self.lost += other.lost
        self.asked += other.asked
        self.not_modified += other.not_modified
        self.refused += other.refused

    @property
    def a_day(self) -> float:
        return self.asked / self.feeds / self.days

    def in_words(self, name: str) -> str:
        return (
            f"{name:<44}{self.a_day:>8.1f}{self.not_modified / self.asked:>8.0%}{median(self.delays):>10.1f}"
            f"{quantiles(self.delays, n=20)[-1]:>10.1f}{sum(self.delays) / len(self.delays):>10.1f}{self.lost:>7}{self.refused:>7}"
        )


Pace = Callable[[Publisher, "Tally", datetime], None]


def by_schedule(one: Publisher, tally: Tally, end: datetime, *, settings: SourcesSettings, learns: bool = True) -> None:
    """Poll as Broadsheet does."""
    server, seen, known = Server(one), one.at(START), None
    state = PollState(next_due=START + random.Random(one.name).uniform(0, 60) * MINUTE)
    while (now := state.next_due) < end:
        outcome, number = server.answer(now, known)
        feed, fresh = None, min(number - seen, one.size)
        if isinstance(outcome, Fetched):
            known = number
            feed = one.feed(number) if state.body_hash != body_hash(outcome.exchange.body) else None
        if not isinstance(outcome, Failed):
            tally.saw(one, seen, number, now)
            seen = number
        state = next_poll(state, feed, outcome, now, settings, source_id=one.name, fresh=fresh)
        if not learns:
            state = replace(state, habits=Habits())
    tally.add(server)


def evenly(one: Publisher, tally: Tally, end: datetime, *, every: timedelta) -> None:
    """Poll at a fixed pace, whatever comes back."""
    server, seen, known = Server(one), one.at(START), None
    now = START + random.Random(one.name).random() * every
    while now < end:
        outcome, number = server.answer(now, known)
        if not isinstance(outcome, Failed):
            known = number if isinstance(outcome, Fetched) else known
            tally.saw(one, seen, number, now)
            seen = number
        now += every
    tally.add(server)


def manners(one: Publisher) -> str:
    """What about a publisher decides how late we may be, whatever the schedule."""
    if one.ttl == DAY / MINUTE:
        return "want to be asked once a day"
    return "others" if one.has_validators else "give no validators"


def measured(publishers: Sequence[Publisher], days: int, pace: Pace) -> dict[str, Tally]:
    """What *pace* comes to for publishers of each sort of manners, and for all."""
    tallies: dict[str, Tally] = {}
    for one in publishers:
        tally = tallies.setdefault(manners(one), Tally(0, days))
        tally.feeds += 1
        pace(one, tally, START + days * DAY)
    whole = Tally(len(publishers), days)
    for tally in tallies.values():
        whole.add_all(tally)
    return {"all": whole, **tallies}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    began, rng = time.process_time(), random.Random(args.seed)
    publishers = [publisher(number, rng, args.days) for number in range(args.feeds)]
    print(f"{'':<44}{'a day':>8}{'304':>8}{'median':>10}{'p95':>10}{'mean':>10}{'lost':>7}{'429':>7}   (requests per feed; delays in minutes)")
    show = partial(_show, publishers, args.days)
    ours = show("ours", partial(by_schedule, settings=SourcesSettings()), groups=True)
    show("ours, without the hours learned", partial(by_schedule, settings=SourcesSettings(), learns=False))
    show("every hour", partial(evenly, every=HOUR), groups=True)
    show("evenly, with as many requests", partial(evenly, every=DAY / ours.a_day))
    stories = sum(one.at(START + args.days * DAY) - one.at(START) for one in publishers)
    print(f"{stories} stories of {args.feeds} feeds in {args.days} days; {time.process_time() - began:.0f} s of processor time")


def _show(publishers: Sequence[Publisher], days: int, name: str, pace: Pace, *, groups: bool = False) -> Tally:
    tallies = measured(publishers, days, pace)
    print(tallies["all"].in_words(name), flush=True)
    for group in sorted(tallies.keys() - {"all"}) if groups else ():
        print(
            tallies[group].in_words(f"    {tallies[group].feeds} feeds that {group}" if group != "others" else f"    {tallies[group].feeds} others")
        )
    return tallies["all"]


if __name__ == "__main__":
    main()
