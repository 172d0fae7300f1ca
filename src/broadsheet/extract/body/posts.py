"""Posts of other platforms quoted in an article: their words are not the article's; each becomes a link where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from broadsheet.extract.body.choose import Choice
from broadsheet.extract.body.ground import Ground
from broadsheet.extract.body.inline import links_of
from broadsheet.extract.body.writer import Placed
from broadsheet.extract.embeds import is_quoted_post, quoted_post

LEVELS = 4
"""A post's quotation is at most this many boxes above its words."""


def without_posts(choices: Sequence[Choice]) -> list[Choice]:
    """The choices with the words of quoted posts dropped."""
    return [replace(choice, kept=False, reason="a post") if choice.kept and _in_post(choice) else choice for choice in choices]


def posts_of(ground: Ground, first: int, last: int, base: str) -> Iterable[Placed]:
    """The quoted posts that begin between two blocks, each where its quotation begins."""
    end = first
    for box in ground.list.boxes:
        provider = is_quoted_post(box)
        if provider is None or not end <= box.first <= last:
            continue
        end = box.last
        inside = ground.list.blocks[box.first : box.last]
        links = [link for block in inside if block.kind == "text" for link in links_of(block, base)]
        if inside and (embed := quoted_post(box, provider, links)):
            yield Placed(inside[0].index, embed)


def _in_post(choice: Choice) -> bool:
    boxes, at = choice.spot.ground.list.boxes, choice.spot.block.box
    for _ in range(LEVELS):
        if at < 0:
            return False
        if boxes[at].tokens and is_quoted_post(boxes[at]):
            return True
        at = boxes[at].parent
    return False
