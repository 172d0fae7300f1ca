"""The links inside a block of the page, with their words."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from broadsheet.markup.blocks import Block
from broadsheet.text.plain import collapse


def links_of(block: Block) -> Iterator[tuple[str, LexborNode]]:
    """Each `<a>` of *block* that holds words, in order."""
    if not block.links:
        return
    opened: list[tuple[LexborNode, int]] = []  # inline elements we are inside of, and how many words were read before each
    words: list[str] = []
    for piece in block.pieces:
        if isinstance(piece, str):
            words.append(piece)
        elif piece is not None:
            opened.append((piece, len(words)))
        elif opened:
            node, start = opened.pop()
            if node.tag == "a" and (text := collapse("".join(words[start:]))):
                yield text, node
    for node, start in opened:  # a link around several lines ends in a later block
        if node.tag == "a" and (text := collapse("".join(words[start:]))):
            yield text, node
