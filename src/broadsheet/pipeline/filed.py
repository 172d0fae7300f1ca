"""Reading once more what is on file: the same pages as then, with what is known by now."""

from __future__ import annotations

from collections.abc import Sequence

from broadsheet.model import Article, Declined, Entry, Exchange, Fetched, Outcome, Request, Revision, SiteMemory
from broadsheet.pipeline.entry_article import fuller_of, with_entry_facts
from broadsheet.pipeline.reading import Beforehand, Get, Story, hints_of, read_story
from broadsheet.pipeline.tools import Tools
from broadsheet.store import Store


async def read_filed(exchanges: Sequence[Exchange], entry: Entry | None, memory: SiteMemory | None, tools: Tools) -> Story:
    """The story on the pages in *exchanges*, the first page first. Asks nothing of the network: a page not on file counts as not to be had.

    Time stands still at the fetch: a date that lay in the future then is no better now. Raises NotAPage, ExtractionCrashed.
    """
    beforehand = Beforehand(now=exchanges[0].fetched_at, hints=hints_of(entry) if entry else None, memory=memory)
    return await read_story(
        exchanges[0], beforehand, get=_from_file(exchanges), read=tools.read, file=lambda _: None, max_parts=tools.pipeline.max_parts
    )


def exchanges_of(revision: Revision, store: Store) -> tuple[Exchange, ...]:
    """The pages a revision rests on; empty when any is not on file (imported articles, the feed's own words)."""
    found = tuple(exchange for exchange_id in revision.exchange_ids if (exchange := store.exchange(exchange_id)) is not None)
    return found if len(found) == len(revision.exchange_ids) else ()


def as_article(story: Story, entry: Entry | None) -> Article:
    """The article as it is kept: what was read, with what only the feed's entry says."""
    article = story.extraction.article
    return with_entry_facts(fuller_of(article, entry), entry) if entry else article


def _from_file(exchanges: Sequence[Exchange]) -> Get:
    by_url = {exchange.final_url: exchange for exchange in exchanges} | {exchange.url: exchange for exchange in exchanges}

    async def get(request: Request) -> Outcome:
        filed = by_url.get(request.url)
        return Fetched(exchange=filed) if filed else Declined(url=request.url, reason="is not on file")

    return get
