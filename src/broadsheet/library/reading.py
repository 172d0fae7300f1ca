"""One page in, one article out: the extractor as a library call."""

from __future__ import annotations

from datetime import datetime

from broadsheet.config import Settings
from broadsheet.errors import FetchError
from broadsheet.extraction import extract_article
from broadsheet.fetch import Client
from broadsheet.markup.page import Page
from broadsheet.model import Declined, Extraction, Failed, Fetched, Hints, Request, Unchanged, Want
from broadsheet.parse.page import parse_page
from broadsheet.text.moments import utc_now
from broadsheet.urls import normalise


def read_page(html: bytes | str, url: str, *, hints: Hints | None = None, content_type: str | None = None, now: datetime | None = None) -> Extraction:
    """The article on a page, with the evidence for every field. No network, no store.

        article = read_page(html, "https://paper.example/story").article

    *html* as bytes is decoded by *content_type*, byte-order mark and mark-up; *now* only serves to refuse dates in the future.
    Raises NotAPage when there is nothing to read as HTML.
    """
    body = html.encode("utf-8", "replace") if isinstance(html, str) else html
    stated = "text/html; charset=utf-8" if isinstance(html, str) else content_type
    return extract_article(parse_page(body, url, content_type=stated), hints, now=now or utc_now())


async def read_url(url: str, settings: Settings) -> Extraction:
    """Fetch a page, and what continues it, and extract the article. Obeys robots.txt like every fetch.

    Raises FetchError, saying why, when the page cannot be had.
    """
    more: list[tuple[Want, Page]] = []
    async with Client(settings.fetch, now=utc_now) as client:
        first = await _page(normalise(url), client)
        asked = {first.url}
        while True:
            extraction = extract_article(first, None, more, now=utc_now())
            want = next((w for w in extraction.wants if w.url not in asked), None)
            if want is None or len(asked) > settings.pipeline.max_parts:
                return extraction
            asked.add(want.url)
            page = await _page(want.url, client)
            if want.kind == "redirect":
                first, more = page, []
            else:
                more.append((want, page))


async def _page(url: str, client: Client) -> Page:
    match await client.get(Request(url=url, kind="page")):
        case Fetched(exchange=exchange):
            return parse_page(exchange.body, exchange.final_url, content_type=exchange.content_type)
        case Declined(reason=reason) | Failed(reason=reason):
            raise FetchError(url, reason)
        case Unchanged():
            raise FetchError(url, "answered 304 (not modified) to a first request", do="Try again later; the site's cache is at fault.")
