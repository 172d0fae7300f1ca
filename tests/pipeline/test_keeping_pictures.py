"""Keeping the pictures of articles: which are wanted, how they are fetched, what comes of failing."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from web import START, Web, item, page

from broadsheet.images.config import PicturesSettings
from broadsheet.markup.sanitize import sanitize
from broadsheet.model import Article, Declined, Failed, Outcome, Picture, PictureUse
from broadsheet.pipeline.pictures import MOST_A_VISIT, MOST_OF_AN_ARTICLE, Pictures, fetch_pictures, policy_of, uses_of
from broadsheet.pipeline.tools import Tools
from broadsheet.urls import host_of

PNG = b"\x89PNG\r\n\x1a\n and so on"
ONE, TWO, LEAD = "https://cdn.example/one.png", "https://cdn.example/two.png", "https://cdn.example/lead.png"
SHOWN = f'<p>Text.</p><img src="{ONE}" srcset="{ONE}?w=2 2x"><img src="{TWO}"><audio src="https://cdn.example/talk.mp3"></audio>'


def article(html: str = SHOWN, lead: str | None = LEAD) -> Article:
    picture = Picture(url=lead) if lead else None
    return Article(url="https://paper.example/a", title="A", body=sanitize(html), text="Text.", lead_image=picture)


def kept(uses: Sequence[PictureUse]) -> list[str]:
    return [use.url for use in uses if use.keep]


def test_all_means_the_lead_image_and_those_of_the_body() -> None:
    assert kept(uses_of(article(), "all")) == [LEAD, ONE, TWO]


def test_sizes_and_recordings_are_known_but_not_kept() -> None:
    assert {(use.url, use.role) for use in uses_of(article(), "all") if not use.keep} == {
        (f"{ONE}?w=2", "candidate"), ("https://cdn.example/talk.mp3", "media"),
    }  # fmt: skip


def test_lead_means_the_lead_image() -> None:
    assert kept(uses_of(article(), "lead")) == [LEAD]


def test_where_there_is_no_lead_image_the_first_of_the_body_is_it() -> None:
    film = '<video poster="https://cdn.example/still.png" src="https://cdn.example/film.mp4"></video>'
    assert kept(uses_of(article(film + SHOWN, lead=None), "lead")) == [ONE]


def test_none_means_that_all_are_only_known() -> None:
    uses = uses_of(article(), "none")
    assert (kept(uses), len(uses)) == ([], 5)


def test_a_lead_image_that_the_body_shows_again_comes_first_and_once() -> None:
    uses = uses_of(article(f'{SHOWN}<img src="{LEAD}">'), "all")
    assert [use.url for use in uses].index(LEAD) == 0
    assert len({use.url for use in uses}) == len(uses)


def test_no_more_than_a_bound_is_noted_of_one_article_and_the_lead_image_is_among_it() -> None:
    many = "".join(f'<img src="https://cdn.example/{n}.png">' for n in range(2 * MOST_OF_AN_ARTICLE))
    uses = uses_of(article(f'{many}<img src="{LEAD}">'), "all")
    assert (len(uses), uses[0].url) == (MOST_OF_AN_ARTICLE, LEAD)


@given(st.lists(st.text(alphabet="htps:/.[]@%1 aé\u3002", max_size=20)))
def test_whatever_a_page_names_as_a_picture_has_a_host(names: list[str]) -> None:
    html = "".join(f'<img src="http://{name}">' for name in names)
    assert all(host_of(use.url) for use in uses_of(article(html, lead=f"http://{names[0] if names else ''}"), "all"))


@pytest.mark.parametrize(
    ("own", "setting", "means"), [(None, "lead", "lead"), ("all", "none", "all"), ("none", "all", "none"), (None, "none", "none")]
)
def test_a_source_may_say_otherwise_than_the_settings(web: Web, own, setting, means) -> None:
    source = replace(web.store.source("paper"), keep_pictures=own)
    assert policy_of(source, PicturesSettings(keep=setting)) == means


@pytest.fixture
def shown(web: Web) -> Web:
    """A story that shows ONE and TWO."""
    web.pages |= {"https://paper.example/a": page("Story a", extra=f'<figure><img src="{ONE}"></figure><figure><img src="{TWO}"></figure>')}
    web.pages |= {ONE: PNG, TWO: PNG + b"2"}
    return web


def state(web: Web, url: str = ONE) -> str:
    known = web.store.picture(url)
    return known.state if known else "unknown"


def fetch(web: Web, *urls: str) -> None:
    known = web.store.pictures(urls)
    asyncio.run(fetch_pictures([known[url] for url in urls], web.tools()))


def test_the_pictures_of_a_story_are_kept(shown: Web) -> None:
    shown.poll(item("a"))
    assert (state(shown, ONE), state(shown, TWO)) == ("kept", "kept")
    assert shown.store.original_bytes(hashlib.sha256(PNG).hexdigest()) == PNG


def test_a_picture_is_asked_for_once_however_often_its_story_is_looked_at(shown: Web) -> None:
    shown.poll(item("a"))
    shown.poll(item("a"))
    assert shown.asked_for(ONE) == 1


def test_the_article_is_named_as_referer_for_hotlink_protection(shown: Web) -> None:
    shown.poll(item("a"))
    assert {request.referer for request in shown.asked if request.kind == "image"} == {"https://paper.example/a"}


def test_news_are_fetched_before_pictures(shown: Web) -> None:
    shown.poll(item("a"), item("b"), item("c"))
    asked = [request.kind for request in shown.asked]
    assert asked.index("image") > max(at for at, request in enumerate(shown.asked) if request.url == "https://paper.example/a")


def test_a_source_whose_pictures_are_not_kept_is_not_asked_for_them(shown: Web) -> None:
    shown.store.replace_source(replace(shown.store.source("paper"), keep_pictures="none"))
    shown.poll(item("a"))
    assert (state(shown), shown.asked_for(ONE)) == ("seen", 0)


@pytest.mark.parametrize(
    "answer",
    [
        Failed(url=ONE, reason="cdn.example answered 404", status=404, retry=False),
        Declined(url=ONE, reason="larger than 10000000 bytes", cause="too-large"),
        Declined(url=ONE, reason="resolves to 10.0.0.7, a private address", cause="address"),
        b"<html>not a picture</html>",
    ],
)
def test_what_will_never_be_had_is_given_up_at_once(shown: Web, answer: Outcome | bytes) -> None:
    shown.pages[ONE] = answer
    shown.poll(item("a"))
    assert state(shown) == "gone"
    assert [event.where for event in shown.events if event.kind == "picture-gone"] == [ONE]


def test_what_may_come_later_is_tried_four_times_at_growing_distances(shown: Web) -> None:
    shown.pages[ONE] = Failed(url=ONE, reason="cdn.example answered 500", status=500)
    shown.poll(item("a"))
    shown.run(wait=timedelta(days=3))
    assert (state(shown), shown.asked_for(ONE)) == ("gone", 4)
    assert timedelta(days=1, hours=2, minutes=10) <= shown.now - START


def test_a_picture_that_comes_at_the_second_try_is_kept(shown: Web) -> None:
    shown.pages[ONE] = Failed(url=ONE, reason="timed out")
    shown.poll(item("a"))
    shown.pages[ONE] = PNG
    shown.run(wait=timedelta(minutes=11))
    assert state(shown) == "kept"


def test_a_host_that_asks_to_be_left_alone_is_and_its_other_pictures_count_no_try(shown: Web) -> None:
    shown.poll(item("a"))
    shown.store.show_pictures(shown.store.articles()[0].id, [PictureUse(url=f"{ONE}?{n}", role="body", keep=True) for n in "ab"])
    shown.pages[f"{ONE}?a"] = Failed(url=ONE, reason="cdn.example answered 429", status=429, retry_after=timedelta(hours=5))
    fetch(shown, f"{ONE}?a", f"{ONE}?b")
    known = shown.store.picture(f"{ONE}?b")
    assert known is not None
    assert (known.tries, known.due, shown.asked_for(f"{ONE}?b")) == (0, shown.now + timedelta(hours=5), 0)
    assert shown.store.picture(f"{ONE}?a").due == shown.now + timedelta(hours=5)  # type: ignore[union-attr]


def test_a_host_that_cannot_be_reached_is_asked_once_a_visit(shown: Web) -> None:
    shown.pages[ONE] = shown.pages[TWO] = Failed(url=ONE, reason="no address", unreachable=True)
    shown.poll(item("a"))
    assert shown.asked_for(ONE) + shown.asked_for(TWO) == 1
    assert {shown.store.picture(url).tries for url in (ONE, TWO)} == {1}  # type: ignore[union-attr]


def test_one_hosts_backlog_does_not_hide_another_hosts_picture(shown: Web) -> None:
    shown.poll(item("a"))
    backlog = [f"https://slow.example/{n}.png" for n in range(10 * MOST_A_VISIT)]
    uses = [PictureUse(url=url, role="body", keep=True) for url in (*backlog, "https://quick.example/1.png")]
    shown.store.show_pictures(shown.store.articles()[0].id, uses)
    assert {step.host for step in Pictures(shown.tools()).due(limit=4)} == {"slow.example", "quick.example"}


def test_a_fault_of_ours_is_not_repeated_at_once(shown: Web) -> None:
    tools = shown.tools()

    async def breaks(where: str, body: bytes) -> None:
        raise ZeroDivisionError

    shown.tools = lambda: _with(tools, probe=breaks)  # type: ignore[method-assign]
    shown.poll(item("a"))
    known = shown.store.picture(ONE)
    assert known is not None
    assert (known.state, known.tries, known.last_error) == ("wanted", 1, "a fault of ours")


def _with(tools: Tools, **changes: object) -> Tools:
    return replace(tools, **changes)  # type: ignore[arg-type]


def test_originals_go_by_the_operators_rules_when_a_run_ends(shown: Web) -> None:
    shown.poll(item("a"))
    tools = replace(shown.tools(), pictures=PicturesSettings(keep_bytes=1))
    shown.tools = lambda: tools  # type: ignore[method-assign]
    shown.run()
    assert shown.store.picture_totals().originals == 0
