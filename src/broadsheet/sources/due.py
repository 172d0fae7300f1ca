"""When to ask a source again, and what to remember of the last time.

The rules are those of considerate readers: ask often only where news is frequent, obey what the server asks for, back off
from what fails, and never ask what is gone. What is asked for is read in `wishes.py`, how often a source publishes in `rhythm.py`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from broadsheet.model import Exchange, Failed, Feed, Fetched, Habits, Headers, Outcome, PollState, Unchanged, Validators
from broadsheet.sources.config import SourcesSettings
from broadsheet.sources.moves import seen_moving
from broadsheet.sources.rhythm import learned, paced, usual_pause, window_of
from broadsheet.sources.wishes import clamped_wait, first_allowed, longest_wish, shortest_pause, stated_pace

MINUTE, HOUR, DAY, WEEK = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(days=7)
NOTHING = timedelta(0)

SLOWER_WHEN_QUIET = 1.05  # an hourly source that falls silent is asked daily after some three weeks
LEAST_WITHOUT_VALIDATORS = HOUR  # even where entries leave the feed within the hour
PAUSE_WHEN_PUSHED = DAY  # a hub tells us of news; the poll only makes sure of that
ASK_FOR_ALL_EVERY = WEEK  # some caches answer 304 for ever
FIRST_WAIT = timedelta(minutes=10)  # after 429 or 503 without Retry-After
MAX_BACKOFF, MAX_BACKOFF_LONG_DEAD = DAY, WEEK
LONG_DEAD = timedelta(days=30)
REFUSED_STEPS = (HOUR, 6 * HOUR, DAY, 2 * DAY, 4 * DAY, WEEK)  # 401, 403, 404 …: people have to repair these
LONGER_THAN_REFUSED, TRY_SOONER = 1.25, 0.99  # after a 429; what is refused today may be allowed in a month
REFRESH_EVERY = timedelta(minutes=5)  # however often people ask
LATE_AFTER, SPREAD_OVER = timedelta(minutes=5), timedelta(minutes=30)  # a stop shorter than the former leaves no crowd behind
JITTER = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is known of a poll besides its answer.

    *source_id* seeds the jitter, so that sources added together do not stay together. *problem* says why the body could not be read.
    *fresh*: how many of the feed's entries we had not seen. *pushed*: a hub tells us of this source's news. *read_as*: what read the body.
    """

    now: datetime
    settings: SourcesSettings
    source_id: str = ""
    problem: str | None = None
    fresh: int | None = None
    pushed: bool = False
    read_as: str | None = None


def next_poll(
    state: PollState,
    feed: Feed | None,
    outcome: Outcome,
    now: datetime,
    settings: SourcesSettings,
    *,
    source_id: str = "",
    problem: str | None = None,
    fresh: int | None = None,
    pushed: bool = False,
    read_as: str | None = None,
) -> PollState:
    """What to remember after a poll, and when the next is due. The keywords are those of `Asked`.

    *feed* is what was read from a `Fetched` outcome; None when the body was the same as before, or when it could not be read.
    """
    asked = Asked(
        now=now, settings=settings, source_id=source_id, problem=problem, fresh=fresh, pushed=pushed, read_as=read_as
    )  # fmt: skip
    match outcome:
        case Fetched(exchange=exchange) if problem is None:
            return _after_news(state, feed, exchange, asked)
        case Fetched():
            unread = replace(state, not_a_feed=state.not_a_feed + 1)
            return _after_failure(unread, Failed(url="", reason=problem or "", status=200), asked)
        case Unchanged():
            return _after_no_change(state, outcome, asked)
        case Failed():
            return _after_failure(state, outcome, asked)
        case declined:
            return _after_failure(state, Failed(url=declined.url, reason=declined.reason, status=403), asked)


def body_hash(body: bytes) -> str:
    """What tells two bodies of a source apart: a 200 with the same one counts as unchanged."""
    return hashlib.sha256(body).hexdigest()[:32]


def is_gone(outcome: Outcome) -> bool:
    """Whether the publisher says that there will be no more: 410, and only that."""
    return isinstance(outcome, Failed) and outcome.status == 410


def asks_for_all(state: PollState, *, read_as: str, now: datetime) -> bool:
    """Whether the next request leaves the validators out: once a week, and when the body would be read with something else than last time."""
    is_stale = state.full_at is not None and now - state.full_at >= ASK_FOR_ALL_EVERY
    return is_stale or (state.read_as is not None and state.read_as != read_as)


