"""JSON Feed 1.1; what it has no field for stands under `_broadsheet`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from broadsheet import __version__
from broadsheet.model import Collection, Person, StoredArticle
from broadsheet.publish.atom import rfc3339
from broadsheet.publish.item import Item, ItemImage, feed_updated, language_tag
from broadsheet.publish.options import PublishOptions
from broadsheet.publish.plain import allowed, is_clean_beyond_ascii, plain, web_address

MEDIA_TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"
FOOT = b"]}\n"
BETWEEN = b",\n"

_CONTROL = re.compile(rb"\\[bfu]")
"""How JSON writes a control character that XML forbids. (Finds a backslash before such a letter too, which costs no more than time.)"""


def head(collection: Collection, options: PublishOptions) -> bytes:
    """Everything before the first item."""
    return _encoded(_feed(collection, options))[:-1] + b',"items":['


def entry(item: Item) -> bytes:
    """One item."""
    return _encoded(_item(item))


def _feed(collection: Collection, options: PublishOptions) -> dict[str, Any]:
    return {
        "version": VERSION,
        "title": plain(collection.title) or collection.slug,
        "home_page_url": web_address(options.home_url or collection.home_url),
        "feed_url": options.self_url,
        "next_url": options.chain.older,
        "description": plain(collection.description),
        "language": language_tag(collection.language),
        "hubs": [{"type": "WebSub", "url": options.hub_url}] if options.hub_url else None,
        "_broadsheet": {
            "generator": f"Broadsheet {__version__}",
            "updated": rfc3339(feed_updated(collection)),
            **({"archive": True, "current": options.chain.current} if options.chain.archive else {}),
        },
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "summary": item.summary,
        "content_html": item.html,
        "content_text": None if item.html else item.summary or item.title,  # one of the two is required
        "date_published": rfc3339(item.published),
        "date_modified": rfc3339(item.updated) if item.updated else None,
        "authors": [_person(person) for person in item.authors],
        "language": item.language,
        "tags": list(item.tags),
        "image": item.image.url if item.image else None,
        "attachments": [_without_gaps({"url": f.url, "mime_type": f.type, "size_in_bytes": f.size_bytes}) for f in item.files],
        "_broadsheet": _extension(item),
    }


def _extension(item: Item) -> dict[str, Any]:
    image, source = item.image, item.source
    return _without_gaps({
        **(_of_article(item.stored) if item.stored else {}),
        "via": item.via,
        "comments": item.comments_url,
        "contributors": [{**_person(person), "role": person.role} for person in item.contributors],
        "image": _image(image) if image else None,
        "editions": [_without_gaps({"url": e.url, "language": e.language, "relation": e.relation}) for e in item.editions],
        "source": {"id": source.id, "title": plain(source.title), "url": source.url} if source else None,
    })  # fmt: skip


def _of_article(stored: StoredArticle) -> dict[str, Any]:
    return {
        "first_seen": rfc3339(stored.first_seen),
        "revision": stored.revision,
        "access": stored.article.access,
        "completeness": stored.article.completeness,
        "kicker": plain(stored.article.kicker or ""),
    }


def _image(image: ItemImage) -> dict[str, Any]:
    return _without_gaps({"caption": image.caption, "credit": image.credit, "width": image.width_px, "height": image.height_px})


def _person(person: Person) -> dict[str, str]:
    return {"name": person.name, **({"url": person.url} if person.url else {})}


def _encoded(value: Mapping[str, Any]) -> bytes:
    """*value* in characters that the XML formats may hold too; looked at once it is written, since nearly always it does already."""
    said = _without_gaps(value)
    try:
        raw = msgspec.json.encode(said)
    except UnicodeEncodeError:  # a lone surrogate, which UTF-8 cannot hold
        return msgspec.json.encode(_writable(said))
    if _CONTROL.search(raw) is None and is_clean_beyond_ascii(raw):
        return raw
    return msgspec.json.encode(_writable(said))


def _without_gaps(value: Mapping[str, Any]) -> dict[str, Any]:
    """Without what there is nothing to say of."""
    return {name: said for name, said in value.items() if said or isinstance(said, int)}


def _writable(value: Any) -> Any:
    """*value* without the characters that XML forbids."""
    match value:
        case str():
            return allowed(value)
        case list():
            return [_writable(each) for each in value]
        case dict():
            return {name: _writable(each) for name, each in value.items()}
        case _:
            return value
