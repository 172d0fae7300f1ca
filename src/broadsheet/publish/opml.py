"""The list of our feeds as OPML 2.0, for readers that subscribe to all of them at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from broadsheet.model import Collection
from broadsheet.publish import xml
from broadsheet.publish.item import feed_updated, language_tag
from broadsheet.publish.plain import plain
from broadsheet.publish.rss import rfc822


def render_opml(collections: Sequence[Collection], *, title: str, feed_url: Callable[[Collection], str]) -> bytes:
    """The collections as OPML, those of one source in a folder named for its category. *feed_url* says where each one's feed is."""
    loose = [collection for collection in collections if not _category(collection)]
    folders: dict[str, list[Collection]] = {}
    for collection in collections:
        if category := _category(collection):
            folders.setdefault(category, []).append(collection)
    outlines = [_outline(collection, feed_url) for collection in loose]
    outlines += [
        xml.parent("outline", "\n" + "".join(_outline(collection, feed_url) for collection in members), {"text": name, "title": name})
        for name, members in sorted(folders.items())
    ]
    head = xml.leaf("title", plain(title))
    if collections:
        head += xml.leaf("dateModified", rfc822(max(feed_updated(collection) for collection in collections)))
    body = xml.parent("head", "\n" + head) + xml.parent("body", "\n" + "".join(outlines))
    return f'<?xml version="1.0" encoding="utf-8"?>\n<opml version="2.0">\n{body}</opml>\n'.encode()


def _category(collection: Collection) -> str:
    return plain(collection.sources[0].category or "") if len(collection.sources) == 1 else ""


def _outline(collection: Collection, feed_url: Callable[[Collection], str]) -> str:
    name = plain(collection.title) or collection.slug
    category = _category(collection)
    path = f"/{category}" if category and "/" not in category and "," not in category else None  # both divide paths in this attribute
    return xml.empty("outline", {
        "type": "rss", "text": name, "title": name, "xmlUrl": feed_url(collection), "htmlUrl": collection.home_url or None,
        "language": language_tag(collection.language), "category": path,
    })  # fmt: skip
