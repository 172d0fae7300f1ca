"""One body from several pages: the next pages of a split story, or another form of the page that holds more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from broadsheet.extraction.body import Body, Head, find_body
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


def read_parts(page: Page, hints: Hints | None, more: Sequence[tuple[Want, Page]], head: Head) -> tuple[Body, tuple[Want, ...]]:
    """The body of *page* joined with what was fetched for it, and the pages that are still wanted.

    Next pages are appended in the order given, without what they repeat of the pages before. One other form is used instead of the
    page and its next pages if it is FULLER than all of them together.
    """
    body = find_body(page, hints, head)
    wants = list(find_wants(page, body_letters=body.letters))
    for want, part in more:
        if want.kind == "next-page":
            following = find_body(part, None, replace(head, seen=head.seen | _lines(body)))
            wants += [one for one in find_wants(part, body_letters=following.letters) if one.kind == "next-page"]
            body = _joined(body, following, part.base_url)
    answered = {want.url for want, _ in more} | {page.url} | {part.url for _, part in more}
    for want, part in more:
        if want.kind in _INSTEAD:
            other = find_body(part, hints, head)
            if other.letters > FULLER * body.letters:
                body = replace(other, report=(*body.report, f"{want.kind} page {want.url} holds more: used instead", *other.report))
                wants = [] if want.kind == "single-page" else wants
                wants += [one for one in find_wants(part, body_letters=other.letters) if one.kind == "next-page"]
    open_wants = {want.url: want for want in reversed(wants) if want.url not in answered}
    return body, tuple(reversed(open_wants.values()))


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
    )


def _lines(body: Body) -> frozenset[str]:
    """What a next page may repeat: the lines already read."""
    return frozenset(key for line in body.text.split("\n") if len(key := comparison_key(line)) >= 12)
