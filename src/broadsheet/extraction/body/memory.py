"""What a page leaves behind for its sister pages, and the blocks that leave it because they stand on those too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from selectolax.lexbor import LexborNode

from broadsheet.extraction.body.choose import Choice
from broadsheet.extraction.body.ground import LIKE_MASS, Ground
from broadsheet.extraction.body.signals.boxes import same_shape
from broadsheet.extraction.body.spots import Spot
from broadsheet.extraction.body.tokens import tokens_of
from broadsheet.extraction.site_memory import BodyTrace, Repeats, hash_of
from broadsheet.markup.blocks import Block, Box
from broadsheet.markup.srcset import image_address

SURE = 2.0
"""A block with odds above this is text by all other signs. It leaves only when most pages hold it; one below, when two do."""

WITNESSES_AGAINST_SURE = 4
"""…and when so many do: the first three stories of a new source may be about one event, and tell its background in the same words."""

WITNESSES_AGAINST_A_LINE = 3
"""…and so many, and most pages, for a line too short to be a sentence."""

MAX_BLOCKS = 400
"""Blocks and pictures remembered of one page; the median article has 60 in its root."""

STEPS = 8
"""Elements of a path, counted from the text outwards: further out is the site's frame, which all templates share."""

MAX_STEP_WORDS = 4

_IN_LISTS = frozenset(("ul", "ol", "dl", "table"))

_VOWEL = re.compile(r"[aeiouy]")


def trace_body(ground: Ground, choices: Sequence[Choice]) -> BodyTrace:
    """What to remember of a page: every block that was weighed, kept or not, and its pictures.

    A block that was dropped here may be kept on the next page; a memory of kept blocks only would depend on the order of reading.
    """
    weighed = [choice.spot for choice in choices if choice.spot.key][:MAX_BLOCKS]
    return BodyTrace(
        path=_path(ground),
        texts=_numbers(spot.key for spot in weighed if spot.mass >= LIKE_MASS),
        lines=_numbers(spot.key for spot in weighed if spot.mass < LIKE_MASS),
        pictures=_numbers(_pictures(ground)),
    )


def without_repeated(choices: Sequence[Choice], repeats: Repeats) -> list[Choice]:
    """The choices without the blocks that belong to the site: other pages of it hold them too."""
    if not repeats.counts:
        return list(choices)
    seen = [repeats.counts.get(hash_of(choice.spot.key), 0) if choice.kept and choice.spot.key else 0 for choice in choices]
    leaves = [_is_the_sites(choice, count, repeats) for choice, count in zip(choices, seen, strict=True)]
    leaves = _lists_as_wholes(choices, leaves)
    leaves = _headings_with_their_text(choices, leaves)
    return [
        replace(choice, kept=False, reason=_seen_on(count)) if gone else choice for choice, count, gone in zip(choices, seen, leaves, strict=True)
    ]


def is_the_sites_picture(image: Block, base: str, repeats: Repeats) -> bool:
    """Whether a picture stands on most pages of the site. One whose own element names no address is nobody's: a dot until a script runs."""
    node = image.pieces[0]
    if not isinstance(node, LexborNode) or not repeats.is_common(hash_of(_as_stated(image))):
        return False
    return image_address(node.attributes, base) is not None


def _seen_on(pages: int) -> str:
    return f"seen on {pages} other pages of this site" if pages else "its list is seen on other pages of this site"


def _is_the_sites(choice: Choice, seen: int, repeats: Repeats) -> bool:
    """Whether a block seen on *seen* other pages is the site's and not the story's.

    Evidence, of the kept blocks that two other pages hold, on 646 articles of 84 sites: of 1,092 that most pages hold 73 are the
    story's (most of them a list that copies of one page share); of 62 that fewer hold, 61 are the story's: agency text told in several
    stories, all with odds above SURE. On real pages of hosts with only two others at hand, short lines recurred by chance ("1.",
    "Memory: 8 GB"): they tell less, so more pages must hold them.
    """
    if not seen or choice.spot.key.isdecimal():
        return False
    sure = choice.odds > SURE or _stands_among_the_text(choice.spot)
    if not sure and choice.spot.mass >= LIKE_MASS:
        return True
    witnesses = WITNESSES_AGAINST_SURE if sure else WITNESSES_AGAINST_A_LINE
    return seen >= witnesses and repeats.is_common(hash_of(choice.spot.key))


def _stands_among_the_text(spot: Spot) -> bool:
    """Whether a sentence bears no mark that would set it apart from the story: an element like those of most of the text, and no links.

    In some templates all odds are low; there too several stories of a day may share a paragraph.
    """
    return spot.like and spot.block.link_mass == 0 and same_shape(spot)


def _lists_as_wholes(choices: Sequence[Choice], leaves: Sequence[bool]) -> list[bool]:
    """A list or table leaves when most of it does, or stays: an ingredient or a result may well stand in another story's list."""
    kept: Counter[int] = Counter()
    gone: Counter[int] = Counter()
    for choice, leaving in zip(choices, leaves, strict=True):
        if choice.kept and not _IN_LISTS.isdisjoint(choice.spot.tags):
            kept[choice.spot.outer.index] += choice.spot.mass
            gone[choice.spot.outer.index] += choice.spot.mass * leaving
    return [
        (leaving if choice.spot.outer.index not in kept else choice.kept and gone[choice.spot.outer.index] * 2 > kept[choice.spot.outer.index])
        for choice, leaving in zip(choices, leaves, strict=True)
    ]


def _headings_with_their_text(choices: Sequence[Choice], leaves: Sequence[bool]) -> list[bool]:
    """A heading that recurs ("Background", a newsletter's own rubrics) stays as long as what it heads does."""
    out = list(leaves)
    text_follows = False
    for at in range(len(choices) - 1, -1, -1):
        if not choices[at].kept:
            continue
        if choices[at].spot.heading:
            out[at] = out[at] and not text_follows
        text_follows = not out[at] and (not choices[at].spot.heading or text_follows)
    return out


def _path(ground: Ground) -> tuple[str, ...]:
    boxes, at = ground.flat.boxes, ground.core
    steps: list[str] = []
    while at > 0 and len(steps) < STEPS:
        steps.append(_step(boxes[at]))
        at = boxes[at].parent
    return tuple(reversed(steps))


def _step(box: Box) -> str:
    """Tag and class words that look like words: those that a tool made up change with every release of a site."""
    words = [word for word in sorted(tokens_of(box.tokens)) if len(word) >= 4 and _VOWEL.search(word)]
    return ".".join((box.tag, *words[:MAX_STEP_WORDS]))


def _pictures(ground: Ground) -> Iterator[str]:
    root = ground.flat.boxes[ground.root]
    images = (block for block in ground.flat.blocks[root.first : root.last] if block.kind == "image")
    return map(_as_stated, islice(images, MAX_BLOCKS))


def _as_stated(image: Block) -> str:
    """All that a picture's element says: where its address stands differs from site to site, and finding it out costs twenty times more.

    Whole addresses are in it: many sites call every story's picture `main.jpg`, in a folder of its own.
    """
    node = image.pieces[0]
    return "\n".join(filter(None, node.attributes.values())) if isinstance(node, LexborNode) else ""


def _numbers(words: Iterable[str]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(map(hash_of, words)))
