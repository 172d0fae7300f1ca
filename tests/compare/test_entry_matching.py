"""Which entry is which: the same story stays one, two stories stay two."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.compare import entry_digest, entry_keys, match_entries
from broadsheet.model import Enclosure, Entry, KnownEntry, StatedTime

NOON = StatedTime(raw="Sun, 01 Mar 2026 12:00:00 GMT", at=datetime(2026, 3, 1, 12, tzinfo=UTC))
EVENING = StatedTime(raw="Sun, 01 Mar 2026 18:00:00 GMT", at=datetime(2026, 3, 1, 18, tzinfo=UTC))
FERRY = Entry(guid="17", link="https://harbour.example/ferry", title="Ferry late again", summary_html="<p>By an hour.</p>", published=NOON)
BRIDGE = Entry(guid="18", link="https://harbour.example/bridge", title="Bridge to close", summary_html="In May.", published=EVENING)


def known(*entries: Entry) -> tuple[KnownEntry, ...]:
    """The entries as a store would give them back, numbered from 1."""
    matched = match_entries(entries, ())
    return tuple(
        KnownEntry(id=number, keys=new.keys, digest=new.digest, published_at=new.entry.published.at if new.entry.published else None)
        for number, new in enumerate(matched.new, start=1)
    )


def test_everything_is_new_to_an_empty_store():
    assert [new.entry for new in match_entries([FERRY, BRIDGE], ()).new] == [FERRY, BRIDGE]


def test_a_feed_seen_again_brings_nothing():
    matched = match_entries([FERRY, BRIDGE], known(FERRY, BRIDGE))
    assert (matched.same, matched.new, matched.changed, matched.moved) == ((1, 2), (), (), ())


def test_the_order_of_a_feed_does_not_matter():
    assert match_entries([BRIDGE, FERRY], known(FERRY, BRIDGE)).same == (2, 1)


@pytest.mark.parametrize(
    "changes",
    [
        {"guid": "https://harbour.example/?p=17"},
        {"guid": None},
        {"link": "http://www.harbour.example/ferry/"},
        {"link": "https://harbour.example/ferry?utm_source=rss&utm_medium=feed"},
        {"link": "https://harbour.example/2026/ferry-late-again"},
        {"guid": "new", "link": "http://harbour.example/ferry"},
        {"guid": "new", "link": "https://new-system.example/17"},
    ],
)
def test_a_story_whose_guid_or_link_changes_is_the_same_story(changes):
    matched = match_entries([replace(FERRY, **changes), BRIDGE], known(FERRY, BRIDGE))
    assert matched.new == ()
    assert {*matched.same, *(moved.id for moved in matched.moved)} == {1, 2}


def test_a_feed_whose_ids_all_change_at_once_has_nothing_new():
    before = [replace(FERRY, guid=f"http://h.example/{n}", link=f"http://h.example/{n}", title=f"Story {n}") for n in range(30)]
    after = [replace(entry, guid=f"tag:{n}", link=f"https://www.h.example/{n}/?utm_campaign=x") for n, entry in enumerate(before)]
    assert match_entries(after, known(*before)).new == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Ferry late again, says mayor"},
        {"summary_html": "<p>By two hours.</p>"},
        {"content_html": "<p>All of it.</p>"},
        {"updated": EVENING},
    ],
)
def test_new_words_make_a_changed_entry(changes):
    matched = match_entries([replace(FERRY, **changes)], known(FERRY))
    assert [(changed.id, changed.fetch) for changed in matched.changed] == [(1, True)]


def test_new_keys_alone_are_no_reason_to_fetch():
    matched = match_entries([replace(FERRY, guid="new")], known(FERRY))
    assert [(moved.id, moved.keys.guid, moved.fetch) for moved in matched.moved] == [(1, "new", False)]


def test_counting_pixels_and_advertisements_are_no_change():
    noisy = '<p>By an&nbsp;hour.</p><img src="https://count.example/1.gif?r={}"/>'
    assert entry_digest(replace(FERRY, summary_html=noisy.format(1))) == entry_digest(replace(FERRY, summary_html=noisy.format(2)))


def test_two_stories_under_one_guid_stay_two():
    feed = [replace(FERRY, guid="feed"), replace(BRIDGE, guid="feed")]
    assert len(match_entries(feed, ()).new) == 2
    assert match_entries(feed, known(*feed)).same == (1, 2)


def test_a_story_that_comes_later_under_the_one_guid_of_all_is_new():
    matched = match_entries([replace(BRIDGE, guid="feed")], known(replace(FERRY, guid="feed")))
    assert [new.entry.title for new in matched.new] == ["Bridge to close"]


def test_a_known_guid_with_another_title_and_address_at_the_same_minute_is_the_same_story():
    renamed = replace(FERRY, title="Ferries late all week", link="https://harbour.example/ferries-late")
    assert [changed.id for changed in match_entries([renamed], known(FERRY)).changed] == [1]


def test_two_stories_at_one_address_stay_two():
    feed = [replace(FERRY, guid=None, link="https://h.example/live"), replace(BRIDGE, guid=None, link="https://h.example/live")]
    assert len(match_entries(feed, ()).new) == 2
    assert match_entries(feed, known(*feed)).same == (1, 2)


def test_daily_items_of_one_title_stay_apart():
    today = Entry(guid="d2", link="https://h.example/d2", title="The morning paper", published=EVENING)
    yesterday = Entry(guid="d1", link="https://h.example/d1", title="The morning paper", published=NOON)
    matched = match_entries([today, yesterday], known(yesterday))
    assert ([new.entry for new in matched.new], matched.same) == ([today], (1,))


def test_undated_items_of_one_title_stay_apart():
    first = Entry(guid="d1", link="https://h.example/d1", title="The morning paper")
    second = Entry(guid="d2", link="https://h.example/d2", title="The morning paper")
    assert [new.entry for new in match_entries([second], known(first)).new] == [second]


def test_an_entry_with_neither_guid_nor_link_is_known_by_title_and_date():
    bare = Entry(title="Tide tables", published=NOON)
    assert match_entries([bare], known(bare)).same == (1,)
    assert len(match_entries([replace(bare, published=EVENING)], known(bare)).new) == 1


def test_an_entry_with_nothing_but_text_is_known_by_its_words():
    note = Entry(summary_html="<p>High water at noon.</p>")
    assert match_entries([note], known(note)).same == (1,)
    assert len(match_entries([Entry(summary_html="<p>Low water at six.</p>")], known(note)).new) == 1


def test_untitled_notes_under_one_guid_and_link_stay_apart():
    notes = [Entry(guid="n", link="https://h.example/", summary_html=f"<p>Note {word}</p>") for word in ("one", "two", "three")]
    assert len(match_entries(notes, ()).new) == 3
    assert match_entries(notes, known(*notes)).same == (1, 2, 3)


def test_an_entry_of_a_file_alone_is_known_by_it():
    episode = Entry(enclosures=(Enclosure(url="https://h.example/1.mp3"),))
    assert match_entries([episode], known(episode)).same == (1,)


def test_an_entry_that_says_nothing_at_all_is_passed_over():
    assert match_entries([Entry()], ()).new == ()


def test_an_item_that_stands_twice_in_a_feed_counts_once():
    assert len(match_entries([FERRY, FERRY, replace(FERRY, guid="other")], ()).new) == 1


def test_one_known_entry_is_recognised_at_most_once():
    twin = replace(FERRY, guid="17b", title="Ferry late, part two")
    matched = match_entries([FERRY, twin], known(FERRY))
    assert matched.same == (1,)
    assert [new.entry for new in matched.new] == [twin]


def test_an_unreadable_date_still_tells_two_items_apart():
    monday, tuesday = (Entry(title="Tides", published=StatedTime(raw=raw)) for raw in ("Montag irgendwann", "Dienstag irgendwann"))
    assert len(match_entries([monday, tuesday], ()).new) == 2


def test_keys_are_short_enough_for_any_index():
    long = Entry(guid="g" * 9000, link="https://h.example/" + "l" * 7000, title="t" * 9000, published=NOON)
    keys = entry_keys(long)
    assert max(len(key or "") for key in (keys.guid, keys.link, keys.title, keys.title_date)) <= 255


def test_long_keys_that_differ_only_at_their_ends_stay_apart():
    one, other = (Entry(guid="g" * 9000 + end) for end in "ab")
    assert entry_keys(one).guid != entry_keys(other).guid


def test_chinese_titles_are_compared_by_their_characters():
    assert entry_keys(Entry(title="渡轮，又晚点了")).title == entry_keys(Entry(title="渡轮 又晚点了")).title


some_words = st.none() | st.sampled_from(["", "a", "b", "港", "\ud800", "\0"])
any_entries = st.lists(
    st.builds(
        Entry,
        guid=some_words,
        link=st.none() | st.sampled_from(["https://h.example/1", "https://h.example/2", "not an address"]),
        title=some_words,
        summary_html=some_words,
        published=st.sampled_from([None, NOON, EVENING]),
    ),
    max_size=8,
)


@given(any_entries)
def test_whatever_a_feed_holds_seen_again_it_brings_nothing_new(entries):
    again = match_entries(entries, known(*entries))
    assert (again.new, again.changed, again.moved) == ((), (), ())


@given(any_entries, any_entries)
def test_every_entry_is_either_new_or_one_known_entry(before, after):
    matched = match_entries(after, known(*before))
    recognised = [*matched.same, *(each.id for each in matched.changed), *(each.id for each in matched.moved)]
    assert len(recognised) == len(set(recognised)) <= len(known(*before))
    assert len(recognised) + len(matched.new) == len(match_entries(after, ()).new)
