"""Notices in a source's own feed: what is wrong, and that it works again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.model import Collection, Incident, Source
from broadsheet.parse.feed import parse_feed
from broadsheet.publish.formats import FORMATS
from broadsheet.publish.notice import notice_item, notices_in, over_item
from broadsheet.publish.options import PublishOptions

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SOURCE = Source(id="paper", kind="feed", url="https://paper.example/feed", title="Paper & Sons", home_url="https://paper.example/", added_at=NOON)
FAILING = Incident(
    id="i1", source_id="paper", kind="failing", opened_at=NOON, said="No answer since Sunday & Monday.", do="Wait.", detail="proxy.lan refuses"
)
OVER = replace(FAILING, closed_at=NOON + timedelta(days=2), over="It answers again.")


def told(*incidents: Incident, days: float = 7) -> list[str]:
    return [item.id for item in notices_in(Collection(slug="paper", title="", home_url="", sources=(SOURCE,), incidents=incidents), days=days)]


def test_a_notice_says_what_happened_and_what_to_do():
    item = notice_item(FAILING, source=SOURCE)
    assert item.title == "Paper & Sons cannot be read at the moment"
    assert item.summary == "No answer since Sunday & Monday. Wait."
    assert "<p>No answer since Sunday &amp; Monday.</p><p>Wait.</p>" in item.html


def test_a_notice_leads_to_the_site_and_bears_the_time_it_began():
    item = notice_item(FAILING, source=SOURCE)
    assert (item.url, item.published) == ("https://paper.example/", NOON)


def test_what_only_concerns_the_operator_is_not_in_it():
    item = notice_item(FAILING, source=SOURCE)
    assert "proxy.lan" not in item.html + item.summary + item.title


def test_the_end_is_an_entry_of_its_own():
    item = over_item(OVER, source=SOURCE)
    assert item.title == "Paper & Sons works again"
    assert item.published == OVER.closed_at
    assert item.id == notice_item(OVER, source=SOURCE).id + "/over"


def test_ids_do_not_change_when_it_is_over():
    assert notice_item(FAILING, source=SOURCE).id == notice_item(OVER, source=SOURCE).id


def test_the_newest_notice_comes_first():
    begun = notice_item(FAILING, source=SOURCE).id
    assert told(OVER) == [f"{begun}/over", begun]


def test_a_notice_that_had_left_the_feed_does_not_return_with_its_end():
    assert told(OVER, days=1) == [over_item(OVER, source=SOURCE).id]


def test_an_outage_of_ours_is_nothing_to_tell_readers_of():
    assert told(replace(FAILING, kind="outage")) == []


def test_a_source_that_nobody_knows_is_named_by_its_id():
    assert "paper" in notice_item(FAILING, source=None).title


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_carries_a_notice(name):
    collection = Collection(slug="paper", title="The Paper", home_url="https://paper.example/", sources=(SOURCE,), incidents=(FAILING,))
    feed = parse_feed(FORMATS[name].render(collection, PublishOptions()), "https://x.example/feed", content_type=None, now=NOON)
    assert [entry.title for entry in feed.entries] == ["Paper & Sons cannot be read at the moment"]
