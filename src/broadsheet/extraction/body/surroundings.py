"""What stands around each box: class words, tags, and where it lies from the core. Boxes of one make, side by side, share it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import msgspec

from broadsheet.extraction.body.sums import Sums
from broadsheet.extraction.body.tokens import tokens_of
from broadsheet.markup.blocks import Box

MAX_WORDS = 300
"""Class words around one box; a page made to do harm could have millions."""

HIDDEN = frozenset(("#hidden",))
"""Stands among class words for a box that its own mark-up hides."""

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

HEADING_LEVELS = 3
"""A line is a heading's if the heading element is its box or at most two boxes up (`<h2><div>…`)."""

_INNER = frozenset(("p", "li", "td", "th", "tr", "tbody", "thead", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption"))
_DISCUSSION = frozenset(("comments", "commentlist", "comment", "disqus", "kommentare", "commentaires", "comentarios"))


Make = tuple[str, str, str]
"""The shapes of a box and of the two around it: lines of one make are set by one template, wherever they stand."""


class Setting(msgspec.Struct, eq=False, gc=False):
    """What a box has in common with its neighbours of the same make.

    Every question about the element and the boxes around it has one answer for all lines of one setting, so it is asked once. A
    `Struct` that the garbage collector need not follow, since it refers to nothing that could refer back.
    """

    tag: str
    shape: str  # see `shape_of`
    make: Make
    tags: frozenset[str]  # of the box and all boxes around it; `wide-` before a tag: the element holds much of the text
    outer: Setting | None  # that of the box around
    own: frozenset[str]  # class words of the box itself
    hidden: bool  # by the mark-up of the box or of one around it
    discussed: bool  # inside a section of readers' comments, whatever share of the page that has
    wide: bool  # holds much of the text
    heading: int  # boxes up to the nearest heading element, HEADING_LEVELS or more if there is none near
    inner: int  # boxes up to the one that groups it with its like: the list, table or section around it
    crowd: int  # class words of the box and all boxes around it, those they share counted again
    _words: frozenset[str] | None = None

    @property
    def is_crowded(self) -> bool:
        """Whether there are so many class words around it that its own are not added."""
        return self.crowd > MAX_WORDS and not self.own <= self.words

    @property
    def words(self) -> frozenset[str]:
        """Class words of the box and all boxes around it, the outermost first if there are more than MAX_WORDS."""
        if self._words is None:
            path, at = [self], self.outer
            while at is not None and at._words is None:
                path.append(at)
                at = at.outer
            words = at._words if at is not None and at._words is not None else _NONE
            if self.crowd <= MAX_WORDS and len(path) > 2:  # all but the last two are not asked again
                words = words.union(*[one.own for one in path[2:]])
                path = path[:2]
            for one in reversed(path):
                words = one._words = words if len(words) > MAX_WORDS else words | one.own
        return self._words or _NONE


_NONE = frozenset[str]()
_OUTSIDE = Setting("", "", ("", "", ""), _NONE, None, _NONE, hidden=False, discussed=False, wide=True, heading=HEADING_LEVELS, inner=0, crowd=0)


class Surroundings:
    """The setting of each box of a page, each made from its parent's when it is first asked for."""

    def __init__(self, boxes: Sequence[Box], path: Mapping[int, int], like: Sums, wide: float) -> None:
        """*path* has the core and the boxes around it. *like* sums the article-like text; a box with *wide* of it holds much of it."""
        self._boxes, self._path, self._like, self._wide = boxes, path, like, wide
        self._known: list[Setting | None] = [None] * len(boxes)
        self._alike: dict[tuple[Setting, str, str, bool, bool], Setting] = {}

    def of(self, index: int) -> Setting:
        """The setting of the box *index*."""
        known = self._known
        if (setting := known[index]) is not None:
            return setting
        at, missing = index, []
        while at >= 0 and (setting := known[at]) is None:
            missing.append(at)
            at = self._boxes[at].parent
        setting = (known[at] if at >= 0 else None) or _OUTSIDE
        for at in reversed(missing):
            box, outer = self._boxes[at], setting
            wide = outer.wide and self._like[at] >= self._wide  # what holds little holds nothing that holds much
            if at in self._path:
                setting = self._made(outer, box, wide=wide)
            else:
                make = (outer, box.tag, box.tokens, box.hidden, wide)
                setting = self._alike.get(make) or self._alike.setdefault(make, self._made(outer, box, wide=wide))
            known[at] = setting
        return setting

    def _made(self, outer: Setting, box: Box, *, wide: bool) -> Setting:
        tag = box.tag
        own = tokens_of(box.tokens) if box.tokens else _NONE
        named = "wide-" + tag if wide else tag
        shape = shape_of(box)
        return Setting(
            tag,
            shape,
            (shape, outer.make[0], outer.make[1]),
            outer.tags if named in outer.tags else outer.tags | {named},
            outer,
            own | HIDDEN if box.hidden else own,
            hidden=outer.hidden or box.hidden,
            # What holds the core (`class="comments-open"`) does not count.
            discussed=box.index not in self._path and (outer.discussed or is_discussion(box.tokens)),
            wide=wide,
            heading=0 if tag in HEADINGS else outer.heading + 1,
            inner=outer.inner + 1 if tag in _INNER and box.parent >= 0 else 0,
            crowd=outer.crowd + len(own),
        )


def shape_of(box: Box) -> str:
    """Tag and classes: what boxes of one template have in common."""
    return f"{box.tag} {box.tokens}"


@lru_cache(maxsize=20_000)
def is_discussion(names: str) -> bool:
    """Whether class names say that readers discuss the article here."""
    return bool(names) and not _DISCUSSION.isdisjoint(tokens_of(names))
