"""Pictures of articles are fetched after the news, politely, and kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from web import START, Web, item, page

from broadsheet.model import Article, Failed, Picture, SafeHtml
from broadsheet.pipeline.pictures import MOST_OF_AN_ARTICLE, uses_of

PNG = b"\x89PNG\r\n\x1a\n and so on"
ONE, TWO = "https://cdn.example/harbour-one.png", "https://cdn.example/harbour-two.png"


def figure(url: str) -> str:
    return f'<figure><img src="{url}" width="800" height="600" alt="The harbour at noon"><figcaption>The harbour at noon</figcaption></figure>'


def illustrated(*urls: str) -> bytes:
    return page("Story a", extra="".join(figure(url) for url in urls) + "<p>More of the story stands below the pictures, as it does in papers.</p>")


@pytest.fixture
def paper(web: Web) -> Web:
    """Its story a shows the pictures ONE and TWO."""
    web.pages |= {"https://paper.example/a": illustrated(ONE, TWO), ONE: PNG, TWO: PNG + b"2"}
    return web


def keep(web: Web, wish: str) -> None:
    web.store.replace_source(replace(web.store.source("paper"), keep_pictures=wish))


def state(web: Web, url: str) -> str | None:
    known = web.store.picture(url)
    return known.state if known else None


def test_the_pictures_of_an_article_are_kept(paper: Web) -> None:
    paper.poll(item("a"))
    assert (state(paper, ONE), state(paper, TWO)) == ("kept", "kept")
    assert paper.store.original_bytes(paper.store.picture(ONE).original.hash) == PNG


def test_they_are_asked_for_as_the_article_would(paper: Web) -> None:
    paper.poll(item("a"))
    (request,) = [one for one in paper.asked if one.url == ONE]
    assert (request.kind, request.referer) == ("image", "https://paper.example/a")


def test_a_picture_is_fetched_once(paper: Web) -> None:
    paper.poll(item("a"))
    paper.poll(item("a"))
    assert paper.asked_for(ONE) == 1


def test_the_pages_of_a_host_are_fetched_before_its_pictures(web: Web) -> None:
    mine = "https://paper.example/harbour-one.png"
    web.pages |= {"https://paper.example/a": illustrated(mine), mine: PNG}
    web.poll(item("a"), item("b"), item("c"))
    kinds = [one.kind for one in web.asked]
    assert "image" in kinds
    assert "page" not in kinds[kinds.index("image") :]


def test_a_source_may_keep_no_pictures(paper: Web) -> None:
    keep(paper, "none")
    paper.poll(item("a"))
    assert (state(paper, ONE), paper.asked_for(ONE)) == ("seen", 0)


def test_a_picture_that_is_not_there_is_given_up(paper: Web) -> None:
    paper.pages.pop(ONE)
    paper.poll(item("a"))
    assert (state(paper, ONE), state(paper, TWO)) == ("gone", "kept")


def test_what_is_no_picture_is_given_up(paper: Web) -> None:
    paper.pages[ONE] = b"<html>Please log in</html>"
    paper.poll(item("a"))
    assert state(paper, ONE) == "gone"


def test_a_picture_that_fails_for_a_moment_is_tried_again(paper: Web) -> None:
    paper.pages[ONE] = Failed(url=ONE, reason="503", status=503)
    paper.poll(item("a"))
    assert state(paper, ONE) == "wanted"
    paper.pages[ONE] = PNG
    paper.now += timedelta(minutes=11)
    paper.run()
    assert state(paper, ONE) == "kept"


def test_nobody_is_asked_before_the_time_they_named(paper: Web) -> None:
    paper.pages[ONE] = Failed(url=ONE, reason="429", status=429, retry_after=timedelta(hours=5))
    paper.poll(item("a"))
    assert paper.store.picture(ONE).due >= START + timedelta(hours=5)


def test_after_too_many_failures_it_is_given_up(paper: Web) -> None:
    paper.pages[ONE] = Failed(url=ONE, reason="503", status=503)
    paper.poll(item("a"))
    for _ in range(3):
        paper.now += timedelta(days=2)
        paper.run()
    assert state(paper, ONE) == "gone"


def article(body: str, lead: str | None = None) -> Article:
    picture = Picture(url=lead) if lead else None
    return Article(url="https://paper.example/a", title="A", body=SafeHtml(body), lead_image=picture)


def test_of_lead_only_the_lead_image_is_kept() -> None:
    uses = uses_of(article(f'<p><img src="{TWO}"></p>', ONE), "lead")
    assert [(use.url, use.keep) for use in uses] == [(ONE, True), (TWO, False)]


def test_without_a_lead_image_the_first_picture_stands_for_it() -> None:
    uses = uses_of(article(f'<p><img src="{ONE}"></p><p><img src="{TWO}"></p>'), "lead")
    assert [use.keep for use in uses] == [True, False]


def test_sizes_in_a_srcset_and_recordings_are_known_but_not_kept() -> None:
    uses = uses_of(article(f'<img src="{ONE}" srcset="{TWO} 2x"><audio controls="" src="https://cdn.example/a.mp3"></audio>'), "all")
    assert {use.url: use.keep for use in uses} == {ONE: True, TWO: False, "https://cdn.example/a.mp3": False}


def test_a_page_of_a_thousand_pictures_is_not_a_list_of_wishes_without_end() -> None:
    body = "".join(f'<img src="https://cdn.example/{at}.png">' for at in range(1000))
    assert len(uses_of(article(body), "all")) == MOST_OF_AN_ARTICLE
