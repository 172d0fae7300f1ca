"""Where the article is on a page: the box with most article-like text, the one that holds all of the article, and the way to the rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from broadsheet.extraction.body.sums import Sums
from broadsheet.extraction.body.surroundings import is_discussion
from broadsheet.markup.blocks import Block, Box

CLIMB = 1.08
"""The root climbs while the parent holds 8 % more article-like text: bodies are split into containers by boxes and advertisements."""

GROW = 2.0
"""Some templates put every few paragraphs in a box of their own: the core grows over them if that doubles its text."""

GROW_LEVELS = 4

_LEAVES = frozenset(("p", "li", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "td", "th", "tr", "tbody"))


def core_and_root(boxes: Sequence[Box], likes: Sequence[Block], like: Sums, h1: int) -> tuple[int, int]:
    """The box that carries most of the article-like blocks *likes*, and the box that holds the article, headline included.

    *like* sums these blocks' letters per box; *h1* is the index of the block that shows the headline.
    """
    core = _core(boxes, _own(boxes, likes), h1)
    root = _up_to_headline(boxes, _climb(boxes, like, core), h1)
    return _grow(boxes, like, core), root


def path_of(boxes: Sequence[Box], core: int) -> dict[int, int]:
    """The core and the boxes around it, and how many steps up each is."""
    path: dict[int, int] = {}
    at = core
    while at >= 0:
        path[at] = len(path)
        at = boxes[at].parent
    return path


def distances(boxes: Sequence[Box], path: Mapping[int, int]) -> tuple[list[int], list[int]]:
    """Per box: steps from the core up to the lowest common box, and from there down to it."""
    above, below = [0] * len(boxes), [-1] * len(boxes)
    for at, steps in path.items():
        above[at], below[at] = steps, 0
    for box in boxes:
        at = box.index
        if below[at] < 0:
            above[at], below[at] = above[box.parent], below[box.parent] + 1
    return above, below


def _own(boxes: Sequence[Box], likes: Sequence[Block]) -> dict[int, float]:
    """Per box: the article-like text it carries itself, half of it lent to its parent. Boxes that carry none are left out."""
    own: defaultdict[int, float] = defaultdict(float)
    for block in likes:
        at = block.box
        while boxes[at].tag in _LEAVES and boxes[at].parent >= 0:
            at = boxes[at].parent
        own[at] += block.mass
        if boxes[at].parent >= 0:
            own[boxes[at].parent] += block.mass / 2
    return own


def _core(boxes: Sequence[Box], own: Mapping[int, float], h1: int) -> int:
    """The box with the most article-like text of its own.

    One that ends after the headline is preferred by half; a comment section, which may be longer than the article, counts a fifth.
    """
    best, best_mass = 0, -1.0
    discussed: dict[int, bool] = {}
    for at in sorted(own):
        box = boxes[at]
        less = box.tag != "body" and _in_discussion(boxes, at, discussed)
        mass = own[at] * (1.5 if h1 >= 0 and box.last > h1 else 1.0) * (0.2 if less else 1.0)
        if mass > best_mass:
            best, best_mass = at, mass
    return best


def _in_discussion(boxes: Sequence[Box], index: int, known: dict[int, bool]) -> bool:
    """Whether a box, or one around it, is named for readers' comments. *known* keeps the answers."""
    at, passed, answer = index, [], False
    while at >= 0 and not answer:
        if at in known:
            answer = known[at]
            break
        passed.append(at)
        answer = is_discussion(boxes[at].tokens)
        at = boxes[at].parent
    known.update(dict.fromkeys(passed, answer))
    return answer


def _climb(boxes: Sequence[Box], like: Sums, core: int) -> int:
    """The core, or the highest ancestor to which every step, or several together, adds article-like text."""
    top = at = core
    while (at := boxes[at].parent) >= 0:
        if like[at] >= CLIMB * like[top]:
            top = at
    return top


def _up_to_headline(boxes: Sequence[Box], root: int, h1: int) -> int:
    """The lowest box that holds the root and the headline's block; the root itself if only the whole page does.

    What stands between headline and text (the standfirst), and what stands after the text in the same frame (who contributed, who
    translated), is then looked at too.
    """
    at = root
    while h1 >= 0 and at > 0 and not boxes[at].first <= h1 < boxes[at].last:
        at = boxes[at].parent
    return at if at > 0 else root


def _grow(boxes: Sequence[Box], like: Sums, core: int) -> int:
    """The core, or the box a few levels up that holds more boxes of its template, with at least GROW times its text in all."""
    tag, tokens, at = boxes[core].tag, boxes[core].tokens, core
    if not tokens:
        return core
    same = [(box.index, box.first, box.last) for box in boxes if box.tokens == tokens and box.tag == tag]
    for _ in range(GROW_LEVELS if len(same) > 1 else 0):
        at = boxes[at].parent
        if at < 0:
            break
        # A box that holds any text lies inside another if its blocks do and it comes later.
        top = boxes[at]
        inside = sum(like[index] for index, first, last in same if index > at and top.first <= first and last <= top.last)
        if inside >= GROW * like[core]:
            return at
    return core
