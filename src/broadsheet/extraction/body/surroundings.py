"""What the boxes around a box are called: the words in their classes, and their tags. Worked out for the boxes asked about only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from broadsheet.extraction.body.tokens import tokens_of
from broadsheet.markup.blocks import Box

MAX_WORDS = 300
"""Class words around one box; a page made to do harm could have millions."""

HIDDEN = frozenset(("#hidden",))
"""Stands among class words for a box that its own mark-up hides."""


class Names(NamedTuple):
    """Class words and tags of a box and of all boxes around it; `wide-` before a tag: the element holds much of the text."""

    words: frozenset[str]
    tags: frozenset[str]


class Surroundings:
    """The names around each box of a page. Each box's are made from its parent's, once."""

    def __init__(self, boxes: Sequence[Box], wide: Sequence[bool]) -> None:
        self._boxes, self._wide = boxes, wide
        self._known: list[Names | None] = [None] * len(boxes)
        self._outside = Names(frozenset(), frozenset())

    def of(self, index: int) -> Names:
        """The names around the box *index*, its own among them."""
        path = []
        while index >= 0 and self._known[index] is None:
            path.append(index)
            index = self._boxes[index].parent
        names = (self._known[index] if index >= 0 else None) or self._outside
        for inner in reversed(path):
            names = self._known[inner] = self._within(names, self._boxes[inner])
        return names

    def _within(self, outer: Names, box: Box) -> Names:
        own = tokens_of(box.tokens) if box.tokens else frozenset[str]()
        if box.hidden:
            own = own | HIDDEN
        words = outer.words if own <= outer.words or len(outer.words) > MAX_WORDS else outer.words | own
        tag = "wide-" + box.tag if self._wide[box.index] else box.tag
        tags = outer.tags if tag in outer.tags else outer.tags | {tag}
        return Names(words, tags)
