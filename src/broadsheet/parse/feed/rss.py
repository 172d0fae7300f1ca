"""RSS 0.91 to 2.0, and what calls itself so."""

from __future__ import annotations

from broadsheet.model import Feed
from broadsheet.parse.feed.channel import channel_values
from broadsheet.parse.feed.dialect import Dialect
from broadsheet.parse.feed.item import read_item
from broadsheet.parse.feed.names import Element, Names
from broadsheet.parse.feed.values import Place


def _head(root: Element, names: Names, place: Place) -> Feed:
    """What is said under `<rss>`, or under a bare `<channel>`."""
    channel = next((child for child in root.iterchildren("{*}channel", "{*}Channel")), root)
    return Feed(url=place.feed_url, dialect="rss", **channel_values(channel, names, place.at(channel) if channel is not root else place))


# Items are taken wherever they stand: in a broken feed they nest.
RSS = Dialect(tags=("{*}item", "{*}Item", "{*}ITEM"), entry=read_item, head=_head)
