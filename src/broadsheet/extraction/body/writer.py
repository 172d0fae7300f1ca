"""From kept blocks to one piece of clean, structured HTML.

The list is written in order; which elements are open follows from comparing the boxes around a block with those around the one
before. So lists nest and tables stand as on the page, and nothing is ever looked up in the tree again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from broadsheet.extraction.body.figures import Figure
from broadsheet.extraction.body.ground import Ground
from broadsheet.extraction.body.inline import escaped_attribute, escaped_text, inline_html
from broadsheet.extraction.body.quotes import Speaker
from broadsheet.extraction.embeds import Embed
from broadsheet.markup.blocks import Block, Box
from broadsheet.model import Picture

_STRUCTURE = {
    "ul": "ul", "ol": "ol", "li": "li", "table": "table", "caption": "caption", "thead": "thead", "tbody": "tbody", "tfoot": "tfoot", "tr": "tr",
    "td": "td", "th": "th", "blockquote": "blockquote", "pre": "pre", "dl": "dl", "dt": "dt", "dd": "dd", "aside": "aside",
    "h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h5", "h6": "h6",
}  # fmt: skip
_HOLDER = {
    "li": ("ul", "ol"), "tr": ("table", "thead", "tbody", "tfoot"), "td": ("tr",), "th": ("tr",), "thead": ("table",), "tbody": ("table",),
    "tfoot": ("table",), "caption": ("table",), "dt": ("dl",), "dd": ("dl",),
}  # fmt: skip
_LINES = frozenset(("li", "td", "th", "dt", "dd", "caption"))
_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6", "pre"))
_NO_FIGURE = _HEADINGS | {"ul", "ol", "table", "thead", "tbody", "tfoot", "tr", "dl"}
_NO_EMBED = _NO_FIGURE | {"blockquote"}  # a post's own quotation is what became the embed
_ATTRIBUTES = {"td": ("colspan", "rowspan"), "th": ("colspan", "rowspan", "scope"), "ol": ("start", "reversed", "type"), "li": ("value",)}

Step = tuple[int, str]  # index of the box (or -1 - the block's, for a paragraph of our own) and the tag it is written with


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A thematic break."""

    index: int


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """An embed where it stands."""

    index: int
    embed: Embed


Item = Block | Figure | Placed | Rule | Speaker


def write_body(ground: Ground, items: Iterable[Item], base: str) -> str:
    """The HTML of *items*, which are in document order. Not yet sanitised."""
    writer = _Writer(ground, base)
    for item in items:
        writer.add(item)
    writer.move(())
    return "".join(writer.out)


