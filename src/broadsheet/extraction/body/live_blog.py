"""Live blogs: each post as a block of its own, its time above it.

The times stand on the page (`<time datetime>`) or, where a script writes them, in the data of the page; which lines make up a post
is told by the boxes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from selectolax.lexbor import LexborNode

from broadsheet.extraction.body.frames import Frame
from broadsheet.extraction.body.ground import Ground
from broadsheet.extraction.body.inline import escaped_attribute, escaped_text
from broadsheet.extraction.body.tokens import tokens_of
from broadsheet.markup.blocks import Block, Box
from broadsheet.markup.page import Page
from broadsheet.markup.story import each, first_text, plain_text, types_of
from broadsheet.text.plain import collapse, comparison_key

FEWEST = 2
"""Posts with a time of their own; with fewer it is an article."""

MAX_POSTS = 1_000
"""Posts of one live blog whose times are looked for in the page's data."""

BEGINNING = 40
"""Letters and digits by which a post on the page is known as the one in the data."""

MAX_SHOWN = 24
"""The longest time shown in the page's own words, in characters: "12:05", "3. Mai, 14.30 Uhr", "下午3时20分"."""

_NAMES = (frozenset(("liveblog",)), frozenset(("live", "blog")), frozenset(("liveticker",)), frozenset(("live", "ticker")), frozenset(("livestory",)))
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ](\d{2}:\d{2})")
_CLOCK = re.compile(r"\d{1,2}\s?[:.h：時时시点點]\s?\d{0,2}", re.ASCII)


class Moment(NamedTuple):
    """When a post was written, and the block that it is told at."""

    at: int
    stated: str  # as in `datetime`
    shown: str


class Posts(NamedTuple):
    """The posts of a live blog: *frames* by box; for those without a box, what stands *before* a block; lines that are *used* up."""

    frames: Mapping[int, Frame]
    before: Mapping[int, str]
    used: frozenset[int]


NO_POSTS = Posts({}, {}, frozenset())


def posts_of(page: Page, ground: Ground, inner: Sequence[Box], lines: Sequence[Block]) -> Posts:
    """The posts that *lines* make up; NO_POSTS for a page that is no live blog."""
    updates = [update for thing in page.json_ld if "liveblogposting" in types_of(thing) for update in each(thing.get("liveBlogUpdate"))]
    if not updates and not _is_named(ground, inner):
        return NO_POSTS
    moments = list(_on_page(ground, lines))
    if len(moments) < FEWEST:
        moments = list(_in_data(ground, lines, updates[:MAX_POSTS]))
    return _posts(ground, moments, lines) if len(moments) >= FEWEST else NO_POSTS


def _is_named(ground: Ground, inner: Sequence[Box]) -> bool:
    """Whether the box of a post, or one around the article, is called a live blog."""
    boxes, at = ground.flat.boxes, ground.core
    around = []
    while at >= 0:
        around.append(boxes[at])
        at = boxes[at].parent
    return any(_says_live(box.tokens) for box in (*around, *inner) if box.tokens)


def _says_live(names: str) -> bool:
    if "live" not in names.lower():
        return False
    words = tokens_of(names)
    return any(said <= words for said in _NAMES)


def _on_page(ground: Ground, lines: Sequence[Block]) -> Iterator[Moment]:
    """The `<time>` elements from a little before the first line to the last, with a time of day."""
    if not lines:
        return
    for block in ground.flat.blocks[max(lines[0].index - 3, 0) : lines[-1].index + 1]:
        for piece in block.pieces:
            if isinstance(piece, LexborNode) and piece.tag == "time" and (found := _MOMENT.match(piece.attrs.get("datetime") or "")):
                yield Moment(block.index, piece.attrs.get("datetime") or "", _shown(collapse(piece.text()), found[1]))
                break


def _shown(words: str, clock: str) -> str:
    """The time as the page shows it; if that is relative ("3 minutes ago") or nothing, the clock's."""
    return words if len(words) <= MAX_SHOWN and _CLOCK.search(words) else clock


def _in_data(ground: Ground, lines: Sequence[Block], updates: Sequence[Any]) -> Iterator[Moment]:
    """The times of posts whose headline or text begins one of *lines*."""
    stated: dict[str, Moment] = {}
    for update in updates:
        when = first_text(update.get("datePublished")) if isinstance(update, Mapping) else None
        if when and (found := _MOMENT.match(when)):
            for name in ("headline", "articleBody"):
                said = update.get(name)
                if isinstance(said, str) and (key := comparison_key(plain_text(said[: 5 * BEGINNING]))[:BEGINNING]):
                    stated.setdefault(key, Moment(-1, when, found[1]))
    used: set[str] = set()
    for line in lines:
        moment = stated.get(ground.key(line.index)[:BEGINNING])
        if moment is not None and moment.stated not in used:
            used.add(moment.stated)
            yield moment._replace(at=line.index)


def _posts(ground: Ground, moments: Sequence[Moment], lines: Sequence[Block]) -> Posts:
    frames: dict[int, Frame] = {}
    before: dict[int, str] = {}
    used = frozenset(moment.at for moment in moments if ground.key(moment.at) == comparison_key(moment.shown))
    shown = [line.index for line in lines if line.index not in used]
    ends = [*(moment.at for moment in moments[1:]), lines[-1].index + 1]
    for number, (moment, end) in enumerate(zip(moments, ends, strict=True)):
        said = f'<p class="when"><time datetime="{escaped_attribute(moment.stated)}">{escaped_text(moment.shown)}</time></p>'
        box = _post_box(ground, moment.at, moments[number - 1].at if number else -1, end)
        if box is not None and _first_of(shown, box.first, box.last) is not None:
            frames[box.index] = Frame(tag="div", attributes=' class="post"', opening=said)
        elif (first := _first_of(shown, moment.at, end)) is not None:
            before[first] = said
    return Posts(frames, before, used)


def _first_of(shown: Sequence[int], start: int, end: int) -> int | None:
    """The first of the sorted indices *shown* from *start* to before *end*."""
    place = bisect_left(shown, start)
    return shown[place] if place < len(shown) and shown[place] < end else None


def _post_box(ground: Ground, at: int, after: int, before: int) -> Box | None:
    """The largest box around the block *at* that begins behind the block *after* and ends by the block *before*."""
    found = None
    for box in ground.flat.ancestors(ground.flat.blocks[at]):
        if ground.below[box.index] <= 0 or box.first <= after or box.last > before:
            return found
        found = box
    return found
