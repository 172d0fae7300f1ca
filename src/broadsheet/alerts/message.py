"""What the operator is told: which incidents make a message, and its words.

    for message in messages(begun, over, sources):
        await channel.send(message)

Plain functions from incidents to messages. One message for one incident; one for all of them where there are more than a few, since an
outage must not send three hundred mails.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Literal

from broadsheet.model import Incident, Source
from broadsheet.text import collapse
from broadsheet.urls import is_http

Event = Literal["opened", "over", "test"]

MOST_SINGLE = 3
"""More troubles than this make one message together."""

MOST_LISTED = 50
"""A message names so many, and counts the rest."""

NOWHERE: Mapping[str, str] = MappingProxyType({})

SUBJECT_CHARS = 150
UNTOLD_FOR = timedelta(days=7)
"""What could not be told for so long is not news any more; and who switches alerts on is not told of last month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """An incident as the operator is told of it, with its source's name and addresses ("" where there is none)."""

    incident: Incident
    title: str
    home_url: str = ""
    our_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message: *subject* in one line, *text* as plain text with the subject left out, *troubles* for machines."""

    event: Event
    subject: str
    text: str
    troubles: tuple[Trouble, ...] = ()


TEST = Message(event="test", subject="Broadsheet: a test", text="If you can read this, alerts arrive. Nothing is wrong.")


def is_time(untold: Sequence[Incident], *, now: datetime, gather: timedelta) -> bool:
    """Whether the longest-waiting of the untold has waited for as long as troubles are gathered."""
    return bool(untold) and min(_since(one) for one in untold) <= now - gather


def is_stale(incident: Incident, now: datetime) -> bool:
    """Whether there is no point any more in telling of it."""
    return _since(incident) < now - UNTOLD_FOR


def messages(
    begun: Sequence[Incident], over: Sequence[Incident], sources: Mapping[str, Source], *, our_urls: Mapping[str, str] = NOWHERE
) -> tuple[Message, ...]:
    """What to send about incidents that have begun, and about those that are over. *our_urls* are our own pages of the sources, by id."""
    return (
        *_of("opened", [_trouble(one, sources, our_urls) for one in sorted(begun, key=_order)]),
        *_of("over", [_trouble(one, sources, our_urls) for one in sorted(over, key=_order)]),
    )


def _of(event: Event, troubles: Sequence[Trouble]) -> Iterable[Message]:
    outages = [one for one in troubles if one.incident.kind == "outage"]
    others = [one for one in troubles if one.incident.kind != "outage"]
    yield from (_single(event, one) for one in outages)
    if len(others) > MOST_SINGLE:
        yield _together(event, others)
    else:
        yield from (_single(event, one) for one in others)


def _single(event: Event, trouble: Trouble) -> Message:
    return Message(event=event, subject=_subject(_headline(event, trouble)), text="\n".join(_lines(event, trouble)), troubles=(trouble,))


def _together(event: Event, troubles: Sequence[Trouble]) -> Message:
    count = len(troubles)
    subject = f"Broadsheet: {count} sources are in trouble" if event == "opened" else f"Broadsheet: {count} troubles are over"
    listed = ["\n".join(_lines(event, one)) for one in troubles[:MOST_LISTED]]
    rest = [f"… and {count - MOST_LISTED} more: `broadsheet alerts list` shows them all."] if count > MOST_LISTED else []
    return Message(event=event, subject=subject, text="\n\n".join([*listed, *rest]), troubles=tuple(troubles))


def _headline(event: Event, trouble: Trouble) -> str:
    if trouble.incident.kind == "outage":
        return "our connection is down" if event == "opened" else "our connection works again"
    return f"{trouble.title}: {trouble.incident.kind if event == 'opened' else 'works again'}"


def _lines(event: Event, trouble: Trouble) -> Iterable[str]:
    one = trouble.incident
    whose = trouble.title if one.kind == "outage" else f"{trouble.title} ({one.source_id})"
    yield f"{whose}: {one.kind}, since {one.opened_at:%Y-%m-%d %H:%M} UTC"
    if event == "over":
        yield f"Over since {one.closed_at:%Y-%m-%d %H:%M} UTC. {one.over}"
        yield f"It was: {one.said}"
    else:
        yield one.said
        if one.detail:
            yield f"In its own words: {collapse(one.detail)}"
        yield one.do
    yield from (url for url in (trouble.home_url, trouble.our_url) if url)


def _subject(said: str) -> str:
    """One line: what a publisher calls itself must not become a header of a mail."""
    line = collapse(f"Broadsheet: {said}")
    return line if len(line) <= SUBJECT_CHARS else line[: SUBJECT_CHARS - 1] + "…"


def _trouble(incident: Incident, sources: Mapping[str, Source], our_urls: Mapping[str, str]) -> Trouble:
    source = sources.get(incident.source_id)
    if incident.kind == "outage":
        return Trouble(incident=incident, title="Our connection")
    if source is None:
        return Trouble(incident=incident, title=incident.source_id)
    home_url = source.home_url if is_http(source.home_url) else ""
    return Trouble(incident=incident, title=collapse(source.title) or source.id, home_url=home_url, our_url=our_urls.get(source.id, ""))


def _order(incident: Incident) -> tuple[datetime, str]:
    return incident.opened_at, incident.id


def _since(incident: Incident) -> datetime:
    """What is still to be told has been so since then."""
    return incident.closed_at or incident.opened_at
