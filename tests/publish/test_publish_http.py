"""When a reader already has what we would send."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from broadsheet.markup.pictures import image_template
from broadsheet.model import Collection
from broadsheet.publish import PublishOptions
from broadsheet.publish.addresses import PictureAddresses
from broadsheet.publish.http import etag_of, etag_of_collection, http_date, is_unchanged, last_modified

MODIFIED = datetime(2026, 3, 15, 9, 0, 5, 999, tzinfo=UTC)
SAME = "Sun, 15 Mar 2026 09:00:05 GMT"


def tag(collection: Collection, options: PublishOptions | None = None, form: str = "rss") -> str:
    return etag_of_collection(collection, options or PublishOptions(), format_name=form)


@pytest.mark.parametrize("sent", ['"a"', 'W/"a"', '"x", "a"', '"x",W/"a"', "*", ' "a" '])
def test_a_tag_we_gave_means_unchanged(sent: str) -> None:
    assert is_unchanged(sent, None, etag='"a"')


@pytest.mark.parametrize("sent", ['"b"', "a", "", 'W/"b", "c"'])
def test_another_tag_means_changed(sent: str) -> None:
    assert not is_unchanged(sent, None, etag='"a"')


def test_a_date_does_not_outvote_a_tag() -> None:
    assert not is_unchanged('"b"', SAME, etag='"a"', modified=MODIFIED)


def test_a_date_as_late_as_our_change_means_unchanged() -> None:
    assert is_unchanged(None, SAME, etag='"a"', modified=MODIFIED)


def test_an_earlier_date_means_changed() -> None:
    assert not is_unchanged(None, "Sun, 15 Mar 2026 09:00:04 GMT", etag='"a"', modified=MODIFIED)


@pytest.mark.parametrize("date", ["yesterday", "", "Sun, 99 Mar 2026 09:00:05 GMT", "Sun, 15 Mar 99999999999 09:00:05 GMT"])
def test_a_date_that_cannot_be_read_counts_as_not_sent(date: str) -> None:
    assert not is_unchanged(None, date, etag='"a"', modified=MODIFIED)


def test_dates_are_written_as_headers_have_them() -> None:
    assert http_date(MODIFIED) == SAME


def test_the_feed_was_last_modified_when_an_article_last_changed(collection: Collection) -> None:
    assert last_modified(collection) == datetime(2026, 3, 15, 9, 0, 5, tzinfo=UTC)


def test_equal_bytes_have_equal_tags() -> None:
    assert etag_of(b"a") == etag_of(b"a") != etag_of(b"b")


def test_the_same_collection_has_the_same_tag(collection: Collection) -> None:
    assert tag(collection) == tag(replace(collection))


def test_a_new_revision_changes_the_tag(collection: Collection) -> None:
    assert tag(collection) != tag(replace(collection, articles=(replace(collection.articles[0], revision=3),)))


def test_each_format_has_its_own_tag(collection: Collection) -> None:
    assert tag(collection) != tag(collection, form="atom")


def test_another_image_proxy_changes_the_tag(collection: Collection) -> None:
    assert tag(collection) != tag(collection, PublishOptions(pictures=PictureAddresses(image=image_template("https://img.example/?url={url}"))))
