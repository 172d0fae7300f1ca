"""From filed exchanges to an article: parse, extract, and fetch what extraction still wants."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from broadsheet.extraction import extract_article
from broadsheet.extraction.rules import SiteRule
from broadsheet.garbage import collector_paused
from broadsheet.markup.sanitize import sanitize
from broadsheet.markup.serialize import to_text
from broadsheet.model import Declined, Entry, Exchange, Extraction, Failed, Fetched, Hints, Outcome, Request, SiteMemory, Unchanged, Want
from broadsheet.observe import log
from broadsheet.pipeline.ruled import parse_ruled

MAX_REDIRECTS_IN_MARKUP = 3
"""`meta refresh` hops followed; sites use one, at most two (language, then region)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beforehand:
    """What is known of a page before it is read: what the feed's entry says, what its site's other pages hold, its rule, and the time."""

    now: datetime
    hints: Hints | None = None
    memory: SiteMemory | None = None
    rule: SiteRule | None = None


Get = Callable[[Request], Awaitable[Outcome]]
Read = Callable[[Exchange, Sequence[tuple[Want, Exchange]], Beforehand], Awaitable[Extraction]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What reading a page and its continuations gave. *exchanges* are all that were used, the first page's first."""

    extraction: Extraction
    exchanges: tuple[Exchange, ...]


@collector_paused()
def read_exchanges(first: Exchange, more: Sequence[tuple[Want, Exchange]], beforehand: Beforehand) -> Extraction:
    """The extraction of a page with the pages it asked for. Pure, and safe to send to another process.

    Raises NotAPage when *first* is no HTML. Evidence stays behind: it holds the page's tree, which does not travel.
    """
    rule = beforehand.rule
    page = parse_ruled(first.body, first.final_url, rule, content_type=first.content_type)
    parts = [(want, parse_ruled(exchange.body, exchange.final_url, rule, content_type=exchange.content_type)) for want, exchange in more]
    extraction = extract_article(page, beforehand.hints, parts, now=beforehand.now, memory=beforehand.memory, rule=rule)
    return replace(extraction, decisions={}, body_report=())


async def read_story(first: Exchange, beforehand: Beforehand, *, get: Get, read: Read, file: Callable[[Exchange], None], max_parts: int) -> Story:
    """Read *first*, fetch what extraction asks for, and read again until it asks for nothing new.

    Each fetched page is filed. A continuation that cannot be had leaves the article as far as it goes; extraction marks it partial.
    """
    more: list[tuple[Want, Exchange]] = []
    asked = {first.url, first.final_url}
    redirects = 0
    while True:
        extraction = await read(first, more, beforehand)
        want = next((w for w in extraction.wants if w.url not in asked), None)
        if want is None or len(more) + redirects >= max_parts:
            return Story(extraction=extraction, exchanges=(first, *(exchange for _, exchange in more)))
        asked.add(want.url)
        exchange = await _fetch(want, get, referer=first.final_url)
        if exchange is None:
            continue
        file(exchange)
        asked.add(exchange.final_url)
        if want.kind == "redirect" and redirects < MAX_REDIRECTS_IN_MARKUP:
            first, more, redirects = exchange, [], redirects + 1
        else:
            more.append((want, exchange))


async def _fetch(want: Want, get: Get, *, referer: str) -> Exchange | None:
    match await get(Request(url=want.url, kind="page")):
        case Fetched(exchange=exchange):
            return exchange
        case Failed(reason=reason) | Declined(reason=reason):
            log("pipeline").info("%s, wanted by %s as %s: %s", want.url, referer, want.kind, reason)
        case Unchanged():
            log("pipeline").info("%s answered 304 to a request without validators", want.url)
    return None


def hints_of(entry: Entry) -> Hints:
    """What a feed's entry tells extraction beforehand."""
    image = next((e.url for e in entry.enclosures if (e.medium or "").startswith("image") or (e.type or "").startswith("image/")), None)
    return Hints(
        title=entry.title,
        summary=to_text(sanitize(entry.summary_html)) or None if entry.summary_html else None,
        content_html=entry.content_html,
        published=entry.published or entry.updated,
        authors=entry.authors,
        language=entry.language,
        image_url=image,
    )
