"""Formulas: MathML as it stands on the page, and the TeX behind a picture of a formula; each inside its line or alone.

The walk ends a line at the boxes inside a `<math>` and at every picture, so a sentence with a formula in it may arrive in parts:
`joined` puts them together again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from selectolax.lexbor import LexborNode

from broadsheet.extraction.body.ground import Ground
from broadsheet.extraction.body.tokens import tokens_of
from broadsheet.markup.blocks import Block
from broadsheet.markup.tree import attribute_text, escaped
from broadsheet.markup.vocabulary import ATTRIBUTES, MATHS
from broadsheet.text.plain import collapse

MAX_NODES = 3_000
"""Elements and texts of a formula that are written."""

MAX_TEX = 1_000
"""The longest TeX taken, in characters."""

MAX_EMOJI = 12
"""Code points of one emoji: a family of four has seven, each with a shade of skin eleven."""

MAX_PARTS = 200
"""Blocks that one formula, or pictures in one line, may cut a sentence into."""

Piece = str | LexborNode | None

_PICTURED = frozenset(("latex", "tex", "mathjax", "katex", "mwe", "equation", "formula"))
_EMOJI = frozenset(("emoji", "smiley", "twemoji"))
_STYLED = re.compile(r"^\{?\s*\\displaystyle\s*(.*?)\s*\}?$", re.S)
_DELIMITED = re.compile(r"^(\$\$?|\\\(|\\\[)\s*(.*?)\s*(\$\$?|\\\)|\\\])$", re.S)
_SILENT = frozenset(("annotation", "annotation-xml", "mphantom", "maction", "script", "style"))


def formula_html(node: LexborNode) -> str:
    """A `<math>` element with what we let through of it; of a pictured formula its TeX, of an emoji its character."""
    if node.tag == "math":
        return _math(node)
    said = collapse(node.attrs.get("alt") or "")[:MAX_TEX]
    return f'<code class="math">{escaped(bare_tex(said))}</code>' if is_pictured_formula(node) else escaped(said)


def is_pictured_formula(node: LexborNode) -> bool:
    """Whether a picture shows a formula, and says which: `<img class="latex" alt="x^2">` and the like."""
    names = node.attrs.get("class")
    return bool(names) and not _PICTURED.isdisjoint(tokens_of(names or "")) and bool(node.attrs.get("alt"))


def is_emoji(node: LexborNode) -> bool:
    """Whether a picture stands for one character: its `alt` is that character."""
    names = node.attrs.get("class")
    if not names or _EMOJI.isdisjoint(tokens_of(names)):
        return False
    said = node.attrs.get("alt") or ""
    return 0 < len(said) <= MAX_EMOJI and not said.isascii()


def bare_tex(tex: str) -> str:
    """TeX without the marks that part it from text, and without the style that an encyclopedia sets around every formula."""
    inner = found[2] if (found := _DELIMITED.match(tex)) else tex
    return found[1] if (found := _STYLED.match(inner)) else inner


def joined(ground: Ground, lines: Sequence[Block]) -> list[Block]:
    """*lines* (text blocks in order), with sentences put together that a formula or an emoji had cut, and these in them."""
    out: list[Block] = []
    blocks, end = ground.flat.blocks, -1  # index of the last block used up
    pictured = bool(lines) and ground.images[min(lines[-1].index + 2, len(blocks))] > ground.images[max(lines[0].index - 1, 0)]
    for line in lines:
        if line.index <= end:
            continue
        parts = _parts(ground, line)
        if pictured:
            if out and out[-1].box == line.box and end == line.index - 1 and blocks[end].kind == "image":
                parts = [out.pop(), *parts]
            else:
                parts = [*reversed(_pictures(ground, line, range(line.index - 1, end, -1))), *parts]
            parts += _pictures(ground, line, range(parts[-1].index + 1, len(blocks)))
        end = max(end, parts[-1].index, line.index)
        out.append(line if len(parts) == 1 else _one_line(parts))
    return out


def _parts(ground: Ground, line: Block) -> list[Block]:
    """*line* and, while a `<math>` is open at the end of it, the blocks that its boxes (`semantics`, `mtable`) were cut into."""
    parts, blocks = [line], ground.flat.blocks
    while len(parts) < MAX_PARTS and _open_formula(parts[-1].pieces) and parts[-1].index + 1 < len(blocks):
        parts.append(blocks[parts[-1].index + 1])
    return parts


def _open_formula(pieces: Sequence[Piece]) -> bool:
    """Whether a run of text ends inside a formula."""
    if len(pieces) == 1 or list(map(type, pieces)).count(str) + 2 * pieces.count(None) >= len(pieces):
        return False  # as many ends as elements: asked of every line
    open_now: list[str | None] = []
    for piece in pieces:
        if piece is None:
            open_now[-1:] = []
        elif isinstance(piece, LexborNode):
            open_now.append(piece.tag)
    return "math" in open_now


def _pictures(ground: Ground, line: Block, indices: range) -> list[Block]:
    """The pictures in the line of *line*, one after another at *indices*."""
    if not indices or ground.flat.blocks[indices[0]].kind != "image":
        return []
    near = (ground.flat.blocks[index] for index in indices[:MAX_PARTS])
    return list(takewhile(lambda block: block.kind == "image" and block.box == line.box and stands_in_line(block), near))


def stands_in_line(block: Block) -> bool:
    """Whether the picture *block* is part of a sentence: a pictured formula or an emoji."""
    node = block.pieces[0]
    return isinstance(node, LexborNode) and (is_pictured_formula(node) or is_emoji(node))


def _one_line(parts: Sequence[Block]) -> Block:
    first = next(part for part in parts if part.kind == "text")
    text = " ".join(part.text for part in parts if part.text)
    mass, links = sum(part.mass for part in parts), sum(part.link_mass for part in parts)
    pieces = tuple(_all_pieces(parts))
    return Block(first.index, first.box, "text", text, mass, links, pieces, sum(part.links for part in parts), first.line_number)


def _all_pieces(parts: Sequence[Block]) -> Iterator[Piece]:
    """The pieces of all *parts*; every part is closed before the next, which opens it anew, but a formula is not written twice."""
    known: set[int] = set()
    for part in parts:
        pieces = (part.pieces[0], None) if part.kind == "image" else part.pieces
        open_now: list[bool] = []  # per open element: whether it is, or is in, a formula that an earlier part holds
        for piece in pieces:
            if piece is None:
                if open_now and not open_now.pop():
                    yield None
            elif isinstance(piece, LexborNode):
                again = bool(open_now and open_now[-1]) or (piece.tag == "math" and piece.mem_id in known)
                open_now.append(again)
                if piece.tag == "math":
                    known.add(piece.mem_id)
                if not again:
                    yield piece
            elif not (open_now and open_now[-1]):
                yield piece
        yield from [None for again in open_now if not again]


def _math(node: LexborNode) -> str:
    """MathML's presentation elements; what only wraps (`semantics`, `mstyle`) gives its content, what only a program reads is left out."""
    out: list[str] = []
    stack: list[LexborNode | str] = [node]
    for _ in range(MAX_NODES):
        if not stack:
            break
        at = stack.pop()
        if isinstance(at, str):
            out.append(at)
            continue
        tag = at.tag or ""
        if tag == "-text":
            out.append(escaped(at.text_content or ""))
        elif tag[:1] not in ("-", "!") and tag not in _SILENT and len(stack) < MAX_NODES:
            kept = tag in MATHS
            out.append(f"<{tag}{_stated(at, tag)}>" if kept else "")
            stack.extend([f"</{tag}>"] if kept else [])
            stack.extend(reversed(list(at.iter(include_text=True))))
    out.extend(item for item in reversed(stack) if isinstance(item, str))
    return "".join(out)


def _stated(node: LexborNode, tag: str) -> str:
    stated = {name: value for name in sorted(ATTRIBUTES.get(tag, ())) if (value := node.attrs.get(name))}
    if tag == "math" and "alttext" not in stated and (tex := _annotation(node)):
        stated["alttext"] = tex
    if "alttext" in stated:
        stated["alttext"] = bare_tex(collapse(stated["alttext"])[:MAX_TEX])
    return attribute_text(stated)


def _annotation(node: LexborNode) -> str:
    """The TeX that a formula carries along for programs."""
    found = node.css_first('annotation[encoding="application/x-tex"]')
    return found.text() if found is not None else ""
