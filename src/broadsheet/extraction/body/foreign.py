"""Words that stand in the text but are not the article's own: captions of pictures, quoted posts of other platforms, unseen
labels, the title under which another paper ran it.

Captions go with their figures; of a post a link remains, where it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from broadsheet.extraction.body.choose import Choice
from broadsheet.extraction.body.ground import Ground
from broadsheet.extraction.body.inline import links_of
from broadsheet.extraction.body.spots import Spot
from broadsheet.extraction.embeds import Embed, embed_of, is_facade, is_quoted_post, quoted_post
from broadsheet.markup.blocks import Box, is_for_screen_readers

LEVELS = 4
"""A post's quotation is at most this many boxes above its words."""


_EARLIER_TITLE = re.compile(r"[（(\[【]?\s*原[标標][题題]\s?[:：]")
"""How Chinese news opens that is taken from another paper: "(original title: …)". None of 13 such lines on dev pages is in the gold."""

LINKED = 0.98
"""The share of a heading's letters in links from which it is nothing but a link."""

LABEL_MASS = 60
"""A longer line that only screen readers show may be text: some pages fold a paragraph away like that."""


_SHORTENED = re.compile(r"\s*\b(?:https?://t\.co|pic\.(?:twitter|x)\.com)/\w+", re.ASCII)  # a picture's address, which says nothing


def without_foreign_words(choices: Sequence[Choice]) -> list[Choice]:
    """The choices with captions and the words of quoted posts dropped, however sure the odds were."""
    return [replace(choice, kept=False, reason=reason) if choice.kept and (reason := _foreign(choice)) else choice for choice in choices]


def quoted_posts(ground: Ground, first: int, last: int, base: str) -> Iterator[tuple[int, Embed]]:
    """The quoted posts that begin between two blocks, each with the index of its first block."""
    end, boxes = first, ground.flat.boxes
    for box in boxes[bisect_left(boxes, first, key=lambda box: box.first) :]:
        if box.first > last:
            return
        if is_facade(box) and end <= box.first < len(ground.flat.blocks) and (embed := embed_of(box.node, base)):
            yield box.first, embed
        if not box.tokens or box.first < end or (provider := is_quoted_post(box)) is None:
            continue
        end = box.last
        inside = ground.flat.blocks[box.first : box.last]
        links = [link for block in inside if block.kind == "text" for link in links_of(block, base)]
        said = " ".join(block.text for block in inside if block.kind == "text" and block.link_mass < block.mass)
        if inside and (embed := quoted_post(box, provider, links, _SHORTENED.sub("", said))):
            yield inside[0].index, embed


def _foreign(choice: Choice) -> str:
    """Whose words a block holds, "" if the article's. A wide `<figure>` is no figure: some pages wrap their text in one."""
    spot = choice.spot
    if _EARLIER_TITLE.match(spot.text):
        return "an earlier title"
    if spot.heading and spot.linked >= LINKED and _is_card(spot):
        return "a teaser"
    boxes, at = spot.ground.flat.boxes, spot.block.box
    for _ in range(LEVELS):
        if at < 0 or not spot.ground.narrow(at):
            return ""
        box = boxes[at]
        if box.tag == "figcaption" or (box.tag == "figure" and _shows_something(choice, box) and "table" not in spot.tags):
            return "a caption"
        if is_quoted_post(box):
            return "a post"
        if box.tokens and spot.mass < LABEL_MASS and is_for_screen_readers(box.tokens):
            return "a label for screen readers"
        at = box.parent
    return ""


def _is_card(spot: Spot) -> bool:
    """Whether the box around a line holds a picture and no other text: picture and headline of another story."""
    ground = spot.ground
    box = ground.flat.boxes[spot.outer.index if spot.outer.index != spot.block.box else max(spot.outer.parent, 0)]
    return ground.texts[box.last] - ground.texts[box.first] == 1 and ground.images[box.last] > ground.images[box.first]


def _shows_something(choice: Choice, box: Box) -> bool:
    """Whether there is a picture or a player in *box*; a `<figure>` may also hold a quotation or a table."""
    images = choice.spot.ground.images
    return images[box.last] > images[box.first]
