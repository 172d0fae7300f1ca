"""The whole demo: every story of five papers whole and clean, its correction kept, all of it published."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree

from broadsheet.demo import DemoPress
from broadsheet.demo.comparing import before_after_page, compare_sources
from broadsheet.demo.papers import Story, load_papers
from broadsheet.demo.printing import paragraphs
from broadsheet.demo.show import changed_lines, demo_settings, padded, run_demo
from broadsheet.demo.site import demo_app, free_port, has_screen, serve_demo
from broadsheet.errors import UsageError
from broadsheet.store import Store

PAPERS = load_papers()
STORIES = [pytest.param(paper.edits.get(story.slug, story), id=f"{paper.id}-{story.slug}") for paper in PAPERS for story in paper.stories]
CORRECTED = PAPERS[0].edits["electric-ferry"]
DIRT = (
    "cookies", "Advertisement", "Read next", "Most read", "The Morning Tide", "Mudlark", "Copy link",
    "岚江游船", "相关阅读", "字号", "分享到", "扫描二维码", "网友评论", "热门排行",
    "アクセスランキング", "関連記事", "電子版のご案内", "水温", "印刷する",
    "اقرأ أيضا", "نشرتنا", "التعليقات", "الأكثر قراءة", "نسخ الرابط",
    "Anzeige", "Lesen Sie auch", "Newsletter", "Mehr zum Thema", "Kommentare", "Nächste Seite", "Cookies",
)  # fmt: skip
"""Words of the furniture around the stories; none stands in a story itself."""


def kind_of_feed(file: Path) -> str:
    """The root of a published feed, which must be well-formed for that."""
    if file.suffix == ".json":
        return "json" if json.loads(file.read_bytes())["items"] else "empty"
    return str(etree.fromstring(file.read_bytes()).tag).rpartition("}")[2]


@pytest.mark.parametrize("story", STORIES)
def test_every_paragraph_arrives_in_order(story: Story, walked) -> None:
    text = walked.kept(story).article.text
    places = [text.find(paragraph) for paragraph in paragraphs(story)]
    assert -1 not in places
    assert all(one < next_one for one, next_one in pairwise(places))


@pytest.mark.parametrize("story", STORIES)
def test_nothing_of_the_page_around_it_comes_along(story: Story, walked) -> None:
    article = walked.kept(story).article
    assert [word for word in DIRT if word in article.body] == []


@pytest.mark.parametrize("story", STORIES)
def test_an_article_is_whole_and_has_its_picture(story: Story, walked) -> None:
    article = walked.kept(story).article
    assert article.completeness == "full"
    assert article.lead_image is not None
    assert f"/{story.picture}.jpg" in article.lead_image.url


def test_no_story_is_there_twice(walked) -> None:
    assert len(walked.store.articles()) == len(STORIES)


def test_the_corrected_story_is_at_revision_2_and_keeps_its_first(walked) -> None:
    states = walked.store.revisions(walked.kept(CORRECTED).id)
    assert ["cost 4.2 million" in states[0].article.text, "cost 2.4 million" in states[1].article.text, len(states)] == [True, True, 2]


def test_the_correction_is_kept_as_a_note(walked) -> None:
    assert [note.kind for note in walked.kept(CORRECTED).article.notes] == ["correction"]


def test_the_translation_names_its_translator_and_its_original(walked) -> None:
    article = walked.kept(next(story for story in PAPERS[1].stories if story.translator)).article
    assert ("林知夏", "translator") in [(person.name, person.role) for person in article.people]
    assert [(edition.language, edition.relation) for edition in article.editions] == [("en", "original")]


def test_each_source_has_three_well_formed_feeds(walked) -> None:
    feeds = list((walked.public / "feeds").iterdir())
    assert sorted(map(kind_of_feed, feeds)) == sorted(["rss", "feed", "json"] * len(PAPERS))


def test_the_terminal_says_what_was_corrected(walked) -> None:
    assert "was: According to the trust, the boat and both charging arms cost 4.2 million" in walked.said


def test_the_terminal_ends_by_saying_how_to_go_on(walked) -> None:
    assert walked.said.endswith("broadsheet run")


def test_the_published_comparison_holds_teaser_and_full_text_of_each_paper(walked) -> None:
    page = (walked.public / "before-after.html").read_text("utf-8")
    assert [page.count('class="reader"'), page.count("<p>For a hundred and thirty-one years"), paragraphs(CORRECTED)[-1] in page] == [
        len(PAPERS),
        2,
        True,
    ]


def test_the_comparison_shows_that_one_paper_has_no_feed(walked) -> None:
    page = before_after_page(compare_sources(walked.store), demo_settings({}, port=0))
    assert page.count("It has no feed") == 1


def test_the_reading_site_has_the_comparison_among_its_routes(walked) -> None:
    paths = [route.path for route in demo_app(walked.store, demo_settings({}, port=0)).router.routes]
    assert {"/", "/before-after", "/before-after.css"} <= set(paths)


async def visit_and_stop(store: Store, ask, path: str):
    """What the demo's site answers at *path*; it is asked to stop right afterwards, as by a person."""
    opened: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    serving = asyncio.create_task(serve_demo(store, demo_settings({}, port=0), ready=opened.set_result, browser=False))
    reply = await asyncio.to_thread(ask, await opened + path)
    os.kill(os.getpid(), signal.SIGTERM)
    await serving
    return reply


def test_the_comparison_is_served_behind_the_sites_guard_until_we_are_asked_to_stop(walked, ask) -> None:
    reply = asyncio.run(visit_and_stop(walked.store, ask, "before-after"))
    assert reply.text.count('class="reader"') == len(PAPERS)
    assert reply.headers["content-security-policy"].startswith("default-src 'none'")


def test_a_folder_with_a_collection_in_it_is_left_alone(walked) -> None:
    with pytest.raises(UsageError, match="holds a collection already"):
        run_demo(data=walked.public.parent, port=0, serve=False, browser=False)


def test_the_operators_settings_hold_but_for_what_loopback_needs() -> None:
    settings = demo_settings({"BROADSHEET_PUBLISH_TITLE": "My paper", "BROADSHEET_FETCH_PROXY": "http://proxy.lan:3128"}, port=0)
    assert (settings.publish.title, settings.fetch.proxy, settings.fetch.private_hosts) == ("My paper", "", ("127.0.0.1",))


def test_a_taken_port_gives_way_to_a_free_one(press: DemoPress) -> None:
    taken = int(press.homes[0].rstrip("/").rpartition(":")[2])
    assert free_port("127.0.0.1", taken) == 0


def test_a_browser_is_opened_only_before_a_screen() -> None:
    asked = ({"DISPLAY": ":0"}, {"DISPLAY": ":0", "SSH_CONNECTION": "x"}, {"DISPLAY": ":0", "CI": "true"}, {})
    assert [has_screen(environment, "linux") for environment in asked] == [True, False, False, False]


def test_names_in_han_take_two_columns_a_letter() -> None:
    assert len(padded("青岚晚报")) == 20


def test_changed_lines_are_told_pair_by_pair() -> None:
    assert changed_lines("a\nb\nc", "a\nB\nc\nd") == [("b", "B")]
