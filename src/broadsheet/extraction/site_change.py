"""Whether a site has changed: its articles stand elsewhere on the page than they used to, or come out much shorter.

One odd page says nothing: a video, a poll, a live blog has a template of its own. Several in a row that agree with each other do.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from broadsheet.model import PageTrace, SiteChange
from broadsheet.model.site_memory import STEP

IN_A_ROW = 3
"""So many pages must agree before we speak of a change."""

USUAL = 5
"""…and so many before them must have agreed on something else."""

ALIKE = 0.6
"""Two paths are the same place when this share of their elements is: templates put a box more or less around the text."""

SHORTER = 0.2
"""An article with less than this share of the usual letters is much shorter; a short notice among reports is not rare, three in a row are."""

WORTH_MISSING = 600
"""Letters that articles must usually have before it tells anything that they have fewer."""


def noticed(pages: Sequence[PageTrace], known: SiteChange | None) -> SiteChange | None:
    """The change that shows in *pages*, the latest last; None when there is none, or when what was new has become usual."""
    return _moved(pages, known) or _shorter(pages, known)


def same_place(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two paths lead to the same place: ALIKE of their elements stand in both, in the same order."""
    return 2 * _in_common(one, other) >= ALIKE * (len(one) + len(other))


def _moved(pages: Sequence[PageTrace], known: SiteChange | None) -> SiteChange | None:
    read = [page for page in pages if page.path]
    latest, before = read[-IN_A_ROW:], read[:-IN_A_ROW]
    usual = _usual_place([page.path for page in read])
    if known is not None and known.kind == "moved":
        back = all(same_place(page.path, known.was.split(STEP)) for page in latest)
        return None if back or same_place(usual, known.now.split(STEP)) else known
    if len(before) < USUAL or any(same_place(page.path, usual) for page in latest):
        return None
    place = latest[-1].path
    if not all(same_place(page.path, place) for page in latest) or any(same_place(page.path, place) for page in before):
        return None
    if sum(same_place(page.path, usual) for page in before) < USUAL:
        return None
    return SiteChange(kind="moved", since=latest[0].read_at, was=STEP.join(usual), now=STEP.join(place))


def _shorter(pages: Sequence[PageTrace], known: SiteChange | None) -> SiteChange | None:
    latest, before = pages[-IN_A_ROW:], pages[:-IN_A_ROW]
    if len(before) < USUAL:
        return None
    usual = median(page.letters for page in before)
    most = max(page.letters for page in latest)
    if usual < WORTH_MISSING or most >= SHORTER * usual:
        return None
    since = known.since if known is not None and known.kind == "shorter" else latest[0].read_at
    return SiteChange(kind="shorter", since=since, was=f"{usual:.0f}", now=f"at most {most}" if most else "no")


def _usual_place(paths: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The path that most of *paths* are the same place as, the earliest of equals."""
    return max(paths, key=lambda path: sum(same_place(path, other) for other in paths), default=())


def _in_common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many elements both paths have, in the same order: their longest common subsequence. Paths are short."""
    row = [0] * (len(other) + 1)
    for mine in one:
        above = row
        row = [0]
        for at, theirs in enumerate(other):
            row.append(above[at] + 1 if _same_element(mine, theirs) else max(above[at + 1], row[at]))
    return row[-1]


def _same_element(one: str, other: str) -> bool:
    """Same tag, and a class word in common or none at all: `article.post.politics` and `article.post.sport`."""
    tag, *words = one.split(".")
    other_tag, *others = other.split(".")
    return tag == other_tag and (not set(words).isdisjoint(others) or not (words or others))
