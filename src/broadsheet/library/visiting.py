"""One address in, one extraction out: the page is fetched, and what continues it. Nothing is stored."""

from __future__ import annotations

from broadsheet.config import Settings
from broadsheet.errors import FetchError, NotAPage
from broadsheet.extraction import extract_article
from broadsheet.extraction.rules import RuleBook, SiteRule
from broadsheet.fetch import Client
from broadsheet.library.reading import next_want
from broadsheet.markup.page import Page
from broadsheet.model import Declined, Exchange, Extraction, Failed, Fetched, Request, Unchanged, Want
from broadsheet.observe import log
from broadsheet.pipeline.reading import Get
from broadsheet.pipeline.ruled import parse_ruled, rule_for
from broadsheet.text.moments import utc_now
from broadsheet.urls import normalise


async def read_url(url: str, settings: Settings, *, rules: RuleBook | None = None) -> Extraction:
    """Fetch a page, and what continues it, and extract the article, by its site's rule if there is one. Obeys robots.txt like every fetch.

    Raises FetchError, saying why, when the page cannot be had.
    """
    more: list[tuple[Want, Page]] = []
    async with Client(settings.fetch, now=utc_now) as client:
        first, rule = await _page(normalise(url), client, rules)
        asked = {first.url}
        while True:
            extraction = extract_article(first, None, more, now=utc_now(), rule=rule)
            want = next_want(extraction, asked)
            if want is None or len(asked) > settings.pipeline.max_parts:
                return extraction
            asked.add(want.url)
            found = await _wanted(want, client, rules)
            if found is None:
                continue
            if want.kind == "redirect":
                (first, rule), more = found, []
            else:
                more.append((want, found[0]))


async def ask_page(url: str, get: Get) -> Exchange:
    """The answer to a request for a page. Raises FetchError, saying why, when there is none."""
    match await get(Request(url=url, kind="page")):
        case Fetched(exchange=exchange):
            return exchange
        case Declined(reason=reason) | Failed(reason=reason):
            raise FetchError(url, reason)
        case Unchanged():
            raise FetchError(url, "answered 304 (not modified) to a first request", do="Try again later; the site's cache is at fault.")


async def _wanted(want: Want, client: Client, rules: RuleBook | None) -> tuple[Page, SiteRule | None] | None:
    """A page that the first one asked for; without it the article goes as far as it goes, and is marked partial."""
    try:
        return await _page(want.url, client, rules)
    except (FetchError, NotAPage) as error:
        log("library").warning("wanted as %s: %s", want.kind, error)
        return None


async def _page(url: str, client: Client, rules: RuleBook | None) -> tuple[Page, SiteRule | None]:
    """A page, with the rule that speaks of it."""
    exchange = await ask_page(url, client.get)
    rule = rule_for(rules, exchange.final_url, exchange.body, fetched_at=exchange.fetched_at)
    return parse_ruled(exchange.body, exchange.final_url, rule, content_type=exchange.content_type), rule