def refreshed(state: PollState, now: datetime) -> PollState:
    """*state* after somebody asked for news: due at once, but not sooner than the server said, nor within five minutes of the last time."""
    soonest = [now, state.not_before or now, state.last_checked + REFRESH_EVERY if state.last_checked else now]
    return replace(state, next_due=min(state.next_due, max(soonest)))


def spread(state: PollState, now: datetime, source_id: str) -> PollState:
    """*state* of a source that fell due while nobody was at work: due within its interval, half an hour at most, always at the same point."""
    if state.last_checked is None or now - state.next_due < LATE_AFTER:
        return state
    return replace(state, next_due=now + _share(f"{source_id} after a stop") * min(timedelta(minutes=state.interval_minutes), SPREAD_OVER))


def rested(state: PollState, until: datetime, source_id: str, *, is_asked: bool) -> PollState:
    """*state* of a source whose host is left alone until then: not asked sooner, and not all its sources at once afterwards.

    *is_asked*: the server wants it so, whoever asks.
    """
    later = until + _share(f"{source_id} after a rest") * SPREAD_OVER if state.next_due < until else state.next_due
    return replace(state, next_due=later, not_before=max(until, state.not_before or until) if is_asked else state.not_before)


def _after_news(state: PollState, feed: Feed | None, exchange: Exchange, asked: Asked) -> PollState:
    known_there = feed is not None and asked.fresh is not None and asked.fresh < len(feed.entries)
    state = seen_moving(state, exchange.permanent_url, exchange.url, asked.now, known_there=known_there)
    state = replace(
        state, validators=exchange.validators, validators_url=exchange.final_url, body_hash=body_hash(exchange.body), full_at=asked.now,
        read_as=asked.read_as,
    )  # fmt: skip
    if feed is None:
        return _answered(state, exchange.headers, _longer(state, asked), asked, wait=exchange.asked_to_wait)
    state = _noted(state, feed, asked)
    return _answered(state, exchange.headers, _own_pause(state, feed, asked), asked, wait=exchange.asked_to_wait)


def _after_no_change(state: PollState, outcome: Unchanged, asked: Asked) -> PollState:
    state = seen_moving(state, outcome.permanent_url, outcome.url, asked.now, known_there=False)
    state = replace(state, validators=_renewed(state.validators, outcome.headers), full_at=state.full_at or asked.now)
    return _answered(state, outcome.headers, _longer(state, asked), asked, wait=outcome.asked_to_wait)


def _noted(state: PollState, feed: Feed, asked: Asked) -> PollState:
    """What the feed says of itself, for the polls that a 304 answers."""
    window = window_of(feed, asked.now, fresh=asked.fresh or 0, since=state.last_success)
    return replace(
        state, stated=stated_pace(feed), window_minutes=None if window is None else round(window / MINUTE),
        habits=learned(state.habits, feed, asked.now), hints=_hints(feed),
    )  # fmt: skip


def _hints(feed: Feed) -> tuple[str, ...]:
    """What a feed says of its own address. Not followed: the one is often a copy of another's, the other wrong after every move."""
    said = []
    if feed.new_feed_url and feed.new_feed_url != feed.url:
        said.append(f"says that it has moved to {feed.new_feed_url} (itunes:new-feed-url)")
    if feed.self_url and feed.self_url != feed.url:
        said.append(f"calls itself {feed.self_url} (atom:link self)")
    return tuple(said)


def _own_pause(state: PollState, feed: Feed, asked: Asked) -> timedelta:
    """By the source's rhythm; one without dates is asked as often as it says itself, if that is more often than the default."""
    default = timedelta(minutes=asked.settings.default_interval)
    if not asked.settings.adaptive:
        return _clamped(default, asked.settings)
    allowed = shortest_pause(state.stated) if asked.settings.heed_hints else None
    return _clamped(usual_pause(feed, asked.now) or min(default, allowed or default), asked.settings)


def _longer(state: PollState, asked: Asked) -> timedelta:
    """Nothing new: a little slower than before."""
    before = timedelta(minutes=state.interval_minutes)
    slower = before * (SLOWER_WHEN_QUIET if asked.settings.adaptive else 1)
    return _clamped(max(slower, before + MINUTE), asked.settings)


