"""List pages: what a reader without search or script opens first, and what a git history must not drown in.

Archives before us rewrote one list of thousands of lines every hour; its stored versions outweighed the articles. Here a source has one
page of its newest articles, and a page for each month, which is never rewritten once that month is closed. What comes to light later for
a closed month stands on a page of its own, `<month>-later.md`, so that no article is without a link.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from broadsheet.archive.folder import ArchiveFolder

NEWEST = 300
"""Articles on a source's first page: what the archives before us settled on; some 40 kB, which opens on a phone."""

GRACE = timedelta(days=3)
"""How long after its end a month stays open: longer than a weekend's outage of the machine that writes."""

OPEN = "<!-- this month is not closed yet -->"
_ARTICLE_PATH = re.compile(r"articles/[^()\s]+\.md")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An article as lists show it. *path* is that of its file inside the archive; *at* is what it is sorted by."""

    at: datetime
    title: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """All articles of one source, with the *stem* of its pages: `lists/<stem>.md`, `lists/<stem>/<month>.md`."""

    stem: str
    title: str
    articles: Sequence[Listed]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListForm:
    """How a form writes a page. Takes the page's path, its heading, its articles, and links (words, path) to further pages."""

    page: Callable[[str, str, Sequence[Listed], Sequence[tuple[str, str]]], str]


def write_lists(folder: ArchiveFolder, listing: Listing, form: ListForm, *, zone: tzinfo, now: datetime) -> None:
    """Write the pages of one source: the newest, each month's, and what was late for a closed month."""
    ordered = sorted(listing.articles, key=lambda one: (one.at, one.path), reverse=True)
    months = _by_month(ordered, zone)
    first_page, pages = ordered[:NEWEST], []
    for month in sorted(months, reverse=True):
        closed = now >= _end_of(month, zone) + GRACE
        if closed or not set(months[month]) <= set(first_page):
            pages += _write_month(folder, listing, form, month=month, articles=months[month], closed=closed)
    path = f"lists/{listing.stem}.md"
    folder.write(path, form.page(path, listing.title, first_page, pages).encode())


def _write_month(
    folder: ArchiveFolder, listing: Listing, form: ListForm, *, month: str, articles: Sequence[Listed], closed: bool
) -> list[tuple[str, str]]:
    """The links to the pages of one month. A page that was closed before is left alone."""
    path, later_path = f"lists/{listing.stem}/{month}.md", f"lists/{listing.stem}/{month}-later.md"
    heading = f"{listing.title}, {month}"
    there = (folder.read(path) or b"").decode("utf-8", "replace")
    if not there or OPEN in there:
        page = form.page(path, heading, articles, ())
        folder.write(path, (page if closed else f"{page}{OPEN}\n").encode())
        return [(month, path)]
    listed = set(_ARTICLE_PATH.findall(there))
    late = [one for one in articles if one.path not in listed]
    if not late:
        return [(month, path)]
    folder.write(later_path, form.page(later_path, f"{heading}, added later", late, ()).encode())
    return [(month, path), (f"{month}, added later", later_path)]


def _by_month(ordered: Sequence[Listed], zone: tzinfo) -> Mapping[str, list[Listed]]:
    months: defaultdict[str, list[Listed]] = defaultdict(list)
    for one in ordered:
        months[f"{one.at.astimezone(zone):%Y-%m}"].append(one)
    return months


def _end_of(month: str, zone: tzinfo) -> datetime:
    year, number = (int(part) for part in month.split("-"))
    return datetime(year + number // 12, number % 12 + 1, 1, tzinfo=zone)
