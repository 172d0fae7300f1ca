"""One page in, one extraction out: the extractor as a call. No network, no store; `visiting.py` is the same over the network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from broadsheet.errors import UsageError
from broadsheet.extraction import extract_article
from broadsheet.extraction.rules import RuleBook, SiteRule
from broadsheet.garbage import collector_paused
from broadsheet.markup.page import Page
from broadsheet.model import Extraction, Hints, Want
from broadsheet.pipeline.ruled import parse_ruled, rule_for
from broadsheet.text.moments import utc_now
from broadsheet.urls import is_http

MAX_PARTS = 30
"""Pages of one story that are joined; the longest at hand has eleven."""

Html = bytes | str


@collector_paused()
def read_page(
    html: Html,
    url: str,
    *,
    hints: Hints | None = None,
    content_type: str | None = None,
    now: datetime | None = None,
    pages: Mapping[str, Html] | None = None,
    rules: RuleBook | None = None,
) -> Extraction:
    """The article on a page, with the evidence for every field. No network, no store.

        article = read_page(html, "https://paper.example/story").article

    *html* as bytes is decoded by *content_type*, byte-order mark and mark-up; *now* only serves to refuse dates in the future. *pages*
    are what an earlier call's `wants` asked for, by address; *rules* are site rules (see `rules.book_of`). Raises NotAPage when there is
    nothing to read as HTML, UsageError when *url* is no web address or *now* has no zone.
    """
    if not is_http(url):
        raise UsageError(url, "is no web address", do="Give the http:// or https:// address that the page was read from.")
    if now is not None and now.tzinfo is None:
        raise UsageError("now", "is a time without a zone", do="Give an aware datetime, such as datetime.now(UTC).")
    now = now or utc_now()
    ruled = partial(_with_rule, rules=rules, now=now)
    return _joined(ruled(html, url, content_type=content_type), ruled, hints, now, pages or {})


def parsed(html: Html, url: str, *, content_type: str | None = None, rule: SiteRule | None = None) -> Page:
    """The page that *html* is: text as it stands, bytes decoded as *content_type* and they themselves say."""
    return parse_ruled(_source(html), url, rule, content_type="text/html; charset=utf-8" if isinstance(html, str) else content_type)


def next_want(extraction: Extraction, asked: set[str]) -> Want | None:
    """The first page that would make the article fuller and was not *asked* for yet."""
    return next((want for want in extraction.wants if want.url not in asked), None)


def _source(html: Html) -> bytes:
    return html.encode("utf-8", "replace") if isinstance(html, str) else html


RuledPage = tuple[Page, SiteRule | None]


def _with_rule(html: Html, url: str, *, content_type: str | None = None, rules: RuleBook | None, now: datetime) -> RuledPage:
    """The page that *html* is, with the rule that speaks of it."""
    rule = rule_for(rules, url, _source(html), fetched_at=now)
    return parsed(html, url, content_type=content_type, rule=rule), rule


def _joined(start: RuledPage, ruled: Callable[[Html, str], RuledPage], hints: Hints | None, now: datetime, pages: Mapping[str, Html]) -> Extraction:
    """The extraction of the page to *start* with and of whatever it asks for that is among *pages*."""
    first, rule = start
    more: list[tuple[Want, Page]] = []
    asked = {first.url}
    while True:
        extraction = extract_article(first, hints, more, now=now, rule=rule)
        want = next((want for want in extraction.wants if want.url in pages and want.url not in asked), None)
        if want is None or len(asked) > MAX_PARTS:
            return extraction
        asked.add(want.url)
        found = ruled(pages[want.url], want.url)
        if want.kind == "redirect":
            (first, rule), more = found, []
        else:
            more.append((want, found[0]))
