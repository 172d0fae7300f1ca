"""RSS 2.0 with the namespaces that full-text readers use: content, dc, dcterms, media, atom.

Order matters: `description` stands before `content:encoded`, since some readers keep the last of the two they meet. Other language
editions are `related`, never `alternate`: readers built on SimplePie prefer an item's `atom:link rel="alternate"` to its `link`
and would open the wrong language.
"""

from __future__ import annotations

from datetime import datetime
from email.utils import format_datetime

from broadsheet import __version__
from broadsheet.model import Collection
from broadsheet.publish import xml
from broadsheet.publish.item import Item, ItemImage, feed_updated, items_of, language_tag, within
from broadsheet.publish.options import PublishOptions
from broadsheet.publish.plain import plain

TTL_MINUTES = 60
_NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "media": "http://search.yahoo.com/mrss/",
}


def render_rss(collection: Collection, options: PublishOptions) -> bytes:
    """The collection as an RSS 2.0 document, UTF-8."""
    declared = "".join(f' xmlns:{prefix}="{name}"' for prefix, name in _NAMESPACES.items())
    head = f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"{declared}>\n<channel>\n{_channel(collection, options)}'
    entries = within(options.max_bytes, (_entry(item).encode() for item in items_of(collection, options)))
    return b"".join([head.encode(), *entries, b"</channel>\n</rss>\n"])


def rfc822(at: datetime) -> str:
    """*at* as RSS and HTTP want it."""
    return format_datetime(at)


def _channel(collection: Collection, options: PublishOptions) -> str:
    name = plain(collection.title) or collection.slug
    return "".join((
        xml.title(name),
        xml.leaf("link", options.home_url or collection.home_url),
        xml.leaf("description", xml.escaped(plain(collection.description) or name)),
        xml.leaf("language", language_tag(collection.language)),
        xml.leaf("lastBuildDate", rfc822(feed_updated(collection))),
        xml.leaf("generator", f"Broadsheet {__version__}"),
        xml.leaf("ttl", str(TTL_MINUTES)),
        xml.empty("atom:link", {"rel": "self", "href": options.self_url, "type": "application/rss+xml"}) if options.self_url else "",
        xml.empty("atom:link", {"rel": "hub", "href": options.hub_url}) if options.hub_url else "",
    ))  # fmt: skip


def _entry(item: Item) -> str:
    return xml.parent("item", "".join((
        xml.title(item.title),
        xml.leaf("link", item.url),
        xml.leaf("description", xml.escaped(item.summary)),
        xml.cdata("content:encoded", item.html),
        xml.leaf("guid", item.id, {"isPermaLink": "false"}),
        *(xml.leaf("dc:creator", person.name) for person in item.authors),
        *(xml.leaf("dc:contributor", person.name) for person in item.contributors),
        xml.leaf("dc:language", item.language),
        *(xml.leaf("category", tag) for tag in item.tags),
        xml.leaf("pubDate", rfc822(item.published)),
        xml.leaf("dcterms:modified", item.updated.isoformat(timespec="seconds") if item.updated else None),
        xml.leaf("source", plain(item.source.title) or item.source.url, {"url": item.source.url}) if item.source else "",
        _media(item.image) if item.image else "",
        *(xml.empty("atom:link", {"rel": "related", "href": e.url, "hreflang": language_tag(e.language)}) for e in item.editions),
    )))  # fmt: skip


def _media(image: ItemImage) -> str:
    within_it = xml.leaf("media:description", image.caption, {"type": "plain"}) + xml.leaf("media:credit", image.credit)
    sizes = {"width": image.width_px, "height": image.height_px}
    content = {"url": image.url, "medium": "image", "type": image.type, **sizes}
    return xml.parent("media:content", within_it, content) + xml.empty("media:thumbnail", {"url": image.url, **sizes})
