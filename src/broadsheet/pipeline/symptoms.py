"""What shows that something is wrong with a source: pure decisions on its polls, its entries and its articles.

Each is careful to the point of being late: a false alarm in a feed costs more trust than a true one wins. `health.py` looks at
the sources and carries out what these say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from broadsheet.model import IncidentKind, PollState, Source
from broadsheet.urls import site_of

FAILING_AFTER = timedelta(days=1)
FAILURES_LEAST = 3
"""A night's maintenance or a moved server is over within a day, and a day of back-off holds about ten attempts; three is for sources
that are asked once a day."""

ENTRIES_FOR_SILENCE = 50
TIMES_FOR_RHYTHM = 10
"""Fewer moments of publication say nothing: a source that was added with its first five stories has no rhythm yet."""
LONGEST_PAUSES = 4
SILENT_LEAST = timedelta(days=2)
SILENT_LEAST_WITHOUT_WEEKENDS = timedelta(days=5)
"""Where the entries that we have span less than two weeks, they may hold no weekend, let alone Easter (four days) or a bridge day."""
SPAN_WITH_WEEKENDS = timedelta(days=14)

LATEST = 5
HISTORY_LEAST = 15
ARTICLES_LOOKED_AT = 60
SHORT_SHARE = 1 / 3
SHORT_EACH = 1 / 2
LONG_AGAIN_SHARE = 0.6
FULL_SHARE = 0.8

OUTAGE_SHARE = 0.5
OUTAGE_SOURCES = 4
OUTAGE_SITES = 3

_SECRET_OF_URL = re.compile(r"(?<=://)[^/\s@]*@|(?<=[^\s?#])[?#][^\s\"'<>)\],;]*[^\s\"'<>)\],;:.]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Symptom:
    """Something is wrong. *said*, *do*, *detail* and *usual_chars* as in `Incident`."""

    kind: IncidentKind
    said: str
    do: str
    detail: str = ""
    usual_chars: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What the symptoms look at in an article: how long its text is, and whether it is the article or only its teaser."""

    chars: int
    whole: bool


def failing(state: PollState, now: datetime) -> Symptom | None:
    """Every poll has failed for a day, and at least three have.

    Reasoned, not measured: a restart, a night's maintenance or a lapsed certificate is over within a day; what fails for longer has mostly
    moved, been closed, or shut us out, and somebody has to look.
    """
    if state.failing_since is None or state.failures < FAILURES_LEAST or now - state.failing_since < FAILING_AFTER:
        return None
    return Symptom(
        kind="failing",
        said=f"It has not answered usably since {_day(state.failing_since)}, in {state.failures} attempts.",
        do="If the site opens in a browser, tell whoever runs this feed: its address may have changed, or the site may turn programs away. "
        "If it does not, wait: it is asked again by itself.",
        detail=discreet(state.last_error or ""),
    )


def silent(times: Sequence[datetime], *, last_news: datetime, added_at: datetime, now: datetime) -> Symptom | None:
    """Nothing new for far longer than ever between the last entries: four times their longest pause, and two days at least.

    *times* are those of the last entries, in any order; *last_news* is when the last one came up, whatever it says of itself.
    Unknown rhythms are never called silent: fewer than ten different moments. A source that was silent already when it was added does
    not fall silent.

    Reasoned, not measured: the longest of 49 pauses is that of a night, a weekend or a holiday, depending on how far back 50 entries
    reach; papers that publish fifty a day show no weekend in them, so that those need five days. A weekly has to miss four issues.
    """
    limit = longest_quiet(times)
    if limit is None or last_news + limit < added_at or now - last_news <= limit:
        return None
    pause = _span(_longest_pause(sorted(set(times))))
    return Symptom(
        kind="silent",
        said=f"Nothing new has appeared since {_day(last_news)}, although its feed answers; the longest pause before was {pause}.",
        do="Look at the site itself: if there is news, its feed is broken or has moved, and whoever runs this feed should look for the new one. "
        "If there is none, the publisher is pausing.",
    )


def longest_quiet(times: Sequence[datetime]) -> timedelta | None:
    """How long a source with entries at these *times* may say nothing before that is strange; None while its rhythm is not known."""
    ordered = sorted(set(times))
    if len(ordered) < TIMES_FOR_RHYTHM:
        return None
    least = SILENT_LEAST if ordered[-1] - ordered[0] >= SPAN_WITH_WEEKENDS else SILENT_LEAST_WITHOUT_WEEKENDS
    return max(LONGEST_PAUSES * _longest_pause(ordered), least)


