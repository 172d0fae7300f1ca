"""Keeping the pictures of articles: which are wanted, and the steps that fetch them, after the news and as politely.

A step is a visit to one host for a few of its pictures. What is due is asked from the store, so that a kill loses nothing; a picture that is
fetched twice is kept once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from broadsheet.errors import ImageError, UnknownSource
from broadsheet.markup.pictures import pictures_in
from broadsheet.model import Article, Declined, Failed, Fetched, KeepPictures, KnownPicture, Original, PictureUse, Request, SafeHtml
from broadsheet.observe import Event
from broadsheet.pipeline.step import Step
from broadsheet.pipeline.tools import Tools
from broadsheet.urls import host_of, is_http

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
    named = [*lead, *(PictureUse(url=url, role=role) for url, role in pictures_in(html))]
    uses = list({use.url: use for use in reversed(named) if is_http(use.url)}.values())[::-1][:MOST_OF_AN_ARTICLE]
    return tuple(replace(use, keep=True) if _is_wanted(use, at, keep) else use for at, use in enumerate(uses))


def _is_wanted(use: PictureUse, at: int, keep: KeepPictures) -> bool:
    if keep == "all":
        return use.role in ("lead", "body", "poster")
    return keep == "lead" and (use.role == "lead" or (at == 0 and use.role == "body"))


def kept_of(source_id: str, tools: Tools) -> KeepPictures:
    """Which pictures of a source are kept: as the source says, else the settings."""
    try:
        own = tools.store.source(source_id).keep_pictures
    except UnknownSource:  # given up meanwhile: nothing more is fetched for it
        return "none"
    words: dict[str, KeepPictures] = {"all": "all", "lead": "lead"}
    return own or words.get(tools.pictures.keep, "none")


class Pictures:
    """What is due of pictures."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def due(self, *, limit: int) -> Iterator[Step]:
        """A step for each host where pictures are due, at most *limit*."""
        if limit <= 0:
            return
        by_host: dict[str, list[KnownPicture]] = {}
        for one in self._tools.store.due_pictures(self._tools.now(), limit=limit * MOST_A_VISIT):
            by_host.setdefault(host_of(one.url), []).append(one)
        for host, those in list(by_host.items())[:limit]:
            some = those[:MOST_A_VISIT]
            yield Step(
                name=f"pictures at {host}",
                host=host,
                carry_out=partial(fetch_pictures, some, self._tools),
                put_off=partial(_put_off, some, self._tools),
            )

    def next_due(self) -> datetime | None:
        return self._tools.store.next_picture_due()


async def fetch_pictures(wanted: Sequence[KnownPicture], tools: Tools) -> None:
    """Fetch and keep each, one after the other."""
    for one in wanted:
        await _fetch(one, tools)


async def _fetch(wanted: KnownPicture, tools: Tools) -> None:
    store = tools.store
    outcome = await tools.get(Request(url=wanted.url, kind="image", referer=store.shown_by(wanted.url)))
    match outcome:
        case Fetched(exchange=exchange):
            try:
                original: Original = await tools.probe(wanted.url, exchange.body)
            except ImageError as error:
                _failed(wanted, error.what, None, tools)
                return
            store.keep_original(wanted.url, original, exchange.body)
            tools.said(Event(kind="picture", source_id="", where=wanted.url))
        case Failed(retry=True):
            _failed(wanted, outcome.reason, _again(wanted, outcome, tools.now()), tools)
        case Declined() | Failed():
            _failed(wanted, outcome.reason, None, tools)
        case _:
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
