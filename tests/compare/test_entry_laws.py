"""Laws of entries over many polls: whatever a publisher does to its feed, a story is shown once and none is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.compare import match_entries
from broadsheet.model import ChangedEntry, Entry, KnownEntry, NewEntry, StatedTime

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@dataclass
class Shelf:
    """What a store remembers of entries, and which story each was first seen as."""

    known: dict[int, KnownEntry] = field(default_factory=dict)
    fetched: list[str] = field(default_factory=list)  # titles, at each fetch
    shown: list[str] = field(default_factory=list)  # titles of what was new

    def poll(self, entries: Sequence[Entry]) -> None:
        matches = match_entries(entries, tuple(self.known.values()))
        for new in matches.new:
            self._keep(len(self.known) + 1, new)
            self.shown.append(new.entry.title or "")
        for changed in (*matches.changed, *matches.moved):
            self._keep(changed.id, changed)
        self.fetched += [one.entry.title or "" for one in (*matches.new, *matches.changed)]

    def _keep(self, entry_id: int, one: NewEntry | ChangedEntry) -> None:
        published = one.entry.published
        at = published.at if published and published.has_time else None
        self.known[entry_id] = KnownEntry(id=entry_id, keys=one.keys, digest=one.digest, published_at=at)


def story(number: int) -> Entry:
    at = NOON + number * timedelta(minutes=7)
    return Entry(
        guid=f"https://paper.example/?p={number}", link=f"https://paper.example/2026/story-{number}", title=f"Story {number}",
        summary_html=f"What happened, part {number}.", published=StatedTime(raw=at.isoformat(), at=at),
    )  # fmt: skip


def shelf_after(*polls: Sequence[Entry]) -> Shelf:
    shelf = Shelf()
    for entries in polls:
        shelf.poll(entries)
    return shelf


STORIES = [story(number) for number in range(6)]


def each(entries: Sequence[Entry], **changes: str) -> list[Entry]:
    """*entries* with fields written anew; `{n}` is the story's number, `{old}` what stood there."""
    return [
        replace(entry, **{name: form.format(n=number, old=getattr(entry, name)) for name, form in changes.items()})  # type: ignore[arg-type]
        for number, entry in enumerate(entries)
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"guid": "tag:paper.example,2026:{n}"},
        {"link": "http://www.paper.example/2026/story-{n}/"},
        {"guid": "http://paper.example/?p={n}", "link": "http://paper.example/2026/story-{n}"},
        {"link": "{old}?utm_source=rss&utm_campaign=spring&fbclid=x"},
        {"guid": "{old}&utm_source=rss", "link": "{old}?utm_medium=feed"},
        {"guid": "uuid-{n}", "link": "https://paper.example/news/{n}-story.html"},
        {"guid": "uuid-{n}", "link": "https://new-house.example/a/{n}"},
    ],
)
def test_after_every_kind_of_move_nothing_is_shown_again(changes: dict[str, str]) -> None:
    shelf = shelf_after(STORIES, each(STORIES, **changes), STORIES)
    assert shelf.shown == [f"Story {n}" for n in range(6)]
    assert len(shelf.fetched) == 6


def test_a_feed_in_another_order_brings_nothing() -> None:
    assert len(shelf_after(STORIES, STORIES[::-1], STORIES[3:] + STORIES[:3]).shown) == 6


def test_one_guid_for_all_keeps_all_apart() -> None:
    feed = each(STORIES, guid="paper")
    assert len(shelf_after(feed[:3], feed[1:5], feed).shown) == 6


def test_one_guid_for_all_introduced_later_shows_nothing_again() -> None:
    assert len(shelf_after(STORIES, each(STORIES, guid="paper")).shown) == 6


def test_a_late_entry_between_old_ones_is_new() -> None:
    assert shelf_after([STORIES[0], STORIES[2]], STORIES[:3]).shown[-1] == "Story 1"


def test_a_back_dated_entry_is_new() -> None:
    years_ago = StatedTime(raw="2019-05-01", at=datetime(2019, 5, 1, tzinfo=UTC), has_time=False)
    assert shelf_after(STORIES, [*STORIES, replace(story(9), published=years_ago)]).shown[-1] == "Story 9"


@pytest.mark.parametrize("said", [None, StatedTime(raw="soon"), StatedTime(raw="2099-01-01")])
def test_an_entry_without_a_usable_date_is_new_once(said: StatedTime | None) -> None:
    feed = [*STORIES, replace(story(9), published=said)]
    assert shelf_after(STORIES, feed, feed).shown.count("Story 9") == 1


def test_a_date_that_moves_with_every_poll_shows_nothing_again() -> None:
    later = [replace(entry, published=StatedTime(raw="x", at=NOON + timedelta(days=1))) for entry in STORIES]
    assert len(shelf_after(STORIES, later).shown) == 6


def test_an_edited_entry_is_fetched_again_and_not_shown_again() -> None:
    edited = replace(STORIES[0], title="Story 0, corrected", summary_html="What happened, corrected.")
    shelf = shelf_after(STORIES, [edited, *STORIES[1:]])
    assert (len(shelf.shown), shelf.fetched[6:]) == (6, ["Story 0, corrected"])


def test_what_left_the_feed_and_comes_back_is_not_shown_again() -> None:
    assert len(shelf_after(STORIES[:3], STORIES[3:], STORIES).shown) == 6


CHANGES = (
    {},
    {"guid": "tag:paper.example,2026:{n}"},
    {"guid": "http://paper.example/?p={n}", "link": "http://paper.example/2026/story-{n}"},
    {"link": "{old}?utm_source=rss"},
    {"guid": "uuid-{n}", "link": "https://new-house.example/a/{n}"},
    {"summary_html": "{old} (updated)"},
)
"""What a publisher may do to all of its feed between two polls. The last one changes the words, the others only the keys."""

many_polls = st.lists(st.tuples(st.sampled_from(CHANGES), st.permutations(range(12)), st.integers(0, 12)), min_size=1, max_size=8)


@given(many_polls)
def test_through_any_sequence_of_such_feeds_every_story_that_was_in_one_is_shown_exactly_once(polls):
    whole, shelf, seen = [story(number) for number in range(12)], Shelf(), set()
    for changes, order, length in polls:
        whole = each(whole, **changes)
        entries = [whole[number] for number in order[:length]]
        shelf.poll(entries)
        seen |= {entry.title for entry in entries}
        assert sorted(shelf.shown) == sorted(seen)
