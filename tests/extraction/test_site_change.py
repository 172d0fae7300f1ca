"""A site that has changed is noticed, one odd page is not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from broadsheet.extraction.site_change import same_place
from broadsheet.extraction.site_memory import remember
from broadsheet.model import PageTrace, SiteMemory

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
OLD = ("div.page", "main.content", "article.story", "div.story.text")
NEW = ("div.application", "section.reader", "div.prose.body")
VIDEO = ("div.page", "div.player", "div.transcript")


def read(memory: SiteMemory, *paths: tuple[str, ...], letters: int = 3000) -> SiteMemory:
    """A day passes with every page."""
    for path in paths:
        number = max((page.page for page in memory.pages), default=0) + 1
        memory = remember(memory, PageTrace(page=number, title=number, read_at=NOON + timedelta(days=number), path=path, letters=letters))
    return memory


def site() -> SiteMemory:
    return read(SiteMemory(host="paper.example"), *[OLD] * 8)


def test_three_pages_in_a_row_with_another_template_are_a_change() -> None:
    change = read(site(), NEW, NEW, NEW).change
    assert change is not None
    assert change.in_words == (
        "site changed on 2026-03-10: articles are now found in div.application > section.reader > div.prose.body,"
        " before in main.content > article.story > div.story.text"
    )


def test_two_pages_are_not() -> None:
    assert read(site(), NEW, NEW).change is None


def test_one_odd_page_between_others_is_not() -> None:
    assert read(site(), NEW, OLD, VIDEO, OLD, NEW, OLD).change is None


def test_odd_pages_that_do_not_agree_with_each_other_are_not() -> None:
    assert read(site(), NEW, VIDEO, ("table", "tr", "td")).change is None


def test_a_second_template_that_was_there_before_is_not() -> None:
    assert read(read(site(), VIDEO, OLD), VIDEO, VIDEO, VIDEO).change is None


def test_a_new_site_has_not_changed() -> None:
    assert read(SiteMemory(host="paper.example"), OLD, OLD, NEW, NEW, NEW).change is None


def test_a_change_stays_noted_with_its_first_day() -> None:
    first = read(site(), NEW, NEW, NEW).change
    assert read(site(), *[NEW] * 5).change == first


def test_a_change_is_forgotten_when_the_new_place_has_become_the_usual_one() -> None:
    assert read(site(), *[NEW] * 12).change is None


def test_a_change_is_forgotten_when_the_site_goes_back() -> None:
    assert read(site(), NEW, NEW, NEW, OLD, OLD, OLD).change is None


def test_articles_that_come_out_much_shorter_are_a_change() -> None:
    change = read(site(), OLD, OLD, OLD, letters=120).change
    assert change is not None
    assert change.in_words == "articles have come out much shorter since 2026-03-10: at most 120 letters, before 3000"


def test_articles_that_come_out_empty_are_a_change() -> None:
    change = read(site(), OLD, OLD, OLD, letters=0).change
    assert change is not None
    assert change.kind == "shorter"


def test_two_short_notices_are_not() -> None:
    assert read(site(), OLD, OLD, letters=120).change is None


def test_a_site_of_short_notices_is_not() -> None:
    notices = read(SiteMemory(host="paper.example"), *[OLD] * 8, letters=300)
    assert read(notices, OLD, OLD, OLD, letters=40).change is None


def test_whole_articles_end_the_change() -> None:
    assert read(read(site(), OLD, OLD, OLD, letters=120), OLD).change is None


def test_a_box_more_around_the_text_is_the_same_place() -> None:
    assert same_place(OLD, ("div.page", "div.notice", "main.content", "article.story", "div.story.text"))


def test_a_story_of_another_section_is_the_same_place() -> None:
    assert same_place(("main", "article.politics.post", "div.text"), ("main", "article.post.sport", "div.text"))


def test_elements_of_other_names_are_another_place() -> None:
    assert not same_place(OLD, NEW)
