"""The memory of a site: what is remembered of its pages, and what of a page is therefore the site's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.extraction.site_memory import PAGES, BodyTrace, Repeats, hash_of, recollect, remember
from broadsheet.model import PageTrace, SiteMemory

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
EMPTY = SiteMemory(host="paper.example")
PROMOTION = 7


def trace(page: int, *, title: int | None = None, texts: tuple[int, ...] = (), lines: tuple[int, ...] = ()) -> PageTrace:
    return PageTrace(page=page, title=title or page, read_at=NOON, path=("main", "article.story"), texts=texts, lines=lines, letters=2000)


def own(page: int) -> tuple[int, int, int]:
    """Three texts of a page's own."""
    return page * 1000, page * 1000 + 1, page * 1000 + 2


def memory_of(*traces: PageTrace) -> SiteMemory:
    memory = EMPTY
    for one in traces:
        memory = remember(memory, one)
    return memory


def repeats_for(memory: SiteMemory, page: PageTrace) -> Repeats:
    recollection = recollect(memory, address="https://paper.example/new", headline="A new story")
    assert recollection is not None
    known = replace(recollection, page=page.page, title=page.title)
    return known.repeats(BodyTrace(path=page.path, texts=page.texts, lines=page.lines))


def test_a_text_on_two_other_pages_is_repeated() -> None:
    pages = [trace(at, texts=(*own(at), PROMOTION)) for at in (1, 2, 3)]
    assert repeats_for(memory_of(*pages), pages[0]).counts == {PROMOTION: 2}


def test_a_text_on_one_other_page_is_not() -> None:
    pages = [trace(1, texts=(*own(1), PROMOTION)), trace(2, texts=(*own(2), PROMOTION)), trace(3, texts=own(3))]
    assert repeats_for(memory_of(*pages), pages[0]).counts == {}


def test_a_page_does_not_bear_witness_against_itself() -> None:
    page = trace(1, texts=own(1))
    assert repeats_for(memory_of(page, trace(2, texts=own(2)), trace(3, texts=own(3))), page).counts == {}


def test_the_same_story_at_other_addresses_is_no_witness() -> None:
    story = own(1)
    copies = [trace(at, texts=story) for at in (2, 3, 4)]
    others = [trace(at, texts=own(at)) for at in (5, 6, 7, 8, 9, 10)]
    assert repeats_for(memory_of(*copies, *others), trace(1, texts=story)).counts == {}


def test_pages_that_share_only_what_most_pages_hold_are_no_twins() -> None:
    boxes = (1, 2, 3, 4, 5)
    pages = [trace(at, texts=(*boxes, at * 1000)) for at in (11, 12, 13, 14)]
    assert set(repeats_for(memory_of(*pages), pages[0]).counts) == set(boxes)


def test_pages_with_their_text_in_the_same_place_are_asked_first() -> None:
    video = ("main", "section.player")
    videos = [replace(trace(at, texts=own(at), lines=(PROMOTION,)), path=video) for at in range(2, 7)]
    stories = [trace(at, texts=own(at)) for at in range(7, 20)]
    repeats = repeats_for(memory_of(*videos, *stories), replace(trace(1, texts=own(1)), path=video))
    assert (repeats.pages, repeats.is_common(PROMOTION)) == (5, True)


def test_only_so_many_pages_are_remembered() -> None:
    memory = memory_of(*(trace(at) for at in range(PAGES + 5)))
    assert [page.page for page in memory.pages] == list(range(5, PAGES + 5))


def test_a_page_read_again_keeps_its_place() -> None:
    memory = memory_of(trace(1), trace(2), trace(1, texts=(9,)))
    assert [(page.page, page.texts) for page in memory.pages] == [(1, (9,)), (2, ())]


@given(st.lists(st.integers(0, 30), max_size=40))
def test_remembering_a_page_twice_is_remembering_it_once(pages: list[int]) -> None:
    memory = memory_of(*(trace(page) for page in pages))
    last = trace(99)
    assert remember(remember(memory, last), last) == remember(memory, last)


@given(st.permutations(range(1, 9)))
def test_the_order_of_reading_does_not_matter(order: list[int]) -> None:
    pages = [trace(at, texts=(*own(at), PROMOTION), lines=(at % 3 + 50,)) for at in order]
    memory, in_order = memory_of(*pages), memory_of(*sorted(pages, key=lambda page: page.page))
    assert repeats_for(memory, trace(1, texts=own(1))) == repeats_for(in_order, trace(1, texts=own(1)))


def test_a_hash_is_the_same_in_every_process() -> None:
    assert hash_of("harbour") == 359356526591091938


def test_without_a_memory_nothing_is_recollected() -> None:
    assert recollect(None, address="https://paper.example/a", headline="Story a") is None


def test_a_page_is_known_by_its_address_without_tracking() -> None:
    one = recollect(EMPTY, address="https://www.paper.example/a?utm_source=rss", headline="Story a")
    other = recollect(EMPTY, address="http://paper.example/a/", headline="Story a")
    assert one == other
