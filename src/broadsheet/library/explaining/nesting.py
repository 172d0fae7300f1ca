"""Blocks in the elements that hold them, as a browser can show them: boxes that open and close, and blocks between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from broadsheet.model import Around, Verdict

MAX_NEST = 10
"""Boxes drawn inside one another; on a telephone there is no room for more."""

MAX_BLOCKS = 5_000
"""Blocks shown of one form of a page. The longest of 937 news and blog pages at hand has 4,700."""

NEAR_MISS = -2.0
"""Log-odds from which a block that was left out is worth a look without being asked for; menus are far below."""


@dataclass(slots=True)
class Box:
    """An element that holds more than one thing. *active*: something in it is part of the article, or nearly was."""

    name: str
    around: Around | None = None
    kept: int = 0
    blocks: int = 0
    active: bool = False
    inside: list[Box | Verdict] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Closed:
    """Where a box ends."""


def steps(verdicts: Sequence[Verdict]) -> Iterator[Box | Verdict | Closed]:
    """*verdicts* in order, each box before what it holds and a `Closed` after it; at most MAX_BLOCKS of them."""
    yield from _drawn(_nested(verdicts[:MAX_BLOCKS]), 0)


def _nested(verdicts: Sequence[Verdict]) -> Box:
    """The tree of the elements around *verdicts*."""
    top = Box("")
    stack = [top]
    for verdict in verdicts:
        chain = _chain(verdict.around)
        shared = 0
        while shared < len(chain) and shared + 1 < len(stack) and stack[shared + 1].around is chain[shared]:
            shared += 1
        del stack[shared + 1 :]
        for around in chain[shared:]:
            box = Box(around.name, around)
            stack[-1].inside.append(box)
            stack.append(box)
        stack[-1].inside.append(verdict)
        for box in stack:
            box.blocks += 1
            box.kept += verdict.fate == "kept"
            box.active = box.active or verdict.fate != "dropped" or (verdict.odds is not None and verdict.odds > NEAR_MISS)
    return top


def _chain(around: Around | None) -> list[Around]:
    chain: list[Around] = []
    while around is not None:
        chain.append(around)
        around = around.outer
    chain.reverse()
    return chain


def _drawn(box: Box, depth: int) -> Iterator[Box | Verdict | Closed]:
    """*box* and what it holds. Recursion is bounded: the walk over a page stops at 256 elements inside one another."""
    names = [box.name]
    while len(box.inside) == 1 and isinstance(inner := box.inside[0], Box):
        box = inner
        names.append(box.name)
    box.name = " › ".join(name for name in names if name)
    is_box = depth < MAX_NEST and len(box.inside) > 1 and bool(box.name)
    if is_box:
        yield box
    for inside in box.inside:
        if isinstance(inside, Box):
            yield from _drawn(inside, depth + is_box)
        else:
            yield inside
    if is_box:
        yield Closed()
