"""Reading the archive again: compared with what is kept, written only when told, and never announced anew."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.compare import content_hash
from broadsheet.errors import UnknownSource, UsageError
from broadsheet.library.reextracting import Choice, Reextraction, Reread, differences, reextract_with
from broadsheet.model import (
    Article,
    Entry,
    EntryKeys,
    Exchange,
    Extraction,
    Headers,
    NewEntry,
    Outcome,
    PollState,
    Request,
    SafeHtml,
    Source,
    StoredArticle,
    Want,
)
from broadsheet.pipeline.config import PipelineSettings
from broadsheet.pipeline.reading import Beforehand, read_exchanges
from broadsheet.pipeline.tools import Tools
from broadsheet.sources.config import SourcesSettings
from broadsheet.store import Draft, Store, open_memory_store

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TOLD = ("met at noon", "counted the boats that had come in", "heard the fishermen speak", "voted when the lamps were lit", "went home in silence")


def sentence(name: str, told: str) -> str:
    return f"In the matter of {name} the council {told}, as it has done in every spring since anybody can remember."


def page(name: str) -> bytes:
    body = "".join(f"<p>{sentence(name, told)}</p>" for told in TOLD)
    return f"<html lang='en'><head><title>Story {name}</title></head><body><article><h1>Story {name}</h1>{body}</article></body></html>".encode()


def kept_as(name: str, *told: str) -> Article:
    """The article as some earlier extractor read it."""
    text = "\n".join(sentence(name, one) for one in told)
    html = "".join(f"<p>{sentence(name, one)}</p>" for one in told)
    return Article(url=f"https://paper.example/{name}", title=f"Story {name}", body=SafeHtml(html), text=text, word_count=len(text.split()))


def keep(store: Store, name: str, article: Article, *, on_file: bool = True, source_id: str = "paper") -> StoredArticle:
    url = f"https://paper.example/{name}"
    new = NewEntry(entry=Entry(guid=name, link=url, title=f"Story {name}"), keys=EntryKeys(guid=name), digest=name, fetch=False)
    store.keep_poll(source_id, PollState(next_due=NOW), new=[new])
    (known,) = store.known_entries(source_id, [EntryKeys(guid=name)])
    if on_file:
        headers = Headers.of([("Content-Type", "text/html; charset=utf-8")])
        store.file_exchange(Exchange(id=name, url=url, final_url=url, status=200, headers=headers, body=page(name), fetched_at=NOW))
    draft = Draft(
        source_id=source_id, article=article, content_hash=content_hash(article), fetched_at=NOW, url_keys=(url,),
        exchange_ids=(name,) if on_file else (),
    )  # fmt: skip
    return store.keep_revision(draft, entry_id=known.id)


@pytest.fixture
def store() -> Iterator[Store]:
    clock = iter(NOW + timedelta(minutes=minute) for minute in range(10_000))
    with open_memory_store(now=lambda: next(clock)) as made:
        home = "https://paper.example/"
        for name in ("paper", "other"):
            source = Source(id=name, kind="feed", url=f"{home}{name}.xml", title=name, home_url=home, added_at=NOW)
            made.add_source(source, PollState(next_due=NOW))
        yield made


async def nothing(request: Request) -> Outcome:
    raise AssertionError(f"{request.url} was asked for")


async def read(first: Exchange, more: Sequence[tuple[Want, Exchange]], beforehand: Beforehand) -> Extraction:
    return read_exchanges(first, more, beforehand)


def again(store: Store, choice: Choice | None = None, *, write: bool = False) -> tuple[Reextraction, list[Reread]]:
    tools = Tools(store=store, get=nothing, read=read, now=lambda: NOW, pipeline=PipelineSettings(), sources=SourcesSettings())
    heard: list[Reread] = []
    return asyncio.run(reextract_with(tools, choice or Choice(), write=write, report=heard.append)), heard


def test_a_text_that_was_cut_comes_out_fuller(store: Store) -> None:
    keep(store, "a", kept_as("a", *TOLD[:2]))
    total, (one,) = again(store)
    assert (one.becomes, dict(total.by_source["paper"])) == ("fuller", {"fuller": 1})


def test_a_text_with_something_foreign_comes_out_shorter(store: Store) -> None:
    keep(store, "a", kept_as("a", *TOLD, "sold subscriptions at the gate", "thanked its partners", "asked for donations"))
    _, (one,) = again(store)
    assert one.becomes == "shorter"


def test_what_is_read_as_before_is_the_same(store: Store) -> None:
    keep(store, "a", kept_as("a", *TOLD[:2]))
    again(store, write=True)
    _, (one,) = again(store)
    assert one.becomes == "same"


def test_nothing_is_written_unless_told(store: Store) -> None:
    kept = keep(store, "a", kept_as("a", *TOLD[:2]))
    again(store)
    assert store.article(kept.id) == kept


def test_what_differs_becomes_a_revision_marked_as_made_by_re_extraction(store: Store) -> None:
    kept = keep(store, "a", kept_as("a", *TOLD[:2]))
    total, _ = again(store, write=True)
    first, second = store.revisions(kept.id)
    assert (total.written, first.article, second.made_by, second.exchange_ids) == (1, kept.article, "re-extraction", ("a",))
    assert sentence("a", TOLD[4]) in second.article.text


def test_what_was_written_keeps_its_place_and_times(store: Store) -> None:
    kept = keep(store, "a", kept_as("a", *TOLD[:2]))
    again(store, write=True)
    after = store.article(kept.id)
    assert after is not None
    assert (after.sort_at, after.changed_at, after.is_revised) == (kept.sort_at, kept.changed_at, False)


def test_an_article_without_a_page_on_file_is_said_to_have_none(store: Store) -> None:
    keep(store, "a", kept_as("a", *TOLD), on_file=False)
    _, (one,) = again(store, write=True)
    assert (one.becomes, one.after, one.written) == ("no page", None, False)


def test_a_page_that_can_no_longer_be_read_is_reported(store: Store) -> None:
    kept = keep(store, "a", kept_as("a", *TOLD))
    store.file_exchange(Exchange(id="b", url=kept.article.url, final_url=kept.article.url, status=200, headers=Headers(), body=b"", fetched_at=NOW))
    draft = Draft(source_id="paper", article=kept.article, content_hash="other", fetched_at=NOW, exchange_ids=("b",))
    store.keep_revision(draft, article_id=kept.id)
    _, (one,) = again(store)
    assert (one.becomes, one.said) == ("failed", "the answer is empty")


def test_a_reading_that_shows_much_less_is_held_back(store: Store) -> None:
    kept = keep(store, "a", kept_as("a", *(f"heard speaker number {number}" for number in range(40))))
    total, (one,) = again(store, write=True)
    assert (total.written, total.held_back, "words now" in one.held_back) == (0, 1, True)
    assert store.article(kept.id) == kept


def test_it_is_written_when_its_article_is_named(store: Store) -> None:
    kept = keep(store, "a", kept_as("a", *(f"heard speaker number {number}" for number in range(40))))
    total, _ = again(store, Choice(article_id=kept.id), write=True)
    assert total.written == 1


def test_one_source_is_chosen_by_its_id(store: Store) -> None:
    keep(store, "a", kept_as("a", *TOLD[:2]))
    keep(store, "b", kept_as("b", *TOLD[:2]), source_id="other")
    total, _ = again(store, Choice(source_id="other"))
    assert list(total.by_source) == ["other"]


def test_a_source_that_does_not_exist_is_an_error(store: Store) -> None:
    with pytest.raises(UnknownSource):
        again(store, Choice(source_id="nobody"))


def test_an_article_that_does_not_exist_is_an_error(store: Store) -> None:
    with pytest.raises(UsageError, match="is no article"):
        again(store, Choice(article_id="nothing"))


def test_only_the_newest_are_chosen_up_to_the_limit(store: Store) -> None:
    for name in "abc":
        keep(store, name, kept_as(name, *TOLD[:2]))
    _, heard = again(store, Choice(limit=1))
    assert [one.before.article.title for one in heard] == ["Story c"]


def test_only_articles_first_seen_since_a_day_are_chosen(store: Store) -> None:
    keep(store, "a", kept_as("a", *TOLD[:2]))
    first_seen = store.articles()[0].first_seen
    assert again(store, Choice(since=first_seen + timedelta(seconds=1)))[1] == []
    assert len(again(store, Choice(since=first_seen))[1]) == 1


def test_a_diff_shows_the_lines_and_the_other_fields_that_differ(store: Store) -> None:
    keep(store, "a", replace(kept_as("a", *TOLD[:4]), kicker="Local"))
    _, (one,) = again(store)
    lines = list(differences(one))
    assert f"+{sentence('a', TOLD[4])}" in lines
    assert "kicker: 'Local' -> None" in lines


def test_the_sites_other_pages_on_file_serve_a_store_that_remembers_nothing(store: Store) -> None:
    for name in "abcdef":
        keep(store, name, kept_as(name, *TOLD))
    again(store, write=True)
    assert len(store.site_memory("paper.example").pages) == 6


def test_without_writing_the_memory_of_the_site_stays_as_it_is(store: Store) -> None:
    keep(store, "a", kept_as("a", *TOLD))
    again(store)
    assert store.site_memory("paper.example").pages == ()


def test_a_continuation_that_is_not_on_file_is_not_fetched(store: Store) -> None:
    keep(store, "a", kept_as("a", *TOLD))
    more = page("b").replace(b"</head>", b"<link rel='next' href='https://paper.example/b?page=2'></head>")
    kept = keep(store, "b", kept_as("b", *TOLD))
    url = kept.article.url
    store.file_exchange(Exchange(id="b2", url=url, final_url=url, status=200, headers=Headers(), body=more, fetched_at=NOW))
    store.keep_revision(
        Draft(source_id="paper", article=kept.article, content_hash="other", fetched_at=NOW, exchange_ids=("b2",)), article_id=kept.id
    )
    _, (one,) = again(store, Choice(article_id=kept.id))
    assert one.after is not None
    assert one.after.completeness == "partial"
