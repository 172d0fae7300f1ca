"""RSS 2.0 with the namespaces that full-text readers use: content, dc, dcterms, media, atom, sy, and fh for archives (RFC 5005).

Order matters: `description` stands before `content:encoded`, since some readers keep the last of the two they meet. Other language
editions are `related`, never `alternate`: readers built on SimplePie prefer an item's `atom:link rel="alternate"` to its `link`
and would open the wrong language.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

from broadsheet import __version__
from broadsheet.model import Collection
from broadsheet.publish import xml
from broadsheet.publish.item import SOURCES_AT_HAND, Item, ItemFile, ItemImage, feed_updated, language_tag
from broadsheet.publish.options import PublishOptions
from broadsheet.publish.plain import plain, web_address

MEDIA_TYPE = "application/rss+xml"
FOOT = b"</channel>\n</rss>\n"
TTL_MINUTES = 60
NOWHERE = "https://broadsheet.invalid/"
"""The link of a channel that has no page of its own: RSS wants one."""

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "fh": "http://purl.org/syndication/history/1.0",
    "media": "http://search.yahoo.com/mrss/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
}


def head(collection: Collection, options: PublishOptions) -> bytes:
    """Everything before the first item."""
    declared = "".join(f' xmlns:{prefix}="{name}"' for prefix, name in _NAMESPACES.items())
    return f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"{declared}>\n<channel>\n{_channel(collection, options)}'.encode()


def entry(item: Item) -> bytes:
    """One item."""
    return b"".join((_summary(item).encode(), xml.cdata("content:encoded", item.html), _details(item).encode(), b"</item>\n"))


def _summary(item: Item) -> str:
    about = xml.known("description", xml.known_text(item.summary)) if item.summary else ""
    return f"<item>{xml.title(item.title)}{xml.known('link', item.url)}{about}"


def _details(item: Item) -> str:
    """Everything behind the text."""
    return "".join((
        f'<guid isPermaLink="false">{item.id}</guid>\n',
        *[xml.known("dc:creator", person.name) for person in item.authors],
        *[xml.known("dc:contributor", person.name) for person in item.contributors],
        xml.known("dc:language", item.language),
        *_categories(item),
        f"<pubDate>{rfc822(item.published)}</pubDate>\n",
        xml.known("dcterms:modified", item.updated.isoformat(timespec="seconds") if item.updated else None),
        xml.known("comments", item.comments_url),
        _source(item.source.url, item.source.title) if item.source else "",
        _enclosure(item.files[0]) if item.files else "",
        _picture(item.image) if item.image else "",
        *[xml.empty("media:content", _file(one)) for one in item.files],
        *[xml.empty("atom:link", {"rel": "related", "href": e.url, "hreflang": e.language}) for e in item.editions],
        f'<atom:link rel="via" href="{xml.address(item.via)}"/>\n' if item.via else "",
    ))  # fmt: skip


def rfc822(at: datetime) -> str:
    """*at* as RSS and HTTP want it; English whatever the system speaks, and in a quarter of the time of `email.utils`."""
    utc = at.astimezone(UTC)
    return f"{_DAYS[utc.weekday()]}, {utc.day:02} {_MONTHS[utc.month - 1]} {utc.year:04} {utc.hour:02}:{utc.minute:02}:{utc.second:02} +0000"


def _channel(collection: Collection, options: PublishOptions) -> str:
    name = plain(collection.title) or collection.slug
    return "".join((
        xml.title(name),
        xml.leaf("link", web_address(options.home_url or collection.home_url) or options.self_url or NOWHERE),
        xml.leaf("description", plain(collection.description) or name),
        xml.leaf("language", language_tag(collection.language)),
        xml.leaf("lastBuildDate", rfc822(feed_updated(collection))),
        xml.leaf("generator", f"Broadsheet {__version__}"),
        xml.leaf("ttl", str(TTL_MINUTES)),
        xml.leaf("sy:updatePeriod", "hourly"),
        xml.leaf("sy:updateFrequency", "1"),
        xml.links(options, MEDIA_TYPE, name="atom:link"),
        "<fh:archive/>\n" if options.chain.archive else "",
    ))  # fmt: skip


@lru_cache(maxsize=SOURCES_AT_HAND)
def _source(url: str, title: str) -> str:
    """The publisher's feed that an item came from."""
    address = web_address(url)
    return xml.leaf("source", plain(title) or address, {"url": address}) if address else ""


def _enclosure(file: ItemFile) -> str:
    """The one file that RSS has room for; 0 stands for a length not known."""
    return xml.empty("enclosure", {"url": file.url, "length": file.size_bytes or 0, "type": file.type})


def _file(file: ItemFile) -> dict[str, str | int | None]:
    return {"url": file.url, "medium": file.medium, "type": file.type, "fileSize": file.size_bytes or None}


def _categories(item: Item) -> list[str]:
    domain = f' domain="{xml.address(item.scheme)}"' if item.scheme else ""
    return [f"<category{domain}>{xml.known_text(tag)}</category>\n" for tag in item.tags]


def _picture(image: ItemImage) -> str:
    url = xml.address(image.url)
    sizes = "".join([f' {name}="{value}"' for name, value in (("width", image.width_px), ("height", image.height_px)) if value])
    caption = f'<media:description type="plain">{xml.known_text(image.caption)}</media:description>\n' if image.caption else ""
    return (
        f'<media:content url="{url}" medium="image" type="{image.type}"{sizes}>{caption}{xml.known("media:credit", image.credit)}</media:content>\n'
        f'<media:thumbnail url="{url}"{sizes}/>\n'
    )
