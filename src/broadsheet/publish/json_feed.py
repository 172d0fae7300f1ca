"""JSON Feed 1.1; what it has no field for stands under `_broadsheet`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from broadsheet import __version__
from broadsheet.model import Collection, Person
from broadsheet.publish.atom import rfc3339
from broadsheet.publish.item import Item, ItemImage, feed_updated, items_of, language_tag, within
from broadsheet.publish.options import PublishOptions
from broadsheet.publish.plain import plain
from broadsheet.text import xml_text

VERSION = "https://jsonfeed.org/version/1.1"


def render_json(collection: Collection, options: PublishOptions) -> bytes:
    """The collection as a JSON Feed, UTF-8."""
    entries = within(options.max_bytes, (_encoded(_entry(item)) for item in items_of(collection, options)))
    head = _encoded(_head(collection, options))
    return head[:-1] + b',"items":[' + b",\n".join(entries) + b"]}\n"


def _head(collection: Collection, options: PublishOptions) -> dict[str, Any]:
    return {
        "version": VERSION,
        "title": plain(collection.title) or collection.slug,
        "home_page_url": options.home_url or collection.home_url,
        "feed_url": options.self_url,
        "description": plain(collection.description),
        "language": language_tag(collection.language),
        "hubs": [{"type": "WebSub", "url": options.hub_url}] if options.hub_url else None,
        "_broadsheet": {"generator": f"Broadsheet {__version__}", "updated": rfc3339(feed_updated(collection))},
    }


def _entry(item: Item) -> dict[str, Any]:
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
        "_broadsheet": _extension(item),
    }


def _extension(item: Item) -> dict[str, Any]:
    article, image, source = item.stored.article, item.image, item.source
    return _without_gaps({
        "first_seen": rfc3339(item.stored.first_seen),
        "revision": item.stored.revision,
        "access": article.access,
        "completeness": article.completeness,
        "kicker": plain(article.kicker or ""),
        "contributors": [{**_person(person), "role": person.role} for person in item.contributors],
        "image": _image(image) if image else None,
        "editions": [_without_gaps({"url": e.url, "language": language_tag(e.language), "relation": e.relation}) for e in item.editions],
        "source": {"id": source.id, "title": plain(source.title), "url": source.url} if source else None,
    })  # fmt: skip


def _image(image: ItemImage) -> dict[str, Any]:
    return _without_gaps({"caption": image.caption, "credit": image.credit, "width": image.width_px, "height": image.height_px})


def _person(person: Person) -> dict[str, str]:
    return {"name": person.name, **({"url": person.url} if person.url else {})}


def _encoded(value: Mapping[str, Any]) -> bytes:
    return msgspec.json.encode(_writable(_without_gaps(value)))


def _without_gaps(value: Mapping[str, Any]) -> dict[str, Any]:
    """Without what there is nothing to say of."""
    return {name: said for name, said in value.items() if said not in (None, "", [], {})}


def _writable(value: Any) -> Any:
    """The same characters as in the XML formats; above all no lone surrogates, which UTF-8 cannot hold."""
    match value:
        case str():
            return xml_text(value)
        case list():
            return [_writable(each) for each in value]
        case dict():
            return {name: _writable(each) for name, each in value.items()}
        case _:
            return value
