"""JSON Feed 1.0 and 1.1 (jsonfeed.org)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from broadsheet.errors import NotAFeed
from broadsheet.model import Enclosure, Entry, Feed
from broadsheet.parse.feed.values import Place, distinct, html, html_from_text, plain
from broadsheet.text import xml_text

_MAX_ITEMS = 50_000
_MAX_VALUES = 2_000_000  # counted by their commas and brackets: some 150 MB of objects


def read_json(text: str, place: Place) -> Feed:
    """The feed in *text*. Values of the wrong type count as absent: ids are numbers, authors strings, and so on."""
    feed = _loaded(text, place)
    items = feed.get("items")
    if not isinstance(items, list) or not ("jsonfeed" in str(feed.get("version")) or any(_is_item(item) for item in items[:3])):
        raise NotAFeed(place.feed_url, "is JSON, but no JSON Feed")
    return Feed(
        url=place.feed_url,
        dialect="json",
        title=plain(_text(feed.get("title"))),
        home_url=place.link(_text(feed.get("home_page_url"))),
        description=plain(_text(feed.get("description"))),
        language=_text(feed.get("language")),
        entries=tuple(_entry(item, place) for item in items[:_MAX_ITEMS] if isinstance(item, dict)),
        self_url=place.link(_text(feed.get("feed_url"))),
        hub_urls=distinct(place.link(_text(hub.get("url"))) for hub in _objects(feed.get("hubs"))),
        next_url=place.link(_text(feed.get("next_url"))),
        image_url=place.link(_text(feed.get("icon")) or _text(feed.get("favicon"))),
    )


def _loaded(text: str, place: Place) -> Mapping[str, Any]:
    if sum(text.count(sign) for sign in "[{,") > _MAX_VALUES:
        raise NotAFeed(place.feed_url, f"is JSON with more than {_MAX_VALUES:,} values")
    try:
        loaded = json.loads(text.lstrip("\ufeff"), strict=False)  # not strict: line breaks inside strings
    except (ValueError, RecursionError) as error:
        raise NotAFeed(place.feed_url, "begins like JSON but cannot be read as JSON") from error
    if not isinstance(loaded, dict):
        raise NotAFeed(place.feed_url, "is JSON, but no JSON Feed")
    return loaded


def _is_item(item: object) -> bool:
    return isinstance(item, dict) and ("id" in item or "url" in item) and bool({"title", "content_html", "content_text"} & item.keys())


def _entry(item: Mapping[str, Any], place: Place) -> Entry:
    guid = _text(item.get("id"))
    link = place.link(_text(item.get("url"))) or place.link(_text(item.get("external_url")))
    return Entry(
        guid=guid,
        link=link or (place.link(guid) if guid and guid.startswith(("http://", "https://")) else None),
        title=plain(_text(item.get("title"))),
        summary_html=html_from_text(_text(item.get("summary"))),
        content_html=html(_text(item.get("content_html"))) or html_from_text(_text(item.get("content_text"))),
        authors=_authors(item),
        published=place.date(_text(item.get("date_published"))),
        updated=place.date(_text(item.get("date_modified"))),
        categories=distinct(plain(_text(tag)) for tag in _list(item.get("tags"))),
        enclosures=tuple(_enclosures(item, place)),
        language=_text(item.get("language")),
        base_url=link,
    )


def _authors(item: Mapping[str, Any]) -> tuple[str, ...]:
    """Names from `authors` (1.1) or `author` (1.0), which may be objects, strings, or a list of either."""
    said = item.get("authors") or item.get("author")
    people = said if isinstance(said, list) else [said]
    return distinct(plain(_text(one.get("name") or one.get("url")) if isinstance(one, dict) else _text(one)) for one in people[:100])


def _enclosures(item: Mapping[str, Any], place: Place) -> Iterator[Enclosure]:
    pictures: tuple[str, ...] = distinct(place.link(_text(item.get(name))) for name in ("image", "banner_image"))
    for url in pictures:
        yield Enclosure(url=url, medium="image")
    for one in _objects(item.get("attachments"))[:100]:
        address = place.link(_text(one.get("url")))
        if address and address not in pictures:
            size = one.get("size_in_bytes")
            yield Enclosure(url=address, type=_text(one.get("mime_type")), size_bytes=size if isinstance(size, int) and 0 < size < 10**15 else None)


def _text(value: object) -> str | None:
    """A string, or a number written as one; anything else is None. Without what XML could not carry."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    return xml_text(str(value)).strip() or None


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _objects(value: object) -> list[Mapping[str, Any]]:
    return [one for one in _list(value) if isinstance(one, dict)]
