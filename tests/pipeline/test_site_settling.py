"""What is known of a site serves the pages that were read before it was known, and makes no revisions of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from web import SENTENCES, Web, item, page

from broadsheet.errors import ExtractionCrashed
from broadsheet.model import Exchange, Extraction, Failed, Want
from broadsheet.pipeline.reading import Beforehand

PROMOTION = "<p>Our reporters walk the harbour every morning so that our readers know what the tide has brought in.</p>"
NAMES = "abcdefg"


def stories(names: Sequence[str] = NAMES, *, extra: str = PROMOTION) -> dict[str, bytes]:
    """Pages that have nothing in common but *extra*: stories of one paper do not tell the same."""
    return {f"https://paper.example/{name}": page(f"Story {name}", extra=extra, paragraphs=own(name)) for name in names}


def own(name: str) -> tuple[str, ...]:
    return tuple(f"Of matter {name}: {sentence}" for sentence in SENTENCES)


@pytest.fixture
def paper() -> Iterator[Web]:
    made = Web(pages={**stories()})
    with made.store:
        yield made


def texts(web: Web) -> str:
    return "\n".join(stored.article.text for stored in web.store.articles())


def test_the_first_pages_of_a_new_source_lose_what_all_its_pages_hold(paper: Web) -> None:
    paper.poll(*map(item, NAMES), everything=False)
    assert "walk the harbour" not in texts(paper)
    assert all(f"Of matter {name}: {SENTENCES[0]}" in texts(paper) for name in NAMES)


def test_that_is_no_revision(paper: Web) -> None:
    paper.poll(*map(item, NAMES), everything=False)
    assert {stored.revision for stored in paper.store.articles()} == {1}


def test_every_article_is_settled_once_and_nothing_is_left_to_do(paper: Web) -> None:
    paper.poll(*map(item, NAMES), everything=False)
    settled = [event.where for event in paper.events if event.kind == "settled"]
    assert len(settled) == len(set(settled))
    assert not [task for task in paper.store.tasks("due") if task.kind == "settle"]


def test_settling_asks_nothing_of_the_site(paper: Web) -> None:
    paper.poll(*map(item, NAMES), everything=False)
    assert all(paper.asked_for(url) == 1 for url in stories())


def test_the_order_of_reading_does_not_show(paper: Web) -> None:
    paper.poll(*map(item, NAMES), everything=False)
    other = Web(pages={**stories()})
    with other.store:
        other.poll(*map(item, reversed(NAMES)), everything=False)
        assert sorted(texts(other).split("\n")) == sorted(texts(paper).split("\n"))


def test_a_page_that_fails_at_first_is_waited_for(paper: Web) -> None:
    good = paper.pages["https://paper.example/g"]
    paper.pages["https://paper.example/g"] = Failed(url="https://paper.example/g", reason="503 Service Unavailable", status=503)
    paper.poll(*map(item, NAMES), everything=False)
    paper.pages["https://paper.example/g"] = good
    paper.run(wait=paper.store.next_due() - paper.now)  # type: ignore[operator]
    assert "walk the harbour" not in texts(paper)


def test_an_article_whose_page_cannot_be_read_again_stays_as_it_was(paper: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, seen = paper.read, set[str]()

    async def read_once(first: Exchange, more: Sequence[tuple[Want, Exchange]], beforehand: Beforehand) -> Extraction:
        if first.url in seen:
            raise ExtractionCrashed(first.url, "the process that read this page died")
        seen.add(first.url)
        return await whole(first, more, beforehand)

    monkeypatch.setattr(paper, "read", read_once)
    paper.poll(*map(item, NAMES), everything=False)
    assert all(f"Of matter {name}: {SENTENCES[5]}" in texts(paper) for name in NAMES)
    assert [paper.store.task_counts()[state] for state in ("leased", "dead")] == [0, 0]
    assert not [task for task in paper.store.tasks("due") if task.kind == "settle"]


def test_a_page_whose_bytes_stay_is_never_revised_because_the_site_is_known_better(paper: Web) -> None:
    paper.poll(item("a"), everything=False)
    assert "walk the harbour" in texts(paper)
    paper.poll(*map(item, NAMES))
    first = next(stored for stored in paper.store.articles() if stored.article.title == "Story a")
    assert (first.revision, "walk the harbour" in first.article.text) == (1, True)


def test_bytes_that_nobody_sees_make_no_revision_either(paper: Web) -> None:
    paper.poll(item("a"), everything=False)
    paper.pages["https://paper.example/a"] += b"<!-- served by machine 7 -->"  # type: ignore[operator]
    paper.poll(*map(item, NAMES))
    assert {stored.revision for stored in paper.store.articles()} == {1}


def test_a_feed_that_says_the_same_story_anew_changes_no_text_because_the_site_is_known_better(paper: Web) -> None:
    paper.poll(item("a"), everything=False)
    paper.now = paper.store.poll_state("paper").next_due
    paper.poll(*map(item, "bcdefg"), item("a", text="Teaser, edited …"), everything=False)
    first = next(stored for stored in paper.store.articles() if stored.article.title == "Story a")
    assert paper.asked_for("https://paper.example/a") > 1
    assert (first.revision, "walk the harbour" in first.article.text) == (1, True)


def test_what_the_publisher_changes_is_a_revision_though_the_site_is_known_better(paper: Web) -> None:
    paper.poll(item("a"), everything=False)
    paper.pages["https://paper.example/a"] = page("Story a", extra=PROMOTION, paragraphs=(*own("a"), "The meeting was moved to Wednesday."))
    paper.poll(*map(item, NAMES))
    first = next(stored for stored in paper.store.articles() if stored.article.title == "Story a")
    assert (first.revision, "moved to Wednesday" in first.article.text, "walk the harbour" in first.article.text) == (2, True, False)


def test_a_changed_template_is_told_once_and_kept_with_the_site(paper: Web) -> None:
    paper.poll(*map(item, NAMES), everything=False)
    new = {url: html.replace(b"<main><article>", b"<section class='reader'><div class='prose'>") for url, html in stories("hijk").items()}
    paper.pages |= new
    paper.now = paper.store.poll_state("paper").next_due
    paper.poll(*map(item, "hijk"), everything=False)
    (told,) = [event for event in paper.events if event.kind == "site-changed"]
    (memory,) = paper.store.changed_sites()
    assert memory.change is not None
    assert told.said == memory.change.in_words
    assert "now found in section.reader > div.prose" in told.said


def test_the_pages_remembered_name_their_source(paper: Web) -> None:
    paper.poll(*map(item, "abc"), everything=False)
    assert {trace.source_id for trace in paper.store.site_memory("paper.example").pages} == {"paper"}
