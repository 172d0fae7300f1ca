"""Which tables hold figures and facts: these are kept or dropped whole, whatever their cells would weigh one by one.

A cell is short, has no sentence and often only digits: judged by itself it looks like a menu. A table is told by its shape instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from broadsheet.extraction.body.choose import Choice
from broadsheet.extraction.body.ground import Ground

FEWEST = 2
"""Rows, and cells in most of them: with less it is a frame or a list."""

MAX_LINKED = 0.5
"""A table with more of its letters in links leads elsewhere: rankings, menus, quotations with charts behind them."""

MAX_CELLS = 5_000
"""A table with more cells is not counted, and judged like any other list."""

_PARTS = frozenset(("thead", "tbody", "tfoot"))
_NOT_IN_DATA = frozenset(("table", "form", "nav", "button", "h1", "article", "figure"))


def data_tables(choices: Sequence[Choice], groups: Mapping[int, Sequence[int]]) -> frozenset[int]:
    """Of the wholes in *groups* (index of a box, and the places in *choices* of what it holds), the tables that stand among kept text.

    Either kept text stands right before and right after, in the box that holds the table too; or on one side only, and the table has
    a caption or heads of columns.
    """
    return frozenset(
        whole for whole, places in groups.items() if _is_data(choices[places[0]].spot.ground, whole) and _among_text(choices, whole, places)
    )


def _is_data(ground: Ground, table: int) -> bool:
    boxes = ground.flat.boxes
    if boxes[table].tag != "table" or ground.above[table] > 0 or ground.link_mass[table] > MAX_LINKED * ground.mass[table]:
        return False
    rows: dict[int, int] = {}
    for box in boxes[table + 1 : table + 1 + MAX_CELLS]:
        if box.depth <= boxes[table].depth:
            break
        if box.tag in _NOT_IN_DATA:
            return False
        if box.tag in ("td", "th"):
            rows[box.parent] = rows.get(box.parent, 0) + 1
    return sum(cells >= FEWEST for cells in rows.values()) >= max(FEWEST, len(rows) / 2)


def _among_text(choices: Sequence[Choice], table: int, places: Sequence[int]) -> bool:
    ground = choices[places[0]].spot.ground
    before, after = _holds(choices, table, places[0] - 1), _holds(choices, table, places[-1] + 1)
    return (before and after) or ((before or after) and _is_headed(ground, table))


def _holds(choices: Sequence[Choice], table: int, place: int) -> bool:
    """Whether there is kept text at *place*, in the box around the table."""
    if not 0 <= place < len(choices) or not choices[place].kept:
        return False
    boxes = choices[place].spot.ground.flat.boxes
    frame = boxes[table].parent
    return _inside(choices[place], frame) or (frame >= 0 and _inside(choices[place], boxes[frame].parent))


def _inside(choice: Choice, index: int) -> bool:
    if index < 0:
        return False
    box = choice.spot.ground.flat.boxes[index]
    return box.first <= choice.spot.block.index < box.last


def _is_headed(ground: Ground, table: int) -> bool:
    boxes = ground.flat.boxes
    inside = boxes[table + 1 : table + 1 + 40]
    return any(box.tag in ("th", "caption") and box.depth > boxes[table].depth for box in inside)
