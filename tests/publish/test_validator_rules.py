"""What the feed validators of the W3C and of JSON Feed find fault with, one rule a test, on a feed with everything in it.

Rules by the names that the W3C's validator gives them, where it has one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from lxml import etree

from broadsheet.markup.sanitize import sanitize
from broadsheet.model import Article, Collection, Enclosure, Entry, LanguageEdition, Person, Picture, Source, StoredArticle
from broadsheet.publish import FORMATS, PublishOptions
from broadsheet.publish.item import item_of, options_in
from broadsheet.publish.options import Chain

NAMES = {
    "a": "http://www.w3.org/2005/Atom", "content": "http://purl.org/rss/1.0/modules/content/", "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/", "fh": "http://purl.org/syndication/history/1.0", "media": "http://search.yahoo.com/mrss/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
}  # fmt: skip
URI = re.compile(r"[a-zA-Z][0-9a-zA-Z+.-]*:(//)?[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,#]+")
TAG_URI = re.compile(r"tag:[a-z0-9.-]+,\d{4}:[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,]+")
RFC_2822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+]0000")
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
MIME = re.compile(r"[a-z]+/[a-z0-9.+-]+")
MINUTE = datetime(2026, 3, 14, 6, 30, tzinfo=UTC)
SELF = "https://news.example/feeds/harbour"
HTML_LINK = re.compile(r'(?:href|src)="([^"]*)"')


def story(number: int, **changes: object) -> StoredArticle:
    body = sanitize(
        f'<p>Ferry {number} &amp; “tide” \x0b &lt;b&gt; <a href="/t?a=1&b=2">table</a></p><img src="deck.jpg"><pre>]]></pre>',
        base_url="https://harbour.example/a/",
    )
    url = f"https://harbour.example/ä [{number}]|x"
    article = Article(
        url=url, canonical_url=f"https://harbour.example/{number}", title="R&D <b>bold</b> &amp; 1 < 2 \x07\ufffe",
        standfirst="Salt & <i>water</i> &copy; 2026",
        people=(Person(name="Ada & Ben", url="/relative"), Person(name="Li", role="translator", url="https://harbour.example/people/李")),
        section="World & Sea", tags=("ferries", "World & Sea", " "), language="en_GB", body=body, text="Ferry", access="open",
        lead_image=Picture(url="https://pictures.example/ferry 1.png", width_px=0, height_px=800, caption="At <b>sea</b> &", credit="Li"),
        editions=(LanguageEdition(url="https://harbour.example/zh/渡轮", language="zh-Hans"), LanguageEdition(url="nowhere", language="x y")),
    )  # fmt: skip
    made = StoredArticle(
        id=f"01hzzzzzzzzzzzzzzzzzzzzz{number:02}", source_id="harbour", first_seen=MINUTE, sort_at=MINUTE, changed_at=MINUTE + timedelta(days=1),
        revision=1, content_hash="1:ab", entry_guid=None, entry_published=None, article=article,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


ENTRY = Entry(
    comments_url="https://harbour.example/talk?id=1&page=2",
    enclosures=(
        Enclosure(url="https://audio.example/one two.mp3", type="audio/mpeg"),
        Enclosure(url="https://audio.example/2.mp4", type="video/mp4", size_bytes=9),
        Enclosure(url="https://pictures.example/ferry.png", type="image/png"),
        Enclosure(url="https://audio.example/3", type="not a type", medium="audio"),
    ),
)  # fmt: skip
SOURCE = Source(
    id="harbour", kind="feed", url="https://harbour.example/feed?a=1&b=2", title="Harbour & <Tide>", home_url="https://harbour.example/",
    added_at=MINUTE,
)  # fmt: skip
COLLECTION = Collection(
    slug="harbour", title="Harbour & <Tide>", home_url="https://harbour.example/", description="Ferries & tides &amp; more", language="en",
    articles=tuple(story(number) for number in range(8)), sources=(SOURCE,),
)  # fmt: skip
CHAIN = Chain(prev_archive="https://news.example/archives/1", older="https://news.example/archives/2")


def written(form: str, collection: Collection = COLLECTION, **changes: Any) -> bytes:
    options = replace(PublishOptions(self_url=f"{SELF}.{form}", hub_url="https://hub.example/", chain=CHAIN), **changes)
    shown = options_in(collection, options)
    entries = (FORMATS[form].entry(item_of(stored, SOURCE, shown, entry=ENTRY)) for stored in collection.articles)
    return b"".join(FORMATS[form].stream(collection, options, entries))


RSS, ATOM = etree.fromstring(written("rss")), etree.fromstring(written("atom"))
JSON = json.loads(written("json"))
each_xml = pytest.mark.parametrize("feed", [RSS, ATOM], ids=["rss", "atom"])


def found(feed: Any, path: str) -> list[Any]:
    return list(feed.xpath(path, namespaces=NAMES))


def addresses(feed: Any) -> Iterator[str]:
    yield from found(
        feed, "//@href | //@url | //@domain | //@scheme | //channel//link/text() | //comments/text() | //a:uri/text() | //a:source/a:id/text()"
    )


@each_xml
def test_every_address_is_absolute_and_of_plain_characters(feed: Any) -> None:
    assert [address for address in addresses(feed) if not URI.fullmatch(address)] == []


@each_xml
def test_the_self_link_is_there_once_and_says_where_the_document_is(feed: Any) -> None:
    selves = found(feed, "(/rss/channel | /a:feed)/a:link[@rel='self']/@href")
    assert selves == [f"{SELF}.{'rss' if feed is RSS else 'atom'}"]


@each_xml
def test_feed_links_have_relations_that_are_registered(feed: Any) -> None:
    relations = found(feed, "(/rss/channel | /a:feed)/a:link/@rel")
    assert set(relations) == {"self", "hub", "prev-archive", "next"} | ({"alternate"} if feed is ATOM else set())


@each_xml
def test_no_two_feed_links_share_relation_type_and_language(feed: Any) -> None:  # DuplicateAtomLink
    links = [(link.get("rel"), link.get("type"), link.get("hreflang")) for link in found(feed, "(/rss/channel | /a:feed)/a:link")]
    assert len(links) == len(set(links))


@each_xml
def test_ids_are_tag_uris_and_none_comes_twice(feed: Any) -> None:  # InvalidTAG, DuplicateValue, DuplicateEntries
    ids = found(feed, "//guid/text() | //a:entry/a:id/text() | /a:feed/a:id/text()")
    assert [one for one in ids if not TAG_URI.fullmatch(one)] == []
    assert len(ids) == len(set(ids)) >= 8


@each_xml
def test_languages_are_tags(feed: Any) -> None:  # InvalidLanguage
    tags = found(feed, "//@xml:lang | //@hreflang | //language/text() | //dc:language/text()")
    assert set(tags) == {"en", "en-GB", "zh-Hans"}


@each_xml
def test_media_types_are_media_types(feed: Any) -> None:  # InvalidMIMEAttribute
    types = [one.get("type") for one in found(feed, "//a:link | //enclosure | //media:content") if one.get("type") is not None]
    assert [one for one in types if not MIME.fullmatch(one)] == []


@each_xml
def test_elements_of_text_are_never_empty(feed: Any) -> None:  # NotBlank
    leaves = [each for each in feed.iter() if len(each) == 0 and not each.attrib and etree.QName(each).localname != "archive"]
    assert [each.tag for each in leaves if not (each.text or "").strip()] == []


@each_xml
def test_plain_texts_hold_no_markup(feed: Any) -> None:  # ContainsHTML
    texts = found(feed, "//title/text() | //a:title/text() | //channel/description/text() | //category/text() | //source/text() | //media:*/text()")
    assert [text for text in texts if re.search(r"</?[a-z]+[ >]", text)] == []


@each_xml
def test_the_html_of_an_entry_refers_to_nothing_relative(feed: Any) -> None:  # ContainsRelRef
    links = [link for html in found(feed, "//content:encoded/text() | //a:content/text()") for link in HTML_LINK.findall(html)]
    assert links
    assert [link for link in links if not link.startswith("https://")] == []


def test_titles_of_rss_hold_ampersands_as_hexadecimal_references() -> None:  # CharacterData
    raw = re.findall(rb"<title>(.*?)</title>", written("rss"))
    assert [title for title in raw if re.search(rb"&(?!#x)", title)] == []


def test_a_channel_has_title_link_description_and_language() -> None:  # MissingTitle, MissingLink, MissingDescription
    assert all(RSS.findtext(f"channel/{name}") for name in ("title", "link", "description", "language"))


def test_a_channel_that_is_nowhere_has_a_link_all_the_same() -> None:
    nowhere = etree.fromstring(written("rss", replace(COLLECTION, home_url=""), self_url=None, chain=Chain()))
    assert URI.fullmatch(nowhere.findtext("channel/link"))


def test_an_atom_feed_that_is_nowhere_has_no_link_without_an_address() -> None:  # MissingHref
    nowhere = etree.fromstring(written("atom", replace(COLLECTION, home_url=""), self_url=None, chain=Chain()))
    assert found(nowhere, "//a:link[not(@href)]") == []


def test_what_describes_the_channel_stands_before_its_items() -> None:  # MisplacedItem
    tags = [child.tag for child in RSS.find("channel")]
    assert set(tags[tags.index("item") :]) == {"item"}


def test_what_describes_an_atom_feed_stands_before_its_entries() -> None:  # MisplacedMetadata
    tags = [etree.QName(child).localname for child in ATOM]
    assert set(tags[tags.index("entry") :]) == {"entry"}


def test_the_summary_stands_before_the_text() -> None:  # NeedDescriptionBeforeContent
    tags = [child.tag for child in RSS.find("channel/item")]
    assert tags.index("description") < tags.index(f"{{{NAMES['content']}}}encoded")


def test_an_item_has_one_of_everything_there_may_be_one_of() -> None:  # DuplicateElement
    single = ("title", "link", "description", "guid", "pubDate", "source", "comments", f"{{{NAMES['content']}}}encoded")
    assert {name: len(RSS.findall(f"channel/item[1]/{name}")) for name in single} == dict.fromkeys(single, 1)


def test_an_item_has_one_enclosure_with_length_and_type() -> None:  # DuplicateEnclosure, MissingAttribute
    assert [dict(one.attrib) for one in RSS.findall("channel/item[1]/enclosure")] == [
        {"url": "https://audio.example/one%20two.mp3", "length": "0", "type": "audio/mpeg"}
    ]


def test_every_file_is_there_as_media() -> None:
    assert found(RSS, "//item[1]/media:content/@medium") == ["image", "audio", "video"]


def test_pictures_have_sizes_above_zero_or_none() -> None:  # InvalidPositiveInteger
    assert found(RSS, "//media:*/@width") == []
    assert set(found(RSS, "//media:*/@height")) == {"800"}


def test_dates_of_rss_are_those_of_mail_and_on_the_right_weekday() -> None:  # InvalidRFC2822Date, IncorrectDOW
    dates = found(RSS, "//pubDate/text() | //lastBuildDate/text()")
    assert [date for date in dates if not RFC_2822.fullmatch(date) or f"{parsedate_to_datetime(date):%a}" != date[:3]] == []


def test_dates_of_atom_have_a_zone() -> None:  # InvalidRFC3339Date
    dates = found(ATOM, "//a:updated/text() | //a:published/text()")
    assert [date for date in dates if not RFC_3339.fullmatch(date)] == []


def test_no_two_entries_were_updated_at_the_same_moment() -> None:  # DuplicateUpdated
    updated = found(ATOM, "/a:feed/a:entry/a:updated/text()")
    assert len(set(updated)) == len(updated) == 8


def test_an_entry_that_never_changed_was_updated_when_it_was_published() -> None:
    assert {date[:19] for date in found(ATOM, "/a:feed/a:entry/a:updated/text()")} == {"2026-03-14T06:30:00"}


@pytest.mark.parametrize("name", ["id", "title", "updated"])
def test_an_atom_feed_and_each_entry_and_source_has(name: str) -> None:  # MissingElement, MissingSourceElement
    assert found(ATOM, f"/a:feed[not(a:{name})] | //a:entry[not(a:{name})] | //a:source[not(a:{name})]") == []


def test_an_atom_source_says_where_it_is_itself() -> None:  # MissingSelf
    assert found(ATOM, "//a:entry[1]/a:source/a:link[@rel='self']/@href") == [SOURCE.url]


def test_there_is_an_author_for_every_entry() -> None:
    assert ATOM.findtext("a:author/a:name", namespaces=NAMES)


def test_the_text_of_an_entry_says_what_it_is_and_what_its_links_refer_to() -> None:
    content = ATOM.find("a:entry/a:content", NAMES)
    assert dict(content.attrib) == {"type": "html", "{http://www.w3.org/XML/1998/namespace}base": "https://harbour.example/0"}


def test_no_link_refers_to_the_base_it_stands_in() -> None:  # SameDocumentReference
    assert found(ATOM, "//a:link[@href = ancestor-or-self::*/@xml:base]") == []


def test_entries_do_not_claim_to_belong_to_a_history() -> None:  # FeedHistoryRelInEntry
    assert set(found(ATOM, "//a:entry/a:link/@rel")) <= {"alternate", "related", "enclosure", "via", "replies"}


def test_an_archive_says_that_it_is_one_and_what_is_current() -> None:  # MissingCurrentInArchive
    closed = Chain(archive=True, current=f"{SELF}.atom", next_archive="https://news.example/archives/2")
    feed = etree.fromstring(written("atom", chain=closed))
    assert len(found(feed, "/a:feed/fh:archive")) == len(found(feed, "/a:feed/a:link[@rel='current']")) == 1


@each_xml
def test_a_feed_that_grows_is_no_archive(feed: Any) -> None:
    assert found(feed, "//fh:archive") == []


@each_xml
def test_characters_outside_xml_are_gone(feed: Any) -> None:
    text = "".join(feed.itertext())
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x80-\x9f\ud800-\udfff\ufffe\uffff]", text)


def test_a_json_feed_has_what_it_must() -> None:
    assert {"version", "title", "items", "feed_url", "home_page_url"} <= JSON.keys()
    assert [item for item in JSON["items"] if not (isinstance(item["id"], str) and item["content_html"])] == []


def test_a_json_feed_goes_on_at_its_next_url() -> None:
    assert JSON["next_url"] == CHAIN.older


def test_files_are_attachments_of_a_json_item() -> None:
    assert JSON["items"][0]["attachments"] == [
        {"url": "https://audio.example/one%20two.mp3", "mime_type": "audio/mpeg"},
        {"url": "https://audio.example/2.mp4", "mime_type": "video/mp4", "size_in_bytes": 9},
    ]


def test_the_dates_of_a_json_feed_have_a_zone() -> None:
    assert [item for item in JSON["items"] if not RFC_3339.fullmatch(item["date_published"])] == []


def test_what_json_feed_has_no_field_for_stands_in_objects_named_with_an_underscore() -> None:
    known = {"id", "url", "title", "summary", "content_html", "date_published", "authors", "language", "tags", "image", "attachments"}
    assert {name for name in JSON["items"][0] if name not in known} == {"_broadsheet"}
