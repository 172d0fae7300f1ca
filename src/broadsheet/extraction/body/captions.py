"""Captions that no element and no class name marks: they say what the picture's alternative text says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from broadsheet.extraction.body.choose import Choice
from broadsheet.extraction.body.ground import Ground
from broadsheet.markup.blocks import Block
from broadsheet.text.plain import comparison_key

SHORTEST = 10
"""Letters and digits that a caption and an alternative text do not share by chance."""

WITHIN = 2
"""Blocks in front of a caption among which its picture stands: some pages show it once more for readers without scripts."""

MORE = 40
"""Letters and digits by which a caption may go on where the alternative text ends: a credit."""

LONG = 60
"""Letters (20 Han characters) from which such a line is a caption on any page, and not the name of a thing shown above it."""

REASON = "says what the picture's alternative text says"


def without_alternative_texts(choices: Sequence[Choice]) -> list[Choice]:
    """*choices* without the lines right behind a picture that are its alternative text once more.

    Evidence: 6 such lines were kept on 144 news and Chinese pages, all foreign to the text. In guides and shops 19 of 23 were names of
    things, each above its description; so there only long ones count.
    """
    return [replace(choice, kept=False, reason=REASON) if choice.kept and _is_caption(choice) else choice for choice in choices]


def _is_caption(choice: Choice) -> bool:
    spot = choice.spot
    return not spot.heading and (spot.ground.news or spot.mass >= LONG) and says_the_alternative_text(spot.ground, spot.block)


def says_the_alternative_text(ground: Ground, block: Block) -> bool:
    """Whether *block* stands right behind a picture, and says the same as its `alt`, perhaps with a credit after it."""
    for other in reversed(ground.flat.blocks[max(block.index - WITHIN, 0) : block.index]):
        if other.kind == "text":
            return False
        if other.kind == "image" and _same(ground.key(block.index), comparison_key(_alt(other))):
            return True
    return False


def _same(said: str, alt: str) -> bool:
    return len(alt) >= SHORTEST and said.startswith(alt) and len(said) <= len(alt) + MORE


def _alt(block: Block) -> str:
    node = block.pieces[0]
    return "" if node is None or isinstance(node, str) else node.attributes.get("alt") or ""
