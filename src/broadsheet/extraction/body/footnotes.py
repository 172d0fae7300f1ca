"""Footnotes: marks in the text that lead to notes further down, and links back. Their ids are our own, unlike in any two articles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from broadsheet.extraction.body.choose import Choice
from broadsheet.extraction.body.ground import Ground
from broadsheet.markup.blocks import Block

MAX_MARKS = 1_000
"""Marks of one article; a page made to do harm could have millions."""

NOTE_BLOCKS = 8
"""Blocks of one note; what holds more is a section that a table of contents leads to."""

MAX_SHARE = 0.25
"""Notes that hold more than this share of the kept text's letters are a paper's list of references, judged like any other list."""

REASON = "a footnote"

_SAFE = ' rel="noopener noreferrer">'
_MARK = re.compile(r"[\[(（［【〔]?\s*(?:\d{1,3}|[*†‡§¶※]{1,3}|[a-z])\s*[\])）］】〕.]?", re.I)  # digits of any script
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


class Mark(NamedTuple):
    """A link within the page: the line it stands in, and the id that it leads to."""

    line: int
    target: str
    node: LexborNode


@dataclass(frozen=True, slots=True)
class Note:
    """A note: its number, the box that its id stands on (-1 for a line without one of its own), and its blocks."""

    number: int
    box: int
    blocks: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Footnotes:
    """The notes of an article. *starts* has the start tags of the links to them and back, by the link's `mem_id`."""

    notes: tuple[Note, ...]
    starts: Mapping[int, str]
    led_back: frozenset[int]  # numbers of the notes with a link back of their own
    key: str

    def id_of(self, note: Note) -> str:
        """The id of *note*, as an attribute."""
        return f' id="fn-{self.key}-{note.number}"'

    def way_back(self, note: Note) -> str:
        """A link from *note* to its mark."""
        return f'<a href="#fnref-{self.key}-{note.number}"{_SAFE}↩</a>'

    def anchor(self, node: LexborNode) -> str | None:
        """The start tag of a link to a note, or back from one; None for any other link."""
        return self.starts.get(node.mem_id)


def with_footnotes(choices: Sequence[Choice]) -> list[Choice]:
    """*choices* with every note kept that a mark in the kept text leads to, however short it is and full of links.

    Unless the notes are more than MAX_SHARE: on one of 793 pages at hand that was a list of 30 papers, which the gold leaves out.
    """
    marks = [mark for mark in _links_within([choice.spot.block for choice in choices if choice.kept]) if _is_mark(mark)]
    if not marks:
        return list(choices)
    noted = {index for note in _notes(choices[0].spot.ground, marks).values() for index in note.blocks}
    added = [choice for choice in choices if choice.spot.block.index in noted and not choice.kept]
    if sum(choice.spot.mass for choice in added) > MAX_SHARE * sum(choice.spot.mass for choice in choices if choice.kept):
        return list(choices)
    return [replace(choice, kept=True, reason=REASON) if choice.spot.block.index in noted and not choice.kept else choice for choice in choices]


def footnotes_of(ground: Ground, lines: Sequence[Block], url: str) -> Footnotes | None:
    """The footnotes among *lines*, the text that is shown; None if there are none. *url* makes their ids unlike another article's."""
    links = list(_links_within(lines))
    if not links:
        return None
    shown = {line.index for line in lines}
    notes = {target: note for target, note in _notes(ground, filter(_is_mark, links)).items() if not shown.isdisjoint(note.blocks)}
    if not notes:
        return None
    key = blake2b(url.encode(), digest_size=3).hexdigest()
    starts = dict(_starts(links, notes, key))
    written = frozenset(starts.values())
    led_back = frozenset(note.number for note in notes.values() if f'<a href="#fnref-{key}-{note.number}"{_SAFE}' in written)
    return Footnotes(tuple(notes.values()), starts, led_back, key)


def _starts(links: Sequence[Mark], notes: Mapping[str, Note], key: str) -> Iterator[tuple[int, str]]:
    """The start tag of each link to a note (the first to each bears the id that leads back) and of each link back."""
    marked: set[int] = set()
    within = {index: note for note in notes.values() for index in note.blocks}
    for link in links:
        note = notes.get(link.target)
        if note is not None and link.line < note.blocks[0]:
            back = "" if note.number in marked else f' id="fnref-{key}-{note.number}"'
            marked.add(note.number)
            yield link.node.mem_id, f'<a href="#fn-{key}-{note.number}"{back}{_SAFE}'
        elif (own := within.get(link.line)) is not None and own.number in marked:
            yield link.node.mem_id, f'<a href="#fnref-{key}-{own.number}"{_SAFE}'


def _links_within(lines: Iterable[Block]) -> Iterator[Mark]:
    """The links of *lines* that lead to another place of the page."""
    for line in lines:
        if line.links:
            for piece in line.pieces:
                if isinstance(piece, LexborNode) and piece.tag == "a" and (href := (piece.attrs.get("href") or "").strip())[:1] == "#" and href[1:]:
                    yield Mark(line.index, href[1:], piece)


def _is_mark(link: Mark) -> bool:
    return _MARK.fullmatch(link.node.text().strip()) is not None


def _notes(ground: Ground, marks: Iterable[Mark]) -> dict[str, Note]:
    """The note behind each target that a mark further up leads to."""
    first: dict[str, int] = {}
    for mark in marks:
        if len(first) < MAX_MARKS:
            first.setdefault(mark.target, mark.line)
    notes: dict[str, Note] = {}
    places = dict(_places(ground, frozenset(first)))
    for target, line in first.items():
        box, blocks = places.get(target, (-1, ()))
        if blocks and len(blocks) <= NOTE_BLOCKS and line < blocks[0]:
            notes[target] = Note(len(notes) + 1, box, blocks)
    return notes


def _places(ground: Ground, targets: frozenset[str]) -> Iterator[tuple[str, tuple[int, tuple[int, ...]]]]:
    """Where each id of *targets* stands: on a box that is no heading and holds none, or inside a line."""
    blocks = ground.flat.blocks
    for box in ground.flat.boxes[ground.root :]:
        if box.tokens and (own := box.node.attrs.get("id")) in targets and box.tag not in _HEADINGS:
            inside = blocks[box.first : min(box.last, box.first + NOTE_BLOCKS + 1)]
            if not any(ground.flat.boxes[block.box].tag in _HEADINGS for block in inside):
                yield own or "", (box.index, tuple(block.index for block in inside if block.kind == "text"))
    root = ground.flat.boxes[ground.root]
    for block in blocks[root.first : root.last]:
        for piece in block.pieces:
            if isinstance(piece, LexborNode) and (own := piece.attrs.get("id") or piece.attrs.get("name")) in targets:
                yield own or "", (-1, (block.index,))
