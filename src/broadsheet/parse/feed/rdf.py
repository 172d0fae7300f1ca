"""RSS 0.90 and 1.0: the channel and its items side by side under `rdf:RDF`."""

from __future__ import annotations

from broadsheet.model import Feed
from broadsheet.parse.feed.channel import channel_values
from broadsheet.parse.feed.dialect import Dialect
from broadsheet.parse.feed.item import read_item
from broadsheet.parse.feed.names import Element, Names
from broadsheet.parse.feed.values import Place


def _head(root: Element, names: Names, place: Place) -> Feed:
    channel = next((child for child in root.iterchildren("{*}channel")), root)
    return Feed(url=place.feed_url, dialect="rdf", **channel_values(channel, names, place.at(channel) if channel is not root else place))


# In the order of the items; the `rdf:Seq` in the channel repeats it, if at all.
RDF = Dialect(tags=("{*}item",), entry=read_item, head=_head)
