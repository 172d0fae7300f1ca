"""RSS 2.0 by the specification, its profile, and what readers are known to trip over."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.model import Collection, Person, StoredArticle
from broadsheet.publish import PublishOptions, render_rss

NAMES = {
    "atom": "http://www.w3.org/2005/Atom", "content": "http://purl.org/rss/1.0/modules/content/", "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/", "media": "http://search.yahoo.com/mrss/",
}  # fmt: skip
OPTIONS = PublishOptions(self_url="https://news.example/feeds/harbour-example.rss")


@pytest.fixture
def channel(collection: Collection) -> ET.Element:
    return channel_of(collection)


@pytest.fixture
def item(channel: ET.Element) -> ET.Element:
    found = channel.find("item")
    assert found is not None
    return found


def channel_of(collection: Collection, options: PublishOptions = OPTIONS) -> ET.Element:
    found = ET.fromstring(render_rss(collection, options)).find("channel")
    assert found is not None
    return found


def with_article(collection: Collection, **changes: object) -> Collection:
    stored = collection.articles[0]
    return replace(collection, articles=(replace(stored, article=replace(stored.article, **changes)),))  # type: ignore[arg-type]


def test_the_channel_has_what_every_reader_asks_for(channel: ET.Element) -> None:
    assert [channel.findtext(name) for name in ("title", "link", "language", "ttl")] == ["港口日报", "https://harbour.example/zh/", "zh-Hans", "60"]


def test_the_channel_says_where_it_is_found(channel: ET.Element) -> None:
    link = channel.find("atom:link[@rel='self']", NAMES)
    assert link is not None
    assert link.get("href") == OPTIONS.self_url


def test_without_an_address_there_is_no_self_link(collection: Collection) -> None:
    assert channel_of(collection, PublishOptions()).find("atom:link", NAMES) is None


def test_the_build_date_is_the_newest_change_not_the_clock(channel: ET.Element) -> None:
    assert channel.findtext("lastBuildDate") == "Sun, 15 Mar 2026 09:00:05 +0000"


def test_the_summary_stands_before_the_full_text(item: ET.Element) -> None:
    tags = [child.tag for child in item]
    assert tags.index("description") < tags.index(f"{{{NAMES['content']}}}encoded")


def test_the_id_is_no_link(item: ET.Element) -> None:
    guid = item.find("guid")
    assert guid is not None
    assert (guid.get("isPermaLink"), guid.text) == ("false", "tag:broadsheet.invalid,2026:article/0195a1c2-7f00-7000-8000-00000000beef")


def test_the_link_leads_to_the_publisher(item: ET.Element) -> None:
    assert item.findtext("link") == "https://harbour.example/zh/2026/ferry"


def test_each_author_is_a_creator_of_their_own(collection: Collection) -> None:
    changed = with_article(collection, people=(Person(name="A, Jr."), Person(name="B"), Person(name="T", role="translator")))
    creators = [each.text for each in channel_of(changed).findall("item/dc:creator", NAMES)]
    assert creators == ["A, Jr.", "B"]


def test_those_who_translated_or_photographed_are_contributors(item: ET.Element) -> None:
    assert [each.text for each in item.findall("dc:contributor", NAMES)] == ["林可", "陈一"]


def test_a_correction_does_not_move_the_publication_date(item: ET.Element) -> None:
    assert item.findtext("pubDate") == "Sat, 14 Mar 2026 06:30:00 +0000"
    assert item.findtext("dcterms:modified", namespaces=NAMES) == "2026-03-15T09:00:05+00:00"


def test_a_first_revision_has_no_modification_date(collection: Collection) -> None:
    first = replace(collection, articles=(replace(collection.articles[0], revision=1),))
    assert channel_of(first).find("item/dcterms:modified", NAMES) is None


def test_the_lead_image_is_described_for_readers_that_read_media(item: ET.Element) -> None:
    media = item.find("media:content", NAMES)
    assert media is not None
    assert {name: media.get(name) for name in ("medium", "type", "width", "height")} == {
        "medium": "image", "type": "image/jpeg", "width": "1200", "height": "800",
    }  # fmt: skip
    assert media.findtext("media:credit", namespaces=NAMES) == "林可"


def test_the_media_image_is_the_one_in_the_text(item: ET.Element) -> None:
    media = item.find("media:content", NAMES)
    assert media is not None
    assert f'src="{media.get("url")}"' in (item.findtext("content:encoded", namespaces=NAMES) or "")


def test_the_entry_names_the_feed_it_came_from(item: ET.Element) -> None:
    source = item.find("source")
    assert source is not None
    assert (source.get("url"), source.text) == ("https://harbour.example/zh/feed.xml", "港口日报")


def test_a_source_that_was_renamed_goes_by_its_new_name(collection: Collection) -> None:
    channel_of(collection)
    renamed = replace(collection, sources=(replace(collection.sources[0], title="Tide & Times"),))
    assert channel_of(renamed).findtext("item/source") == "Tide & Times"


def test_another_edition_is_never_called_alternate(item: ET.Element) -> None:
    assert {link.get("rel") for link in item.findall("atom:link", NAMES)} == {"related", "via"}


def test_section_and_tags_are_categories_once_each(item: ET.Element) -> None:
    assert [each.text for each in item.findall("category")] == ["国际", "渡轮"]


def test_ampersand_and_angle_in_titles_are_hexadecimal_references(collection: Collection) -> None:
    assert b"<title>AT&#x26;T 1 &#x3c; 2</title>" in render_rss(with_article(collection, title="AT&T 1 < 2"), OPTIONS)


def test_a_title_with_markup_is_published_without_it(collection: Collection) -> None:
    changed = with_article(collection, title="News<script>alert(1)</script> <img src=x onerror=y>today <b")
    assert channel_of(changed).findtext("item/title") == "News today ‹b"


def test_an_article_without_a_headline_is_titled_by_its_summary(collection: Collection) -> None:
    assert channel_of(with_article(collection, title=" ")).findtext("item/title") == "一艘渡轮每天清晨空船出港，谁也说不清是为什么。"


def test_a_description_is_html_that_shows_the_words(collection: Collection) -> None:
    assert channel_of(with_article(collection, standfirst="AT&T 1 < 2")).findtext("item/description") == "AT&amp;T 1 &lt; 2"


def test_without_a_standfirst_the_text_begins_the_summary(collection: Collection) -> None:
    text = channel_of(with_article(collection, standfirst=None, text="word " * 500)).findtext("item/description") or ""
    assert text.startswith("word word")
    assert len(text) <= 400


def test_an_operator_may_publish_summaries_only(collection: Collection) -> None:
    feed = channel_of(collection, replace(OPTIONS, content="summary"))
    assert feed.find("item/content:encoded", NAMES) is None
    assert feed.findtext("item/description")


def test_no_more_entries_than_asked_for(collection: Collection) -> None:
    many = replace(collection, articles=tuple(numbered(collection.articles[0], n) for n in range(300)))
    assert len(channel_of(many).findall("item")) == 50
    assert len(channel_of(many, replace(OPTIONS, entries=1000, max_bytes=10**9)).findall("item")) == 200


def test_a_feed_stays_below_its_size(collection: Collection) -> None:
    many = replace(collection, articles=tuple(numbered(collection.articles[0], n) for n in range(50)))
    assert len(render_rss(many, replace(OPTIONS, max_bytes=50_000))) < 52_000


def test_one_article_beyond_the_size_is_published_all_the_same(collection: Collection) -> None:
    assert len(channel_of(collection, replace(OPTIONS, max_bytes=100)).findall("item")) == 1


def test_a_collection_without_articles_is_a_feed_all_the_same(collection: Collection) -> None:
    assert channel_of(replace(collection, articles=(), updated=None)).findtext("lastBuildDate") == "Thu, 01 Jan 2026 00:00:00 +0000"


def test_nothing_is_promoted_inside_an_entry(item: ET.Element) -> None:
    assert "broadsheet" not in (item.findtext("content:encoded", namespaces=NAMES) or "").lower()


def numbered(stored: StoredArticle, number: int) -> StoredArticle:
    return replace(stored, id=f"id-{number}", sort_at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=number))
