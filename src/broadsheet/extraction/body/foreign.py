"""Words that stand in the text but are not the article's own: captions of pictures, quoted posts of other platforms, unseen labels.

Captions go with their figures; of a post a link remains, where it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from broadsheet.extraction.body.choose import Choice
from broadsheet.extraction.body.ground import Ground
from broadsheet.extraction.body.inline import links_of
from broadsheet.extraction.body.writer import Placed
from broadsheet.extraction.embeds import is_quoted_post, quoted_post
from broadsheet.markup.blocks import Box, is_for_screen_readers

LEVELS = 4
"""A post's quotation is at most this many boxes above its words."""


LABEL_MASS = 60
"""A longer line that only screen readers show may be text: some pages fold a paragraph away like that."""


def without_foreign_words(choices: Sequence[Choice]) -> list[Choice]:
    """The choices with captions and the words of quoted posts dropped, however sure the odds were."""
    return [replace(choice, kept=False, reason=reason) if choice.kept and (reason := _foreign(choice)) else choice for choice in choices]


def posts_of(ground: Ground, first: int, last: int, base: str) -> Iterable[Placed]:
    """The quoted posts that begin between two blocks, each where its quotation begins."""
    end = first
    for box in ground.flat.boxes:
        provider = is_quoted_post(box)
        if provider is None or not end <= box.first <= last:
            continue
        end = box.last
        inside = ground.flat.blocks[box.first : box.last]
        links = [link for block in inside if block.kind == "text" for link in links_of(block, base)]
        if inside and (embed := quoted_post(box, provider, links)):
            yield Placed(inside[0].index, embed)


def _foreign(choice: Choice) -> str:
    """Whose words a block holds, "" if the article's. A wide `<figure>` is no figure: some pages wrap their text in one."""
    spot = choice.spot
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


def _shows_something(choice: Choice, box: Box) -> bool:
    """Whether there is a picture or a player in *box*; a `<figure>` may also hold a quotation or a table."""
    images = choice.spot.ground.images
    return images[box.last] > images[box.first]
