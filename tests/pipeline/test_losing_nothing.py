"""The ways in which earlier systems lost or doubled articles, each shown not to be ours."""

from __future__ import annotations

from typing import Any

import pytest
from web import FEED, SENTENCES, Web, feed, item, page

from broadsheet.model import Declined, Exchange, Extraction, Failed, Outcome, Request


def test_an_article_is_kept_in_full(web: Web) -> None:
    web.poll(item("a"))
    (stored,) = web.store.articles()
    assert stored.article.completeness == "full"
    assert SENTENCES[2] in stored.article.text


def test_an_item_without_a_date_is_kept(web: Web) -> None:
    web.poll(item("a", date=None))
    assert web.titles() == ["Story a"]


def test_an_item_with_an_unreadable_date_is_kept(web: Web) -> None:
    web.poll(item("a", date="the day after the fair"))
    assert web.titles() == ["Story a"]


def test_an_item_that_appears_late_with_an_old_date_is_kept(web: Web) -> None:
    web.poll(item("b"))
    web.poll(item("b"), item("a", date="Tue, 03 Feb 2026 10:00:00 GMT"))
    assert web.titles() == ["Story a", "Story b"]


def test_an_item_dated_in_the_future_is_kept_and_does_not_sort_on_top_for_ever(web: Web) -> None:
    web.poll(item("a", date="Tue, 03 Feb 2032 10:00:00 GMT"))
    assert web.store.articles()[0].sort_at == web.now


def test_an_item_without_guid_and_link_is_kept_as_the_feed_states_it(web: Web) -> None:
    web.poll(item("x", title="A note", link="", text="The pier is closed today."))
    (stored,) = web.store.articles()
    assert (stored.article.title, stored.article.text) == ("A note", "The pier is closed today.")


def test_articles_that_left_the_feed_are_kept(web: Web) -> None:
    web.poll(item("a"))
    web.poll(item("b"))
    assert web.titles() == ["Story a", "Story b"]


def test_a_changed_guid_makes_no_duplicate(web: Web) -> None:
    web.poll(item("a", guid="1"))
    web.poll(item("a", guid="new-cms-1"))
    assert web.titles() == ["Story a"]


def test_https_in_place_of_http_makes_no_duplicate(web: Web) -> None:
    web.poll(item("a"))
    web.pages["http://paper.example/a"] = web.pages["https://paper.example/a"]
    web.poll(item("a", link="http://paper.example/a"))
    assert web.titles() == ["Story a"]


def test_a_tracking_parameter_makes_no_duplicate(web: Web) -> None:
    web.poll(item("a"))
    web.pages["https://paper.example/a?utm_source=rss"] = web.pages["https://paper.example/a"]
    web.poll(item("a", link="https://paper.example/a?utm_source=rss"))
    assert web.titles() == ["Story a"]


def test_different_stories_with_one_guid_stay_different(web: Web) -> None:
    web.poll(item("a", guid="same"), item("b", guid="same"), item("c", guid="same"))
    assert web.titles() == ["Story a", "Story b", "Story c"]


def test_an_edited_page_becomes_a_revision_and_the_first_state_stays(web: Web) -> None:
    web.poll(item("a"))
    web.pages["https://paper.example/a"] = page("Story a", extra="<p>Correction: the work will cost five million crowns, not four.</p>")
    web.poll()
    (stored,) = web.store.articles()
    first, second = web.store.revisions(stored.id)
    assert "five million" in second.article.text + "".join(note.html for note in second.article.notes)
    assert "five million" not in first.article.text + "".join(note.html for note in first.article.notes)


def test_an_edit_announced_by_the_feed_is_fetched_without_waiting_for_the_next_look(web: Web) -> None:
    web.poll(item("a"))
    web.pages["https://paper.example/a"] = page("Story a", paragraphs=(*SENTENCES, "The meeting was moved to Wednesday."))
    web.pages[FEED] = feed(item("a", text="Updated: the meeting was moved."))
    source = web.store.source("paper")
    web.now = web.store.poll_state(source.id).next_due
    web.run()
    assert web.store.articles()[0].revision == 2


def test_an_unchanged_page_makes_no_revision(web: Web) -> None:
    web.poll(item("a"))
    web.poll()
    assert web.store.articles()[0].revision == 1


