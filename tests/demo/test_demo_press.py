"""The sample press by itself: five papers that behave as papers on the web do."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from lxml import etree

from broadsheet.demo import DemoPress
from broadsheet.demo.papers import Paper, Story, load_papers, picture_bytes
from broadsheet.demo.press import HOST
from broadsheet.demo.printing import Printer, paragraphs

PAPERS = load_papers()
STORIES = [pytest.param(paper, story, id=f"{paper.id}-{story.slug}") for paper in PAPERS for story in paper.stories]
ENGLISH, CHINESE, JAPANESE, ARABIC, GERMAN = PAPERS
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def printer(paper: Paper, *, now: datetime = NOON) -> Printer:
    homes = {one.id: f"http://{HOST}:{8000 + number}/" for number, one in enumerate(PAPERS)}
    return Printer(paper, PAPERS, homes, now=now)


def answer(paper: Paper, path: str) -> bytes:
    found = printer(paper).answer(path)
    assert found is not None
    return found.body


def text(paper: Paper, path: str) -> str:
    return answer(paper, path).decode()


def test_each_paper_has_an_address_of_its_own(press: DemoPress) -> None:
    assert len(set(press.homes)) == 5


def test_a_home_page_links_to_every_story(press: DemoPress, ask) -> None:
    front = ask(press.homes[4]).text
    assert [story.slug for story in GERMAN.stories if story.path not in front] == []


def test_a_feed_that_has_not_changed_is_answered_with_304(press: DemoPress, ask) -> None:
    url = press.homes[0].rstrip("/") + ENGLISH.feed
    assert ask(url, If_None_Match=ask(url).headers["etag"]).status == 304


def test_what_is_not_there_is_answered_with_404_and_a_page(press: DemoPress, ask) -> None:
    missing = ask(f"{press.homes[4]}impressum")
    assert (missing.status, "Diese Seite gibt es nicht" in missing.text) == (404, True)


def test_robots_txt_lets_articles_be_read(press: DemoPress, ask) -> None:
    assert "Disallow: /search" in ask(f"{press.homes[1]}robots.txt").text


def test_pictures_are_jpeg_at_any_asked_width(press: DemoPress, ask) -> None:
    picture = ask(f"{press.homes[0]}media/ferry.jpg?w=640")
    assert (picture.headers["content-type"], picture.body[:2]) == ("image/jpeg", b"\xff\xd8")


def test_an_address_that_is_none_is_not_taken_for_the_missing_feed() -> None:
    assert printer(GERMAN).answer("") is None


def test_a_name_cannot_climb_out_of_the_pictures() -> None:
    assert picture_bytes("../demo/papers") is None


def test_a_closed_press_gives_its_ports_back() -> None:
    with DemoPress() as first:
        threads = first._threads
    assert not any(thread.is_alive() for thread in threads)


def test_advancing_corrects_the_story_and_dates_it_anew(ask) -> None:
    with DemoPress(now=NOON) as other:
        url = other.homes[0].rstrip("/") + next(iter(ENGLISH.edits.values())).path
        before = ask(url)
        other.advance(now=NOON + timedelta(hours=2))
        after = ask(url, If_None_Match=before.headers["etag"])
    assert (after.status, "cost 2.4 million" in after.text, "2026-03-01T14:00:00+00:00" in after.text) == (200, True, True)


def test_advancing_changes_the_feed_of_that_paper_only() -> None:
    english, chinese = printer(ENGLISH), printer(CHINESE)
    before = [one.answer(one.paper.feed) for one in (english, chinese)]
    english.edit(now=NOON + timedelta(hours=2))
    chinese.edit(now=NOON + timedelta(hours=2))
    assert [one.answer(one.paper.feed) == old for one, old in zip((english, chinese), before, strict=True)] == [False, True]


def test_the_feeds_are_of_four_dialects() -> None:
    roots = [etree.fromstring(answer(paper, paper.feed)).tag.rpartition("}")[2] for paper in (ENGLISH, CHINESE, JAPANESE)]
    version = json.loads(answer(ARABIC, ARABIC.feed))["version"]
    assert [*roots, version] == ["rss", "feed", "RDF", "https://jsonfeed.org/version/1.1"]


def test_one_paper_has_no_feed() -> None:
    assert GERMAN.feed == ""
    assert "alternate" not in text(GERMAN, "/")


def test_feeds_give_away_the_beginning_only() -> None:
    items = json.loads(answer(ARABIC, ARABIC.feed))["items"]
    assert max(len(item["content_text"]) for item in items) <= 120


def test_dates_are_written_with_the_papers_own_digits() -> None:
    assert "١ مارس ٢٠٢٦" in text(ARABIC, ARABIC.stories[0].path)


def test_a_story_in_two_parts_names_its_second_page() -> None:
    story = next(story for story in GERMAN.stories if story.continued)
    assert f'<link rel="next" href="{story.continued}">' in text(GERMAN, story.path)
    assert paragraphs(story)[-1][:30] in text(GERMAN, story.continued)


def test_language_editions_point_at_each_other() -> None:
    story = next(story for story in CHINESE.stories if story.edition)
    assert 'hreflang="en" href="http://127.0.0.1:8000/town/20402-lighthouse-that-lends-books"' in text(CHINESE, story.path)


@pytest.mark.parametrize(("paper", "story"), STORIES)
def test_a_story_has_five_paragraphs_or_more_and_a_picture(paper: Paper, story: Story) -> None:
    assert len(paragraphs(story)) >= 5
    assert picture_bytes(story.picture)
