"""From a layout to one piece of clean, structured HTML.

The list is written in order; which elements are open follows from comparing the boxes around a block with those around the one
before. So lists nest and tables stand as on the page, and nothing is ever looked up in the tree again. What is written is spelled
as the sanitiser spells it (`inline.py`).
"""

from __future__ import annotations

from broadsheet.extraction.body.figures import Figure
from broadsheet.extraction.body.frames import Frame
from broadsheet.extraction.body.galleries import Gallery
from broadsheet.extraction.body.ground import Ground
from broadsheet.extraction.body.inline import escaped_attribute, inline_html
from broadsheet.extraction.body.items import Item, Layout, Placed, Ready, Rule
from broadsheet.extraction.body.objects import embed_html, figure_html, gallery_html
from broadsheet.extraction.body.quotes import Speaker
from broadsheet.markup.blocks import Block

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
_NO_BLOCKS = frozenset(("ul", "ol", "table", "tr", "thead", "tbody", "tfoot", "dl"))
_NO_FIGURE = _HEADINGS | _NO_BLOCKS
_NO_EMBED = _NO_FIGURE | {"blockquote"}  # a post's own quotation is what became the embed
_ATTRIBUTES = {"td": ("colspan", "rowspan"), "th": ("colspan", "rowspan", "scope"), "ol": ("start", "reversed", "type"), "li": ("value",)}

Step = tuple[int, str]  # index of the box (or -1 - the block's, for a paragraph of our own) and the tag it is written with


def write_body(ground: Ground, layout: Layout, base: str) -> str:
    """The HTML of *layout*. Not yet sanitised."""
    writer = _Writer(ground, layout, base)
    for item in layout.items:
        writer.add(item)
    writer.move(())
    return "".join(writer.out)


class _Writer:
    def __init__(self, ground: Ground, layout: Layout, base: str) -> None:
        self.out: list[str] = []
        self._boxes, self._blocks, self._below = ground.flat.boxes, ground.flat.blocks, ground.below
        self._layout, self._base = layout, base
        self._anchors = layout.notes.anchor if layout.notes is not None else None
        self._open: tuple[Step, ...] = ()
        self._last_cell = -1  # index of the cell written last
        self._paths: dict[int, tuple[Step, ...]] = {-1: ()}

    def add(self, item: Item) -> None:
        match item:
            case Block():
                self._add_text(item)
            case Figure():
                self._add_whole(item.index, figure_html(item.picture), _NO_FIGURE)
            case Gallery():
                self._add_whole(item.index, gallery_html(item), _NO_FIGURE)
            case Placed():
                self._add_whole(item.index, embed_html(item.embed), _NO_EMBED)
            case Speaker():
                self._add_speaker(item)
            case Ready():
                self._add_whole(item.index, item.html, _NO_EMBED)
            case Rule():
                self._add_whole(item.index, "<hr>", _NO_EMBED)

    def _add_text(self, block: Block) -> None:
        path = self._path(block.box)
        last = path[-1][1] if path else ""
        if last not in _HEADINGS and not (last in _LINES and self._is_alone(path[-1][0]) and block.index not in self._layout.lines):
            path = (*path, (-1 - block.index, "p"))
        if path == self._open:
            self.out.append("\n" if last == "pre" else "<br>" if block.line_number else " ")
        else:
            self.move(path)
        self.out.append(inline_html(block, self._base, preformatted=last == "pre", anchors=self._anchors))
        if self._layout.tails and (tail := self._layout.tails.get(block.index)):
            self.out.append(tail)

    def _is_alone(self, box: int) -> bool:
        """Whether there is but one block in *box*."""
        return self._boxes[box].last - self._boxes[box].first == 1

    def _add_speaker(self, speaker: Speaker) -> None:
        """Who is quoted, as a line of its own at the end of the quotation."""
        self.move((*self._path(speaker.quote), (-1 - speaker.index, "p")))
        html = inline_html(speaker.block, self._base)
        self.out.append(html if "<cite>" in html else f"<cite>{html}</cite>")

    def _add_whole(self, index: int, html: str, outside: frozenset[str]) -> None:
        """Something that stands by itself: in the item or cell it is in, but right inside none of *outside*."""
        path = self._path(self._blocks[index].box)
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
        for step in reversed(self._open[same:]):
            self.out.append(self._end(step))
        for step in path[same:]:
            self.out.append(self._start(step))
        self._open = path

    def _end(self, step: Step) -> str:
        frame = self._layout.frames.get(step[0])
        return f"{frame.closing}</{step[1]}>" if frame is not None else f"</{step[1]}>"

    def _start(self, step: Step) -> str:
        index, tag = step
        if index < 0:
            return f"<p{self._layout.lines.get(-1 - index, '')}>"
        if (frame := self._layout.frames.get(index)) is not None:
            return f"<{tag}{frame.attributes}>{frame.opening}"
        if tag in ("td", "th"):
            return self._skipped_cells(index) + self._opened(index, tag)
        return self._opened(index, tag)

    def _skipped_cells(self, index: int) -> str:
        """Empty cells for those of the row that are not written, so that the cell *index* stays in its column."""
        row = self._boxes[index].parent
        skipped = [box for box in self._boxes[max(row, self._last_cell) + 1 : index] if box.parent == row and box.tag in ("td", "th")]
        self._last_cell = index
        return "".join(f"{self._opened(box.index, box.tag)}</{box.tag}>" for box in skipped)

    def _opened(self, index: int, tag: str) -> str:
        names = _ATTRIBUTES.get(tag)
        if names is None:
            return f"<{tag}>"
        attributes = self._boxes[index].node.attributes
        stated = [f' {name}="{escaped_attribute(attributes[name] or name)}"' for name in names if name in attributes] if attributes else ()
        return f"<{tag}{''.join(stated)}>"

    def _path(self, index: int) -> tuple[Step, ...]:
        """The elements around what stands in a box, outermost first. Those around the core are the page's frame, not the article's."""
        known = self._paths.get(index)
        if known is not None:
            return known
        if self._below[index] <= 0:  # around the core
            path: tuple[Step, ...] = ()
        else:
            box = self._boxes[index]
            path = self._path(box.parent)
            tag = self._tag(index, box.tag)
            inside = path[-1][1] if path else ""
            if tag and inside not in _HEADINGS and _fits(tag, inside):
                path = (*path, (index, tag))
        self._paths[index] = path
        return path

    def _tag(self, index: int, tag: str) -> str:
        frame: Frame | None = self._layout.frames.get(index)
        return _STRUCTURE.get(tag, "") if frame is None else frame.tag


def _fits(tag: str, inside: str) -> bool:
    """Whether *tag* may stand right inside *inside*: a cell needs its row, a list holds only items."""
    holders = _HOLDER.get(tag)
    if holders is not None:
        return inside in holders
    return inside not in _NO_BLOCKS and not (tag == "aside" and inside == "aside")