def empty(samples: Sequence[Sample]) -> Symptom | None:
    """The last five articles are teasers or without text, where nearly all before were whole, and never five in a row were not.

    *samples* are the source's articles, the newest first. Reasoned, not measured: a paywall or a bot wall that goes up makes every article from one
    day on a teaser; a mixed source (one paywalled piece in three) has its own runs, which are looked at too.
    """
    latest, before = samples[:LATEST], samples[LATEST:]
    if len(before) < HISTORY_LEAST or any(one.whole for one in latest):
        return None
    if sum(one.whole for one in before) < FULL_SHARE * len(before) or _ever(before, lambda run: not any(one.whole for one in run)):
        return None
    return Symptom(
        kind="empty",
        said=f"The last {LATEST} articles came out without their text, only with what the feed says of them; before, they were whole.",
        do="Open one in a browser: if the whole text is there, tell whoever runs this feed, since the site may have been rebuilt or turn programs "
        "away. If it asks you to subscribe, the publisher has put up a paywall.",
    )


def short(samples: Sequence[Sample]) -> Symptom | None:
    """The last five articles are each under half, and mostly under a third, of the usual length, as no five in a row have been before.

    *samples* are the source's articles, the newest first; teasers do not count, they are `empty`'s. Reasoned, not measured: a template that changes
    under an extractor, or a site that begins to cut its pages, cuts all from one day on. News flashes come in runs too, so the source's own
    past is asked whether it knows such runs. Lengths are in characters, so that no script is measured by another's words.
    """
    latest, before = samples[:LATEST], [one for one in samples[LATEST:] if one.whole]
    if len(before) < HISTORY_LEAST or len(latest) < LATEST or not all(one.whole for one in latest):
        return None
    usual = median(one.chars for one in before)
    if not _is_short_run(latest, usual) or _ever(before, lambda run: _is_short_run(run, usual)):
        return None
    return Symptom(
        kind="short",
        said=f"The last {LATEST} articles came out much shorter than usual: about {median(one.chars for one in latest):.0f} characters instead of "
        f"{usual:.0f}.",
        do="Open one in a browser: if more text is there, tell whoever runs this feed; the site may have been rebuilt. "
        "If not, the publisher writes shorter.",
        usual_chars=round(usual),
    )


def is_whole_again(samples: Sequence[Sample]) -> bool:
    """Whether most of the last five articles have their text: three of five, so that one that slipped through does not end it."""
    return sum(one.whole for one in samples[:LATEST]) > LATEST // 2


def is_long_again(samples: Sequence[Sample], usual_chars: int) -> bool:
    """Whether the last five articles are mostly as long as they were: well above the bound that opened it, so that it does not flap."""
    latest = [one for one in samples[:LATEST] if one.whole]
    return len(latest) > LATEST // 2 and median(one.chars for one in latest) >= LONG_AGAIN_SHARE * usual_chars


def is_our_outage(states: Sequence[tuple[Source, PollState]]) -> bool:
    """Whether it is more likely that we cannot reach the network than that all these sources broke.

    More than half of the sources fail, four at least, of three sites at least: papers of one house often share a server.
    """
    asked = [(source, state) for source, state in states if state.last_checked is not None]
    broken = [source for source, state in asked if state.failing_since is not None]
    return len(broken) >= OUTAGE_SOURCES and len(broken) > OUTAGE_SHARE * len(asked) and len({site_of(one.url) for one in broken}) >= OUTAGE_SITES


def discreet(words: str) -> str:
    """*words* without what may be secret in the addresses they name: passwords and queries."""
    return _SECRET_OF_URL.sub(lambda found: "" if found[0].endswith("@") else f"{found[0][0]}…", words)


def _longest_pause(ordered: Sequence[datetime]) -> timedelta:
    return max(later - earlier for earlier, later in pairwise(ordered))


def _is_short_run(run: Sequence[Sample], usual: float) -> bool:
    return all(one.chars < SHORT_EACH * usual for one in run) and median(one.chars for one in run) < SHORT_SHARE * usual


def _ever(samples: Sequence[Sample], holds: Callable[[Sequence[Sample]], bool]) -> bool:
    """Whether it holds of any five in a row."""
    return any(holds(samples[start : start + LATEST]) for start in range(len(samples) - LATEST + 1))


def _day(at: datetime) -> str:
    return f"{at:%Y-%m-%d}"


def _span(span: timedelta) -> str:
    days = span / timedelta(days=1)
    return f"{days:.0f} days" if days >= 2 else f"{max(1, days * 24):.0f} hours"