class _Writer:
    def __init__(self, ground: Ground, base: str) -> None:
        self.out: list[str] = []
        self._ground, self._base = ground, base
        self._open: tuple[Step, ...] = ()
        self._last_cell = -1  # index of the cell written last
        self._paths: dict[int, tuple[Step, ...]] = {}
        self._around_core = _around(ground.flat.boxes, ground.core)

    def add(self, item: Item) -> None:
        match item:
            case Block():
                self._add_text(item)
            case Figure():
                self._add_whole(item.index, figure_html(item.picture), _NO_FIGURE)
            case Placed():
                self._add_whole(item.index, embed_html(item.embed), _NO_EMBED)
            case Speaker():
                self._add_speaker(item)
            case Rule():
                self._add_whole(item.index, "<hr>", _NO_EMBED)

    def _add_text(self, block: Block) -> None:
        path = self._path(block.box)
        last = path[-1][1] if path else ""
        box = self._ground.flat.boxes[path[-1][0]] if path else None
        alone = box is not None and box.last - box.first == 1
        if last not in _HEADINGS and not (last in _LINES and alone):
            path = (*path, (-1 - block.index, "p"))
        if path == self._open:
            self.out.append("\n" if last == "pre" else " ")
        self.move(path)
        self.out.append(inline_html(block, self._base, preformatted=last == "pre"))

    def _add_speaker(self, speaker: Speaker) -> None:
        """Who is quoted, as a line of its own at the end of the quotation."""
        self.move((*self._path(speaker.quote), (-1 - speaker.index, "p")))
        html = inline_html(speaker.block, self._base)
        self.out.append(html if "<cite>" in html else f"<cite>{html}</cite>")

    def _add_whole(self, index: int, html: str, outside: frozenset[str]) -> None:
        """Something that stands by itself: in the item or cell it is in, but right inside none of *outside*."""
        path = self._path(self._ground.flat.blocks[index].box)
        while path and path[-1][1] in outside:
            path = path[:-1]
        self.move(path)
        self.out.append(html)

    def move(self, path: tuple[Step, ...]) -> None:
        """Close what *path* is not in, open what it is."""
        same = 0
        for one, other in zip(self._open, path, strict=False):
            if one != other:
                break
            same += 1
        self.out.extend(f"</{tag}>" for _, tag in reversed(self._open[same:]))
        self.out.extend(self._start(step) for step in path[same:])
        self._open = path

    def _start(self, step: Step) -> str:
        index, tag = step
        if tag in ("td", "th"):
            return self._skipped_cells(index) + self._opened(index, tag)
        return self._opened(index, tag)

    def _skipped_cells(self, index: int) -> str:
        """Empty cells for those of the row that are not written, so that the cell *index* stays in its column."""
        boxes = self._ground.flat.boxes
        row = boxes[index].parent
        skipped = [box for box in boxes[max(row, self._last_cell) + 1 : index] if box.parent == row and box.tag in ("td", "th")]
        self._last_cell = index
        return "".join(f"{self._opened(box.index, box.tag)}</{box.tag}>" for box in skipped)

    def _opened(self, index: int, tag: str) -> str:
        names = _ATTRIBUTES.get(tag)
        if names is None or index < 0:
            return f"<{tag}>"
        attributes = self._ground.flat.boxes[index].node.attributes
        stated = [f' {name}="{escaped_attribute(attributes[name] or name)}"' for name in names if name in attributes]
        return f"<{tag}{''.join(stated)}>"

    def _path(self, index: int) -> tuple[Step, ...]:
        """The elements around what stands in a box, outermost first. Those around the core are the page's frame, not the article's."""
        if index in self._paths:
            return self._paths[index]
        box = self._ground.flat.boxes[index]
        outer = self._path(box.parent) if box.parent >= 0 and index not in self._around_core else ()
        tag = None if index in self._around_core else _STRUCTURE.get(box.tag)
        inside = outer[-1][1] if outer else ""
        if tag is not None and inside not in _HEADINGS and _fits(tag, inside):
            outer = (*outer, (index, tag))
        self._paths[index] = outer
        return outer


def _fits(tag: str, inside: str) -> bool:
    """Whether *tag* may stand right inside *inside*: a cell needs its row, a list holds only items."""
    holders = _HOLDER.get(tag)
    if holders is not None:
        return inside in holders
    return inside not in ("ul", "ol", "table", "tr", "thead", "tbody", "tfoot", "dl") and not (tag == "aside" and inside == "aside")


def _around(boxes: tuple[Box, ...], core: int) -> frozenset[int]:
    found = set()
    at = core
    while at >= 0:
        found.add(at)
        at = boxes[at].parent
    return frozenset(found)


def figure_html(picture: Picture) -> str:
    """A picture with its caption, and its credit as `<cite>` within."""
    stated: Mapping[str, object] = {"src": picture.url, "alt": picture.alt or "", "width": picture.width_px, "height": picture.height_px}
    image = "".join(f' {name}="{escaped_attribute(str(value))}"' for name, value in stated.items() if value is not None)
    words = escaped_text(picture.caption) if picture.caption else ""
    credit = f"<cite>{escaped_text(picture.credit)}</cite>" if picture.credit else ""
    caption = f"<figcaption>{' '.join(filter(None, (words, credit)))}</figcaption>" if words or credit else ""
    return f"<figure><img{image}>{caption}</figure>"


def embed_html(embed: Embed) -> str:
    """A foreign player as a link with its still picture, in words a screen reader can read out."""
    said = escaped_text(f"{embed.provider}: {embed.title}" if embed.title else embed.provider)
    poster = f'<img src="{escaped_attribute(embed.poster)}" alt="" class="poster">' if embed.poster else ""
    return f'<figure class="embed">{poster}<figcaption><a href="{escaped_attribute(embed.url)}">{said}</a></figcaption></figure>'
