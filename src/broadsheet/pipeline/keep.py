"""Carrying out what `decide` decided: a reading becomes a revision, or shows that nothing has changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from broadsheet.compare import article_keys, content_hash, fingerprint, is_near, sort_time
from broadsheet.extraction import EXTRACTOR
from broadsheet.model import Article, Exchange, Fingerprint, StoredArticle, Task
from broadsheet.observe import Event, EventKind
from broadsheet.pipeline.decide import NearDuplicate, New, Revised, Unchanged, decide, revisit_due
from broadsheet.pipeline.pictures import kept_of, uses_of
from broadsheet.pipeline.tools import Tools
from broadsheet.store import Draft, StoredEntry


def keep(
    article: Article, entry: StoredEntry, tools: Tools, *, task: Task | None, exchanges: Sequence[Exchange] = (), settle: bool = False
) -> StoredArticle:
    """Keep *article* as what *entry* leads to, finish *task* if given, and plan the next look. Doing it twice changes nothing.

    With *settle*, what is kept is read once more when the other pages of its site have been.
    """
    now = tools.now()
    keys = _addresses(article, entry, tools)
    pictures = uses_of(article, kept_of(entry.source_id, tools))
    draft = replace(draft_of(article, entry, keys=keys, exchanges=exchanges, now=now), pictures=pictures)
    have = tools.store.article(entry.article_id) if entry.article_id else tools.store.find_article(entry.source_id, keys)
    twin = _twin(draft.fingerprint, tools) if have is None else None
    again = revisit_due(first_seen=entry.first_seen, now=now, days=tools.pipeline.revisit_days)
    read_again = now if settle else None
    match decide(article, have=have, twin=twin):
        case New():
            kept = tools.store.keep_revision(draft, task=task, entry_id=entry.id, revisit_due=again, settle_due=read_again)
            _tell("teaser" if article.completeness == "teaser" else "kept", article, entry, tools)
        case NearDuplicate(of=of):
            draft = replace(draft, near_duplicate_of=of.id)
            kept = tools.store.keep_revision(draft, task=task, entry_id=entry.id, revisit_due=again, settle_due=read_again)
            _tell("kept", article, entry, tools)
        case Revised(of=of):
            kept = tools.store.keep_revision(draft, task=task, entry_id=entry.id, article_id=of.id, revisit_due=again, settle_due=read_again)
            _tell("revised", article, entry, tools)
        case Unchanged(of=of) if entry.article_id is None:  # a second entry that leads to a story we have: tie them together
            same = draft_of(of.article, entry, keys=keys, exchanges=exchanges, now=now)
            kept = tools.store.keep_revision(same, task=task, entry_id=entry.id, article_id=of.id, revisit_due=again)
            _tell("unchanged", article, entry, tools)
        case Unchanged(of=of):
            tools.store.keep_unchanged(of.id, now, task=task, revisit_due=again)
            kept = of
            _tell("unchanged", article, entry, tools)
    return kept


def _addresses(article: Article, entry: StoredEntry, tools: Tools) -> tuple[str, ...]:
    """The keys of all addresses that lead to the story; only those its entry gave where another story holds one of the others."""
    keys = article_keys(article, entry.entry.link)
    holder = tools.store.find_article(entry.source_id, keys)
    return article_keys(article, entry.entry.link, holder=holder.article) if holder is not None else keys


def draft_of(article: Article, entry: StoredEntry, *, keys: tuple[str, ...], exchanges: Sequence[Exchange], now: datetime) -> Draft:
    """The reading as the store takes it."""
    stated = entry.entry.published or entry.entry.updated
    return Draft(
        source_id=entry.source_id,
        article=article,
        content_hash=content_hash(article),
        fetched_at=exchanges[0].fetched_at if exchanges else now,
        url_keys=keys,
        exchange_ids=tuple(exchange.id for exchange in exchanges),
        sort_at=sort_time(article.published, stated, first_seen=entry.first_seen),
        first_seen=entry.first_seen,
        entry_guid=entry.entry.guid,
        entry_published=stated,
        fingerprint=fingerprint(article.text) if article.completeness != "teaser" else None,
        extractor=EXTRACTOR if exchanges else None,
    )


def _twin(sketch: Fingerprint | None, tools: Tools) -> StoredArticle | None:
    """The oldest article that tells the same text, if there is one."""
    if sketch is None:
        return None
    near = next((other for other in tools.store.near_candidates(sketch) if is_near(sketch, other.fingerprint)), None)
    return tools.store.article(near.article_id) if near else None


def _tell(kind: EventKind, article: Article, entry: StoredEntry, tools: Tools) -> None:
    tools.said(Event(kind=kind, source_id=entry.source_id, where=article.url, said=article.title))
