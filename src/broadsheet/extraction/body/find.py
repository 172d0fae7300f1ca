"""The body of an article, from the page to clean HTML: measure, choose, write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from broadsheet.extraction.body.belonging import with_belongings
from broadsheet.extraction.body.choose import Choice, choose
from broadsheet.extraction.body.ending import without_dangling_end
from broadsheet.extraction.body.fallback import stated_elsewhere
from broadsheet.extraction.body.figures import Figure, figures_of
from broadsheet.extraction.body.foreign import without_foreign_words
from broadsheet.extraction.body.ground import Ground, survey
from broadsheet.extraction.body.head import Head, opens_with, without_head
from broadsheet.extraction.body.layout import laid_out
from broadsheet.extraction.body.least import with_the_least
from broadsheet.extraction.body.memory import is_the_sites_picture, trace_body, without_repeated
from broadsheet.extraction.body.quotes import Speaker, with_speakers
from broadsheet.extraction.body.report import Report
from broadsheet.extraction.body.spots import spots_of
from broadsheet.extraction.body.wholes import as_wholes, without_leading_lines
from broadsheet.extraction.body.writer import write_body
from broadsheet.extraction.notes import Tail, part_notes
from broadsheet.extraction.site_memory import NO_REPEATS, NO_TRACE, BodyTrace, Recollection
from broadsheet.markup.blocks import text_mass
from broadsheet.markup.limits import parsed
from broadsheet.markup.page import Page
from broadsheet.markup.pictures import address_key
from broadsheet.markup.sanitize import sanitize
from broadsheet.markup.serialize import to_text
from broadsheet.model import Hints, Note, Picture, SafeHtml, Verdict

Origin = Literal["page", "json-ld", "hydration", "none"]

SELECTED_ODDS = -0.5
"""Log-odds above which a block stays that a site rule selected.

Within the element that holds the whole text, on 142 dev pages: of the letters between -0.5 and 0 46 % are gold, between -1 and -0.5
8 %, below that 2 %.
"""


AFTER_CORE = 1.8
"""About what `place.after_core` weighs."""


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
    report: Sequence[Verdict | str] = ()
    trace: BodyTrace = NO_TRACE  # what sister pages should know, when there is a recollection of them
    rule_report: tuple[str, ...] = ()  # why a site rule's choice of the body was not followed


def find_body(page: Page, hints: Hints | None = None, head: Head | None = None, *, recollection: Recollection | None = None) -> Body:
    """The body of the article on *page*. Never raises; an empty `Body` when the page holds no text at all.

    With a *recollection* of the site's other pages, what several of them hold too is left out.
    """
    head = head or Head()
    body = _read(page, hints, head, recollection)
    fallback = stated_elsewhere(page, hints, body.text, letters=body.letters)
    if fallback is None:
        return body
    # What a script would have put on the page is read as one: its boxes, captions and notices are told apart like any other's.
    tree, _ = parsed(f"<body><article>{fallback.html}</article>".encode("utf-8", "replace"))
    within = _read(replace(page, tree=tree), hints, head, recollection)
    if within.letters <= body.letters:
        return body
    report = (*body.report, fallback.reason, *within.report)
    return replace(within, origin=fallback.origin, report=report, trace=body.trace.joined(within.trace))


def find_selected_body(page: Page, hints: Hints | None, head: Head, *, prune: bool, recollection: Recollection | None = None) -> Body:
    """The body on a page that a site rule has reduced to what it selects as body.

    With *prune* the blocks are weighed as ever, but must be worse than SELECTED_ODDS to be dropped. Without, all that the page shows
    is kept, but for what has a field of its own.
    """
    ground = survey(page, page.blocks, hints)
    ground.root = 0
    choices = choose(spots_of(ground))
    if prune:
        choices = without_leading_lines(as_wholes([replace(choice, kept=_stays_selected(choice)) for choice in choices]))
        return _chosen(page, ground, choices, head, recollection)
    shown = [replace(choice, kept="#hidden" not in choice.spot.tokens, reason="selected by the site rule") for choice in choices]
    return _chosen(page, ground, shown, head, None)


def _stays_selected(choice: Choice) -> bool:
    """Whether a block that a site rule selected stays.

    A sentence without links may have AFTER_CORE less: a rule may select several boxes, of which all but the largest lie behind the
    core, and that alone speaks so loudly against them.
    """
    spot = choice.spot
    return choice.odds > SELECTED_ODDS - (AFTER_CORE if spot.like and not spot.block.links else 0.0)


def _read(page: Page, hints: Hints | None, head: Head, recollection: Recollection | None) -> Body:
    if not page.blocks.boxes:  # a page of frames has no body
        return Body(html=sanitize(""))
    ground = survey(page, page.blocks, hints)
    choices = with_the_least(without_leading_lines(as_wholes(choose(spots_of(ground)))))
    return _chosen(page, ground, choices, head, recollection)


def _chosen(page: Page, ground: Ground, choices: list[Choice], head: Head, recollection: Recollection | None) -> Body:
    """The body made of *choices*, once what has a field of its own and what other pages hold too is out of it."""
    choices = with_belongings(page, choices)
    trace, repeats = NO_TRACE, NO_REPEATS
    if recollection is not None:
        trace = trace_body(ground, choices)
        repeats = recollection.repeats(trace)
        choices = without_repeated(choices, repeats)
    opening = opens_with(choices, head)
    choices = without_foreign_words(without_head(choices, head, keep_standfirst=opening))
    choices, speakers = with_speakers(choices)
    choices, tail = part_notes(choices, page.base_url)
    choices = without_dangling_end(choices)
    shown = any(choice.reason == "standfirst" for choice in choices)
    body = _written(page, ground, choices, speakers, tail, replace(head, repeats=repeats))
    return replace(body, opens_with_standfirst=opening, shows_standfirst=shown, trace=trace)


def _written(page: Page, ground: Ground, choices: Sequence[Choice], speakers: Sequence[Speaker], tail: Tail, head: Head) -> Body:
    kept = {choice.spot.block.index: choice.kept for choice in choices}
    found = list(figures_of(ground, kept, page.base_url))
    figures = [figure for figure in found if not _is_lead(figure, head)]
    figures = [figure for figure in figures if not is_the_sites_picture(ground.flat.blocks[figure.index], page.base_url, head.repeats)]
    layout = laid_out(page, ground, kept, figures, speakers)
    html = sanitize(write_body(ground, layout, page.base_url))  # its addresses are absolute already
    text = to_text(html)
    return Body(
        html=html, text=text, letters=text_mass(text), pictures=tuple(figure.picture for figure in figures), notes=tail.notes,
        origin="page" if text else "none", report=Report(ground, choices, found=found, shown=layout.shown),
    )  # fmt: skip


def _is_lead(figure: Figure, head: Head) -> bool:
    return head.lead_image is not None and address_key(figure.picture.url) == address_key(head.lead_image)
