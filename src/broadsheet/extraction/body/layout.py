"""The kept blocks, figures, players and notes in the order of the page, and what the boxes and lines around them become."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from selectolax.lexbor import LexborNode

from broadsheet.extraction.body.figures import Figure
from broadsheet.extraction.body.footnotes import Footnotes, footnotes_of
from broadsheet.extraction.body.foreign import quoted_posts
from broadsheet.extraction.body.formulas import joined
from broadsheet.extraction.body.frames import Frame, inner_boxes, named_frames
from broadsheet.extraction.body.galleries import with_galleries
from broadsheet.extraction.body.ground import Ground
from broadsheet.extraction.body.items import Item, Layout, Placed, Ready, Rule
from broadsheet.extraction.body.live_blog import posts_of
from broadsheet.extraction.body.questions import questions_of
from broadsheet.extraction.body.quotes import Speaker
from broadsheet.extraction.body.recipes import recipe_frames, recipe_of
from broadsheet.extraction.embeds import completed, embed_of, videos_in
from broadsheet.markup.blocks import Block
from broadsheet.markup.page import Page

BEHIND = 3
"""Players and posts this many blocks behind the last line still belong to the text."""


def laid_out(page: Page, ground: Ground, kept: Mapping[int, bool], figures: Sequence[Figure], speakers: Sequence[Speaker]) -> Layout:
    """Everything that the body shows. *kept* says for every text block in the root whether it is; what *speakers* hold is shown once."""
    blocks = ground.flat.blocks
    chosen = [index for index, keep in kept.items() if keep]
    if not chosen:
        return Layout()
    taken = {speaker.index for speaker in speakers}
    lines = [blocks[index] for index in chosen if index not in taken]
    inner = inner_boxes(ground, chosen)
    posts = posts_of(page, ground, inner, lines)
    lines = [line for line in lines if line.index not in posts.used]
    placed = list(_placed(page, ground, kept, chosen))
    words = sorted([*(line.index for line in lines), *taken, *(item.index for item in placed)])
    notes = footnotes_of(ground, lines, page.url)
    frames: dict[int, Frame] = {**named_frames(ground, inner), **recipe_frames(ground, recipe_of(page), lines), **posts.frames}
    attributes = dict.fromkeys(questions_of(ground, lines), ' class="question"')
    tails = _note_places(ground, notes, lines, frames, attributes) if notes is not None else {}
    lines = joined(ground, lines)
    items: list[Item] = [*(Ready(index, html) for index, html in posts.before.items()), *placed, *lines]  # in this order before one block
    items += [*with_galleries(ground, figures, words), *speakers]
    return Layout(
        items=tuple(sorted(items, key=_index)),
        frames=frames,
        lines=attributes,
        tails=tails,
        notes=notes,
        shown=frozenset((*words, *(figure.index for figure in figures))),
    )


def _index(item: Item) -> int:
    return item.index


def _placed(page: Page, ground: Ground, kept: Mapping[int, bool], chosen: Sequence[int]) -> Iterator[Placed | Rule]:
    """The players, rules and quoted posts among the text."""
    end, videos = chosen[-1] + BEHIND, None
    for block in ground.flat.blocks[chosen[0] : end]:
        if block.kind == "embed" and _among_kept(block, kept) and (embed := embed_of(_node(block), page.base_url)):
            videos = videos_in(page.json_ld) if videos is None else videos
            yield Placed(block.index, completed(embed, videos))
        elif block.kind == "rule" and block.index < chosen[-1] and ground.above[block.box] == 0:
            yield Rule(block.index)
    yield from (Placed(index, embed) for index, embed in quoted_posts(ground, chosen[0], end, page.base_url))


def _among_kept(block: Block, kept: Mapping[int, bool]) -> bool:
    """Whether a text nearby is kept."""
    return any(kept.get(at, False) for at in range(block.index - BEHIND, block.index + BEHIND + 1))


def _node(block: Block) -> LexborNode:
    node = block.pieces[0]
    assert isinstance(node, LexborNode)
    return node


def _note_places(ground: Ground, notes: Footnotes, lines: Sequence[Block], frames: dict[int, Frame], attributes: dict[int, str]) -> dict[int, str]:
    """Put the notes' ids into *frames* (items of a list) and *attributes* (lines); what leads back from those that do not themselves."""
    boxes, shown = ground.flat.boxes, {line.index for line in lines}
    tails: dict[int, str] = {}
    for note in notes.notes:
        inside = [index for index in note.blocks if index in shown]
        at = note.box if note.box >= 0 else ground.flat.blocks[inside[0]].box
        if boxes[at].tag == "li":
            frames[at] = Frame(tag="li", attributes=notes.id_of(note))
            holder = boxes[boxes[at].parent]
            if holder.tag in ("ol", "ul"):
                frames[holder.index] = Frame(tag=holder.tag, attributes=' class="footnotes"')
        else:
            attributes[inside[0]] = notes.id_of(note)
        if note.number not in notes.led_back:
            tails[inside[-1]] = f" {notes.way_back(note)}"
    return tails