def _answered(state: PollState, headers: Headers, interval: timedelta, asked: Asked, *, wait: timedelta | None) -> PollState:
    now, settings = asked.now, asked.settings
    wish, words = longest_wish(state.stated, headers, now) if settings.heed_hints else (NOTHING, None)
    if wait is not None and clamped_wait(wait) > wish:
        wish, words = clamped_wait(wait), _retry_after_words(wait)
    least = max(wish, _without_validators(state, settings), timedelta(minutes=max(settings.min_interval, state.least_minutes)))
    habits = state.habits if settings.adaptive else Habits()
    pause = PAUSE_WHEN_PUSHED if asked.pushed else min(paced(now, interval, habits, now), timedelta(minutes=settings.max_interval))
    due = first_allowed(now + _jittered(max(pause, least), asked.source_id, least=least), state.stated)
    return replace(
        state, next_due=due, last_checked=now, last_success=now, last_error=None, failing_since=None, failures=0, not_a_feed=0, offered=(),
        interval_minutes=max(1, round(interval / MINUTE)), least_minutes=int(state.least_minutes * TRY_SOONER), server_asked=words,
        not_before=now + clamped_wait(wait) if wait else None,
    )  # fmt: skip


def _without_validators(state: PollState, settings: SourcesSettings) -> timedelta:
    """How long to leave a source alone of which every poll costs the publisher the whole file.

    Three times within the time that the feed covers, so that no entry comes and goes between two polls on a busier day: losing one is worse
    than asking. (Twice was too rarely: in a simulated month three times as many were lost.)
    """
    if state.validators:
        return NOTHING
    longest = timedelta(minutes=settings.unconditional_interval)
    if state.window_minutes is None:
        return longest
    return min(longest, max(timedelta(minutes=state.window_minutes) / 3, LEAST_WITHOUT_VALIDATORS))


def _after_failure(state: PollState, failed: Failed, asked: Asked) -> PollState:
    since = state.failing_since or asked.now
    pause, words = _backoff(state.failures, failed, asked.now - since, asked.settings)
    is_asked = failed.retry_after is not None or failed.status == 429
    return replace(
        state, next_due=asked.now + _jittered(pause, asked.source_id, least=pause if is_asked else NOTHING), last_checked=asked.now,
        last_error=failed.reason, failing_since=since, failures=state.failures + 1, server_asked=words,
        not_before=asked.now + pause if is_asked else None, least_minutes=_least_after(state, failed, asked.now),
    )  # fmt: skip


def _least_after(state: PollState, failed: Failed, now: datetime) -> int:
    """The shortest pause that the server lets pass, as far as this answer tells: after a 429, longer than the one it would not have."""
    if failed.status != 429 or state.last_checked is None or state.failures:
        return state.least_minutes
    too_short = min(max(now - state.last_checked, failed.retry_after or NOTHING), MAX_BACKOFF / 2)
    return max(state.least_minutes, round(too_short * LONGER_THAN_REFUSED / MINUTE))


def _backoff(failures: int, failed: Failed, failing: timedelta, settings: SourcesSettings) -> tuple[timedelta, str | None]:
    """How long to leave a source alone that has failed *failures* times before, for *failing*."""
    if failed.retry_after is not None:
        return clamped_wait(failed.retry_after), _retry_after_words(failed.retry_after)
    if failed.status == 410:
        return MAX_BACKOFF_LONG_DEAD, None
    if failed.status is not None and 400 <= failed.status < 500 and failed.status not in (408, 425, 429):
        return REFUSED_STEPS[min(failures, len(REFUSED_STEPS) - 1)], None
    first = FIRST_WAIT if failed.status in (429, 503) else timedelta(minutes=max(settings.min_interval, 1))
    longest = MAX_BACKOFF_LONG_DEAD if failing > LONG_DEAD else MAX_BACKOFF
    return min(first * 2 ** min(failures, 12), longest), None


def _retry_after_words(wait: timedelta) -> str:
    return f"Retry-After {round(wait.total_seconds())} s"


def _clamped(interval: timedelta, settings: SourcesSettings) -> timedelta:
    return min(max(interval, timedelta(minutes=settings.min_interval)), timedelta(minutes=settings.max_interval))


def _jittered(pause: timedelta, source_id: str, *, least: timedelta) -> timedelta:
    """*pause* ten per cent up or down, always the same way for the same source and pause; never below *least*.

    A pause that was asked for is only lengthened, and one of a minute is kept to the second: somebody may be waiting.
    """
    either = 2 * _share(f"{source_id} {round(pause.total_seconds())}") - 1
    if pause <= least:
        return least * (1 + JITTER * abs(either)) if least > MINUTE else least
    return max(pause * (1 + JITTER * either), least)


def _share(seed: str) -> float:
    """From 0 to 1, always the same for the same *seed*."""
    return int.from_bytes(hashlib.sha256(seed.encode()).digest()[:4], "big") / 2**32


def _renewed(validators: Validators, headers: Headers) -> Validators:
    """A 304 may carry new validators (RFC 9110, section 15.4.5); those it does not mention stay."""
    return Validators(etag=headers.get("etag") or validators.etag, last_modified=headers.get("last-modified") or validators.last_modified)
