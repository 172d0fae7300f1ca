"""Wants: pages that would make the article fuller, asked for rather than fetched.

In: a page and how many letters of body it gave. Out: at most a few `Want`s, each with its reason: where an empty page sends its visitors,
the next page of a split story, the AMP or print form of a page that is cut, the frame that holds the text.
"""

from __future__ import annotations

from broadsheet.extraction.wants.signals import amp_form, frame, next_page, redirect, single_page
from broadsheet.markup.page import Page
from broadsheet.model import Want

__all__ = ["find_wants"]


def find_wants(page: Page, *, body_letters: int) -> tuple[Want, ...]:
    """What to fetch before extraction is asked again, best first; empty for the usual page that holds its whole story."""
    if (elsewhere := redirect(page, body_letters)) is not None:
        return (elsewhere,)
    found = [single_page(page), next_page(page), amp_form(page, body_letters), frame(page, body_letters)]
    wants = [want for want in found if want is not None and want.url != page.url]
    # One page that holds the whole story makes its parts unnecessary.
    return tuple(want for want in wants if want.kind != "next-page" or not any(other.kind == "single-page" for other in wants))