def test_a_feed_that_answers_304_is_not_read_again(web: Web) -> None:
    web.poll(item("a"))
    web.poll()
    assert [event.kind for event in web.events if event.source_id == "paper" and event.where == FEED] == ["polled", "unmoved"]


def test_a_page_that_is_gone_leaves_the_words_of_the_feed(web: Web) -> None:
    web.poll(item("missing", title="Gone tomorrow", text="The pier is closed."))
    (stored,) = web.store.articles()
    assert (stored.article.title, stored.article.text, stored.article.completeness) == ("Gone tomorrow", "The pier is closed.", "teaser")


def test_a_page_that_robots_txt_forbids_leaves_the_words_of_the_feed(web: Web) -> None:
    web.pages["https://paper.example/private"] = Declined(url="https://paper.example/private", reason="robots.txt forbids it")
    web.poll(item("private", title="Not for robots"))
    assert [stored.article.completeness for stored in web.store.articles()] == ["teaser"]


def test_a_page_that_fails_for_a_while_is_tried_again_and_kept_in_full(web: Web) -> None:
    good = web.pages["https://paper.example/a"]
    web.pages["https://paper.example/a"] = Failed(url="https://paper.example/a", reason="500 Internal Server Error", status=500)
    web.poll(item("a"), everything=False)
    web.pages["https://paper.example/a"] = good
    web.run(wait=web.store.next_due() - web.now)  # type: ignore[operator]
    assert [stored.article.completeness for stored in web.store.articles()] == ["full"]


def test_a_teaser_is_replaced_by_the_full_text_once_the_page_answers(web: Web) -> None:
    good = web.pages.pop("https://paper.example/a")
    web.poll(item("a"))
    web.pages["https://paper.example/a"] = good
    web.poll(item("a", text="Teaser, edited …"))
    assert [(stored.article.completeness, stored.revision) for stored in web.store.articles()] == [("full", 2)]


def test_one_failing_source_does_not_stop_another(web: Web) -> None:
    from dataclasses import replace

    from broadsheet.model import PollState

    other = replace(web.store.source("paper"), id="other", url="https://other.example/feed", home_url="https://other.example/")
    web.store.add_source(other, PollState(next_due=web.now))
    web.pages["https://other.example/feed"] = b"<html><body>This was a feed once.</body></html>"
    web.poll(item("a"))
    assert web.titles() == ["Story a"]
    assert "feed" in (web.store.poll_state("other").last_error or "")


def test_a_page_that_trips_a_fault_of_our_own_stops_no_other_and_is_tried_again(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = web.read

    async def read(first: Exchange, *others: Any) -> Extraction:
        if first.url.endswith("/a"):
            raise RuntimeError("a fault of our own")
        return await whole(first, *others)

    monkeypatch.setattr(web, "read", read)
    web.poll(item("a"), item("b"))
    assert "Story b" in web.titles()
    (failed,) = web.store.tasks("due", source_id="paper", limit=1)
    assert "a fault of our own" in (failed.last_error or "")


def test_a_feed_that_trips_a_fault_of_our_own_is_put_off_with_its_reason(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = web.get

    async def get(request: Request) -> Outcome:
        if request.url == FEED:
            raise RuntimeError("a fault of our own")
        return await whole(request)

    monkeypatch.setattr(web, "get", get)
    web.poll(item("a"), everything=False)
    state = web.store.poll_state("paper")
    assert "a fault of our own" in (state.last_error or "")
    assert state.next_due > web.now


def test_an_article_redirected_to_the_front_page_keeps_the_words_of_the_feed(web: Web) -> None:
    from dataclasses import replace

    from broadsheet.model import Fetched, Headers

    home = Exchange(
        id="home",
        url="https://paper.example/old",
        final_url="https://paper.example/",
        status=200,
        headers=Headers(),
        body=page("Front page"),
        fetched_at=web.now,
    )
    web.pages["https://paper.example/old"] = Fetched(exchange=replace(home))
    web.poll(item("old", title="Old story", text="It was removed."))
    assert web.titles() == ["Old story"]


def test_a_source_removed_while_it_is_asked_does_not_stop_the_others(web: Web) -> None:
    get = web.get

    async def removing(request: Request) -> Outcome:
        outcome = await get(request)
        web.store.remove_source("paper")
        return outcome

    web.get = removing  # type: ignore[method-assign]
    web.poll(item("a"))
    assert web.store.sources() == ()
