"""How a source is doing, and what an operator may do about it: its rhythm, its troubles, what waits for a decision."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from broadsheet.errors import SourceExists, UsageError
from broadsheet.model import Candidate, Habits, Incident, PollState, Source, Subscription, Validators
from broadsheet.sources import moved_to
from broadsheet.store import SourceCounts, Store
from broadsheet.urls import normalise

BUSIEST_HOURS = 4
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """All that is known of how a source is doing. *held* counts entries that were let in by nobody yet."""

    source: Source
    state: PollState
    counts: SourceCounts
    held: int
    subscription: Subscription | None
    incidents: tuple[Incident, ...]


def standing_of(source_id: str, store: Store) -> Standing:
    """How *source_id* is doing. Raises UnknownSource."""
    source, state = store.source(source_id), store.poll_state(source_id)
    return Standing(
        source=source,
        state=state,
        counts=store.counts().get(source_id, SourceCounts()),
        held=len(store.held_entries(source_id)) if state.held_since else 0,
        subscription=store.subscription(source_id),
        incidents=store.incidents(source_id, open_only=True),
    )


def in_words(one: Standing, now: datetime) -> tuple[tuple[str, str], ...]:
    """*one* line by line: what about it, and how it is. Lines that have nothing to say are left out."""
    source, state = one.source, one.state
    lines = (
        ("title", source.title),
        ("address", f"{source.url} ({source.kind})"),
        ("state", source.state + (f": its address belongs to {source.merged_into} now" if source.merged_into else "")),
        ("holds", f"{one.counts.articles} articles of {one.counts.entries} entries; {one.counts.due} waiting, {one.counts.dead} given up"),
        ("pictures", f"kept: {source.keep_pictures}" if source.keep_pictures else ""),
        ("rhythm", _rhythm(state)),
        ("next poll", _moment(state.next_due) if source.state == "active" else "none"),
        ("last success", _moment(state.last_success) if state.last_success else "never"),
        ("trouble", _trouble(state)),
        ("server asked", _asked(state, now)),
        ("feed says", "; ".join(state.hints)),
        ("moving", _moving(state)),
        ("held", _held(one)),
        ("found instead", ", ".join(candidate.url for candidate in state.offered)),
        ("pushed", _pushed(one.subscription)),
        *(("incident", f"{incident.kind} since {_moment(incident.opened_at)}: {incident.said}") for incident in one.incidents),
    )
    return tuple((about, said) for about, said in lines if said)


def let_in(source_id: str, store: Store, now: datetime) -> int:
    """Have the pages of the entries fetched that are held in *source_id*, and so their articles published; how many. Raises UnknownSource."""
    state = store.poll_state(source_id)
    held = store.held_entries(source_id) if state.held_since else ()
    for entry in held:
        store.add_task("page", entry.id, now)
    store.keep_poll(source_id, replace(state, held_since=None))
    store.close_incident(source_id, "moved", over="The entries that had appeared anew were let in.")
    return len(held)


def move_source(source_id: str, url: str | None, store: Store, now: datetime) -> Source:
    """Watch *source_id* at *url*, or (None) at what was found in its place; its id, and so our feed, stays. It is asked at once.

    Raises UnknownSource, SourceExists when another source has the address, UsageError when there is nothing to move to.
    """
    source, state = store.source(source_id), store.poll_state(source_id)
    candidate = _chosen(url, state)
    if candidate is None:
        raise UsageError(source_id, "nothing was found in its place", do=f"Name the new address: broadsheet sources move {source_id} URL")
    there = store.source_by_url(candidate.url)
    if there is not None and there.id != source_id:
        raise SourceExists(there.id, f"is watched already, at {candidate.url}", do=f"Remove one of the two: broadsheet remove {source_id}")
    moved = replace(source, url=candidate.url, kind=candidate.kind, state="active", merged_into=None)
    store.replace_source(moved)
    store.keep_poll(source_id, replace(state, next_due=now, validators=Validators(), validators_url=None, body_hash=None, offered=(), not_a_feed=0))
    return moved


def _chosen(url: str | None, state: PollState) -> Candidate | None:
    if url is None:
        return next(iter(state.offered), None)
    address = normalise(url)
    return next((one for one in state.offered if one.url == address), Candidate(kind="feed", url=address, title=None, home_url=address))


def _rhythm(state: PollState) -> str:
    return f"asked every {_span(timedelta(minutes=state.interval_minutes))}{_habits(state.habits)}"


def _habits(habits: Habits) -> str:
    if not any(habits.hours):
        return ""
    busiest = sorted(sorted(range(24), key=lambda hour: -habits.hours[hour])[:BUSIEST_HOURS])
    day = max(range(7), key=lambda day: habits.days[day])
    return f"; publishes most at {', '.join(f'{hour}:00' for hour in busiest)} UTC, and on {_DAYS[day]}"


def _trouble(state: PollState) -> str:
    if state.last_error is None:
        return ""
    since = f" since {_moment(state.failing_since)}" if state.failing_since else ""
    return f"{state.last_error} ({state.failures} times{since})"


def _asked(state: PollState, now: datetime) -> str:
    stated = state.stated
    said = [state.server_asked] if state.server_asked else []
    said += [f"not before {_moment(state.not_before)}"] if state.not_before and state.not_before > now else []
    said += [f"not at {', '.join(str(hour) for hour in stated.skip_hours)} o'clock UTC"] if stated.skip_hours else []
    said += [f"not on {', '.join(stated.skip_days)}"] if stated.skip_days else []
    return "; ".join(said)


def _moving(state: PollState) -> str:
    if state.permanent_url is None or moved_to(state) is not None:
        return ""
    return f"redirected for good to {state.permanent_url}, seen {state.permanent_seen} times; followed after three days"


def _held(one: Standing) -> str:
    if not one.held or one.state.held_since is None:
        return ""
    return (
        f"{one.held} entries since {_moment(one.state.held_since)}: old ones that all looked new at once, as after a move. "
        f"To let them in: broadsheet sources announce {one.source.id}"
    )


def _pushed(subscription: Subscription | None) -> str:
    if subscription is None:
        return ""
    until = f" until {_moment(subscription.lease_until)}" if subscription.lease_until else ""
    last = f", last delivery {_moment(subscription.pushed_at)}" if subscription.pushed_at else ""
    return f"{subscription.state} at {subscription.hub_url}{until}{last}" + (f"; {subscription.last_error}" if subscription.last_error else "")


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M UTC")


def _span(span: timedelta) -> str:
    minutes = round(span / timedelta(minutes=1))
    return f"{minutes} minutes" if minutes < 120 else f"{minutes / 60:.0f} hours"
