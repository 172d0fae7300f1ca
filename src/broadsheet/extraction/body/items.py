"""What a body is written from: its parts in the order of the page, and what the boxes and lines around them become."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from broadsheet.extraction.body.figures import Figure
from broadsheet.extraction.body.footnotes import Footnotes
from broadsheet.extraction.body.frames import Frame
from broadsheet.extraction.body.galleries import Gallery
from broadsheet.extraction.body.quotes import Speaker
from broadsheet.extraction.embeds import Embed
from broadsheet.markup.blocks import Block


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A thematic break."""

    index: int


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """An embed where it stands."""

    index: int
    embed: Embed


@dataclass(frozen=True, slots=True, eq=False)
class Ready:
    """A line of our own before the block *index*, written already."""

    index: int
    html: str


Item = Block | Figure | Gallery | Placed | Ready | Rule | Speaker


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Layout:
    """A body before it is written. *lines* and *tails* are by index of the block: attributes of its `<p>`, and HTML at its end."""

    items: tuple[Item, ...] = ()
    frames: Mapping[int, Frame] = field(default_factory=dict)
    lines: Mapping[int, str] = field(default_factory=dict)
    tails: Mapping[int, str] = field(default_factory=dict)
    notes: Footnotes | None = None
    shown: frozenset[int] = frozenset()  # the blocks that it holds
