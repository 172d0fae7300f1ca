"""Archives of published feeds (RFC 5005): every article that ever arrived, in documents that are closed for ever once they are full.

A document holds what arrived in one month, PART articles at most, in the order of arrival, so that nothing is ever put into a closed
one: late and back-dated articles stand where they arrived. The one under way is a page of the feed, not yet an archive.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from broadsheet.model import ArticleState
from broadsheet.publish.options import Chain
from broadsheet.store import Selection, Store

PART = 200
"""Articles in one document: two megabytes, which every reader takes."""

ARCHIVE_BYTES = 100_000_000
"""An archive is never cut short: what it left out would be nowhere."""

_NAME = re.compile(r"(\d{4}-(?:0[1-9]|1[0-2]))-([1-9]\d{0,5})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One document: the *number*th PART articles that arrived in *month*."""

    month: str
    number: int
    articles: int
    closed: bool

    @property
    def name(self) -> str:
        return f"{self.month}-{self.number}"


@dataclass(slots=True)
class Archives:
    """The documents of a store's feeds. Months that are over are counted once for as long as the same sources are watched."""

    store: Store
    _before: dict[tuple[Selection, str, int], Mapping[str, int]] = field(default_factory=dict)

    def parts(self, selection: Selection, *, now: datetime) -> tuple[Part, ...]:
        """The documents of these articles' feed, the oldest first."""
        return parts_of(self._arrivals(selection, now), month=f"{now:%Y-%m}")

    def states(self, part: Part, selection: Selection) -> tuple[ArticleState, ...]:
        """The articles of a document, newest first."""
        arrived = self.store.arrived(part.month, selection, offset=(part.number - 1) * PART, limit=PART)
        return tuple(sorted(arrived, key=lambda state: (state.sort_at, state.id), reverse=True))

    def _arrivals(self, selection: Selection, now: datetime) -> Mapping[str, int]:
        month = f"{now:%Y-%m}"
        key = (selection, month, hash(tuple(source.id for source in self.store.sources(removed=True))))
        if key not in self._before:
            if len(self._before) >= 1000:
                self._before.clear()
            counted = self.store.arrivals(selection)
            self._before[key] = {one: number for one, number in counted.items() if one < month}
        return {**self._before[key], **self.store.arrivals(selection, since=now)}


def parts_of(arrivals: Mapping[str, int], *, month: str) -> tuple[Part, ...]:
    """The documents for so many arrivals a month, the oldest first. All are closed but the last of *month*, the one we are in."""
    cut = [(one, start, min(PART, count - start)) for one, count in sorted(arrivals.items()) for start in range(0, count, PART)]
    return tuple(
        Part(month=one, number=start // PART + 1, articles=size, closed=one < month or at < len(cut) - 1) for at, (one, start, size) in enumerate(cut)
    )


def part_named(name: str, parts: Sequence[Part]) -> Part | None:
    """The document of this name ("2026-11-1"), None if there is none."""
    found = _NAME.fullmatch(name)
    return next((part for part in parts if found and (part.month, part.number) == (found[1], int(found[2]))), None)


def archive_file(slug: str, part: Part, suffix: str) -> str:
    """Where a document lies below our root: `archives/<source-id>/2026-11-1.atom`, `archives/merged/<name>/…`."""
    return f"archives/{slug}/{part.name}{suffix}"


def chain_of_feed(parts: Sequence[Part], address: Callable[[Part], str | None], *, shown: int) -> Chain:
    """How the feed itself leads to its documents. *shown* articles are in it: where these are all, there is nothing to read on."""
    closed = [part for part in parts if part.closed]
    total = sum(part.articles for part in parts)
    return Chain(
        prev_archive=address(closed[-1]) if closed else None,
        older=address(parts[-1]) if parts and shown < total else None,
    )


def chain_of_part(part: Part, parts: Sequence[Part], address: Callable[[Part], str | None], *, current: str | None) -> Chain:
    """How a document leads to its neighbours and back to the feed."""
    at = parts.index(part)
    before = parts[at - 1] if at else None
    after = parts[at + 1] if at + 1 < len(parts) else None
    return Chain(
        archive=part.closed,
        current=current,
        prev_archive=address(before) if before else None,
        next_archive=address(after) if after and after.closed else None,
        older=address(before) if before else None,
    )
