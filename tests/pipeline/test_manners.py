"""Whom we show what, and what we do not keep for ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from web import FEED, Web, item, page


def test_the_key_of_a_subscription_is_shown_to_the_papers_own_pages(web: Web) -> None:
    web.store.replace_source(replace(web.store.source("paper"), headers=(("Cookie", "session=abc"),)))
    web.poll(item("a"))
    assert [request.headers for request in web.asked] == [(("Cookie", "session=abc"),)] * 2


def test_the_key_of_a_subscription_is_not_shown_to_other_sites_the_feed_links_to(web: Web) -> None:
    web.store.replace_source(replace(web.store.source("paper"), headers=(("Cookie", "session=abc"),)))
    web.pages["https://elsewhere.example/x"] = page("Story x")
    web.poll(item("x", link="https://elsewhere.example/x"))
    (asked,) = [request for request in web.asked if request.url == "https://elsewhere.example/x"]
    assert asked.headers == ()


def test_answers_that_no_article_rests_on_are_forgotten_after_a_while(web: Web) -> None:
    web.poll(item("a"))
    feeds = [f"x{n}" for n in range(10) if (kept := web.store.exchange(f"x{n}")) is not None and kept.url == FEED]
    web.now += timedelta(days=30)
    web.run()
    assert [name for name in feeds if web.store.exchange(name) is not None] == []


def test_the_page_an_article_rests_on_is_kept(web: Web) -> None:
    web.poll(item("a"))
    (stored,) = web.store.articles()
    web.now += timedelta(days=30)
    web.run()
    (revision,) = web.store.revisions(stored.id)
    assert web.store.exchange(revision.exchange_ids[0]) is not None
