"""RSS 0.90 and 1.0: the channel and its items side by side under `rdf:RDF`."""

from __future__ import annotations

from broadsheet.model import Feed
from broadsheet.parse.feed.channel import channel_values
from broadsheet.parse.feed.item import read_item
from broadsheet.parse.feed.names import Element, Names
from broadsheet.parse.feed.values import Place


def read_rdf(root: Element, names: Names, place: Place) -> Feed:
    """The feed under `rdf:RDF`, in the order of its items (the `rdf:Seq` in the channel repeats it, if at all)."""
    channel = next((child for child in root.iterchildren("{*}channel")), root)
    items = root.iter("{*}item")
    return Feed(
        url=place.url,
        dialect="rdf",
        entries=tuple(read_item(item, names, place) for item in items),
        **channel_values(channel, names, place.at(channel)),
    )
