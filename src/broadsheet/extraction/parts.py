"""One body from several pages: the next pages of a split story, or another form of the page that holds more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from broadsheet.extraction.body import Body, Head, find_body
from broadsheet.extraction.rules import Ruled, find_ruled_body
from broadsheet.extraction.site_memory import Recollection
from broadsheet.extraction.wants import find_wants
from broadsheet.markup.blocks import text_mass
from broadsheet.markup.page import Page
from broadsheet.markup.sanitize import sanitize
from broadsheet.markup.serialize import to_text
from broadsheet.model import Hints, Want
from broadsheet.text.plain import comparison_key

FULLER = 1.2
"""Another form of the page (AMP, print, a frame) is used instead when it holds a fifth more text."""

_INSTEAD = frozenset(("amp", "single-page", "frame", "redirect"))


def read_parts(
    page: Page,
    hints: Hints | None,
    more: Sequence[tuple[Want, Page]],
    head: Head,
    *,
    recollection: Recollection | None = None,
    ruled: Ruled | None = None,
) -> tuple[Body, tuple[Want, ...]]:
    """The body of *page* joined with what was fetched for it, and the pages that are still wanted.

    Next pages are appended in the order given, without what they repeat of the pages before. One other form is used instead of the
    page and its next pages if it is FULLER than all of them together. A site rule is held against each of the pages.
    """
    body, wants = _read(page, hints, head, recollection, ruled)
    for want, part in more:
        if want.kind == "next-page":
            unread = replace(head, seen=head.seen | _lines(body))
            following, further = _read(part, None, unread, recollection, ruled and ruled.on(part))
            wants += [one for one in further if one.kind == "next-page"]
            body = _joined(body, following, part.base_url)
    answered = {want.url for want, _ in more} | {page.url} | {part.url for _, part in more}
    for want, part in more:
        if want.kind in _INSTEAD:
            other, further = _read(part, hints, head, recollection, ruled and ruled.on(part))
            asked_by_rule = ruled is not None and any(want.url == one.url for one in ruled.wants)
            if other.letters > (1.0 if asked_by_rule else FULLER) * body.letters:
                remark = f"{want.kind} page {want.url} holds more: used instead"
                body = replace(other, report=(*body.report, remark, *other.report), trace=body.trace.joined(other.trace))
                wants = [] if want.kind == "single-page" else wants
                wants += [one for one in further if one.kind == "next-page"]
    open_wants = {want.url: want for want in reversed(wants) if want.url not in answered}
    return body, tuple(reversed(open_wants.values()))


def _read(page: Page, hints: Hints | None, head: Head, recollection: Recollection | None, ruled: Ruled | None) -> tuple[Body, list[Want]]:
    """The body of one page, and the pages it asks for."""
    if ruled is None:
        body = find_body(page, hints, head, recollection=recollection)
        return body, list(find_wants(page, body_letters=body.letters))
    body = find_ruled_body(ruled, hints, head, recollection=recollection)
    return body, ruled.wanted(find_wants(page, body_letters=body.letters))


def _joined(body: Body, following: Body, base: str) -> Body:
    html = sanitize(body.html + following.html, base_url=base)
    text = to_text(html)
    return replace(
        body,
        html=html,
        text=text,
        letters=text_mass(text),
        pictures=body.pictures + following.pictures,
        notes=body.notes + tuple(note for note in following.notes if note not in body.notes),
        report=(*body.report, "next page", *following.report),
        trace=body.trace.joined(following.trace),
    )


def _lines(body: Body) -> frozenset[str]:
    """What a next page may repeat: the lines already read."""
    return frozenset(key for line in body.text.split("\n") if len(key := comparison_key(line)) >= 12)
