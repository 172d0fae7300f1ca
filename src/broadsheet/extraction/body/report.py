"""What became of every block of a page, for those who ask: `explain`, a failing test, a person mending a signal."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Literal, overload

from selectolax.lexbor import LexborNode

from broadsheet.extraction.body.choose import Choice, ballot
from broadsheet.extraction.body.figures import Figure
from broadsheet.extraction.body.ground import Ground
from broadsheet.markup.blocks import Block, Box
from broadsheet.model import Around, Fate, Verdict

MAX_NAME = 60
"""Letters of an element's name that are shown; some templates write a page of class names."""

MAX_PATH = 4
"""Elements of a path that are named."""

OUTSIDE = "outside the part of the page that holds the article"
FAR = "a short link far from the core"

_OWN_FIELDS = frozenset(("headline", "standfirst", "byline"))  # as `head.py` says; notes say "note: …"


class Report(Sequence[Verdict | str]):
    """A verdict on every block in reading order, made when it is first read: for most articles nobody asks why.

    Opens with two remarks: where the article was looked for, and which element held most of it.
    """

    def __init__(self, ground: Ground, choices: Sequence[Choice], *, found: Sequence[Figure], shown: frozenset[int]) -> None:
        """*found* are the figures among the text, the lead image's too; *shown* the indices of the blocks in the body."""
        self._ground, self._choices, self._found, self._shown = ground, choices, found, shown

    @cached_property
    def _verdicts(self) -> tuple[Verdict | str, ...]:
        frames = _frames(self._ground.flat.boxes)
        chosen = {choice.spot.block.index: choice for choice in self._choices}
        captions = frozenset(index for figure in self._found for index in figure.captions)
        leads = frozenset(figure.index for figure in self._found) - self._shown
        out: list[Verdict | str] = []
        if self._ground.flat.blocks:
            out.append(f"looked for in {_path(frames[self._ground.root])}")
            out.append(f"most of it in {_path(frames[self._ground.core])}")
        for block in self._ground.flat.blocks:
            around = frames[block.box]
            if block.kind == "text":
                out.append(_of_text(block, chosen.get(block.index), around, shown=block.index in self._shown, caption=block.index in captions))
            elif block.kind != "rule":
                fate: Fate = "kept" if block.index in self._shown else "own field" if block.index in leads else "dropped"
                out.append(_of_object(block, block.kind, fate, around))
        return tuple(out)

    @overload
    def __getitem__(self, at: int) -> Verdict | str: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Verdict | str]: ...
    def __getitem__(self, at: int | slice) -> Verdict | str | Sequence[Verdict | str]:
        return self._verdicts[at]

    def __len__(self) -> int:
        return len(self._verdicts)


def _of_text(block: Block, choice: Choice | None, around: Around, *, shown: bool, caption: bool) -> Verdict:
    if choice is None:
        return Verdict(fate="dropped", text=block.text, reason=OUTSIDE, around=around)
    spot = choice.spot
    if spot.far and not choice.kept:  # two blocks in five: they were never given a hearing
        return Verdict(fate="dropped", text=block.text, reason=choice.reason or FAR, around=around)
    fate: Fate = "own field" if caption or _has_own_field(choice.reason) else "kept" if choice.kept or shown else "dropped"
    reason = "caption" if caption else choice.reason
    return Verdict(fate=fate, text=block.text, reason=reason, odds=choice.odds, alone=spot.odds, votes=tuple(ballot(spot)), around=around)


def _has_own_field(reason: str) -> bool:
    return reason in _OWN_FIELDS or reason.startswith("note: ")


def _of_object(block: Block, kind: Literal["image", "embed"], fate: Fate, around: Around) -> Verdict:
    node = block.pieces[0]
    assert isinstance(node, LexborNode)
    said = node.attributes.get("alt" if kind == "image" else "src") or ""
    return Verdict(fate=fate, kind=kind, text=said.strip(), reason="lead image" if fate == "own field" else "", around=around)


def _frames(boxes: Sequence[Box]) -> list[Around]:
    """For every box its name and those around it; a box comes after the one that holds it."""
    frames: list[Around] = []
    for box in boxes:
        frames.append(Around(name=_name(box), outer=frames[box.parent] if box.parent >= 0 else None))
    return frames


def _name(box: Box) -> str:
    attributes = box.node.attributes
    own = attributes.get("id")
    classes = (attributes.get("class") or "").split()
    return "".join((box.tag, f"#{own}" if own else "", *(f".{word}" for word in classes)))[:MAX_NAME]


def _path(frame: Around) -> str:
    """The element and the few around it, outermost first."""
    names: list[str] = []
    at: Around | None = frame
    while at is not None and len(names) < MAX_PATH:
        names.append(at.name)
        at = at.outer
    return " > ".join(["…"] * (at is not None) + names[::-1])
