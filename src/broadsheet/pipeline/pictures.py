"""Keeping the pictures of articles: which are wanted, and the steps that fetch them, after the news and as politely.

A step is a visit to one host for a few of its pictures. What is due is asked from the store, so that a kill loses nothing; a picture that is
fetched twice is kept once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from broadsheet.errors import ImageError, UnknownSource
from broadsheet.images.config import PicturesSettings
from broadsheet.markup.pictures import pictures_in
from broadsheet.model import (
    Article,
    Declined,
    Failed,
    Fetched,
    KeepPictures,
    KnownPicture,
    Outcome,
    PictureUse,
    Request,
    SafeHtml,
    Source,
    Unchanged,
)
from broadsheet.observe import Event
from broadsheet.pipeline.step import Step
from broadsheet.pipeline.tools import Tools
from broadsheet.urls import is_http

MOST_OF_AN_ARTICLE = 200
"""Addresses noted of one article: above any gallery seen, below what a hostile page can list."""

MOST_A_VISIT = 8
"""Pictures fetched at a host before its next page may be."""

AGAIN_AFTER = (timedelta(minutes=10), timedelta(hours=2), timedelta(days=1))
"""When a picture that could not be had is tried again; after the last it is given up."""


def uses_of(article: Article, keep: KeepPictures) -> tuple[PictureUse, ...]:
    """Every address that *article* shows a picture or recording from, each once; with whether *keep* wants its original.

    "lead" wants the lead image, or the first picture where there is none.
    """
    lead = [PictureUse(url=article.lead_image.url, role="lead")] if article.lead_image is not None else []
    html = SafeHtml(article.body + "".join(note.html for note in article.notes))
    uses: dict[str, PictureUse] = {}
    for use in (*lead, *(PictureUse(url=url, role=role) for url, role in pictures_in(html))):
        if is_http(use.url) and len(uses) < MOST_OF_AN_ARTICLE:
            uses.setdefault(use.url, use)
    wanted = {use.url for use in _wanted(tuple(uses.values()), keep)}
    return tuple(replace(use, keep=True) if use.url in wanted else use for use in uses.values())


def _wanted(uses: Sequence[PictureUse], keep: KeepPictures) -> Iterable[PictureUse]:
    if keep == "all":
        return (use for use in uses if use.role in ("lead", "body", "poster"))
    if keep == "lead":
        first = next((use for role in ("lead", "body", "poster") for use in uses if use.role == role), None)
        return (first,) if first else ()
    return ()


def kept_of(source_id: str, tools: Tools) -> KeepPictures:
    """Which pictures of a source are kept."""
    try:
        return policy_of(tools.store.source(source_id), tools.pictures)
    except UnknownSource:  # given up meanwhile: nothing more is fetched for it
        return "none"


def policy_of(source: Source | None, settings: PicturesSettings) -> KeepPictures:
    """Which pictures of *source* are kept: as it says itself, else the settings."""
    words: dict[str, KeepPictures] = {"all": "all", "lead": "lead"}
    return (source.keep_pictures if source else None) or words.get(settings.keep, "none")


class Pictures:
    """What is due of pictures."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def due(self, *, limit: int, skip_hosts: Collection[str] = ()) -> Iterator[Step]:
        """A step for each host where pictures are due, but for *skip_hosts*; at most *limit*."""
        if limit <= 0:
            return
        store, now = self._tools.store, self._tools.now()
        for host in store.hosts_with_due_pictures(now, limit=limit, skip_hosts=skip_hosts):
            some = store.due_pictures(now, limit=MOST_A_VISIT, host=host)
            yield Step(
                name=f"pictures at {host}",
                host=host,
                carry_out=partial(fetch_pictures, some, self._tools),
                put_off=partial(_put_off, some, self._tools),
            )

    def next_due(self) -> datetime | None:
        return self._tools.store.next_picture_due()


async def fetch_pictures(wanted: Sequence[KnownPicture], tools: Tools) -> None:
    """Fetch and keep each, one after the other. Where their host cannot be reached, or wants to be left alone, none of the others is asked for."""
    for at, one in enumerate(wanted):
        outcome = await tools.get(Request(url=one.url, kind="image", referer=tools.store.shown_by(one.url)))
        await _take(one, outcome, tools)
        match outcome:
            case Failed(unreachable=True, reason=reason):
                for other in wanted[at + 1 :]:
                    _failed(other, reason, _again(other, None, tools.now()), tools)
                return
            case Failed(retry_after=timedelta() as rest):
                tools.store.postpone_pictures([other.url for other in wanted[at + 1 :]], tools.now() + rest)
                return


async def _take(wanted: KnownPicture, outcome: Outcome, tools: Tools) -> None:
    """Keep what was sent, or note why there is nothing."""
    match outcome:
        case Fetched(exchange=exchange):
            try:
                original = await tools.probe(wanted.url, exchange.body)
            except ImageError as error:
                _failed(wanted, error.what, None, tools)
                return
            await asyncio.to_thread(tools.store.keep_original, wanted.url, original, exchange.body)  # waits for the disk
            tools.said(Event(kind="picture", source_id="", where=wanted.url))
        case Failed(retry=True):
            _failed(wanted, outcome.reason, _again(wanted, outcome, tools.now()), tools)
        case Declined() | Failed():
            _failed(wanted, outcome.reason, None, tools)
        case Unchanged():
            _failed(wanted, "the server answered 304 to a question it was not asked", _again(wanted, None, tools.now()), tools)


def _again(wanted: KnownPicture, failed: Failed | None, now: datetime) -> datetime | None:
    """When to try again, not before the server wants us to; None after too many times."""
    if wanted.tries >= len(AGAIN_AFTER):
        return None
    asked = failed.retry_after if failed is not None and failed.retry_after is not None else timedelta(0)
    return now + max(AGAIN_AFTER[wanted.tries], asked)


def _failed(wanted: KnownPicture, reason: str, due: datetime | None, tools: Tools) -> None:
    tools.store.picture_failed(wanted.url, reason, due=due)
    if due is None:
        tools.said(Event(kind="picture-gone", source_id="", where=wanted.url, said=reason))


def _put_off(wanted: Sequence[KnownPicture], tools: Tools) -> None:
    """A fault of ours: none of them is due again at once."""
    for one in wanted:
        tools.store.picture_failed(one.url, "a fault of ours", due=_again(one, None, tools.now()))
