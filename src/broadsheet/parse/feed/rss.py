"""RSS 0.91 to 2.0, and what calls itself so."""

from __future__ import annotations

from broadsheet.model import Feed
from broadsheet.parse.feed.channel import channel_values
from broadsheet.parse.feed.item import read_item
from broadsheet.parse.feed.names import Element, Names
from broadsheet.parse.feed.values import Place


def read_rss(root: Element, names: Names, place: Place) -> Feed:
    """The feed under `<rss>` (or a bare `<channel>`). Items are taken wherever they stand: in a broken feed they nest."""
    channel = next((child for child in root.iterchildren("{*}channel", "{*}Channel")), root)
    inside = place.at(channel) if channel is not root else place
    items = root.iter("{*}item", "{*}Item", "{*}ITEM")
    return Feed(
        url=place.url, dialect="rss", entries=tuple(read_item(item, names, inside) for item in items), **channel_values(channel, names, inside)
    )
