"""The body of an article, from the page to clean HTML: measure, choose, write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from selectolax.lexbor import LexborHTMLParser, LexborNode

from broadsheet.extraction.body.choose import Choice, Report, choose
from broadsheet.extraction.body.fallback import stated_elsewhere
from broadsheet.extraction.body.figures import Figure, figures_of
from broadsheet.extraction.body.foreign import posts_of, without_foreign_words
from broadsheet.extraction.body.ground import Ground, survey
from broadsheet.extraction.body.head import Head, opens_with, without_head
from broadsheet.extraction.body.quotes import Speaker, with_speakers
from broadsheet.extraction.body.spots import spots_of
from broadsheet.extraction.body.wholes import as_wholes, without_leading_lines
from broadsheet.extraction.body.writer import Item, Placed, Rule, write_body
from broadsheet.extraction.embeds import embed_of
from broadsheet.extraction.notes import Tail, part_notes
from broadsheet.markup.blocks import Block, text_mass
from broadsheet.markup.page import Page
from broadsheet.markup.sanitize import sanitize
from broadsheet.markup.serialize import to_text
from broadsheet.model import Hints, Note, Picture, SafeHtml

Origin = Literal["page", "json-ld", "hydration", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The body of an article.

    *letters* is what the body says (`text_mass`). *origin* tells whether it stands on the page or was taken from data inside a
    script. *opens_with_standfirst*: what is stated as a standfirst is only the first paragraph once more; it stays in the body.
    """

    html: SafeHtml
    text: str = ""
    letters: int = 0
    pictures: tuple[Picture, ...] = ()
    notes: tuple[Note, ...] = ()
    shows_standfirst: bool = False  # above the text, as a line of its own; it is left out of the body
    opens_with_standfirst: bool = False
    origin: Origin = "none"
    report: Sequence[str] = ()


def find_body(page: Page, hints: Hints | None = None, head: Head | None = None) -> Body:
    """The body of the article on *page*. Never raises; an empty `Body` when the page holds no text at all."""
    head = head or Head()
    body = _read(page, hints, head)
    fallback = stated_elsewhere(page, hints, body.text)
    if fallback is None:
        return body
    # What a script would have put on the page is read as one: its boxes, captions and notices are told apart like any other's.
    within = _read(replace(page, tree=LexborHTMLParser(f"<body><article>{fallback.html}</article>")), hints, head)
    if within.letters <= body.letters:
        return body
    return replace(within, origin=fallback.origin, report=(*body.report, fallback.reason, *within.report))


def _read(page: Page, hints: Hints | None, head: Head) -> Body:
    ground = survey(page, page.blocks, hints)
    choices = without_leading_lines(as_wholes(choose(spots_of(ground))))
    opening = opens_with(choices, head)
    choices = without_foreign_words(without_head(choices, head, keep_standfirst=opening))
    choices, speakers = with_speakers(choices)
    choices, tail = part_notes(choices, page.base_url)
    shown = any(choice.reason == "standfirst" for choice in choices)
    return replace(_written(page, ground, choices, speakers, tail, head), opens_with_standfirst=opening, shows_standfirst=shown)


def _written(page: Page, ground: Ground, choices: Sequence[Choice], speakers: Sequence[Speaker], tail: Tail, head: Head) -> Body:
    kept = {choice.spot.block.index: choice.kept for choice in choices}
    figures = [figure for figure in figures_of(ground, kept, page.base_url) if not _is_lead(figure, head)]
    items = _in_order(ground, kept, [*figures, *speakers], page.base_url)
    html = sanitize(write_body(ground, items, page.base_url), base_url=page.base_url)
    text = to_text(html)
    return Body(
        html=html, text=text, letters=text_mass(text), pictures=tuple(figure.picture for figure in figures), notes=tail.notes,
        origin="page" if text else "none", report=Report(choices),
    )  # fmt: skip


def _in_order(ground: Ground, kept: Mapping[int, bool], made: Sequence[Figure | Speaker], base: str) -> list[Item]:
    """Everything that the body shows, in the order of the page; a block that *made* holds is not shown as itself too."""
    blocks = ground.flat.blocks
    chosen = [index for index, keep in kept.items() if keep]
    if not chosen:
        return []
    taken = {item.index for item in made}
    items: list[Item] = [blocks[index] for index in chosen if index not in taken]
    items += made
    for block in blocks[chosen[0] : chosen[-1] + 3]:
        if block.kind == "embed" and _among_kept(ground, block, kept) and (embed := embed_of(_node(block), base)):
            items.append(Placed(block.index, embed))
        elif block.kind == "rule" and chosen[0] < block.index < chosen[-1] and ground.above[block.box] == 0:
            items.append(Rule(block.index))
    items += posts_of(ground, chosen[0], chosen[-1] + 3, base)
    return sorted(items, key=lambda item: item.index)


def _among_kept(ground: Ground, block: Block, kept: Mapping[int, bool]) -> bool:
    """Whether the nearest text before or after is kept, and stands in the same part of the page."""
    near = [kept[at] for at in range(block.index - 3, block.index + 4) if at in kept]
    return any(near)


def _node(block: Block) -> LexborNode:
    node = block.pieces[0]
    assert isinstance(node, LexborNode)
    return node


def _is_lead(figure: Figure, head: Head) -> bool:
    return head.lead_image is not None and _file(figure.picture.url) == _file(head.lead_image)


def _file(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[2] or url
