"""What a dialect is made of: where its entries stand, and who reads one of them and the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from broadsheet.model import Entry, Feed
from broadsheet.parse.feed.names import Element, Names
from broadsheet.parse.feed.values import Place


class Dialect(NamedTuple):
    """*tags* are those of its entries, for lxml; *entry* may say None for what is no entry; *head* gives the feed without entries."""

    tags: tuple[str, ...]
    entry: Callable[[Element, Names, Place], Entry | None]
    head: Callable[[Element, Names, Place], Feed]


class Reading:
    """One feed being read: the names of its tags, and the place of the element that its entries stand in."""

    __slots__ = ("_dialect", "_inside", "_names", "_parent", "_place")

    def __init__(self, dialect: Dialect, root: Element, place: Place) -> None:
        self._dialect = dialect
        self._names = Names(root)
        self._place = place
        self._parent: Element | None = None
        self._inside = place

    def entry(self, element: Element) -> Entry | None:
        """The entry that *element* states."""
        parent = element.getparent()
        if parent is not self._parent and parent is not None:
            self._parent, self._inside = parent, self._place.within(parent)
        return self._dialect.entry(element, self._names, self._inside)

    def head(self, root: Element) -> Feed:
        """What is said of the feed as a whole."""
        return self._dialect.head(root, self._names, self._place.at(root))
